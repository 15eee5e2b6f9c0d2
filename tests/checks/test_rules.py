"""Every rule fires where it ought to and is silent where it ought to be, in its documentation and in tests/rules/."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.checks import DOCUMENTED, RULES
from dragoman.checks.documentation import FAMILIES, page, pages
from dragoman.checks.rule import AnyRule
from tests.checks.checking import RULES_FOLDER, check_text, codes

HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

"""
DOCUMENT = Path(__file__).parents[2] / "docs" / "rules.md"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_examples_of_the_documentation_are_true(rule: AnyRule) -> None:
    found = {title: rule.code in codes(check_text(_file(example))) for title, example in rule.examples.items()}
    assert found == {"Fires": True, "Silent": False}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_entry_of_the_file_that_fires_does(rule: AnyRule) -> None:
    text = (RULES_FOLDER / f"{rule.code}-fires.po").read_text(encoding="utf-8")
    assert rule.code in codes(check_text(text))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_entry_of_the_silent_file_fires(rule: AnyRule) -> None:
    text = (RULES_FOLDER / f"{rule.code}-silent.po").read_text(encoding="utf-8")
    assert [finding for finding in check_text(text) if finding.rule == rule.code] == []


def test_no_file_lies_there_for_a_rule_that_is_gone() -> None:
    named = {path.name for path in RULES_FOLDER.glob("*.po")}
    assert named == {f"{rule.code}-{which}.po" for rule in RULES for which in ("fires", "silent")}


def test_codes_are_a_family_and_three_digits_and_no_code_or_name_stands_twice() -> None:
    assert [rule.code for rule in DOCUMENTED if not re.fullmatch(f"[{''.join(FAMILIES)}][0-9]{{3}}", rule.code)] == []
    assert len({rule.code for rule in DOCUMENTED}) == len(DOCUMENTED)
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_summary_is_one_short_sentence(rule: AnyRule) -> None:
    assert 0 < len(rule.summary) < 128


def test_the_rules_page_is_current() -> None:
    """To renew it: uv run python -m dragoman.checks.documentation > docs/rules.md"""
    assert DOCUMENT.read_text(encoding="utf-8") == pages(DOCUMENTED)


def test_the_page_of_a_rule_is_a_section_of_it() -> None:
    assert page(RULES[0]) in pages(DOCUMENTED)


def _file(example: str) -> str:
    """The PO files of an example, each with a header unless it has its own. An example is Dari unless it says otherwise."""
    if 'msgid ""' in example.partition("\n")[0] or example.startswith("<<<<<<<"):
        return example
    language = "ps" if example.startswith("# Pashto\n") else "fa_AF"
    header = HEADER.format(language=language)
    return header + example.replace("# in another file:\n", f"# in another file:\n{header}")
