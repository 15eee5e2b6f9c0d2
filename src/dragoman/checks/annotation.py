"""Findings as `#. Check: …` notes, where every PO editor shows them to the translator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dragoman.checks.rule import Context
from dragoman.checks.run import check_entries
from dragoman.checks.showing import visible
from dragoman.model import Catalog, Finding
from dragoman.po.notes import CHECK

# What an editor shows anyway.
_NEEDLESS = frozenset({"L301"})


def annotated(catalog: Catalog, context: Context) -> Catalog:
    """`catalog` with the notes of the findings of today in place of those of yesterday; nothing else changes."""
    found: dict[int, list[Finding]] = {}
    for entry, finding in check_entries(catalog, context):
        found.setdefault(id(entry), []).append(finding)
    entries = []
    for entry in catalog.entries:
        notes = (*(note for note in entry.notes if not note.startswith(CHECK)), *_check_notes(found.get(id(entry), ())))
        entries.append(entry if notes == entry.notes else replace(entry, notes=notes))
    return replace(catalog, entries=tuple(entries))


def _check_notes(findings: Iterable[Finding]) -> tuple[str, ...]:
    """A note a finding, each said once."""
    told = (f"{CHECK}{finding.rule} {visible(finding.message)}" for finding in findings if finding.rule not in _NEEDLESS)
    return tuple(dict.fromkeys(told))
