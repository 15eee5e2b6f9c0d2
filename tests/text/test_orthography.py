"""The orthography that a model's output is given, case by case, and what must hold for every text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from dragoman.languages import LANGUAGES, get_language
from dragoman.model import Change
from dragoman.text.fold import fold
from dragoman.text.orthography import localize

CASES: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(Path(__file__).parent.parent / "cases" / "orthography.yml")

texts = st.text(
    st.sampled_from("آبيېۍگګكک ،؛؟.,;?!:'\"«»‹›“”‘’()0129۳٤٫٬%٪-aZ<>@/&#{}\u200c\u200d\u200e\u0654\u064bـﻻﷲ\ue000\n\u00a0…۔"),
    max_size=40,
)


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    text, changes = localize(case["before"], get_language(case["language"]), case.get("protected", ()))
    assert (text, [change.rule for change in changes]) == (case["after"], case["rules"])


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_what_is_right_stays(case: dict[str, Any]) -> None:
    assert localize(case["after"], get_language(case["language"]), case.get("protected", ())) == (case["after"], ())


@given(texts, st.sampled_from(LANGUAGES))
def test_a_second_time_changes_nothing(text: str, code: str) -> None:
    language = get_language(code)
    once, _ = localize(text, language)
    assert localize(once, language) == (once, ())


@given(texts, texts, st.sampled_from(["x = {1, 2};", "كتاب", 'او "نه"', "12 %", "  "]), st.sampled_from(LANGUAGES))
def test_what_is_protected_stays(before: str, after: str, protected: str, code: str) -> None:
    localized, _ = localize(f"{before} {protected} {after}", get_language(code), [protected])
    assert protected.strip() in localized


@given(st.one_of(texts, st.text()), st.sampled_from(LANGUAGES))
def test_no_letter_and_no_digit_is_lost(text: str, code: str) -> None:
    localized, _ = localize(text, get_language(code))
    assert letters_and_digits(localized) == letters_and_digits(text)


def letters_and_digits(text: str) -> str:
    return "".join(character for character in fold(text).text if character.isalnum())


@given(texts, st.sampled_from(LANGUAGES))
def test_changes_are_told(text: str, code: str) -> None:
    localized, changes = localize(text, get_language(code))
    assert bool(changes) == (localized != text)
    assert all(change.before != change.after for change in changes)


def test_a_change_shows_what_it_did() -> None:
    assert localize("او 2014 گفت  ,بس.", get_language("fa_AF"))[1] == (
        Change("digits", "2014", "۲۰۱۴"),
        Change("punctuation", ",", "،"),
        Change("needless-space", "ت  ،", "ت،"),
        Change("missing-space", "،ب", "، ب"),
    )


def test_a_style_of_ones_own() -> None:
    pashto = get_language("ps")
    style = replace(pashto, numerals="arabext", punctuation=replace(pashto.punctuation, full_stop="۔", quotation_marks="«»‹›"))
    assert localize('هغه وویل: "په 2014 کې."', style)[0] == "هغه وویل: «په ۲۰۱۴ کې۔»"
