"""Names and organizations that articles have and the glossary lacks, counted, with an example, as entries to complete."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.glossary.match import SourceMatcher, abbreviates
from dragoman.glossary.name_words import ORGANIZATIONS, PLACES
from dragoman.glossary.names import LENGTHS_OF_PERSONS, Name, is_acronym, is_institution, read_names
from dragoman.model import TargetTerm, Term, TermCase, TermKind
from dragoman.text.fold import fold

LONGEST_EXAMPLE = 100  # code points


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that the glossary lacks: an entry to complete, how often and in how many articles it stands, and a place where."""

    term: Term
    count: int
    articles: int
    example: str


def suggest(
    articles: Sequence[Sequence[str]], matcher: SourceMatcher, reviewed: Sequence[tuple[str, str, str]] = ()
) -> tuple[Suggestion, ...]:
    """The names that `articles`, each a sequence of sentences, have and the glossary lacks; the most frequent first.

    `reviewed` are accepted translations, as language, source and target: where they always render a name alike, that is offered
    as its target. What is offered is an entry to look at, not one to trust.
    """
    names = read_names(articles, matcher)
    within = {name.source for name in names if not name.starts_sentence}
    within |= {name.words[-1] for name in names if len(name.words) in LENGTHS_OF_PERSONS and not is_institution(name.words)}
    groups: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        if len(name.words) > 1 or name.source in within or is_acronym(name.source):
            groups[name.source].append(name)
    terms = _with_concepts([_term(source, group) for source, group in groups.items()], groups, matcher)
    suggestions = [
        Suggestion(
            replace(term, targets=_targets(term.source, reviewed)),
            len(groups[term.source]),
            len({name.article for name in groups[term.source]}),
            _example(groups[term.source][0]),
        )
        for term in terms
    ]
    return tuple(sorted(suggestions, key=lambda one: (-one.count, -one.articles, one.term.source)))


def _term(source: str, names: Sequence[Name]) -> Term:
    case = TermCase.EXACT if is_acronym(source) else TermCase.SMART
    return Term(source, source, kind=_kind(source, names), case=case)


def _kind(source: str, names: Sequence[Name]) -> TermKind:
    words = source.lower().split()
    if ORGANIZATIONS & set(words) or is_acronym(source):
        return TermKind.ORGANIZATION
    if words[-1] in PLACES or words[0] in ("lake", "mount", "district", "camp"):
        return TermKind.PLACE
    count = len(names)
    if any(name.titled for name in names) or 2 * sum(name.speaks for name in names) >= count:
        return TermKind.PERSON
    if 2 * sum(name.placed for name in names) >= count and len(words) < 4:
        return TermKind.PLACE
    return TermKind.CONCEPT


def _with_concepts(terms: Sequence[Term], groups: dict[str, list[Name]], matcher: SourceMatcher) -> list[Term]:
    """A full name and its surname, a long form and its abbreviation, share a concept."""
    by_source = {term.source: term for term in terms}
    known = {form: term for term in matcher.glossary.terms for form in (term.source, *term.variants)}
    result = dict(by_source)
    for term in terms:
        words = term.source.split()
        surname = words[-1]
        short = by_source.get(surname) or known.get(surname)
        persons = term.kind is TermKind.PERSON or (short is not None and short.kind is TermKind.PERSON)
        if len(words) in LENGTHS_OF_PERSONS and short is not None and persons and not is_institution(words):
            concept = short.concept or surname.lower()
            result[term.source] = replace(result[term.source], kind=TermKind.PERSON, concept=concept)
            if surname in by_source:
                result[surname] = replace(result[surname], kind=TermKind.PERSON, concept=concept)
        brackets = [name.abbreviation for name in groups[term.source] if name.abbreviation]
        abbreviation = next((inside for inside in brackets if abbreviates(inside, term.source)), None)
        if abbreviation is not None and (abbreviation in by_source or abbreviation in known):
            entry = known.get(abbreviation)
            concept = (entry.concept if entry else None) or abbreviation.lower()
            kind = entry.kind if entry else TermKind.ORGANIZATION
            result[term.source] = replace(result[term.source], kind=kind, concept=concept)
            if abbreviation in by_source:
                result[abbreviation] = replace(result[abbreviation], concept=concept)
    return list(result.values())


def _targets(source: str, reviewed: Sequence[tuple[str, str, str]]) -> dict[str, TargetTerm]:
    """What every accepted translation of a sentence with `source` has, and no other: twice at least, and one thing alone."""
    whole = re.compile(rf"(?<!\w){re.escape(source)}(?!\w)")
    targets = {}
    for language in dict.fromkeys(code for code, _, _ in reviewed):
        pairs = [(bool(whole.search(text)), target) for code, text, target in reviewed if code == language]
        having = [target for has, target in pairs if has]
        if exact := next((target for code, text, target in reviewed if code == language and text == source), None):
            targets[language] = TargetTerm(exact)
        elif len(having) > 1:
            common = set.intersection(*(set(_phrases(target)) for target in having))
            common -= {phrase for has, target in pairs if not has for phrase in _phrases(target)}
            longest = [one for one in common if not any(one != other and f" {one} " in f" {other} " for other in common)]
            if len(longest) == 1:
                targets[language] = TargetTerm(_phrases(having[0])[longest[0]])
    return targets


def _phrases(text: str) -> dict[str, str]:
    """Up to four words in a row, folded, and as they stand."""
    words = re.findall(r"[^\s.,;:!?،؛؟۔«»“”\"()]+", text)
    return {
        fold(phrase).text: phrase
        for start in range(len(words))
        for end in range(start + 1, min(start + 4, len(words)) + 1)
        for phrase in (" ".join(words[start:end]),)
    }


def _example(name: Name) -> str:
    """The sentence, or what of it stands around the name."""
    text = " ".join(name.text.split())
    if len(text) <= LONGEST_EXAMPLE:
        return text
    place = text.find(name.words[0])
    start = max(0, min(place - 30, len(text) - LONGEST_EXAMPLE))
    cut = text[start : start + LONGEST_EXAMPLE]
    return f"{'…' if start else ''}{cut}{'…' if start + LONGEST_EXAMPLE < len(text) else ''}"
