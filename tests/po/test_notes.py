from __future__ import annotations

import unicodedata

import pytest

from dragoman.model import Entry
from dragoman.po import DraftNote, draft_note, is_untouched_draft, needs_draft, read_draft_note

TARGET = "آب برگشت."
NOTE = draft_note("starter 0.1", TARGET)


def test_the_note_names_the_origin_and_the_checksum() -> None:
    assert draft_note("starter 0.1", "اوبه") == "Draft: starter 0.1 [5986e1b8]"


@pytest.mark.parametrize("origin", ["starter 0.1", "nllb-200 [int8]", "memory 92 %", "a: b"])
def test_a_note_that_was_written_is_read(origin: str) -> None:
    entry = Entry("Water is back.", TARGET, notes=("Paragraph 1", draft_note(origin, TARGET)))
    assert read_draft_note(entry) == DraftNote(origin, NOTE[-9:-1])


@pytest.mark.parametrize(
    ("entry", "untouched", "needs"),
    [
        (Entry("s"), False, True),
        (Entry("s", fuzzy=True, notes=(NOTE,)), False, True),
        (Entry("s", TARGET, fuzzy=True, notes=("Paragraph 1", NOTE)), True, True),
        (Entry("s", unicodedata.normalize("NFD", TARGET), fuzzy=True, notes=(NOTE,)), True, True),
        (Entry("s", TARGET, fuzzy=True, notes=(NOTE,), obsolete=True), True, True),
        (Entry("s", TARGET, fuzzy=False, notes=(NOTE,)), False, False),
        (Entry("s", TARGET + "!", fuzzy=True, notes=(NOTE,)), False, False),
        (Entry("s", TARGET, fuzzy=True), False, False),
        (Entry("s", TARGET, fuzzy=True, comments=(NOTE,)), False, False),
        (Entry("s", source_plural="p", target_plurals=("", "x"), fuzzy=True), False, False),
        (Entry("s", source_plural="p", target_plurals=("", "")), False, True),
    ],
)
def test_a_machine_s_work_is_told_from_a_person_s(entry: Entry, untouched: bool, needs: bool) -> None:
    assert (is_untouched_draft(entry), needs_draft(entry)) == (untouched, needs)


def test_what_is_not_there_needs_a_draft() -> None:
    assert needs_draft(None)
