"""tests/cases/checks.yml: all that the rules find in a pair of texts, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.checks import check_entry, new_context
from dragoman.languages import get_language
from dragoman.model import Entry, Severity

CASES = Path(__file__).parents[1] / "cases" / "checks.yml"


@pytest.mark.parametrize("case", yaml.safe_load(CASES.read_text(encoding="utf-8")), ids=lambda case: case["target"][:30])
def test_what_is_found(case: dict[str, Any]) -> None:
    context = new_context(get_language(case.get("language", "fa_AF")))
    found = {finding.rule for finding in check_entry(Entry(case["source"], case["target"]), context)}
    assert found == set(case["codes"])


WRONG = Entry("Police arrested 12 men.", "پولیس چند تن را بازداشت کرد.")


def test_a_reviewed_entry_keeps_the_severity_of_the_rule() -> None:
    assert _severities(WRONG, drafts=False) == [Severity.ERROR]


def test_a_draft_gives_hints() -> None:
    assert _severities(Entry(WRONG.source, WRONG.target, fuzzy=True), drafts=False) == [Severity.HINT]


def test_drafts_are_held_to_more_where_asked() -> None:
    assert _severities(Entry(WRONG.source, WRONG.target, fuzzy=True), drafts=True) == [Severity.ERROR]


def test_each_plural_is_checked_against_its_own_source() -> None:
    entry = Entry("One man", source_plural="12 men", target_plurals=("یک مرد", "۱۳ مرد"))
    found = list(check_entry(entry, new_context(get_language("fa_AF"))))
    assert [(finding.rule, finding.target) for finding in found] == [("N101", "۱۳ مرد"), ("N102", "۱۳ مرد")]


def test_a_plural_without_a_target_is_not_wrong_but_missing() -> None:
    entry = Entry("12 men", source_plural="12 men", target_plurals=("", ""))
    assert list(check_entry(entry, new_context(get_language("fa_AF")))) == []


def _severities(entry: Entry, *, drafts: bool) -> list[Severity]:
    context = new_context(get_language("fa_AF"), drafts=drafts)
    return [finding.severity for finding in check_entry(entry, context)]
