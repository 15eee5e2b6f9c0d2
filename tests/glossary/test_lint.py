from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.glossary import parse_glossary
from dragoman.glossary.lint import RULES, Rule, lint
from dragoman.languages import LANGUAGES, get_language
from dragoman.model import Finding, Glossary, Location, Severity, TargetTerm, Term

ALL = [get_language(code) for code in LANGUAGES]
HEAD = "version: 1\nterms:\n"


def _findings(entries: str, rules: tuple[Rule, ...] = RULES) -> tuple[Finding, ...]:
    return lint(parse_glossary(HEAD + entries, "g.yml", allow_conflicts=True), ALL, rules)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_fires_and_is_silent_as_its_documentation_says(rule: Rule) -> None:
    assert _findings(rule.examples["Fires"], (rule,)) != ()
    assert _findings(rule.examples["Silent"], (rule,)) == ()


def test_codes_are_unique() -> None:
    assert len({rule.code for rule in RULES} | {rule.name for rule in RULES}) == 2 * len(RULES)


def test_a_glossary_with_a_mistake_of_each_kind() -> None:
    path = Path(__file__).parents[1] / "golden" / "glossary"
    glossary = parse_glossary((path / "lint.yml").read_text(encoding="utf-8"), "lint.yml", allow_conflicts=True)
    lines = [f"{one.location}: {one.rule} {one.severity}: {one.message}" for one in lint(glossary, ALL)]
    assert lines == (path / "lint.txt").read_text(encoding="utf-8").splitlines()


def test_the_example_glossary_is_clean() -> None:
    path = Path(__file__).parents[2] / "glossary.yml"
    assert lint(parse_glossary(path.read_text(encoding="utf-8"), "glossary.yml"), ALL) == ()


def test_a_finding_has_its_place_and_a_way_out() -> None:
    assert _findings("- source: Karimi\n  targets: {ps: کریمي, fa_AF: كريمي}\n") == (
        Finding(
            "G202",
            Severity.ERROR,
            "“كريمي” has ك (U+0643), ي (U+064A), not of Dari",
            Location("g.yml", 4, 31),
            suggestion="کریمی",
        ),
    )


def test_only_the_languages_of_the_project_are_asked_for() -> None:
    glossary = Glossary((Term("a", "Herat", {"fa_AF": TargetTerm("هرات")}),))
    assert lint(glossary, ALL[:1]) == ()
    assert [finding.message for finding in lint(glossary, ALL)] == ["“Herat” has no target in Pashto"]
