"""A draft that speaks of its source scores high; a fluent one about something else does not."""

from __future__ import annotations

import pytest

from dragoman.mt.adequacy import THRESHOLD, score, source_stems, target_stems

SOURCE = "The government opened three new schools in Kabul."
FAITHFUL = {
    "fa_AF": "دولت سه مکتب جدید را در کابل افتتاح کرد.",
    "ps": "حکومت په کابل کې درې نوي ښوونځي پرانیستل.",
}
ABOUT_SOMETHING_ELSE = {
    "fa_AF": "باران شدید دیشب چندین پل و سرک را تخریب کرد.",
    "ps": "بېګاه شدید باران څو پلونه او سړکونه ویجاړ کړل.",
}


@pytest.mark.parametrize("language", ["fa_AF", "ps"])
def test_what_speaks_of_the_source_is_told_from_what_does_not(language: str) -> None:
    assert score(SOURCE, FAITHFUL[language], language) > 2 * THRESHOLD
    assert score(SOURCE, ABOUT_SOMETHING_ELSE[language], language) < THRESHOLD


@pytest.mark.parametrize("language", ["fa_AF", "ps"])
def test_an_empty_draft_says_nothing(language: str) -> None:
    assert score(SOURCE, "", language) == 0


def test_other_spellings_are_the_same_words() -> None:
    assert target_stems("كتاب‌ها") == target_stems("کتابها")
    assert source_stems("The government's governments") == ["the", "govern", "govern"]


def test_numbers_ask_for_themselves_in_any_digits() -> None:
    assert score("In 1987", "در ۱۹۸۷", "fa_AF") == 1
    assert score("In 1987", "در ۱۹۷۸", "fa_AF") == 0


def test_a_language_without_a_table_asks_for_length_alone() -> None:
    assert score("Good morning", "Guten Morgen", "de") == 1
    assert score("", "", "de") == 1
