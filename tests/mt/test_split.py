"""Long sentences: cut where a reader would pause, never in a term, and nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Span, TargetTerm, Term, TermMatch
from dragoman.mt.request import Request
from dragoman.mt.split import split

WATER = Term("water", "Ministry of Water", {"ps": TargetTerm("د اوبو وزارت")})


@pytest.mark.parametrize(
    ("source", "words", "parts"),
    [
        ("The river rose.", 5, ["The river rose."]),
        ("The river rose; the gates held.", 4, ["The river rose;", "the gates held."]),
        ("The river rose, and fell; the gates held.", 5, ["The river rose, and fell;", "the gates held."]),
        ("He said: the river rose, and the gates held.", 5, ["He said:", "the river rose,", "and the gates held."]),
        ("The river — the largest — rose.", 5, ["The river", "— the largest — rose."]),
        ("The river rose and the gates held well.", 4, ["The river rose and", "the gates held well."]),
        ("", 3, [""]),
    ],
)
def test_split(source: str, words: int, parts: list[str]) -> None:
    assert [part.source for part in split(Request(source), lambda text: len(text.split()) <= words)] == parts


def test_a_term_is_not_cut_and_its_span_moves_with_it() -> None:
    source = "The engineers, who came at dawn, asked the Ministry of Water for pumps."
    span = Span(source.index("Ministry"), source.index(" for pumps"))
    parts = split(Request(source, (TermMatch(WATER, span, "Ministry of Water"),)), lambda text: len(text.split()) <= 2)
    (holder,) = [part for part in parts if part.matches]
    assert holder.source == "Ministry of Water"
    assert holder.matches[0].span.of(holder.source) == "Ministry of Water"


def test_a_word_that_does_not_fit_is_cut_and_a_term_is_not() -> None:
    source = "aaaaaaaa Ministry of Water"
    match = TermMatch(WATER, Span(9, 26), "Ministry of Water")
    assert [part.source for part in split(Request(source, (match,)), lambda text: len(text) <= 5)] == [
        "aaaa",
        "aaaa",
        "Ministry of Water",
    ]


@given(st.text(st.sampled_from("ab, ;:.—\n"), max_size=60), st.integers(1, 20))
def test_the_parts_are_the_sentence(source: str, longest: int) -> None:
    parts = split(Request(source), lambda text: len(text) <= longest)
    assert "".join("".join(part.source for part in parts).split()) == "".join(source.split())
    assert all(len(part.source) <= longest for part in parts)
