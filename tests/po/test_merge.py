from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from dragoman.model import Catalog, Entry, Location
from dragoman.po import draft_note, entries_to_draft, format_catalog, has_target, merge, needs_draft, parse_catalog

PLACE = (Location("articles/water.txt", 3),)
HERE = "Paragraph 1, sentence 1 of 1"


def draft(source: str, target: str, origin: str = "starter 0.1", **more: object) -> Entry:
    entry = Entry(source, target, fuzzy=True, references=PLACE, notes=(HERE, draft_note(origin, target)))
    return replace(entry, **more)  # type: ignore[arg-type]


def fresh(source: str, target: str = "", *notes: str) -> Entry:
    """What the article gives: a draft where there is a target, else the sentence and its hints."""
    if target:
        notes = (*notes, draft_note("starter 0.2", target))
    return Entry(source, target, fuzzy=bool(target), references=PLACE, notes=(HERE, *notes))


def merged(existing: Entry, new: Entry | None) -> Entry:
    catalog = merge(Catalog("ps", (existing,)), Catalog("ps", (new,) if new else ()))
    (entry,) = catalog.entries
    return entry


OLD = draft_note("starter 0.1", "اوبه")


@pytest.mark.parametrize(
    ("existing", "new", "expected"),
    [
        pytest.param(
            draft("Water.", "اوبه"), fresh("Water.", "د اوبو"), fresh("Water.", "د اوبو"), id="an untouched draft gives way"
        ),
        pytest.param(
            draft("Water.", "اوبه", comments=("ask",), flags=("no-wrap",)),
            fresh("Water.", "د اوبو"),
            replace(fresh("Water.", "د اوبو"), comments=("ask",), flags=("no-wrap",)),
            id="but what a person put beside it stays",
        ),
        pytest.param(
            draft("Water.", "اوبه", notes=("Heading", "Terms: Water → اوبه", "Term missing: Kabul → کابل", OLD)),
            fresh("Water.", "", "Terms: Water → اوبه", "No draft: too long"),
            Entry(
                "Water.",
                "اوبه",
                fuzzy=True,
                references=PLACE,
                notes=(HERE, "Terms: Water → اوبه", "Term missing: Kabul → کابل", OLD),
            ),
            id="not to nothing",
        ),
        pytest.param(
            Entry("Water.", "اوبه.", notes=("Heading", "Term missing: Water → اوبه", OLD), references=(Location("old.txt", 1),)),
            fresh(
                "Water.",
                "د اوبو",
                "Terms: Water → اوبه",
                "Term missing: Kabul → کابل",
                "Spelled by sound: A → ا",
                "Changed: digits",
            ),
            Entry("Water.", "اوبه.", notes=(HERE, "Terms: Water → اوبه", OLD), references=PLACE),
            id="a reviewed entry gets fresh notes and keeps its origin",
        ),
        pytest.param(
            draft("Water.", "اوبه", fuzzy=False), fresh("Water."), draft("Water.", "اوبه", fuzzy=False), id="accepted unchanged"
        ),
        pytest.param(
            replace(draft("Water.", "اوبه"), target="خپلې اوبه"),
            fresh("Water.", "د اوبو"),
            replace(draft("Water.", "اوبه"), target="خپلې اوبه"),
            id="a fuzzy text that was edited stays",
        ),
        pytest.param(
            Entry("Water.", "اوبه", fuzzy=True, previous_source="Water"),
            fresh("Water.", "د اوبو"),
            Entry("Water.", "اوبه", fuzzy=True, previous_source="Water", references=PLACE, notes=(HERE,)),
            id="a fuzzy text without origin is a person's",
        ),
        pytest.param(
            Entry("Water.", comments=("how?",), references=(Location("old.txt", 1),)),
            fresh("Water.", "د اوبو"),
            replace(fresh("Water.", "د اوبو"), comments=("how?",)),
            id="an empty entry is filled",
        ),
        pytest.param(
            Entry("Water.", "اوبه", obsolete=True, comments=("good",)),
            fresh("Water."),
            Entry("Water.", "اوبه", comments=("good",), references=PLACE, notes=(HERE,)),
            id="an obsolete entry comes back",
        ),
        pytest.param(
            draft("Water.", "اوبه", obsolete=True, references=(), notes=(OLD,)),
            fresh("Water.", "د اوبو"),
            fresh("Water.", "د اوبو"),
            id="an obsolete draft comes back as the fresh one",
        ),
        pytest.param(
            draft("Water.", "اوبه", comments=("good",), previous_source="Wtaer."),
            None,
            draft(
                "Water.",
                "اوبه",
                comments=("good",),
                previous_source="Wtaer.",
                obsolete=True,
                references=(),
                notes=(OLD,),
            ),
            id="what went away is obsolete",
        ),
        pytest.param(
            Entry("Water.", comments=("how?",)),
            None,
            Entry("Water.", comments=("how?",), obsolete=True),
            id="a comment alone is kept too",
        ),
        pytest.param(
            Entry("{} well", source_plural="{} wells", target_plurals=("یو", "ډېر")),
            fresh("{} well"),
            Entry("{} well", source_plural="{} wells", target_plurals=("یو", "ډېر"), references=PLACE, notes=(HERE,)),
            id="plural forms stay",
        ),
    ],
)
def test_one_entry(existing: Entry, new: Entry | None, expected: Entry) -> None:
    assert merged(existing, new) == expected


