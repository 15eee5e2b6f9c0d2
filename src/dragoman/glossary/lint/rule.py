"""What a rule of the glossary is, what it sees, and what it says."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dragoman.glossary.places import Finder
from dragoman.languages import Language
from dragoman.model import Glossary, Location, Severity, TargetTerm, Term
from dragoman.text.documentation import examples_of, explanation_of, summary_of
from dragoman.text.fold import fold


class Subject:
    """A glossary, and what several rules ask of it, worked out once."""

    def __init__(self, glossary: Glossary, languages: Sequence[Language]) -> None:
        self.terms = glossary.terms
        self.languages = languages

    @cached_property
    def targets(self) -> tuple[tuple[Term, Language, TargetTerm], ...]:
        """Each target of each term, in one of the languages that were asked for."""
        known = {language.code: language for language in self.languages}
        return tuple((term, known[code], target) for term in self.terms for code, target in term.targets.items() if code in known)

    @cached_property
    def by_form(self) -> Mapping[str, Sequence[Term]]:
        """The terms that each source form belongs to."""
        terms: dict[str, list[Term]] = {}
        for term in self.terms:
            for form in dict.fromkeys((term.source, *term.variants)):
                terms.setdefault(form, []).append(term)
        return terms

    @cached_property
    def finder(self) -> Finder:
        return Finder(self.terms)


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found, at the entry or target that it is about."""

    message: str
    location: Location | None
    suggestion: str | None = None


Check = Callable[[Subject], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its permanent code, its name and the severity of what it finds."""

    code: str
    name: str
    severity: Severity
    check: Check

    @property
    def documentation(self) -> str:
        return inspect.getdoc(self.check) or ""

    @property
    def summary(self) -> str:
        """What is wrong, in one line."""
        return summary_of(self.documentation)

    @property
    def explanation(self) -> str:
        """Why that matters; may be empty."""
        return explanation_of(self.documentation)

    @property
    def examples(self) -> Mapping[str, str]:
        """Entries that make the rule fire and entries that do not, by the words before them."""
        return examples_of(self.documentation)


def rule(code: str, name: str, severity: Severity) -> Callable[[Check], Rule]:
    """Make a rule of a generator."""
    return lambda check: Rule(code, name, severity, check)


def line_of(term: Term) -> str:
    """Where an entry stands, in words."""
    return f"line {term.location.line}" if term.location and term.location.line else f"the entry “{term.source}”"


def folded(form: str) -> str:
    """What the spellings of a form that count as one have in common."""
    return " ".join(fold(form).text.split())
