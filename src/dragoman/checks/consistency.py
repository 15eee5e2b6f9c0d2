"""I: the same thing said in two ways, in one file or over files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.checks.rule import Context, Problem, rule
from dragoman.checks.showing import quoted
from dragoman.model import Catalog, Entry, Severity, Span
from dragoman.text.normalize import strip_direction_marks


@rule("I101", "two-targets", Severity.WARNING)
def two_targets(catalog: Catalog, context: Context) -> Iterator[tuple[Entry | None, Problem]]:
    """The same source has two targets, in this file or in another of the run.

    Date lines, headings and standing phrases ought to read alike everywhere. Entries of different context (msgctxt) may differ.

    Fires:
        msgid "Read more"
        msgstr "بیشتر بخوانید"
        # in another file:
        msgid "Read more"
        msgstr "ادامه"
    Silent:
        msgid "Read more"
        msgstr "بیشتر بخوانید"
        # in another file:
        msgid "Read more"
        msgstr "بیشتر بخوانید"
    """
    for entry in _settled(catalog, context):
        if not entry.target:
            continue
        target = " ".join(strip_direction_marks(entry.target).split())
        key = ("target", context.language.code, entry.context, entry.source)
        other = context.seen.note(key, target, entry.location)
        if other is not None:
            yield entry, Problem(f"the same source reads otherwise at {other}")


@rule("I201", "two-spellings", Severity.HINT)
def two_spellings(catalog: Catalog, context: Context) -> Iterator[tuple[Entry | None, Problem]]:
    """One word is spelled in two ways in one article: with another yeh inside, or with and without a zero-width non-joiner.

    Both are right; a reader stumbles over the change. The last letter is not compared: in Pashto it is grammar.

    Fires:
        # Pashto
        msgid "The deputy came."
        msgstr "مرستیال راغی."
        msgid "The deputy left."
        msgstr "مرستيال لاړ."
    Silent:
        # Pashto
        msgid "The deputy came."
        msgstr "مرستیال راغی."
        msgid "The deputy left."
        msgstr "مرستیال لاړ."
    """
    first: dict[str, str] = {}
    known: set[str] = set()
    told = set()
    for entry in catalog.entries:
        if entry.obsolete or _VARIES.isdisjoint(entry.target):
            continue
        for match in _WORD.finditer(entry.target):
            word = match[0]
            if word in known:
                continue
            known.add(word)
            key = word[:-1].translate(_ONE_SPELLING) + word[-1]
            other = first.setdefault(key, word)
            if other != word and key not in told:
                told.add(key)
                message = f"{quoted(word)} is spelled {quoted(other)} above"
                yield entry, Problem(message, Span(*match.span()), other, word)


def _settled(catalog: Catalog, context: Context) -> list[Entry]:
    """The entries that a person accepted, those that did not change before the others, which have to follow them."""
    reviewed = [entry for entry in catalog.entries if entry.reviewed]
    return sorted(reviewed, key=context.changed)


_VARIES = frozenset("ی‌ي\u200c")
_ONE_SPELLING = str.maketrans({"ي": "ی", "\u200c": None})
_WORD = re.compile(r"[\u0620-\u06d3\u06d5\u06fa-\u06ff\u064b-\u065f\u200c]{4,}")
