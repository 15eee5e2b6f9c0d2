"""The fuzzy mark, set and cleared for many entries at once, where a person says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dragoman.model import Catalog, Entry
from dragoman.po.notes import REVIEWED, SOURCE_CHANGED, checksum, has_target, read_draft_note


def accept(catalog: Catalog, wanted: Callable[[Entry], bool] = lambda entry: True) -> Catalog:
    """`catalog` with the fuzzy entries that are `wanted` reviewed. Entries without a target stay as they are."""

    def change(entry: Entry) -> Entry:
        if not entry.fuzzy or entry.obsolete or not has_target(entry) or not wanted(entry):
            return entry
        notes = tuple(note for note in entry.notes if not note.startswith((SOURCE_CHANGED, REVIEWED)))
        return replace(entry, fuzzy=False, previous_source=None, previous_context=None, previous_source_plural=None, notes=notes)

    return replace(catalog, entries=tuple(map(change, catalog.entries)))


def reset(catalog: Catalog, wanted: Callable[[Entry], bool] = lambda entry: True) -> Catalog:
    """`catalog` with the reviewed entries that are `wanted` fuzzy again. Their text stays; a draft is a draft again."""
    return replace(
        catalog,
        entries=tuple(replace(entry, fuzzy=True) if entry.reviewed and wanted(entry) else entry for entry in catalog.entries),
    )


def restore_drafts(catalog: Catalog) -> Catalog:
    """`catalog`, saved by a program that drops fuzzy marks (OmegaT), with them back on what is still the machine's text.

    A draft that a person accepted without changing a letter cannot be told from one that nobody looked at: it is fuzzy too.
    """
    return reset(catalog, _is_machine_s)


def _is_machine_s(entry: Entry) -> bool:
    note = read_draft_note(entry)
    return note is not None and note.checksum == checksum(entry.target)
