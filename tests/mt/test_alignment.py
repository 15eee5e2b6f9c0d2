"""Where a term was translated, as far as attention tells."""

from __future__ import annotations

import pytest

from dragoman.languages import get_language
from dragoman.model import Span
from dragoman.mt.alignment import Word, certain_place, places, source_range, words
from dragoman.mt.engine import Hypothesis
from tests.mt.scripted import ScriptedEngine

DARI = get_language("fa_AF")


@pytest.mark.parametrize(
    ("tokens", "found"),
    [
        ((), []),
        (("▁کا", "بل", "▁شهر", "."), [Word(0, 2), Word(2, 3)]),  # punctuation belongs to no word
        (("▁«", "کابل", "»", "▁رفت"), [Word(1, 2), Word(3, 4)]),
        (("▁", "<0xD9>", "<0x81>", "▁."), [Word(0, 3)]),  # a word of bytes
        (("کا@@", "بل", "شهر", "."), [Word(0, 2), Word(2, 3)]),  # byte pairs
        (("کابل", "شهر"), [Word(0, 1), Word(1, 2)]),  # whole words
    ],
)
def test_words(tokens: tuple[str, ...], found: list[Word]) -> None:
    assert words(tokens) == found


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("Kabul is cold", "Kabul", range(1)),
        ("They left Mazar-e Sharif today", "Mazar-e Sharif", range(2, 4)),
        ("They left  “Kabul” today", "Kabul", range(2, 3)),  # normalized: one space, a keyboard's quotation marks
        ("It is pro-Kabul now", "Kabul", range(2, 3)),
    ],
)
def test_source_range(text: str, term: str, found: range) -> None:
    engine = ScriptedEngine({})
    start = text.index(term)
    tokens = engine.encode(" ".join(text.replace("“", '"').replace("”", '"').split()), DARI)
    assert source_range(text, Span(start, start + len(term)), tokens, engine, DARI) == found


def test_places_go_by_attention_and_then_by_place() -> None:
    tokens = ("▁یک", "▁دو", "▁سه", "▁چهار")
    looking = Hypothesis(tokens, "", 0.0, True, ((1, 0, 0, 0), (0, 0, 0, 1), (0, 0, 1, 0), (0, 1, 0, 0)))
    blind = Hypothesis(tokens, "", 0.0, True, ((1, 1, 1, 1),) * 4)
    dumb = Hypothesis(tokens, "", 0.0, True)
    assert places(looking, range(1, 2), 4)[0] == Word(3, 4)
    assert places(blind, range(1, 2), 4)[0] == Word(1, 2)
    assert places(dumb, range(3, 4), 4)[0] == Word(3, 4)


def test_neighbours_that_come_from_the_term_are_one_place() -> None:
    tokens = ("د", "امریکې", "متحده", "ایالات", "لرې", "دي")
    rows = ((0, 0, 1, 0), (0.5, 0.5, 0, 0), (0.5, 0.5, 0, 0), (0.5, 0.5, 0, 0), (0, 0, 0, 1), (0, 0, 1, 0))
    assert places(Hypothesis(tokens, "", 0.0, True, rows), range(2), 4)[0] == Word(1, 4)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (((0, 1, 0), (1, 0, 0), (0, 0, 1)), Word(0, 1)),
        (((0, 1, 0), (0, 1, 0), (0, 0, 1)), Word(0, 2)),  # two words, side by side
        (((0, 1, 0), (1, 0, 0), (0, 1, 0)), None),  # torn apart
        (((0.5, 0.5, 0), (0.5, 0.5, 0), (0, 0, 1)), None),  # one phrase with its neighbour
        (((1, 0, 0), (1, 0, 0), (0, 0, 1)), None),  # became nothing
        ((), None),  # nothing is known
    ],
)
def test_certain_place(rows: tuple[tuple[float, ...], ...], found: Word | None) -> None:
    assert certain_place(Hypothesis(("یو", "دوه", "درې"), "", 0.0, True, rows), range(1, 2)) == found
