"""The rules over a file and over files, the choice of rules, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dragoman.checks import RULES, check_catalog, new_context, selected
from dragoman.checks.annotation import annotated
from dragoman.checks.seen import Seen
from dragoman.languages import get_language
from dragoman.model import Catalog, Entry, Location
from dragoman.po import parse_catalog
from tests.checks.checking import check_text

DARI = get_language("fa_AF")


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        ([], [], ["T101", "T201", "N101"]),
        (["T"], [], ["T101", "T201"]),
        (["T1", "N"], [], ["T101", "N101"]),
        ([], ["T"], ["N101"]),
        (["T"], ["T2"], ["T101"]),
        (["T201"], ["T"], ["T201"]),
        (["T"], ["T"], []),
    ],
)
def test_the_longest_prefix_decides(select: Sequence[str], ignore: Sequence[str], codes: list[str]) -> None:
    assert [code for code in ("T101", "T201", "N101") if selected(code, select, ignore)] == codes


def test_only_what_was_asked_for_is_found() -> None:
    text = '# dragoman: ignore P101\nmsgid "12 men."\nmsgstr "چند تن?"\n'
    context = new_context(DARI, select=["P"])
    assert [finding.rule for finding in check_text(text, context)] == ["P102"]


def test_obsolete_entries_are_left_alone() -> None:
    text = 'msgid ""\nmsgstr "Language: fa_AF\\n"\n\n#~ msgid "12 men."\n#~ msgstr "چند تن?"\n'
    assert check_text(text) == []


def test_only_changed_entries_are_reported_and_follow_the_others() -> None:
    """The changed one comes first in the file, but it is the one that has to follow."""
    old = Entry("Read more", "بیشتر بخوانید", context="b", location=Location("a.po", 20))
    new = Entry("Read more", "ادامه", context="a", location=Location("a.po", 10))
    old, new = replace(old, context=None), new
    catalog = Catalog("fa_AF", (new, replace(old, context="a", source="Read more")), {"Language": "fa_AF"}, path="a.po")
    context = new_context(DARI, select=["I101"], changed=lambda entry: entry.target == "ادامه")
    found = list(check_catalog(catalog, context))
    assert [(finding.location, finding.message) for finding in found] == [
        (Location("a.po", 10), "the same source reads otherwise at a.po:20")
    ]


def test_seen_tells_where_another_value_came_first() -> None:
    seen = Seen()
    notes = [seen.note("key", value, Location("a.po", line)) for line, value in enumerate("aabca", 1)]
    assert notes == [None, None, Location("a.po", 1), Location("a.po", 1), None]


TEXT = """\
msgid ""
msgstr "Language: fa_AF\\n"

#. Paragraph 1
#. Check: N101 99 is missing
msgid "Police arrested 12 men."
msgstr "پولیس چند تن را بازداشت کرد."

#. Check: N101 99 is missing
msgid "The bank is closed."
msgstr "بانک بسته است."

msgid "The school is open."
msgstr ""
"""


def test_notes_are_refreshed_and_nothing_else_changes() -> None:
    catalog = parse_catalog(TEXT, "a.po")
    fresh = annotated(catalog, new_context(DARI))
    assert [entry.notes for entry in fresh.entries] == [("Paragraph 1", "Check: N101 12 is missing"), (), ()]
    assert [replace(entry, notes=()) for entry in fresh.entries] == [replace(entry, notes=()) for entry in catalog.entries]
    assert annotated(fresh, new_context(DARI)) == fresh


@pytest.mark.parametrize("text", ["a" * 1_000_000, "۱" * 100_000, "( " * 100_000, "\u202e\x1b[31m" * 50_000, "د " * 200_000])
def test_a_hostile_text_takes_no_long_and_gives_short_messages(text: str) -> None:
    context = new_context(DARI)
    catalog = Catalog("fa_AF", (Entry(f"x {text}", f"{text} y"), Entry(text, "بانک")), {"Language": "fa_AF"})
    assert [finding for finding in check_catalog(catalog, context) if len(finding.message) > 300] == []


def test_every_rule_is_in_one_table() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
