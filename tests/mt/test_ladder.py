"""The ladder, from what a model says to the draft, case by case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dragoman.languages import get_language
from dragoman.model import Span, TargetTerm, Term, TermMatch
from dragoman.mt import Request, draft
from tests.mt.scripted import ScriptedEngine

CASES: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(Path(__file__).parents[1] / "cases" / "mt_ladder.yml")
PLACEHOLDERS = ("<x0>", "<x1>", "<x2>")


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    engine = ScriptedEngine(
        case["says"],
        placeholders=PLACEHOLDERS if case["placeholders"] else (),
        dislikes=case.get("dislikes", ()),
        aligns=case.get("aligns", False),
        annotates=case.get("annotates", False),
    )
    (translation,) = draft([_request(case)], get_language(case["language"]), engine)
    rungs = {outcome.source: outcome.rung and outcome.rung.value for outcome in translation.terms}
    assert (translation.target, translation.reason, rungs) == (case["target"], case.get("reason"), case["rungs"])
    if "calls" in case:
        assert len([sources for sources in engine.asked if sources]) == case["calls"]


def test_all_sentences_on_a_rung_go_in_one_batch() -> None:
    names = {"Herat": "هرات", "Kunduz": "کندز", "Khost": "خوست"}
    says = {f"{name} is old.": ["شهر کهنه است."] for name in names} | {"<x0> is old.": ["<x0> کهنه است."]}
    engine = ScriptedEngine(says, placeholders=PLACEHOLDERS)
    requests = [_request({"source": f"{name} is old.", "terms": {name: names[name]}, "language": "fa_AF"}) for name in names]
    drafts = draft(requests, get_language("fa_AF"), engine)
    assert [one.target for one in drafts] == ["هرات کهنه است.", "کندز کهنه است.", "خوست کهنه است."]
    assert [sorted(sources) for sources in engine.asked if sources] == [
        ["Herat is old.", "Khost is old.", "Kunduz is old."],
        ["<x0> is old."] * 3,
    ]


def _request(case: dict[str, Any]) -> Request:
    matches = []
    for source, target in case["terms"].items():
        forms = target if isinstance(target, dict) else {"preferred": target}
        term = Term(
            source,
            source,
            {case["language"]: TargetTerm(forms["preferred"], forbidden=tuple(forms.get("forbidden", ())))} if target else {},
            translate=target is not None,
        )
        start = case["source"].find(source)
        while start >= 0:
            matches.append(TermMatch(term, Span(start, start + len(source)), source))
            start = case["source"].find(source, start + 1)
    return Request(case["source"], tuple(sorted(matches, key=lambda match: match.span)))
