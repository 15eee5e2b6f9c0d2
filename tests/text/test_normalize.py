"""Source text as models know it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.text.normalize import normalize_source, strip_direction_marks


@pytest.mark.parametrize(
    ("text", "normalized"),
    [
        ("“We can’t wait,” said ‘Nadia’ …", "\"We can't wait,\" said 'Nadia' ..."),
        ("the 2019–2020 season—the worst", "the 2019-2020 season - the worst"),
        ("KABUL — Ten\u00a0people\n  were hurt ", "KABUL - Ten people were hurt"),
        ("\ufeffa co\u00adoperation\u200b of \u2066two\u2069", "a cooperation of two"),
        ("cafe\u0301", "café"),
        ("<x0> met <x1>", "<x0> met <x1>"),
        (" \n", ""),
    ],
)
def test_an_engine_is_given(text: str, normalized: str) -> None:
    assert normalize_source(text) == normalized


@given(st.text())
def test_a_second_time_changes_nothing(text: str) -> None:
    assert normalize_source(normalize_source(text)) == normalize_source(text)


def test_direction_marks_are_no_text() -> None:
    assert strip_direction_marks("\u200f\u061c(\u202aBBC\u202c)\u200e") == "(BBC)"
