"""Folding makes one of many spellings and never loses the way back."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from dragoman.text.fold import fold

CASES: list[list[str]] = YAML(typ="safe", pure=True).load(Path(__file__).parent.parent / "cases" / "fold.yml")

texts = st.text(st.one_of(st.sampled_from("آأبيېۍئیگګكکهةۀ \u200c\u200f\u0654\u064bـﻻﷲ۳٤éE\u0301"), st.characters()))


@pytest.mark.parametrize("spellings", CASES, ids=[case[0] for case in CASES])
def test_spellings_of_one_word_are_one(spellings: list[str]) -> None:
    assert {fold(spelling).text for spelling in spellings} == {fold(spellings[0]).text}


@pytest.mark.parametrize(
    ("one", "other"), [("مرد", "مرز"), ("کور", "گور"), ("ISIS", "isis"), ("بار", "باز"), ("ټ", "ت"), ("ن", "ڼ")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text


def test_a_span_holds_what_was_left_out_inside_it_and_the_marks_at_its_end() -> None:
    text = "به خانهٔ‌ ما، كتاب\u200cهايِ نو"
    folded = fold(text)
    assert folded.text == "به خانه ما، کتابهای نو"
    assert folded.unfolded(3, 7).of(text) == "خانهٔ"
    assert folded.unfolded(12, 19).of(text) == "كتاب\u200cهايِ"


@given(texts)
def test_offsets_lead_back_into_the_text_in_order(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.spans)
    assert list(folded.spans) == sorted(folded.spans)
    assert all(0 <= span.start < span.end <= len(text) for span in folded.spans)


@given(texts)
def test_each_character_is_folded_alone(text: str) -> None:
    folded = fold(text)
    for index, character in enumerate(folded.text):
        assert character in fold(folded.unfolded(index, index + 1).of(text)).text


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text).text).text == fold(text).text


@given(st.text(st.sampled_from("اأآوؤيئهۀ\u0653\u0654 بeé\u0301")))
def test_composed_or_not_is_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)).text == fold(unicodedata.normalize("NFC", text)).text
