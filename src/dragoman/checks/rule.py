"""What a rule is, what it sees, and what it says.

A rule is a generator of problems with a permanent code. Its docstring is its page in docs/rules.md: the first line says what is
wrong, the text after it why that matters and what is counted, and `Fires:` and `Silent:` give an entry for each.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dragoman.checks.pair import Pair
from dragoman.checks.seen import Seen
from dragoman.languages import Language
from dragoman.model import Catalog, Entry, Severity, Span, TermMatch
from dragoman.text.documentation import examples_of, explanation_of, summary_of

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
        return summary_of(self.documentation)

    @property
    def explanation(self) -> str:
        """Why that matters and what is counted; may be empty."""
        return explanation_of(self.documentation)

    @property
    def examples(self) -> Mapping[str, str]:
        """Two pieces of PO, one that makes the rule fire and one that does not, by the words before them."""
        return examples_of(self.documentation)

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
