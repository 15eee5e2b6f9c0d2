"""Where forms of the glossary stand in an English text, as whole words.

Which term is meant where several are written alike is another question, and match.py answers it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from dragoman.glossary.boundaries import ADDRESS_MARKS, capitals_fit, in_address, in_capitals, stands_alone
from dragoman.glossary.spelling import Spelling, lower, spell
from dragoman.model import Span, Term, TermCase

_CONSONANT_AND_Y = re.compile(r"[bcdfghjklmnpqrstvwxz]y$")


class Form(NamedTuple):
    """One way to write a term: its source form, one of its variants, or a plural that changes the word."""

    term: Term
    written: str


class Place(NamedTuple):
    """The text of `span`, and the terms that it may mean: one, or several that are written alike."""

    span: Span
    surface: str
    terms: tuple[Term, ...]


class Finder:
    """Finds the forms of all terms in one pass over a text, however many there are."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self._forms: dict[str, list[Form]] = {}
        for term in terms:
            for written in _forms(term):
                self._forms.setdefault(lower(written), []).append(Form(term, written))
        for form in [Form(term, plural) for term in terms for plural in _changed_plurals(term)]:
            self._forms.setdefault(form.written, [form])  # where the glossary has an entry for the plural, that one is meant
        self._patterns = list(self._forms)
        self._automaton = AhoCorasick(self._patterns, MatchKind.Standard)

    def places(self, text: str) -> tuple[Place, ...]:
        """Leftmost first, of those that begin together the longest; none overlaps another, none lies in a web address.

        A longer form that does not stand there as a word hides no shorter one, so all hits are looked at, overlapping ones too.
        """
        spelling = spell(text)
        hits = self._automaton.find_matches_as_indexes(spelling.caseless, overlapping=True)
        may_have_address = any(mark in spelling.caseless for mark in ADDRESS_MARKS)
        places: list[Place] = []
        free = 0
        for index, start, end in sorted(hits, key=lambda hit: (hit[1], -hit[2])):
            if start < free or (may_have_address and in_address(spelling.cased, start, end)):
                continue
            if terms := _terms(self._forms[self._patterns[index]], text, spelling, start, end):
                span = spelling.span(start, end)
                places.append(Place(span, span.of(text), terms))
                free = end
        return tuple(places)


def _terms(forms: list[Form], text: str, spelling: Spelling, start: int, end: int) -> tuple[Term, ...]:
    """The terms that stand there; where some of them are written there exactly as in their entry, those alone."""
    cased = spelling.cased
    found = cased[start:end]
    standing = [form for form in forms if stands_alone(cased, start, end, form.written, form.term)]
    fitting = [form for form in standing if capitals_fit(form.term.case, form.written, found)]
    if not fitting and found.isupper():
        span = spelling.span(start, end)
        if in_capitals(text, span.start, span.end):
            fitting = [form for form in standing if form.term.case is TermCase.SMART]
    exact = [form for form in fitting if form.written == found]
    return tuple({form.term.id: form.term for form in exact or fitting}.values())


def _forms(term: Term) -> Iterator[str]:
    for form in dict.fromkeys((term.source, *term.variants)):
        written = spell(form).cased.strip()
        if written.isascii():
            yield from filter(None, (written,))
        else:
            yield from dict.fromkeys((written, unicodedata.normalize("NFC", written), unicodedata.normalize("NFD", written)))


def _changed_plurals(term: Term) -> Iterator[str]:
    """Plurals that are more than an ending: embassies, gunmen. Of common nouns alone: nobody calls two Rahmans Rahmen."""
    for form in (term.source, *term.variants):
        if form.islower() and form.isascii():
            if _CONSONANT_AND_Y.search(form):
                yield form[:-1] + "ies"
            elif form.endswith("man"):
                yield form[:-2] + "en"
