from __future__ import annotations

import pytest

from dragoman.checks.waivers import Waiver, read_waivers
from tests.checks.checking import check_text

ENTRY = """\
# dragoman: ignore {waiver}
msgid "Police arrested 12 of 40 men."
msgstr "پولیس تعدادی از چند تن را بازداشت کرد."
"""
NEEDLESS = """\
# dragoman: ignore {waiver}
msgid "The bank is closed."
msgstr "بانک بسته است."
"""
HEADER = 'msgid ""\nmsgstr "Language: fa_AF\\n"\n\n'


@pytest.mark.parametrize(
    ("comment", "waivers"),
    [
        ("dragoman: ignore T101(ISIS)", [Waiver("T101", "ISIS")]),
        ("he means: dragoman: ignore N101(12), T101(Abu Bakr)", [Waiver("N101", "12"), Waiver("T101", "Abu Bakr")]),
        ("dragoman: ignore L102", [Waiver("L102")]),
        ("dragoman: ignore N101 (12) P101", [Waiver("N101", "12"), Waiver("P101")]),
        ("dragoman: ignore", []),
        ("ignore T101(ISIS)", []),
    ],
)
def test_reading(comment: str, waivers: list[Waiver]) -> None:
    assert list(read_waivers([comment])) == waivers


@pytest.mark.parametrize(
    ("waiver", "left"),
    [
        ("N101", []),
        ("N101(12)", ["40 is missing"]),
        ("N101(12) N101(40)", []),
        ("N101(13)", ["12 is missing", "40 is missing", "the waiver N101(13) covers nothing"]),
        ("L102", ["12 is missing", "40 is missing", "the waiver L102 covers nothing"]),
        ("n101", ["12 is missing", "40 is missing", "no rule is called n101"]),
    ],
)
def test_what_a_waiver_leaves(waiver: str, left: list[str]) -> None:
    assert [finding.message for finding in check_text(HEADER + ENTRY.format(waiver=waiver))] == left


def test_a_waiver_of_a_term_names_the_term_of_the_glossary() -> None:
    text = HEADER + '# dragoman: ignore T101(ISIS)\nmsgid "ISIS fled."\nmsgstr "آنان گریختند."\n'
    assert check_text(text) == []


def test_a_waiver_of_a_rule_that_was_not_asked_for_is_not_called_unused() -> None:
    from dragoman.checks import new_context
    from dragoman.languages import get_language

    context = new_context(get_language("fa_AF"), select=["P", "W"])
    assert check_text(HEADER + NEEDLESS.format(waiver="N101(12)"), context) == []


def test_the_header_has_waivers_of_its_own() -> None:
    text = '# dragoman: ignore E102\nmsgid ""\nmsgstr "Language: de\\n"\n\nmsgid "The bank is closed."\nmsgstr "بانک بسته است."\n'
    assert check_text(text) == []