def test_an_entry_that_nobody_worked_on_goes_away() -> None:
    assert merge(Catalog("ps", (Entry("Water."),)), Catalog("ps")).entries == ()


def test_the_order_is_the_article_s_then_the_obsolete_ones() -> None:
    existing = Catalog("ps", (Entry("a", "1"), Entry("b", "2"), Entry("c", "3"), Entry("d", "4", obsolete=True)))
    new = Catalog("ps", (fresh("x"), fresh("c"), fresh("a")))
    assert [(entry.source, entry.obsolete) for entry in merge(existing, new).entries] == [
        ("x", False),
        ("c", False),
        ("a", False),
        ("b", True),
        ("d", True),
    ]


def test_nothing_on_disk_gives_the_fresh_catalog() -> None:
    catalog = Catalog("ps", (fresh("a", "b"),), {"Language": "ps"})
    assert merge(None, catalog) == catalog


def test_a_user_s_headers_stay_and_blanks_are_filled() -> None:
    existing = Catalog(
        None,
        headers={"Last-Translator": "Zarghuna", "Language": "", "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE", "X-Mine": "1"},
        comments=("ours",),
        path="old.po",
        newline="\r\n",
    )
    new = Catalog("ps", headers={"Last-Translator": "", "PO-Revision-Date": "", "Language": "ps", "X-Generator": "Dragoman 0.1"})
    assert merge(existing, new) == Catalog(
        "ps",
        headers={
            "Last-Translator": "Zarghuna",
            "Language": "ps",
            "PO-Revision-Date": "",
            "X-Mine": "1",
            "X-Generator": "Dragoman 0.1",
        },
        comments=("ours",),
        path="old.po",
        newline="\r\n",
    )


# --- a changed article ----------------------------------------------------------------------------------------------------

CHANGES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).parents[1] / "cases" / "merge.yml")


def catalog_of(lines: list[str]) -> Catalog:
    """A catalog from lines as cases/merge.yml explains them."""
    entries = []
    for line in lines:
        mark, rest = (line[0], line[2:]) if line[1:2] == " " and line[0] in "?~" else ("", line)
        source, _, target = rest.partition(" | ")
        source, _, previous = source.partition(" < ")
        entries.append(Entry(source, target, fuzzy=mark == "?", obsolete=mark == "~", previous_source=previous or None))
    return Catalog("ps", tuple(entries))


def lines_of(catalog: Catalog) -> list[str]:
    lines = []
    for entry in catalog.entries:
        mark = "? " if entry.fuzzy else "~ " if entry.obsolete else ""
        previous = f" < {entry.previous_source}" if entry.previous_source else ""
        lines.append(f"{mark}{entry.source}{previous} | {entry.target}".removesuffix(" | "))
    return lines


@pytest.mark.parametrize("case", CHANGES, ids=[case["name"] for case in CHANGES])
def test_a_changed_article(case: dict[str, Any]) -> None:
    before, new = catalog_of(case["before"]), catalog_of(case["article"])
    after = merge(before, new, minor_edit=case.get("minor_edit", False), find_terms=lambda text: re.findall("ISIS|NATO", text))
    notes = [note for entry in after.entries for note in entry.notes if note.startswith("Source changed: ")]
    assert (lines_of(after), notes) == (case["after"], case.get("notes", []))
    assert merge(after, new, minor_edit=case.get("minor_edit", False)) == after


