"""Terms in target text: what is found where, and what became of each term of a sentence."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from dragoman.languages import LANGUAGES, get_language
from dragoman.model import Span, TargetTerm, Term, TermMatch, TermOutcome
from dragoman.text.fold import fold
from dragoman.text.matching import Status, find_term, outcomes

CASES: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(Path(__file__).parent.parent / "cases" / "matching.yml")

DARI = get_language("fa_AF")
words = st.text(st.sampled_from("ابتکكگدروهیيې"), min_size=1, max_size=5)
phrases = st.lists(words, min_size=1, max_size=3).map(" ".join)


def read_target(term: str | dict[str, Any]) -> TargetTerm:
    if isinstance(term, str):
        return TargetTerm(term)
    return TargetTerm(
        term["preferred"], tuple(term.get("admitted", ())), tuple(term.get("forbidden", ())), term.get("inflects", True)
    )


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = find_term(read_target(case["term"]), case["text"], get_language(case["language"]))
    assert [[match.span.of(case["text"]), match.status, match.inflected] for match in found] == case["found"]


@given(phrases, phrases, phrases, st.sampled_from(LANGUAGES))
def test_a_term_is_found_as_it_is(before: str, term: str, after: str, code: str) -> None:
    text = f"{before} {term} {after}"
    found = find_term(TargetTerm(term), text, get_language(code))
    assert any(match.span.overlaps(Span(len(before) + 1, len(before) + 1 + len(term))) for match in found)


@given(
    phrases, st.lists(phrases, max_size=3), st.text(st.sampled_from("ابتکكگدروهیيې \u200c\u064b،")), st.sampled_from(LANGUAGES)
)
def test_spans_lie_in_the_text_in_order_and_apart(term: str, admitted: list[str], text: str, code: str) -> None:
    found = find_term(TargetTerm(term, tuple(admitted)), text, get_language(code))
    assert all(0 <= match.span.start < match.span.end <= len(text) for match in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    assert all(match.form in (term, *admitted) for match in found)


@given(phrases, phrases, st.sampled_from(LANGUAGES))
def test_what_does_not_inflect_is_its_form_alone(term: str, text: str, code: str) -> None:
    for match in find_term(TargetTerm(term, inflects=False), text, get_language(code)):
        assert not match.inflected
        assert fold(match.span.of(text)).text.replace(" ", "") == fold(term).text.replace(" ", "")


# --- outcomes -----------------------------------------------------------------------------------------------------------

ISIS = Term("1", "ISIS", {"fa_AF": TargetTerm("داعش")}, concept="isis")
ISIS_K = Term("2", "ISIS-K", {"fa_AF": TargetTerm("داعش خراسان", forbidden=("داعش خراسانی",))})
DAESH = Term("3", "Daesh", {"fa_AF": TargetTerm("داعش", admitted=("گروه دولت اسلامی",))}, concept="isis")
TIMES = Term("4", "Salaam Times", translate=False)
PASHTO_ALONE = Term("5", "jirga", {"ps": TargetTerm("جرګه")})


def matches(*terms: Term) -> list[TermMatch]:
    return [TermMatch(term, Span(0, len(term.source)), term.source) for term in terms]


@pytest.mark.parametrize(
    ("terms", "text", "expected"),
    [
        ((ISIS,), "داعش آمد", [("ISIS", "داعش", 1, 1)]),
        ((ISIS,), "کسی نیامد", [("ISIS", "داعش", 1, 0)]),
        ((ISIS,), "", [("ISIS", "داعش", 1, 0)]),
        ((ISIS, ISIS), "داعش آمد", [("ISIS", "داعش", 2, 1)]),
        ((ISIS, ISIS), "داعش گفت که داعش آمد", [("ISIS", "داعش", 2, 2)]),
        ((ISIS,), "داعش گفت که داعش آمد", [("ISIS", "داعش", 1, 2)]),
        ((ISIS, ISIS_K), "داعش خراسان آمد", [("ISIS", "داعش", 1, 0), ("ISIS-K", "داعش خراسان", 1, 1)]),
        ((ISIS_K, ISIS), "داعش و داعش خراسان", [("ISIS-K", "داعش خراسان", 1, 1), ("ISIS", "داعش", 1, 1)]),
        ((ISIS_K,), "داعش خراسانی", [("ISIS-K", "داعش خراسان", 1, 0)]),
        ((ISIS, DAESH), "داعش آمد", [("ISIS", "داعش", 1, 1), ("Daesh", "داعش", 1, 0)]),
        ((ISIS, DAESH), "داعش یا گروه دولت اسلامی", [("ISIS", "داعش", 1, 1), ("Daesh", "داعش", 1, 1)]),
        ((DAESH, ISIS), "گروه دولت اسلامی، داعش", [("Daesh", "داعش", 1, 1), ("ISIS", "داعش", 1, 1)]),
        ((DAESH, ISIS), "داعش، گروه دولت اسلامی", [("Daesh", "داعش", 1, 1), ("ISIS", "داعش", 1, 1)]),
        ((TIMES,), "نشریهٔ Salaam Times نوشت", [("Salaam Times", "Salaam Times", 1, 1)]),
        ((TIMES,), "نشریهٔ سلام تایمز نوشت", [("Salaam Times", "Salaam Times", 1, 0)]),
        ((PASHTO_ALONE,), "جرگه", []),
    ],
)
def test_outcomes(terms: tuple[Term, ...], text: str, expected: list[tuple[str, str, int, int]]) -> None:
    assert outcomes(matches(*terms), text, DARI) == tuple(TermOutcome(*outcome, rung=None) for outcome in expected)


def test_a_form_under_two_headings_counts_under_the_first() -> None:
    target = TargetTerm("داعش", admitted=("داعش",), forbidden=("داعش",))
    assert [match.status for match in find_term(target, "داعش", DARI)] == [Status.PREFERRED]


def test_an_empty_form_is_never_found() -> None:
    assert find_term(TargetTerm("", admitted=("\u200c",)), "داعش", DARI) == ()
