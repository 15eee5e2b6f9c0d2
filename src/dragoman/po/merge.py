"""What is on disk and what the article gives now, made one: nothing that a person wrote is ever lost or changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from dragoman.model import Catalog, Entry
from dragoman.po.changes import FindTerms, describe_change, is_minor
from dragoman.po.notes import (
    CHANGED,
    CHECK,
    DRAFT,
    NEAR_WORD,
    NO_DRAFT,
    REVIEWED,
    SOURCE_CHANGED,
    SPELLED,
    TERM_MISSING,
    has_target,
    is_untouched_draft,
    needs_draft,
    reviewed_note,
    was_reviewed,
)
from dragoman.po.pairing import Pairing, pair

# What gettext's tools put into a header that nobody filled in yet.
_UNFILLED = frozenset(
    {
        "",
        "PACKAGE VERSION",
        "YEAR-MO-DA HO:MI+ZONE",
        "FULL NAME <EMAIL@ADDRESS>",
        "LANGUAGE <LL@li.org>",
        "text/plain; charset=CHARSET",
        "nplurals=INTEGER; plural=EXPRESSION;",
    }
)
_OF_THE_DRAFT = (TERM_MISSING, SPELLED, NEAR_WORD, CHANGED, DRAFT, NO_DRAFT, CHECK)
_OF_A_CHANGE = (SOURCE_CHANGED, REVIEWED)


def merge(existing: Catalog | None, fresh: Catalog, *, minor_edit: bool = False, find_terms: FindTerms | None = None) -> Catalog:
    """`existing` brought up to date with `fresh`: its entries and their order, then the obsolete ones.

    A person's work (an entry that is not fuzzy, a fuzzy text that was edited, comments, flags, headers) stays as it is, and
    gets the fresh references and notes. An untouched draft gives way to the fresh one, if there is one. Where a source was
    edited, split or joined, a person's text moves to the new source: fuzzy, with the previous source and a note of what
    changed; with `minor_edit` it stays reviewed if punctuation or spelling alone changed. `find_terms` lets the note name
    changed terms. What is no longer in the article becomes obsolete, and comes back with its source. Merging again changes
    nothing.
    """
    if existing is None:
        return fresh
    places = {entry.key: number for number, entry in enumerate(existing.entries)}
    same = {number: places.pop(entry.key) for number, entry in enumerate(fresh.entries) if entry.key in places}
    free_old = [number for number in places.values() if _is_work(existing.entries[number])]
    free_new = [number for number in range(len(fresh.entries)) if number not in same]
    moved = pair(existing.entries, fresh.entries, free_old, free_new)
    first_of = {pairing.new[0]: pairing for pairing in moved}

    entries = []
    for number, entry in enumerate(fresh.entries):
        if number in same:
            entry = _merge_entry(existing.entries[same[number]], entry)
        elif pairing := first_of.get(number):
            entry = _move_work([existing.entries[old] for old in pairing.old], entry, pairing, minor_edit, find_terms)
        entries.append(entry)
    used = {*same.values(), *(number for pairing in moved for number in pairing.old)}
    gone = [
        _make_obsolete(entry) for number, entry in enumerate(existing.entries) if number not in used and _worth_keeping(entry)
    ]
    headers = _merge_headers(existing.headers, fresh.headers)
    return replace(
        existing,
        language=headers.get("Language") or fresh.language,
        entries=(*entries, *gone),
        headers=headers,
        path=fresh.path or existing.path,
    )


def entries_to_draft(
    existing: Catalog | None, fresh: Catalog, *, minor_edit: bool = False, find_terms: FindTerms | None = None
) -> tuple[Entry, ...]:
    """Which of the entries `fresh`, not drafted yet, a draft would find its place in when they are merged."""
    merged = merge(existing, fresh, minor_edit=minor_edit, find_terms=find_terms)
    return tuple(entry for entry in merged.entries if not entry.obsolete and needs_draft(entry))


def _merge_entry(existing: Entry | None, fresh: Entry) -> Entry:
    if existing is None:
        return fresh
    if not has_target(existing) or is_untouched_draft(existing):
        if has_target(fresh) or not has_target(existing):
            return replace(fresh, comments=existing.comments, flags=_union(existing.flags, fresh.flags))
        kept: tuple[str, ...] = _OF_THE_DRAFT  # the old draft is better than none
    else:
        kept = (DRAFT, *_OF_A_CHANGE) if existing.fuzzy else (DRAFT,)
    return replace(
        existing,
        references=fresh.references,
        notes=_combine_notes(fresh.notes, tuple(note for note in existing.notes if note.startswith(kept))),
        flags=_union(existing.flags, fresh.flags),
        obsolete=False,
    )


def _move_work(old: Sequence[Entry], fresh: Entry, pairing: Pairing, minor_edit: bool, find_terms: FindTerms | None) -> Entry:
    """A person's work on `old`, moved to `fresh`, whose source it may not fit any more."""
    source = " ".join(map(_translated_source, old))
    entry = replace(
        fresh,
        target=" ".join(entry.target for entry in old),
        fuzzy=True,
        previous_source=source if source != fresh.source else None,
        comments=_union(*(entry.comments for entry in old)),
        flags=_union(*(entry.flags for entry in old), fresh.flags),
    )
    reviewed = len(old) == 1 and (not old[0].fuzzy or was_reviewed(old[0]))
    kept = tuple(note for note in old[0].notes if note.startswith(DRAFT))
    if len(pairing.old) > 1:
        what = f"joined from {len(pairing.old)} sentences"
    elif len(pairing.new) > 1:
        what = f"split into {len(pairing.new)}; this is still the translation of the whole"
    else:
        if reviewed and (source == fresh.source or (minor_edit and is_minor(source, fresh.source, find_terms))):
            return replace(entry, fuzzy=False, previous_source=None, notes=_combine_notes(fresh.notes, kept))
        what = describe_change(source, fresh.source, find_terms) if source != fresh.source else ""
    if is_untouched_draft(replace(entry, notes=kept)):
        kept = ()  # it is the machine's text, but a person accepted it
    changes = (SOURCE_CHANGED + what,) if what else ()
    marks = (reviewed_note(entry.target),) if reviewed else ()
    return replace(entry, notes=_combine_notes(fresh.notes, (*kept, *changes, *marks)))


