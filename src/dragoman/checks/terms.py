"""T: names and terms as the glossary has them. Without a glossary these rules cannot run, and asking for them is an error."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.checks.rule import Context, Pair, Problem, TermUse, rule
from dragoman.checks.showing import quoted
from dragoman.model import Catalog, Entry, Severity


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
        if use.term.translate and not use.good and not use.forbidden:
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
        for match in use.forbidden:
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
        if 0 < len(use.good) < use.expected:
            message = (
                f"{use.surface} stands {use.expected} times in the source, {use.target.preferred} {len(use.good)} times here"
            )
            yield Problem(message, use.good[0].span, about=use.term.source)


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
        if not use.term.translate and not use.good:
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
    uses: dict[str, dict[str, list[tuple[Entry, TermUse]]]] = {}
    for entry, use in _reviewed_uses(catalog, context):
        forms = uses.setdefault(use.term.id, {})
        for form in dict.fromkeys(match.form for match in use.good):
            forms.setdefault(form, []).append((entry, use))
    for forms in uses.values():
        if len(forms) < 2:
            continue
        usual = max(forms, key=lambda form: len(forms[form]))
        for form, places in forms.items():
            if form == usual:
                continue
            for entry, use in places:
                span = next(match.span for match in use.good if match.form == form)
                message = f"{use.surface} is {quoted(form)} here and {quoted(usual)} elsewhere in the file"
                yield entry, Problem(message, span, usual, use.term.source)


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
    for entry, use in _reviewed_uses(catalog, context):
        for match in use.good:
            other = context.seen.note(("term", context.language.code, use.term.id), match.form, entry.location)
            here = entry.location.path if entry.location else ""
            if other is not None and other.path != here and use.term.id not in told:
                told.add(use.term.id)
                yield (
                    entry,
                    Problem(
                        f"{use.surface} is {quoted(match.form)} here, otherwise at {other}", match.span, about=use.term.source
                    ),
                )


def _reviewed_uses(catalog: Catalog, context: Context) -> Iterator[tuple[Entry, TermUse]]:
    """The terms with more than one allowed form, in the entries that a person accepted, the unchanged ones first."""
    reviewed = [entry for entry in catalog.entries if entry.reviewed and entry.target]
    for entry in sorted(reviewed, key=context.changed):
        pair = Pair(entry, entry.source, entry.target, context)
        for use in pair.terms:
            if use.target.admitted and use.good:
                yield entry, use