def test_a_source_that_changes_back_is_reviewed_again() -> None:
    before = Catalog("ps", (Entry("He did say so.", "هغه داسې وویل.", notes=(draft_note("starter 0.1", "هغه داسې وویل."),)),))
    changed = merge(before, Catalog("ps", (fresh("He did not say so.", "نه"),)))
    (entry,) = changed.entries
    assert (entry.target, entry.fuzzy, needs_draft(entry)) == ("هغه داسې وویل.", True, False)
    back = merge(changed, Catalog("ps", (fresh("He did say so.", "هو"),)))
    assert back.entries == (Entry("He did say so.", "هغه داسې وویل.", references=PLACE, notes=(HERE,)),)


def test_only_what_lacks_a_person_s_work_is_drafted() -> None:
    existing = Catalog("ps", (Entry("He did say so.", "وویل"), Entry("Rain fell.", "باران"), draft("Water.", "اوبه")))
    new = Catalog("ps", tuple(map(fresh, ["He did not say so.", "Rain fell.", "Water.", "Entirely new words."])))
    assert [entry.source for entry in entries_to_draft(existing, new)] == ["Water.", "Entirely new words."]
    assert [entry.source for entry in entries_to_draft(None, new)] == [entry.source for entry in new.entries]


# --- under random edits -------------------------------------------------------------------------------------------------

CLAUSES = ["He came home", "She did not come home", "Twelve pumps broke", "Rain fell on Kabul", "Two pumps broke"]
SOURCES = st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=3).map(lambda clauses: " and ".join(clauses) + ".")
TARGETS = st.sampled_from(["", "یو", "دوه", "درې"])


@st.composite
def fresh_catalogs(draw: st.DrawFn) -> Catalog:
    """What the article gives at some time: sentences come, go, move, change; drafts differ, or are not made."""
    sources = draw(st.lists(SOURCES, unique=True, max_size=6))
    return Catalog("ps", tuple(fresh(source, draw(TARGETS)) for source in sources), {"Language": "ps"})


@st.composite
def edits(draw: st.DrawFn, catalog: Catalog) -> Catalog:
    """`catalog` after a person worked on it."""

    def edit(entry: Entry) -> Entry:
        if draw(st.booleans()):
            return entry
        target = draw(TARGETS) if draw(st.booleans()) else entry.target
        return replace(entry, target=target, fuzzy=draw(st.booleans()), comments=draw(st.sampled_from([(), ("ask",)])))

    return replace(catalog, entries=tuple(map(edit, catalog.entries)))


@given(st.data())
def test_over_many_runs_nothing_of_a_person_is_lost_or_changed(data: st.DataObject) -> None:
    catalog = Catalog("ps", headers={"Language": "ps"})
    ever_reviewed: set[tuple[str, str]] = set()
    for _ in range(data.draw(st.integers(1, 5))):
        new = data.draw(fresh_catalogs())
        before, catalog = catalog, merge(catalog, new)
        after = {entry.key: entry for entry in catalog.entries}

        for entry in before.entries:
            if entry.target and not needs_draft(entry):  # a person's
                assert any(entry.target in now.target for now in catalog.entries)
                if entry.key in after:
                    assert (after[entry.key].target, after[entry.key].fuzzy) == (entry.target, entry.fuzzy)
            assert all(any(comment in now.comments for now in catalog.entries) for comment in entry.comments)
            if entry.target and not entry.fuzzy:
                ever_reviewed.add((entry.source, entry.target))
        assert {(entry.source, entry.target) for entry in catalog.entries if entry.reviewed} <= ever_reviewed

        assert [entry.key for entry in catalog.entries if not entry.obsolete] == [entry.key for entry in new.entries]
        assert all(has_target(entry) or entry.comments for entry in catalog.entries if entry.obsolete)
        written = format_catalog(catalog)
        assert format_catalog(merge(parse_catalog(written, "a.po"), new)) == written
        catalog = data.draw(edits(catalog))
