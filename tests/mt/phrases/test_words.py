from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.mt.phrases.words import is_fixed, is_wall, join_words, split_words, stems


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kabul's wells, 1,240 of them.", ["Kabul's", "wells", ",", "1,240", "of", "them", "."]),
        ('"<x0>-led" (30%)', ['"', "<x0>", "-", "led", '"', "(", "30", "%", ")"]),
        ("می‌رود به کابل، ۲ بار؟", ["می‌رود", "به", "کابل", "،", "۲", "بار", "؟"]),
    ],
)
def test_words_numbers_and_marks(text: str, words: list[str]) -> None:
    assert split_words(text) == words


@given(st.text())
def test_nothing_but_space_is_left_out(text: str) -> None:
    assert "".join(split_words(text)) == "".join(character for character in text if not character.isspace())


def test_marks_stand_where_they_belong() -> None:
    words = ["گفت", ":", '"', "باران", "،", "برف", '"', "(", "سه", "بار", ")", "."]
    assert join_words(words) == 'گفت: "باران، برف" (سه بار).'


def test_a_name_that_stayed_keeps_its_hyphen() -> None:
    assert join_words(["ابوبکر", "al", "-", "Baghdadi", "و", "-", "او"]) == "ابوبکر al-Baghdadi و - او"


@pytest.mark.parametrize(
    ("word", "fixed", "wall"), [("<x0>", True, False), ("14", True, False), (",", True, True), ("و", False, False)]
)
def test_what_stays_and_what_parts(word: str, fixed: bool, wall: bool) -> None:
    assert (is_fixed(word), is_wall(word)) == (fixed, wall)


@pytest.mark.parametrize(
    ("word", "stem"),
    [("districts", "district"), ("cities", "city"), ("Kabul's", "Kabul"), ("closed", "close")],
)
def test_the_forms_of_a_word_lead_to_it(word: str, stem: str) -> None:
    assert stem in stems(word)


def test_short_words_have_no_stem() -> None:
    assert stems("is") == []