def _translated_source(entry: Entry) -> str:
    """The source that the target was made for: of a fuzzy entry, as gettext has it, the previous one."""
    return entry.previous_source if entry.fuzzy and entry.previous_source else entry.source


def _is_work(entry: Entry) -> bool:
    """Whether its target is a person's, and can move to another source: plural forms cannot."""
    return bool(entry.target) and entry.source_plural is None and not is_untouched_draft(entry)


def _combine_notes(fresh: tuple[str, ...], kept: tuple[str, ...]) -> tuple[str, ...]:
    """The fresh notes on the source, then what `kept` says of the target that stays."""
    return (*(note for note in fresh if not note.startswith(_OF_THE_DRAFT)), *kept)


def _make_obsolete(entry: Entry) -> Entry:
    """Of the notes, those that tell a draft from a person's work must last until the source comes back."""
    notes = tuple(note for note in entry.notes if note.startswith((DRAFT, *_OF_A_CHANGE)))
    return replace(entry, obsolete=True, references=(), notes=notes)


def _worth_keeping(entry: Entry) -> bool:
    return has_target(entry) or bool(entry.comments)


def _merge_headers(existing: Mapping[str, str], fresh: Mapping[str, str]) -> Mapping[str, str]:
    headers = dict(existing)
    for name, value in fresh.items():
        if headers.get(name, "") in _UNFILLED:
            headers[name] = value
    return MappingProxyType(headers)


def _union(*groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))
