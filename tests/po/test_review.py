from __future__ import annotations

from dragoman.model import Catalog, Entry
from dragoman.po import accept, draft_note, reset, restore_drafts

NOTE = draft_note("starter 0.1", "اوبه")
DRAFT = Entry("Water.", "اوبه", fuzzy=True, notes=("Heading", NOTE))
CHANGED = Entry("No rain.", "باران", fuzzy=True, previous_source="Rain.", notes=("Source changed: added “No”", "Reviewed: x"))
EMPTY = Entry("Wells.", fuzzy=True)
DONE = Entry("Pumps.", "پمپونه", notes=(NOTE,))
GONE = Entry("Snow.", "واوره", fuzzy=True, obsolete=True)
ACCEPTED_DRAFT = Entry("Water.", "اوبه", notes=("Heading", NOTE))
ACCEPTED_CHANGED = Entry("No rain.", "باران")


def test_accept() -> None:
    assert accept(Catalog("ps", (DRAFT, CHANGED, EMPTY, DONE, GONE))).entries == (
        ACCEPTED_DRAFT,
        ACCEPTED_CHANGED,
        EMPTY,
        DONE,
        GONE,
    )
    assert accept(Catalog("ps", (DRAFT, CHANGED)), lambda entry: entry.source == "Water.").entries == (ACCEPTED_DRAFT, CHANGED)


def test_reset_gives_back_what_accept_took() -> None:
    assert reset(accept(Catalog("ps", (DRAFT, DONE)), lambda entry: entry == DRAFT), lambda e: e != DONE).entries == (
        DRAFT,
        DONE,
    )
    assert reset(Catalog("ps", (EMPTY, GONE))).entries == (EMPTY, GONE)


def test_a_file_that_lost_its_fuzzy_marks_gets_them_back_where_the_text_is_the_machine_s() -> None:
    assert restore_drafts(Catalog("ps", (ACCEPTED_DRAFT, DONE, ACCEPTED_CHANGED))).entries == (DRAFT, DONE, ACCEPTED_CHANGED)
