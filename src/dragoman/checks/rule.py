"""What a rule is, what it sees, and what it says.

A rule is a generator of problems with a permanent code. Its docstring is its page in docs/rules.md: the first line says what is
wrong, the text after it why that matters and what is counted, and `Fires:` and `Silent:` give an entry for each.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dragoman.checks.seen import Seen
from dragoman.checks.values import DIGITS, Figures, digits, figures
from dragoman.languages import Language
from dragoman.model import Catalog, Entry, Severity, Span, TargetTerm, Term, TermMatch
from dragoman.text.codes import find_codes
from dragoman.text.matching import outcomes

if TYPE_CHECKING:
    from dragoman.glossary import SourceMatcher


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found. `span` lies in the target. `about` is what a waiver may name: the term, the number, the word."""

    message: str
    span: Span | None = None
    suggestion: str | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may know beside the entry. `matcher` is None where there is no glossary.

    `matches`: the terms of each entry, by its key, where they were found on the whole article; a surname alone is known by it.

    `drafts`: whether a fuzzy entry is held to what a reviewed one is. `changed`: which entries to report. `seen` remembers,
    from file to file, what the rules over several entries compare; everything else is a value.
    """

    language: Language
    entry_rules: Sequence[Rule[EntryCheck]] = ()
    catalog_rules: Sequence[Rule[CatalogCheck]] = ()
    asked_codes: frozenset[str] = frozenset()
    known_codes: frozenset[str] = frozenset()
    matcher: SourceMatcher | None = None
    matches: Mapping[tuple[str | None, str], tuple[TermMatch, ...]] = field(default_factory=dict)
    drafts: bool = False
    changed: Callable[[Entry], bool] = lambda entry: True
    seen: Seen = field(default_factory=Seen)


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

    @cached_property
    def source_characters(self) -> frozenset[str]:
        return frozenset(self.source)

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
        if self.source_characters.isdisjoint(_CODE_MARKS) and not _CODE.search(self.source):
            return ()
        return tuple(span.of(self.source) for span in find_codes(self.source))

    @cached_property
    def code_spans(self) -> tuple[Span, ...]:
        """Addresses, markup and placeholders of the target."""
        if self.characters.isdisjoint(_CODE_MARKS) and not _CODE.search(self.target):
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
    def latin_words(self) -> tuple[re.Match[str], ...]:
        """The words of the target in Latin letters, codes aside."""
        return () if self.characters.isdisjoint(ASCII_LETTERS) else tuple(_LATIN_WORD.finditer(self.prose))

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """What stands between the spaces of the target: nearly its words, and ten times as quick."""
        return tuple(self.target.split())

    @cached_property
    def repeats(self) -> bool:
        """Whether anything may stand twice in the target: two words in a row do so twice or more."""
        pieces = self.pieces
        if len(pieces) - len(set(pieces)) < 3:
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


_CODE_MARKS = frozenset("@<{#&")
_CODE = re.compile(r"\.[A-Za-z]|://|%[sd(]")
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

EntryCheck = Callable[[Pair, Context], Iterator[Problem]]
CatalogCheck = Callable[[Catalog, Context], Iterator[tuple[Entry | None, Problem]]]
Check_co = TypeVar("Check_co", bound=Callable[..., Iterator[object]], covariant=True)


@dataclass(frozen=True, slots=True)
class Rule(Generic[Check_co]):
    """A rule with its permanent code (`N101`), its name and the severity of what it finds in a reviewed entry."""

    code: str
    name: str
    severity: Severity
    check: Check_co
    documentation: str

    @property
    def summary(self) -> str:
        """What is wrong, in one line."""
        return self.documentation.partition("\n")[0]

    @property
    def explanation(self) -> str:
        """Why that matters and what is counted; may be empty."""
        return self.documentation.partition("\n")[2].partition("\nFires:")[0].strip()

    @property
    def examples(self) -> Mapping[str, str]:
        """Two pieces of PO, one that makes the rule fire and one that does not, by the words before them."""
        fires, _, silent = self.documentation.partition("\nFires:\n")[2].partition("\nSilent:\n")
        return {"Fires": textwrap.dedent(fires), "Silent": textwrap.dedent(silent)}

    @property
    def needs_glossary(self) -> bool:
        return self.code[0] == "T"


AnyRule = Rule[Any]
Decorated = TypeVar("Decorated", bound=Callable[..., Iterator[object]])


def rule(code: str, name: str, severity: Severity) -> Callable[[Decorated], Rule[Decorated]]:
    """Make a rule of a generator. Its docstring becomes the rule's documentation."""

    def decorate(check: Decorated) -> Rule[Decorated]:
        return Rule(code, name, severity, check, inspect.getdoc(check) or "")

    return decorate
