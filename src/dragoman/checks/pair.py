"""A source beside its target, as the rules see them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from dragoman.checks.values import DIGITS, Figures, digits, figures
from dragoman.languages import Language
from dragoman.model import Entry, Span, TargetTerm, Term, TermMatch
from dragoman.text.adaptation import SwapMatch, find_swaps
from dragoman.text.codes import find_codes
from dragoman.text.matching import outcomes

if TYPE_CHECKING:
    from dragoman.checks.rule import Context


@dataclass(frozen=True, slots=True)
class TermUse:
    """A term of the glossary in the source, `expected` times, and how often an allowed form of it is `found` in the target."""

    term: Term
    target: TargetTerm
    surface: str
    expected: int
    found: int


def terms_of(entry: Entry, source: str, context: Context) -> tuple[TermMatch, ...]:
    """The glossary's terms in `source`, the singular or plural of an entry."""
    if context.matcher is None:
        return ()
    known = context.matches.get(entry.key) if source == entry.source else None
    return context.matcher.matches(source) if known is None else known


class Pair:
    """A source beside its target, with what several rules ask of them, worked out once and only if asked."""

    def __init__(self, entry: Entry, source: str, target: str, context: Context) -> None:
        self.entry = entry
        self.source = source
        self.target = target
        self.context = context
        # Most rules look for rare characters: asking the sets first keeps a clean entry cheap. `characters` are those of the
        # target but for the language's own letters and the space, which would make the most of the work and tell nothing.
        self.characters = frozenset(notable_characters(context.language).findall(target))
        self.odd_characters = self.characters - expected_characters(context.language)
        self.source_characters = frozenset(source)
        self.pieces = _pieces(target, self.characters)

    @cached_property
    def matches(self) -> tuple[TermMatch, ...]:
        """The glossary's terms in the source."""
        return terms_of(self.entry, self.source, self.context)

    @cached_property
    def terms(self) -> tuple[TermUse, ...]:
        """The glossary's terms in the source that have a form in this language, and what the target makes of each."""
        language = self.context.language
        terms: dict[tuple[str, str], tuple[Term, TargetTerm, str]] = {}
        for match in self.matches:
            target = match.term.target(language.code, match.surface)
            if target is not None:
                terms.setdefault((match.term.id, target.preferred), (match.term, target, match.surface))
        if not terms:
            return ()
        counts = outcomes(self.matches, self.target, language)
        return tuple(
            TermUse(*term, outcome.expected, outcome.found) for term, outcome in zip(terms.values(), counts, strict=True)
        )

    @cached_property
    def source_codes(self) -> tuple[str, ...]:
        """Addresses, markup and placeholders of the source, as text."""
        if not _may_have_codes(self.source, self.source_characters):
            return ()
        return tuple(span.of(self.source) for span in find_codes(self.source))

    @cached_property
    def code_spans(self) -> tuple[Span, ...]:
        """Addresses, markup and placeholders of the target."""
        if not _may_have_codes(self.target, self.characters):
            return ()
        return find_codes(self.target)

    @cached_property
    def prose(self) -> str:
        """The target with spaces where codes stand: offsets are those of the target."""
        prose = self.target
        for span in self.code_spans:
            prose = prose[: span.start] + " " * (span.end - span.start) + prose[span.end :]
        return prose

    @cached_property
    def source_digits(self) -> frozenset[str]:
        """The numbers of the source as they stand, in ASCII digits."""
        return frozenset() if self.source_characters.isdisjoint(DIGITS) else digits(self.source)

    @cached_property
    def digits(self) -> frozenset[str]:
        """The numbers of the target as they stand, in ASCII digits."""
        return frozenset() if self.characters.isdisjoint(DIGITS) else digits(self.target)

    @cached_property
    def source_figures(self) -> tuple[Figures, ...]:
        return () if self.source_characters.isdisjoint(DIGITS) else tuple(figures(self.source))

    @cached_property
    def figures(self) -> tuple[Figures, ...]:
        """The numbers that the target has in figures."""
        return () if self.characters.isdisjoint(DIGITS) else tuple(figures(self.target))

    @cached_property
    def swaps(self) -> tuple[SwapMatch, ...]:
        """The neighbour's words in the target."""
        return tuple(find_swaps(self.target, self.context.language))

    @cached_property
    def latin_words(self) -> tuple[re.Match[str], ...]:
        """The words of the target in Latin letters, codes aside."""
        return () if self.characters.isdisjoint(ASCII_LETTERS) else tuple(_LATIN_WORD.finditer(self.prose))

    @cached_property
    def distinct(self) -> frozenset[str]:
        return frozenset(self.pieces)

    @cached_property
    def repeats(self) -> bool:
        """Whether anything may stand twice in the target: two words in a row do so twice or more."""
        pieces = self.pieces
        if len(pieces) - len(self.distinct) < 3:
            return False
        twos = tuple(pairwise(pieces))
        return len(twos) - len(set(twos)) > 1

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The target's words: letters, digits and vowel signs, a ZWNJ inside counted to the word."""
        return tuple(WORD.findall(self.target))

    @cached_property
    def source_words(self) -> tuple[str, ...]:
        return tuple(WORD.findall(self.source.casefold()))


def _pieces(text: str, characters: frozenset[str]) -> list[str]:
    """What stands between spaces and the commonest marks: nearly the words, in a third of the time."""
    for mark in characters & _BETWEEN_WORDS:
        text = text.replace(mark, " ")
    return text.split()


def _may_have_codes(text: str, characters: frozenset[str]) -> bool:
    """Whether looking for codes may be worth its time."""
    if not characters.isdisjoint("@<{#&") or _INNER_STOP.search(text):
        return True
    return ("%" in characters and bool(_SLOT.search(text))) or "://" in text


_BETWEEN_WORDS = frozenset('.،؛؟۔:!()[]«»“”"')
_INNER_STOP = re.compile(r"\.[A-Za-z]{2}")
_SLOT = re.compile("%[sd(]")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+(?:['’][A-Za-z]+)*")
ASCII_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
WORD = re.compile(r"[\w\u064b-\u065f\u0670]+(?:\u200c[\w\u064b-\u065f\u0670]+)*")


@cache
def notable_characters(language: Language) -> re.Pattern[str]:
    """Any character but a space and the language's own letters."""
    return re.compile(f"[^ {re.escape(''.join(sorted(language.letters.alphabet)))}]")


@cache
def expected_characters(language: Language) -> frozenset[str]:
    """What nobody wonders at in a target: the language's letters, and digits, punctuation and ASCII."""
    letters = language.letters
    printable = map(chr, range(0x20, 0x7F))
    return letters.alphabet | letters.marks | letters.borrowed | DIGITS | _MARKS | frozenset(printable)


_MARKS = frozenset("٫٬٪،؛؟۔«»‹›“”‘’…–—\u200c\u00a0°×±\n\t")
