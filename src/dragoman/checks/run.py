"""Rules over entries and catalogs: problems in, waivers applied, findings out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from dragoman.checks.pair import Pair
from dragoman.checks.placing import Places
from dragoman.checks.rule import AnyRule, Context, Problem
from dragoman.checks.waivers import read_waivers, waiver_unknown, waiver_unused
from dragoman.glossary import document_matches
from dragoman.model import Catalog, Entry, Finding, Location, Severity


class _Found(NamedTuple):
    rule: AnyRule
    problem: Problem
    plural: int | None = None  # which msgstr[n]


def check_entry(entry: Entry, context: Context) -> Iterator[Finding]:
    """What the rules find in one entry, waivers applied. The rules over a whole file are not asked."""
    judged = frozenset(rule.code for rule in context.entry_rules)
    yield from _findings(entry, _of_entry(entry, context), context, Places(None), judged)


def check_catalog(catalog: Catalog, context: Context, text: str | None = None) -> Iterator[Finding]:
    """What the rules find in a file, in the order of the file; the header first.

    `text` is the PO file as it stands: with it, findings have the column where they begin. `context.seen` is added to.
    """
    for _, finding in check_entries(catalog, context, text):
        yield finding


def check_entries(catalog: Catalog, context: Context, text: str | None = None) -> Iterator[tuple[Entry | None, Finding]]:
    """The same, each finding with its entry; None stands for the header."""
    places = Places(text)
    context = _with_matches(catalog, context)
    of_file: list[_Found] = []
    of_entries: dict[int, list[_Found]] = {}
    for rule in context.catalog_rules:
        for entry, problem in rule.check(catalog, context):
            (of_file if entry is None else of_entries.setdefault(id(entry), [])).append(_Found(rule, problem))
    header = Entry("", comments=catalog.comments, location=Location(catalog.path or "", 1))
    for finding in _findings(header, of_file, context, places, context.asked_codes):
        yield None, finding
    for entry in catalog.entries:
        if not entry.obsolete and context.changed(entry):
            found = [*_of_entry(entry, context), *of_entries.get(id(entry), ())]
            if found or entry.comments:
                for finding in _findings(entry, found, context, places, context.asked_codes):
                    yield entry, finding


def _with_matches(catalog: Catalog, context: Context) -> Context:
    """Find the terms on the whole article: only that knows whose surname stands alone, or what an abbreviation is short for."""
    if context.matcher is None:
        return context
    entries = [entry for entry in catalog.entries if not entry.obsolete]
    found = document_matches(context.matcher, [entry.source for entry in entries])
    return replace(context, matches={entry.key: matches for entry, matches in zip(entries, found, strict=True)})


def _of_entry(entry: Entry, context: Context) -> list[_Found]:
    found = _of_pair(entry, entry.source, entry.target, context)
    for number, target in enumerate(entry.target_plurals):
        source = entry.source_plural if number and entry.source_plural else entry.source
        found += _of_pair(entry, source, target, context, number)
    return found


def _of_pair(entry: Entry, source: str, target: str, context: Context, plural: int | None = None) -> list[_Found]:
    if not target:
        return []
    pair = Pair(entry, source, target, context)
    return [_Found(rule, problem, plural) for rule in context.entry_rules for problem in rule.check(pair, context)]


def _findings(
    entry: Entry, found: Sequence[_Found], context: Context, places: Places, judged: frozenset[str]
) -> Iterator[Finding]:
    """The problems that no waiver covers, and the waivers of `judged` rules that cover none."""
    waivers = tuple(read_waivers(entry.comments)) if entry.comments else ()
    used = set()
    left = []
    for one in found:
        covering = [waiver for waiver in waivers if waiver.covers(one.rule.code, one.problem)]
        used.update(covering)
        if not covering:
            left.append(one)
    for waiver in waivers:
        if waiver.code not in context.known_codes:
            left += [_Found(waiver_unknown, problem) for problem in waiver_unknown.check(waiver)]
        elif waiver not in used and waiver.code in judged:
            left += [_Found(waiver_unused, problem) for problem in waiver_unused.check(waiver)]
    for one in left:
        if one.rule.code in context.asked_codes:
            yield _finding(entry, one, context, places)


def _finding(entry: Entry, found: _Found, context: Context, places: Places) -> Finding:
    rule, problem, plural = found
    target = entry.target if plural is None else entry.target_plurals[plural]
    return Finding(
        rule=rule.code,
        severity=Severity.HINT if entry.fuzzy and not context.drafts else rule.severity,
        message=problem.message,
        location=places.find(entry.location, problem.span, plural),
        span=problem.span,
        suggestion=problem.suggestion,
        source=entry.source,
        target=target,
    )
