"""E: what makes a PO file trustworthy as a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from dragoman.checks.rule import Context, Problem, rule
from dragoman.errors import DragomanError, LanguageError
from dragoman.languages import get_language
from dragoman.model import Catalog, Entry, Severity
from dragoman.po.notes import checksum, read_draft_note


@rule("E101", "unreadable", Severity.ERROR)
def unreadable(error: DragomanError) -> Iterator[Problem]:
    """The file cannot be read: it is no PO, is not UTF-8, stops in the middle, or holds a merge conflict.

    Nothing in it was checked, so the run ends with status 2, whatever the other files say.

    Fires:
        <<<<<<< HEAD
        msgid "The bank is closed."
        msgstr "بانک بسته است."
    Silent:
        msgid "The bank is closed."
        msgstr "بانک بسته است."
    """
    yield Problem(error.message, suggestion=error.hint)


@rule("E102", "language-disagrees", Severity.ERROR)
def language_disagrees(catalog: Catalog, context: Context) -> Iterator[tuple[Entry | None, Problem]]:
    """The header `Language` is missing, or says another language than the folder.

    Editors and Weblate believe the header, gettext the folder: readers then get the wrong language.

    Fires:
        msgid ""
        msgstr "Language: de\\n"
        msgid "The bank is closed."
        msgstr "بانک بسته است."
    Silent:
        msgid ""
        msgstr "Language: fa_AF\\n"
        msgid "The bank is closed."
        msgstr "بانک بسته است."
    """
    header = catalog.headers.get("Language", "")
    folder = folder_language(catalog.path)
    if not header:
        yield None, Problem("the header does not say Language", suggestion=f"Language: {context.language.code}")
    elif folder and _code(header) != folder:
        yield None, Problem(f"the header says {header}, the folder {folder}", suggestion=f"Language: {folder}", about=header)


@rule("E103", "plural-forms", Severity.ERROR)
def plural_forms(catalog: Catalog, context: Context) -> Iterator[tuple[Entry | None, Problem]]:
    """The header `Plural-Forms` is not the language's, or an entry has another number of plurals.

    Counted entries then show the wrong form, or none.

    Fires:
        msgid "One man"
        msgid_plural "%d men"
        msgstr[0] "یک مرد"
    Silent:
        msgid "One man"
        msgid_plural "%d men"
        msgstr[0] "یک مرد"
        msgstr[1] "%d مرد"
    """
    own = context.language.plural_forms
    header = catalog.headers.get("Plural-Forms", "")
    plurals = [entry for entry in catalog.entries if entry.source_plural is not None and not entry.obsolete]
    if header and _spaceless(header) != _spaceless(own) and "CHARSET" not in header and "INTEGER" not in header:
        yield None, Problem(f"the header says {header}", suggestion=f"Plural-Forms: {own}")
    wanted = int(_COUNT.findall(own)[0])
    for entry in plurals:
        there = len(entry.target_plurals)
        if there != wanted:
            yield entry, Problem(f"{there} plural form{'s' if there != 1 else ''}, and {context.language.name} has {wanted}")


@rule("E104", "draft-unreviewed", Severity.WARNING)
def draft_unreviewed(catalog: Catalog, context: Context) -> Iterator[tuple[Entry | None, Problem]]:
    """A machine's draft lost its fuzzy mark, and not one letter changed.

    Some editors drop the mark on saving, and then nobody knows what a person has read. If the draft is good as it is, a waiver
    says so.

    Fires:
        #. Draft: starter 0.1 [6a9a9ad8]
        msgid "The bank is closed."
        msgstr "بانک بسته است."
    Silent:
        #. Draft: starter 0.1 [00000000]
        msgid "The bank is closed."
        msgstr "بانک بسته است."
    """
    for entry in catalog.entries:
        if entry.reviewed and entry.notes and (note := read_draft_note(entry)) and note.checksum == checksum(entry.target):
            yield entry, Problem(f"this is still the draft of {note.origin}")


def folder_language(path: str | None) -> str | None:
    """The code of ours for the folder of languages that `path` lies in: `locales/prs/LC_MESSAGES/x.po` is fa_AF."""
    parts = PurePath(path or "").parts[:-1]
    for part in reversed(parts):
        if part != "LC_MESSAGES":
            return _code(part)
    return None


def _code(name: str) -> str | None:
    try:
        return get_language(name).code
    except LanguageError:
        return None


def _spaceless(text: str) -> str:
    return re.sub(r"[\s();]", "", text)


_COUNT = re.compile(r"nplurals\s*=\s*(\d+)")
