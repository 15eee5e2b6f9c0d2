from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.checks.showing import quoted, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("می‌رود", "می‌رود"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("\u202eevil\u2066", "\\u202eevil\\u2066"),
        ("\x9b2J", "\\x9b2J"),
        ("\u2028", "\\u2028"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    shown = visible(text)
    assert {unicodedata.category(character) for character in shown if character != "\u200c"}.isdisjoint({"Cc", "Cf", "Cs"})
    assert visible(shown) == shown


def test_a_long_piece_is_cut() -> None:
    assert quoted("a" * 100_000) == f"“{'a' * 59}…”"
