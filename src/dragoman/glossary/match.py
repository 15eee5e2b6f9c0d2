"""Which term of the glossary stands where in an English text.

A surname goes with the full name that the article gave before it, and an abbreviation with the long form that defined it:
so a term is best matched on a whole article (`document_matches`), and can be matched on one text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from dragoman.glossary.places import Finder, Place
from dragoman.model import Glossary, TargetTerm, Term, TermCase, TermMatch

_BRACKET = re.compile(r"[\"”’]?,?[^\S\n]*\([\"“‘]?([^\s()\"“”‘’,;]+(?: [^()\"“”,;]+)?)[\"”’]?[,;)]")
_ABBREVIATION = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Z][A-Za-z&.-]{1,11}")
_INITIAL = re.compile(r"(?<![A-Za-z])[A-Za-z]|(?<=[a-z])[A-Z]")


class SourceMatcher:
    """The terms of a glossary, made ready to be found. Making it costs more than using it: make it once."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        self._finder = Finder(glossary.terms)

    def places(self, text: str) -> tuple[Place, ...]:
        """Where terms stand in `text`, each place with all the terms that are written so."""
        return self._finder.places(text)

    def matches(self, text: str) -> tuple[TermMatch, ...]:
        """The terms in one text, by place. They do not overlap. Only this text tells which of two namesakes is meant."""
        return document_matches(self, (text,))[0]


def document_matches(matcher: SourceMatcher, texts: Sequence[str]) -> tuple[tuple[TermMatch, ...], ...]:
    """The terms in each of the texts of one article, in its order.

    Where several entries are written alike, that one is meant whose concept the article named last, else the one that it names
    first afterwards, else the entry without a concept. Where none of these tells, and their targets differ, none is matched.
    """
    places = [matcher.places(text) for text in texts]
    definitions = list(_definitions(texts, places))
    choose = _chooser(places, definitions)
    defined = _defined_terms(definitions)
    return tuple(
        _merged(
            [
                TermMatch(term, place.span, place.surface)
                for number, place in enumerate(places[index])
                if (term := choose(index, number)) is not None
            ],
            _defined_matches(defined, index, text),
        )
        for index, text in enumerate(texts)
    )


class _Definition(NamedTuple):
    """In the text of this number stands `long`, and after it `abbreviation` in brackets, which close at `end`."""

    text: int
    end: int
    abbreviation: str
    long: Term


def _definitions(texts: Sequence[str], places: Sequence[Sequence[Place]]) -> Iterator[_Definition]:
    """`Islamic State of Iraq and Syria (ISIS)`: each first definition of an abbreviation by a term of the glossary."""
    known = set()
    for index, (text, found) in enumerate(zip(texts, places, strict=True)):
        for place in found:
            bracket = _BRACKET.match(text, place.span.end)
            if bracket is None or len(place.terms) > 1 or not _ABBREVIATION.fullmatch(bracket[1]):
                continue
            if bracket[1] not in known and abbreviates(bracket[1], place.surface):
                known.add(bracket[1])
                yield _Definition(index, bracket.end(), bracket[1], place.terms[0])


def abbreviates(abbreviation: str, long: str) -> bool:
    """Whether the letters of the abbreviation begin words of the long form, in order."""
    initials = iter("".join(_INITIAL.findall(long)).upper())
    return all(letter in initials for letter in abbreviation.upper() if letter.isalpha())


def _chooser(places: Sequence[Sequence[Place]], definitions: Sequence[_Definition]) -> Callable[[int, int], Term | None]:
    """Tells the term that is meant by a place, named by the index of its text and its number there."""
    named = [
        (index, number, place.terms[0].concept)
        for index, found in enumerate(places)
        for number, place in enumerate(found)
        if len(place.terms) == 1 and place.terms[0].concept is not None
    ]
    bound = {definition.abbreviation: definition.long.concept for definition in definitions}

    def choose(index: int, number: int) -> Term | None:
        place = places[index][number]
        if len(place.terms) == 1:
            return place.terms[0]
        by_concept = {term.concept: term for term in reversed(place.terms)}
        wanted = [concept for one, other, concept in named if (one, other) < (index, number)][::-1]
        wanted += [concept for one, other, concept in named if (one, other) > (index, number)]
        for concept in (bound.get(place.surface), *wanted):
            if concept is not None and concept in by_concept:
                return by_concept[concept]
        if None in by_concept:
            return by_concept[None]
        first, *others = place.terms
        return first if all(_same_targets(first, other) for other in others) else None

    return choose


def _same_targets(one: Term, other: Term) -> bool:
    return one.translate == other.translate and {code: target.preferred for code, target in one.targets.items()} == {
        code: target.preferred for code, target in other.targets.items()
    }


def _defined_terms(definitions: Sequence[_Definition]) -> list[tuple[_Definition, Finder]]:
    """What an article itself calls its terms: `MEW` for a ministry of the glossary. It may stay in Latin letters, too."""
    defined = []
    for definition in definitions:
        long = definition.long
        targets = {code: _or_as_it_is(target, definition.abbreviation) for code, target in long.targets.items()}
        identifier = f"{long.id}.{definition.abbreviation.lower()}"
        term = replace(long, id=identifier, source=definition.abbreviation, targets=targets, variants=(), case=TermCase.EXACT)
        defined.append((definition, Finder((term,))))
    return defined


def _or_as_it_is(target: TargetTerm, abbreviation: str) -> TargetTerm:
    return replace(target, admitted=(*target.admitted, abbreviation))


def _defined_matches(defined: Sequence[tuple[_Definition, Finder]], index: int, text: str) -> Iterator[TermMatch]:
    for definition, finder in defined:
        if index < definition.text:
            continue
        for place in finder.places(text):
            if index > definition.text or place.span.start >= definition.end:
                yield TermMatch(place.terms[0], place.span, place.surface)


def _merged(matches: Sequence[TermMatch], others: Iterator[TermMatch]) -> tuple[TermMatch, ...]:
    """`matches`, and of the others what overlaps none of them: the glossary's own entries come first."""
    free = [other for other in others if not any(match.span.overlaps(other.span) for match in matches)]
    return tuple(sorted((*matches, *free), key=lambda match: match.span))
