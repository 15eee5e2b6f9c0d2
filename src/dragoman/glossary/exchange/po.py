"""A PO file as a glossary, as Virtaal and Weblate keep one: a term an entry, its concept as context, its note as `#.`.

This file makes and reads the values; po/ writes and parses the text. Further forms of a term are entries of their own, told by
the context (`isis: admitted`) and, where they are forbidden, by Weblate's flag `forbidden`; `read-only` is what stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.glossary.exchange.rows import Imported, Row, forms_of, gather, in_language, losses, without_target
from dragoman.model import Catalog, Entry, Glossary, Term
from dragoman.text.matching import Status

_CONTEXT = re.compile(r"(?:(?P<concept>.*): )?(?P<status>admitted|forbidden)(?: \d+)?", re.DOTALL)
_HELD = frozenset({"also", "concept", "translate", "note", "admitted", "forbidden"})


class ExportedCatalog(NamedTuple):
    """The glossary as a catalog, and a line for everything that it does not hold."""

    catalog: Catalog
    notes: tuple[str, ...] = ()


def read_catalog(catalog: Catalog, language: str) -> Imported:
    """The terms of a PO glossary. Entries that are fuzzy, obsolete or empty are left out, and counted."""
    entries = [entry for entry in catalog.entries if entry.reviewed and not entry.source_plural]
    terms, without = gather(map(_row, entries), language)
    left_out = len(catalog.entries) - len(entries)
    notes = (f"{left_out:,} entries left out: fuzzy, obsolete, plural or not translated",) if left_out else ()
    return Imported(terms, (*notes, *without_target(without)))


def write_catalog(glossary: Glossary, language: str) -> ExportedCatalog:
    """The glossary's entries in `language`. Headers are left to whoever writes the file."""
    keys: Counter[tuple[str | None, str]] = Counter()
    entries = []
    for term, _ in in_language(glossary.terms, language):
        for entry in (entry for source in (term.source, *term.variants) for entry in _entries(term, source, language)):
            keys[entry.key] += 1
            if keys[entry.key] == 1:  # msgctxt and msgid are unique in a file
                entries.append(entry)
    doubled = sum(count - 1 for count in keys.values())
    notes = losses(glossary, (language,), _HELD)
    if doubled:
        notes += (f"source forms that stand in two entries without a concept are not in the file ({doubled})",)
    return ExportedCatalog(Catalog(language, tuple(entries)), notes)


def _row(entry: Entry) -> Row:
    match = _CONTEXT.fullmatch(entry.context or "")
    status = Status.FORBIDDEN if "forbidden" in entry.flags else Status(match["status"]) if match else Status.PREFERRED
    concept = match["concept"] if match else entry.context or None
    note = " ".join(entry.notes) or None
    return Row(entry.source, entry.target, status, note, concept, translate="read-only" not in entry.flags)


def _entries(term: Term, source: str, language: str) -> Iterator[Entry]:
    notes = (term.note,) if term.note else ()
    target = term.target(language, source)
    assert target is not None
    if not term.translate:
        yield Entry(source, source, term.concept, notes=notes, flags=("read-only",))
        return
    counts: Counter[Status] = Counter()
    for form, status in forms_of(target):
        counts[status] += 1
        number = f" {counts[status]}" if counts[status] > 1 else ""
        context = ": ".join(part for part in (term.concept, f"{status}{number}") if part)
        if status is Status.PREFERRED:
            yield Entry(source, form, term.concept, notes=notes)
        else:
            yield Entry(source, form, context, flags=("forbidden",) if status is Status.FORBIDDEN else ())
