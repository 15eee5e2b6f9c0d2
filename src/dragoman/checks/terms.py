"""T: names and terms as the glossary has them. Without a glossary these rules cannot run, and asking for them is an error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dragoman.checks.pair import Pair, TermUse, terms_of
from dragoman.checks.rule import Context, Problem, rule
from dragoman.checks.showing import quoted
from dragoman.model import Catalog, Entry, Severity, Term
from dragoman.text.matching import Status, TargetMatch, find_term


@rule("T101", "term-missing", Severity.ERROR)
def term_missing(pair: Pair, context: Context) -> Iterator[Problem]:
    """A term of the source is not in the target in any form that the glossary allows.

    Inflected forms count, in any spelling: with or without a zero-width non-joiner, with either yeh, with the endings of the
    language. A form that ought to count and does not belongs into the glossary, as `admitted`.

    Fires:
        msgid "ISIS fled from Nangarhar."
        msgstr "طالبان از ننگرهار گریختند."
    Silent:
        msgid "ISIS fled from Nangarhar."
        msgstr "داعش از ننگرهار گریخت."
    """
    for use in pair.terms:
        if use.term.translate and not use.found and not _forbidden(use, pair.target, context):
            preferred = use.target.preferred
            yield Problem(f"{use.surface} → {preferred} is missing", suggestion=preferred, about=use.term.source)


@rule("T102", "term-forbidden", Severity.ERROR)
def term_forbidden(pair: Pair, context: Context) -> Iterator[Problem]:
    """A form stands in the target that the glossary forbids for a term of the source.

    Fires:
        msgid "ISIS fled from Nangarhar."
        msgstr "آیسیس از ننگرهار گریخت."
    Silent:
        msgid "ISIS fled from Nangarhar."
        msgstr "داعش از ننگرهار گریخت."
    """
    for use in pair.terms:
        for match in _forbidden(use, pair.target, context):
            form, preferred = match.span.of(pair.target), use.target.preferred
            message = f"{quoted(form)} is forbidden for {use.surface}: the glossary has {preferred}"
            yield Problem(message, match.span, preferred, use.term.source)


@rule("T103", "term-too-few", Severity.HINT)
def term_too_few(pair: Pair, context: Context) -> Iterator[Problem]:
    """A term stands more often in the source than in the target.

    Often a pronoun took its place, which may be good style; sometimes a clause is gone.

    Fires:
        msgid "ISIS says ISIS fled."
        msgstr "داعش می‌گوید که گریخت."
    Silent:
        msgid "ISIS says ISIS fled."
        msgstr "داعش می‌گوید که داعش گریخت."
    """
    for use in pair.terms:
        if 0 < use.found < use.expected:
            message = f"{use.surface} stands {use.expected} times in the source, {use.target.preferred} {use.found} times here"
            yield Problem(message, about=use.term.source)


@rule("T104", "term-translated", Severity.ERROR)
def term_translated(pair: Pair, context: Context) -> Iterator[Problem]:
    """A term that the glossary leaves untranslated (`translate: false`) does not stand in the target as it is.

    Fires:
        msgid "He works for Reuters."
        msgstr "او برای رویترز کار می‌کند."
    Silent:
        msgid "He works for Reuters."
        msgstr "او برای Reuters کار می‌کند."
    """
    for use in pair.terms:
        if not use.term.translate and not use.found:
            yield Problem(f"{use.surface} has to stay as it is", suggestion=use.surface, about=use.term.source)


@rule("T201", "two-renderings", Severity.WARNING)
def two_renderings(catalog: Catalog, context: Context) -> Iterator[tuple[Entry | None, Problem]]:
    """One term is rendered in two allowed ways in one file.

    Each is right, together they look like two persons or two places. Reported where the less frequent one stands.

    Fires:
        msgid "Shinwar is quiet."
        msgstr "شینوار آرام است."
        msgid "Shinwar is far."
        msgstr "شنوار دور است."
    Silent:
        msgid "Shinwar is quiet."
        msgstr "شینوار آرام است."
        msgid "Shinwar is far."
        msgstr "شینوار دور است."
    """
    places: dict[str, dict[str, list[_Rendering]]] = {}
    for rendering in _renderings(catalog, context):
        forms = places.setdefault(rendering.term.id, {})
        forms.setdefault(rendering.match.form, []).append(rendering)
    for forms in places.values():
        usual = max(forms, key=lambda form: len(forms[form]))
        for form, renderings in forms.items():
            for entry, surface, term, match in renderings if form != usual else ():
                message = f"{surface} is {quoted(form)} here and {quoted(usual)} elsewhere in the file"
                yield entry, Problem(message, match.span, usual, term.source)


@rule("T202", "two-renderings-over-files", Severity.HINT)
def two_renderings_over_files(catalog: Catalog, context: Context) -> Iterator[tuple[Entry | None, Problem]]:
    """One term is rendered in two allowed ways in two files of the run.

    Reported once a file, where the later file first differs from the first one.

    Fires:
        msgid "Shinwar is quiet."
        msgstr "شینوار آرام است."
        # in another file:
        msgid "Shinwar is far."
        msgstr "شنوار دور است."
    Silent:
        msgid "Shinwar is quiet."
        msgstr "شینوار آرام است."
        # in another file:
        msgid "Shinwar is far."
        msgstr "شینوار دور است."
    """
    told = set()
    for entry, surface, term, match in _renderings(catalog, context):
        other = context.seen.note(("term", context.language.code, term.id), match.form, entry.location)
        here = entry.location.path if entry.location else ""
        if other is not None and other.path != here and term.id not in told:
            told.add(term.id)
            message = f"{surface} is {quoted(match.form)} here, otherwise at {other}"
            yield entry, Problem(message, match.span, about=term.source)


class _Rendering(NamedTuple):
    """A term that the glossary lets be rendered in several ways, and how an entry does it."""

    entry: Entry
    surface: str
    term: Term
    match: TargetMatch


def _renderings(catalog: Catalog, context: Context) -> Iterator[_Rendering]:
    """Those in the entries that a person accepted, the unchanged entries first; each form once an entry."""
    reviewed = [entry for entry in catalog.entries if entry.reviewed and entry.target]
    for entry in sorted(reviewed, key=context.changed):
        for match in {match.term.id: match for match in terms_of(entry, entry.source, context)}.values():
            target = match.term.targets.get(context.language.code)
            if target is not None and target.admitted:
                found = find_term(target, entry.target, context.language)
                for place in {place.form: place for place in found if place.status is not Status.FORBIDDEN}.values():
                    yield _Rendering(entry, match.surface, match.term, place)


def _forbidden(use: TermUse, target: str, context: Context) -> tuple[TargetMatch, ...]:
    if not use.target.forbidden:
        return ()
    return tuple(match for match in find_term(use.target, target, context.language) if match.status is Status.FORBIDDEN)
