"""Placeholders: put in, and found again whatever a model made of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from dragoman.languages import get_language
from dragoman.model import Span
from dragoman.mt.placeholders import Masked, Slot, leftover, mask, restore

CASES: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(Path(__file__).parents[1] / "cases" / "mt_placeholders.yml")
SHAPES = tuple(f"<x{number}>" for number in range(10))


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    shapes = tuple(case.get("shape", "<x%d>") % number for number in range(12))
    slots = [Slot(shape, target) for shape, target in zip(shapes, case["slots"], strict=False)]
    suffixes = get_language("fa_AF").inflection.suffixes
    assert restore(case["text"], slots, shapes, suffixes) == case["restored"]


def test_mask_puts_one_at_each_span() -> None:
    source = "ISIS left Shinwar; ISIS-led groups stayed."
    terms = [(Span(0, 4), "داعش"), (Span(10, 17), "شینوار"), (Span(19, 23), "داعش")]
    assert mask(source, terms, SHAPES) == Masked(
        "<x0> left <x1>; <x2>-led groups stayed.", (Slot("<x0>", "داعش"), Slot("<x1>", "شینوار"), Slot("<x2>", "داعش"))
    )


def test_a_shape_that_the_source_speaks_of_is_not_used() -> None:
    assert mask("Write <x0> for Kabul.", [(Span(15, 20), "کابل")], SHAPES).source == "Write <x0> for <x1>."


def test_terms_beyond_the_last_shape_stay_words() -> None:
    assert mask("Ali met Zia.", [(Span(0, 3), "علی"), (Span(8, 11), "ضیا")], SHAPES[:1]) == Masked(
        "<x0> met Zia.", (Slot("<x0>", "علی"),)
    )


def test_leftover() -> None:
    assert [leftover(text, SHAPES) for text in ("در <x3> بود", "در ‹X۳› بود", "در x3 بود", "")] == [True, True, False, False]


words = st.text(st.sampled_from("ab ابپ.،<>x0۱"), max_size=8)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=10), words)
def test_what_is_masked_is_restored(pieces: list[tuple[str, str]], end: str) -> None:
    """An engine that changes nothing gives the source with the targets in it, whatever stands around them."""
    source, expected, terms = "", "", []
    for between, target in pieces:
        source += f"{between} "
        terms.append((Span(len(source), len(source) + 4), f"ج{target}ج"))
        source += "TERM "
        expected += f"{between} ج{target}ج "
    masked = mask(source + end, terms, SHAPES)
    if len(masked.slots) == len(terms) and not leftover(source + end, SHAPES):
        assert restore(masked.source, masked.slots, SHAPES) == expected + end
