"""Iranian Persian in the words of Dari."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from dragoman.languages import get_language, get_swaps
from dragoman.model import Change, Severity
from dragoman.text.adaptation import adapt, find_swaps

CASES: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(Path(__file__).parent.parent / "cases" / "adaptation.yml")

DARI = get_language("fa_AF")
SWAPS = get_swaps(DARI)
words = st.sampled_from([swap.foreign for swap in SWAPS] + ["ما", "در", "<x0>", "BBC", "،"])
endings = st.sampled_from(["", "ها", "‌های", "ی", "ان", "ٔ", " را"])
sentences = st.lists(st.tuples(words, endings).map("".join), max_size=6).map(" ".join)


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    assert adapt(case["before"], DARI, case.get("protected", ()))[0] == case["after"]


def test_each_line_of_the_file_does_what_it_says() -> None:
    assert [adapt(swap.foreign, DARI)[0] for swap in SWAPS] == [swap.own for swap in SWAPS]


def test_what_it_says_is_never_changed_again() -> None:
    assert [adapt(swap.own, DARI) for swap in SWAPS] == [(swap.own, ()) for swap in SWAPS]


@given(sentences)
def test_what_is_no_word_stays(text: str) -> None:
    adapted, changes = adapt(text, DARI)
    assert [adapted.count(code) for code in ("<x0>", "BBC", "،")] == [text.count(code) for code in ("<x0>", "BBC", "،")]
    assert bool(changes) == (adapted != text)


def test_each_change_is_told_once() -> None:
    assert adapt("بیمار و بیماران و بیمار", DARI)[1] == (
        Change("adaptation", "بیمار", "مریض"),
        Change("adaptation", "بیماران", "مریضان"),
    )


def test_a_language_without_swaps_has_nothing_to_adapt() -> None:
    assert adapt("دانشگاه", replace(DARI, code="xx")) == ("دانشگاه", ())


def test_pashto_in_the_spelling_of_afghanistan() -> None:
    assert adapt("هغه وايي چه په كښي دي", get_language("ps"))[0] == "هغه وايي چې په کې دي"


def test_what_is_found_has_its_place_its_word_and_its_severity() -> None:
    text = "در بیمارستان‌ها و مدارس، به عنوان مثال"
    assert [(found.span.of(text), found.own, found.severity) for found in find_swaps(text, DARI)] == [
        ("بیمارستان‌ها", "شفاخانه‌ها", Severity.WARNING),
        ("مدارس", "مکاتب", None),
    ]
