from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from dragoman.errors import GlossaryError
from dragoman.glossary import parse_glossary
from dragoman.languages import LANGUAGES, get_language
from dragoman.model import Glossary, Location, TargetTerm, Term, TermCase, TermKind

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "glossary_load.yml").read_text(encoding="utf-8"))
SCHEMA = json.loads(files("dragoman.glossary").joinpath("glossary.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_loading(case: dict[str, Any]) -> None:
    if "problems" in case:
        with pytest.raises(GlossaryError) as raised:
            parse_glossary(case["text"], "g.yml")
        assert str(raised.value).splitlines() == case["problems"]
    else:
        expected = Glossary(tuple(map(_term, case["terms"])), "en", "g.yml")
        assert parse_glossary(case["text"], "g.yml") == expected


@pytest.mark.parametrize("case", [case for case in CASES if case.get("schema") != "none"], ids=lambda case: case["name"])
def test_the_schema_for_editors_agrees(case: dict[str, Any]) -> None:
    problems = list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(yaml.safe_load(case["text"])))
    assert (not problems) == (case.get("schema", "good" if "terms" in case else "bad") == "good")


def test_the_schema_is_one_and_names_every_language() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    languages = [get_language(code) for code in LANGUAGES]
    names = {name for one in languages for name in (one.code, one.bcp47, one.name, one.native_name, *one.aliases)}
    assert names - set(SCHEMA["$defs"]["language"]["enum"]) == set()
    assert {get_language(name) for name in SCHEMA["$defs"]["language"]["enum"]} == set(languages)


def test_conflicts_can_be_left_to_lint() -> None:
    text = "version: 1\nterms:\n- {source: a, targets: {ps: a}}\n- {source: a, targets: {ps: b}}\n"
    assert len(parse_glossary(text, "g.yml", allow_conflicts=True).terms) == 2


def test_many_problems_are_counted() -> None:
    text = "version: 1\nterms:\n" + "- source: 1\n" * 30
    with pytest.raises(GlossaryError) as raised:
        parse_glossary(text, "g.yml")
    lines = str(raised.value).splitlines()
    assert (len(lines), lines[-1]) == (21, "and 10 more")


def test_a_message_has_no_more_of_a_text_than_a_line_holds() -> None:
    with pytest.raises(GlossaryError) as raised:
        parse_glossary(f"version: 1\nterms: []\n{'k' * 100_000}: 1\n", "g.yml")
    assert len(str(raised.value)) < 300


@pytest.mark.parametrize("text", ["[" * 5000, "- " * 5000, "version: 1\nterms: " + "[" * 900 + "]" * 900])
def test_deep_nesting_is_told_not_crashed_on(text: str) -> None:
    with pytest.raises(GlossaryError):
        parse_glossary(text, "g.yml")


def test_a_billion_laughs_are_refused_at_the_first() -> None:
    laughs = "".join(f"a{n}: &a{n} [{', '.join(['*a' + str(n - 1)] * 9)}]\n" for n in range(1, 9))
    with pytest.raises(GlossaryError) as raised:
        parse_glossary(f"a0: &a0 lol\n{laughs}", "g.yml")
    assert str(raised.value) == "g.yml:1:5: “&a0” is used (write the text out, or put it in quotes)"


def test_a_byte_order_mark_is_no_part_of_the_file() -> None:
    assert parse_glossary("\ufeffversion: 1\nterms: []\n", "g.yml") == Glossary((), "en", "g.yml")


def test_the_examples_of_the_documentation_can_be_read() -> None:
    page = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
    whole, *entries = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    sources = [term.source for term in parse_glossary(whole, "glossary.md").terms]
    for entry in entries:
        sources += [term.source for term in parse_glossary(f"version: 1\nterms:\n{entry}", "glossary.md").terms]
    assert sources == ["Kabul", "ISIS", "Salaam Times", "council of elders", "Zalmai Durrani", "Durrani"]


def _term(fields: dict[str, Any]) -> Term:
    targets = {
        language: TargetTerm(
            target["preferred"],
            tuple(target.get("admitted", ())),
            tuple(target.get("forbidden", ())),
            target.get("inflects", True),
            _location(target["location"]),
        )
        for language, target in fields.get("targets", {}).items()
    }
    return Term(
        fields["id"],
        fields["source"],
        targets,
        tuple(fields.get("variants", ())),
        fields.get("concept"),
        TermKind(fields.get("kind", "concept")),
        TermCase(fields.get("case", "smart")),
        fields.get("translate", True),
        fields.get("note"),
        _location(fields["location"]),
    )


def _location(text: str) -> Location:
    line, column = text.split(":")
    return Location("g.yml", int(line), int(column))
