from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dragoman.glossary import SourceMatcher, document_matches, parse_glossary
from dragoman.glossary.spelling import spell
from dragoman.model import Glossary, Span, TargetTerm, Term, TermCase

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "glossary_match.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_matching(case: dict[str, Any]) -> None:
    matcher = SourceMatcher(_glossary(case["glossary"]))
    texts = [re.sub("[⟦⟧]", "", marked) for marked in case["marked"]]
    found = document_matches(matcher, texts)
    assert [_marked(text, [match.span for match in matches]) for text, matches in zip(texts, found, strict=True)] == case[
        "marked"
    ]
    if "terms" in case:
        assert [match.term.id for matches in found for match in matches] == case["terms"]


def test_the_abbreviation_of_an_article_may_stay_as_it_is() -> None:
    glossary = _glossary([{"source": "Kabul Water Board", "kind": "organization", "targets": {"fa_AF": "ادارهٔ آب کابل"}}])
    matches = SourceMatcher(glossary).matches("The Kabul Water Board (KWB) met. KWB is old.")
    target = matches[1].term.target("fa_AF")
    assert target is not None
    assert (target.preferred, target.admitted) == ("ادارهٔ آب کابل", ("KWB",))


def test_an_empty_glossary_finds_nothing() -> None:
    assert SourceMatcher(Glossary()).matches("ISIS") == ()


def test_a_term_of_nothing_but_spaces_is_never_found() -> None:
    assert SourceMatcher(Glossary((Term("a", " \u200b "),))).matches("a  b") == ()


def test_many_terms_are_found_at_once() -> None:
    terms = tuple(Term(str(number), f"Name{number} Family{number}") for number in range(20_000))
    text = "Today Name77 Family77 met Name19999 Family19999."
    assert [match.term.id for match in SourceMatcher(Glossary(terms)).matches(text)] == ["77", "19999"]


@pytest.mark.parametrize("part", ["A", "A ", "a@", "ISIS ", "ISIS-", "I", "\u200b", "\n", "ISIS’", "(ISIS "])
def test_a_hostile_text_of_one_line_takes_no_longer_than_an_honest_one(part: str) -> None:
    matcher = SourceMatcher(Glossary((Term("isis", "ISIS"), Term("i", "isis", case=TermCase.EXACT))))
    text = f"{part * 20_000} ISIS "
    assert matcher.matches(text)[-1].span == Span(len(text) - 5, len(text) - 1)


letters = st.sampled_from("aAbBsS'’-– .\n\u00a0\u00adİßé1")
words = st.text(letters, min_size=1, max_size=6)


@given(st.lists(words, max_size=6), st.text(letters, max_size=60), st.sampled_from(TermCase))
def test_matches_lie_in_the_text_in_order_and_apart(sources: list[str], text: str, case: TermCase) -> None:
    glossary = Glossary(tuple(Term(str(number), source, case=case) for number, source in enumerate(sources)))
    matches = SourceMatcher(glossary).matches(text)
    end = 0
    for match in matches:
        assert end <= match.span.start < match.span.end <= len(text)
        assert match.surface == match.span.of(text)
        end = match.span.end


@given(words, st.text(st.sampled_from("xyz ,."), max_size=10), st.text(st.sampled_from("xyz ,."), max_size=10))
def test_a_term_between_spaces_is_always_found(source: str, before: str, after: str) -> None:
    matcher = SourceMatcher(Glossary((Term("a", source, case=TermCase.EXACT),)))
    core = spell(source).cased.strip()
    # what lies next to a space may not look as if the word went on
    if not core or not core[0].isalnum() or not core[-1].isalnum() or "\n" in core:
        return
    matches = matcher.matches(f"{before} {source} {after}")
    assert [spell(match.surface).cased.strip() for match in matches] == [core]


@given(
    st.lists(st.text(st.sampled_from("ab "), min_size=1, max_size=5), max_size=5), st.text(st.sampled_from("ab "), max_size=40)
)
def test_without_compounds_and_plurals_it_finds_what_a_plain_search_finds(sources: list[str], text: str) -> None:
    text = " ".join(text.split())
    forms = {" ".join(source.split()) for source in sources} - {""}
    plain = re.compile("|".join(rf"(?<!\w){form}(?!\w)" for form in sorted(forms, key=len, reverse=True)) or "(?!)")
    found = SourceMatcher(Glossary(tuple(Term(source, source, case=TermCase.EXACT) for source in sources))).matches(text)
    assert [match.span for match in found] == [Span(*match.span()) for match in plain.finditer(text)]


@given(st.text(max_size=80))
def test_making_alike_keeps_the_place_of_each_character(text: str) -> None:
    spelling = spell(text)
    assert len(spelling.cased) == len(spelling.caseless)
    spans = [spelling.span(place, place + 1) for place in range(len(spelling.cased))]
    assert all(span.start < span.end <= len(text) for span in spans)
    assert spans == sorted(spans)
    assert all(
        spell(span.of(text)).cased in (character, " ", "\n") for span, character in zip(spans, spelling.cased, strict=True)
    )


@given(
    st.permutations(["Ali Karimi", "Karimi", "Kabul", "Kabul Times", "Times"]),
    st.text(st.sampled_from("Kabul Times"), max_size=30),
)
def test_the_order_of_the_entries_changes_nothing(sources: Sequence[str], text: str) -> None:
    def found(order: Sequence[str]) -> list[tuple[str, Span]]:
        glossary = Glossary(tuple(Term(source, source, {"ps": TargetTerm(source)}) for source in order))
        return [(match.term.id, match.span) for match in SourceMatcher(glossary).matches(text)]

    assert found(sources) == found(sorted(sources))


def _glossary(terms: list[dict[str, Any]]) -> Glossary:
    return parse_glossary(yaml.safe_dump({"version": 1, "terms": terms}, allow_unicode=True, sort_keys=False), "g.yml")


def _marked(text: str, spans: Sequence[Span]) -> str:
    for span in reversed(spans):
        text = f"{text[: span.start]}⟦{span.of(text)}⟧{text[span.end :]}"
    return text
