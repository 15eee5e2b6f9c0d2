from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dragoman.glossary import SourceMatcher, parse_glossary
from dragoman.glossary.format import append_terms, format_glossary
from dragoman.glossary.suggest import LONGEST_EXAMPLE, Suggestion, suggest
from dragoman.model import Glossary, TargetTerm, Term, TermKind

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "glossary_suggest.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_suggesting(case: dict[str, Any]) -> None:
    text = yaml.safe_dump({"version": 1, "terms": case.get("glossary", [])})
    offers = suggest(case["articles"], SourceMatcher(parse_glossary(text, "g.yml")))
    assert sorted(map(_shown, offers)) == sorted(case["offers"])


def test_the_most_frequent_comes_first_with_its_example() -> None:
    articles = [["They left Kunar.", "They saw Laghman."], ["He knows Kunar."]]
    assert suggest(articles, SourceMatcher(Glossary())) == (
        Suggestion(Term("Kunar", "Kunar"), 2, 2, "They left Kunar."),
        Suggestion(Term("Laghman", "Laghman"), 1, 1, "They saw Laghman."),
    )


def test_a_long_example_is_cut_around_the_name() -> None:
    (offer,) = suggest([["word " * 40 + "near Kunar " + "word " * 40]], SourceMatcher(Glossary()))
    assert (offer.term.kind, len(offer.example)) == (TermKind.PLACE, LONGEST_EXAMPLE + 2)
    assert "Kunar" in offer.example


def test_reviewed_translations_fill_the_targets() -> None:
    reviewed = [
        ("ps", "They left Kunar.", "هغوی له کونړه ووتل."),
        ("fa_AF", "They left Kunar.", "آنان از کنر رفتند."),
        ("fa_AF", "He knows Kunar.", "او کنر را می‌شناسد."),
        ("fa_AF", "He left them.", "او آنان را ترک کرد."),
        ("ps", "Kunar", "کونړ"),
    ]
    (offer,) = suggest([["They love Kunar."]], SourceMatcher(Glossary()), reviewed)
    assert offer.term.targets == {"ps": TargetTerm("کونړ"), "fa_AF": TargetTerm("کنر")}


def test_what_is_offered_can_be_appended_and_is_not_offered_again() -> None:
    article = ["The Ministry of Rural Roads (MRR) met Ms. Zainab Qaderi.", "Qaderi and the MRR met in Faryab."]
    glossary = "# ours\nversion: 1\nterms:\n"
    offers = suggest([article], SourceMatcher(parse_glossary(glossary, "g.yml")))
    grown = append_terms(glossary, "g.yml", [offer.term for offer in offers], ["fa_AF", "ps"])
    assert grown.startswith(glossary)
    assert suggest([article], SourceMatcher(parse_glossary(grown, "g.yml"))) == ()


@given(st.lists(st.text(st.sampled_from("Aab .,'-’()\"1U&éداعش\n"), max_size=40), max_size=4))
def test_any_text_gives_entries_that_a_glossary_can_hold(article: list[str]) -> None:
    offers = suggest([article], SourceMatcher(Glossary()))
    parse_glossary(format_glossary(Glossary(tuple(offer.term for offer in offers))), "g.yml")


def _shown(offer: Suggestion) -> str:
    concept = f"; {offer.term.concept}" if offer.term.concept else ""
    return f"{offer.count} {offer.term.source} ({offer.term.kind}{concept})"
