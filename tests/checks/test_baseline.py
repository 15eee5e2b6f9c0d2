from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.checks.baseline import format_baseline, parse_baseline
from dragoman.errors import DragomanError
from dragoman.model import Finding, Location, Severity

FINDING = Finding("N101", Severity.ERROR, "12 is missing", Location("a.po", 7, 9), source="12 men", target="چند مرد")


@given(st.lists(st.builds(Finding, st.text(), st.just(Severity.ERROR), st.text(), source=st.text(), target=st.text())))
def test_what_is_written_is_known(findings: list[Finding]) -> None:
    baseline = parse_baseline(format_baseline(findings), "baseline.json")
    assert all(map(baseline.knows, findings))
    assert baseline.stale(findings) == 0


def test_a_line_that_moves_changes_nothing() -> None:
    moved = Finding("N101", Severity.ERROR, "12 is missing", Location("b.po", 99, 1), source="12 men", target="چند مرد")
    assert parse_baseline(format_baseline([FINDING]), "b").knows(moved)


@pytest.mark.parametrize(
    "other", [replace(FINDING, rule="N102"), replace(FINDING, source="12 boys"), replace(FINDING, target="مردان")]
)
def test_another_rule_source_or_target_is_new(other: Finding) -> None:
    assert not parse_baseline(format_baseline([FINDING]), "b").knows(other)


def test_what_is_found_no_more_is_counted() -> None:
    assert parse_baseline(format_baseline([FINDING]), "b").stale([]) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "b.json:1:2: is no baseline: Expecting property name enclosed in double quotes"),
        ("[]", "b.json: is no baseline of this version"),
        ('{"version": 2, "findings": []}', "b.json: is no baseline of this version"),
        ('{"version": 1, "findings": [{"rule": "N101"}]}', "b.json: a finding has no rule, source or target"),
    ],
)
def test_what_is_no_baseline(text: str, message: str) -> None:
    with pytest.raises(DragomanError) as caught:
        parse_baseline(text, "b.json")
    assert str(caught.value).partition(" (")[0] == message
