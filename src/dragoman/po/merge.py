"""What is on disk and what the article gives now, made one: nothing that a person wrote is ever lost or changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from dragoman.model import Catalog, Entry
from dragoman.po.notes import CHANGED, CHECK, DRAFT, NO_DRAFT, TERM_MISSING, has_target, is_untouched_draft

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
_OF_THE_DRAFT = (TERM_MISSING, CHANGED, DRAFT, NO_DRAFT, CHECK)


def merge(existing: Catalog | None, fresh: Catalog) -> Catalog:
    """`existing` brought up to date with `fresh`: its entries and their order, then the obsolete ones.

    A person's work (an entry that is not fuzzy, a fuzzy text that was edited, comments, flags, headers) stays as it is, and
    gets the fresh references and notes. An untouched draft gives way to the fresh one, if there is one. What is no longer in
    the article becomes obsolete, and comes back with its source. Merging again changes nothing.
    """
    if existing is None:
        return fresh
    known = {entry.key: entry for entry in existing.entries}
    merged = [_merge_entry(known.pop(entry.key, None), entry) for entry in fresh.entries]
    gone = [_make_obsolete(entry) for entry in known.values() if _worth_keeping(entry)]
    headers = _merge_headers(existing.headers, fresh.headers)
    return replace(
        existing,
        language=headers.get("Language") or fresh.language,
        entries=(*merged, *gone),
        headers=headers,
        path=fresh.path or existing.path,
    )


def _merge_entry(existing: Entry | None, fresh: Entry) -> Entry:
    if existing is None:
        return fresh
    if not has_target(existing) or is_untouched_draft(existing):
        if has_target(fresh) or not has_target(existing):
            return replace(fresh, comments=existing.comments, flags=_union(existing.flags, fresh.flags))
        kept: tuple[str, ...] = _OF_THE_DRAFT  # the old draft is better than none
    else:
        kept = (DRAFT,)
    return replace(
        existing,
        references=fresh.references,
        notes=_combine_notes(fresh.notes, tuple(note for note in existing.notes if note.startswith(kept))),
        flags=_union(existing.flags, fresh.flags),
        obsolete=False,
    )


def _combine_notes(fresh: tuple[str, ...], kept: tuple[str, ...]) -> tuple[str, ...]:
    """The fresh notes on the source, then what `kept` says of the target that stays."""
    return (*(note for note in fresh if not note.startswith(_OF_THE_DRAFT)), *kept)


def _make_obsolete(entry: Entry) -> Entry:
    """Of the notes, the one that tells a draft from a person's work must last until the source comes back."""
    notes = tuple(note for note in entry.notes if note.startswith(DRAFT))
    return replace(entry, obsolete=True, references=(), notes=notes)


def _worth_keeping(entry: Entry) -> bool:
    return has_target(entry) or bool(entry.comments)


def _merge_headers(existing: Mapping[str, str], fresh: Mapping[str, str]) -> Mapping[str, str]:
    headers = dict(existing)
    for name, value in fresh.items():
        if headers.get(name, "") in _UNFILLED:
            headers[name] = value
    return MappingProxyType(headers)


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
