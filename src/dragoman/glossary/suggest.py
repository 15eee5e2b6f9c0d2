"""Names and organizations that articles have and the glossary lacks, counted, with an example, as entries to complete.

Capitals tell: spans that are written so within sentences, acronyms, what stands in brackets after a long form. A word that only
ever begins sentences, or that the articles write small elsewhere, is no name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from dragoman.glossary.match import SourceMatcher, abbreviates
from dragoman.glossary.suggest_words import (
    CALENDAR,
    COMMON,
    INNER,
    ORGANIZATIONS,
    PEOPLES,
    PLACES,
    PREPOSITIONS_OF_PLACE,
    ROLES,
    SPEECH,
    TITLES,
)
from dragoman.model import Span, TargetTerm, Term, TermCase, TermKind
from dragoman.text.fold import fold

LONGEST_EXAMPLE = 100  # code points
LONGEST_NAME = 8  # words
_LENGTHS_OF_PERSONS = (2, 3, 4)  # words of a full name
_WORD = re.compile(
    r"[^\W\d_](?:[\w.&]|['’](?!(?:[sS]|ll|ve|re|m|d|t)\b)(?=\w)|-(?=[^\W_a-z])|-(?=(?:e|i|ye|yi|ul|ud|al)\b))*(?<!\.)\.?|\d+"
)
_CAPITAL = re.compile(r"(?:[a-z]{1,3}[-'’])?[^\W\d_a-z]", re.UNICODE)  # al-Baghdadi has one, too
_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][A-Z&]+[0-9]*(?:-[A-Z0-9]+)?s?")
_BRACKETED = re.compile(r"[\"”’]?\s\(([A-Z][A-Za-z&.-]{1,11})\)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s*[\"'“‘(\[]*$|^[\s\"'“‘(\[—–-]*$|(?:--|[—–:])\s+[\"'“‘]*$|[\"“‘]$|(?<!\w)'$")
_APPOSITION = re.compile(r",? (?:a|an|the|who|whose|\d\d)\b|, \d\d,")
_PEOPLE = re.compile(r"[A-Z]\w+(?:ese|ian|ish)")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that the glossary lacks: an entry to complete, how often and in how many articles it stands, and a place where."""

    term: Term
    count: int
    articles: int
    example: str


class _Word(NamedTuple):
    text: str
    span: Span
    starts_sentence: bool


class _Name(NamedTuple):
    """A span of capitals, as it stands once in an article."""

    article: int
    words: tuple[str, ...]
    starts_sentence: bool
    titled: bool
    speaks: bool
    placed: bool
    abbreviation: str | None
    text: str

    @property
    def source(self) -> str:
        return " ".join(self.words)


def suggest(
    articles: Sequence[Sequence[str]], matcher: SourceMatcher, reviewed: Sequence[tuple[str, str, str]] = ()
) -> tuple[Suggestion, ...]:
    """The names that `articles`, each a sequence of sentences, have and the glossary lacks; the most frequent first.

    `reviewed` are accepted translations, as language, source and target: where they always render a name alike, that is offered
    as its target. What is offered is an entry to look at, not one to trust.
    """
    texts = [(number, text) for number, article in enumerate(articles) for text in article if not _is_title(text)]
    small = Counter(word.text for _, text in texts for word in _words(text) if word.text[0].islower())
    names = [name for number, text in texts for name in _names(number, text, matcher, small)]
    within = {name.source for name in names if not name.starts_sentence}
    within |= {name.words[-1] for name in names if len(name.words) in _LENGTHS_OF_PERSONS and not _is_institution(name.words)}
    groups: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        if len(name.words) > 1 or name.source in within or _ACRONYM.fullmatch(name.source):
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


# --- reading names ------------------------------------------------------------------------------------------------------


def _words(text: str) -> Iterator[_Word]:
    after_title = False
    for match in _WORD.finditer(text):
        word = match[0]
        if not (_ACRONYM.fullmatch(word) or len(word) == 2 or _plain(word) in TITLES):
            word = word.rstrip(".")
            if "." in word:
                continue  # an address
        span = Span(match.start(), match.start() + len(word))
        yield _Word(word, span, not after_title and _begins_sentence(text, match.start()))
        after_title = word.endswith(".") and (len(word) == 2 or _plain(word) in TITLES)


def _begins_sentence(text: str, start: int) -> bool:
    return _SENTENCE_END.search(text[max(0, start - 12) : start]) is not None


def _is_title(text: str) -> bool:
    """Whether a text is a heading in capitals, whose capitals tell nothing: Like This One, or LIKE THIS ONE."""
    words = [word.text for word in _words(text)]
    if text.isupper():
        return len(words) > 3
    long = [word for word in words if len(word) > 3]
    capitals = sum(word[0].isupper() for word in long)
    return len(words) > 2 and not re.search(r"[.?!…][\"'”’)]*$", text) and capitals > 0.8 * len(long)


def _names(article: int, text: str, matcher: SourceMatcher, small: Counter[str]) -> Iterator[_Name]:
    known = [match.span for match in matcher.matches(text)]
    all_capitals = text.isupper()
    for run in _runs(text, list(_words(text))):
        name = _without_titles(run, small)
        span = Span(name[0].span.start, name[-1].span.end) if name else Span(0, 0)
        if not name or len(name) > LONGEST_NAME or _is_covered(span, known) or _is_no_name(name, text):
            continue
        after = next((word.text for word in _words(text[span.end : span.end + 40])), "")
        before = [word.text.lower() for word in _words(text[max(0, span.start - 40) : span.start])][-1:]
        appositive = len(name) in _LENGTHS_OF_PERSONS and bool(_APPOSITION.match(text, span.end))
        bracket = _BRACKETED.match(text, span.end)
        yield _Name(
            article,
            tuple(word.text.capitalize() if all_capitals and len(word.text) > 4 else word.text for word in name),
            name[0].starts_sentence and not all_capitals,
            len(name) < len(run) and any(_plain(word.text) in TITLES for word in run[: len(run) - len(name)]),
            after in SPEECH or appositive or any(word in SPEECH or word in ROLES for word in before),
            all_capitals or any(word in PREPOSITIONS_OF_PLACE for word in before),
            bracket[1] if bracket else None,
            text,
        )


def _without_titles(run: Sequence[_Word], small: Counter[str]) -> Sequence[_Word]:
    """`run` without what stands before a name ("Since", "The", "Afghan Ambassador", "Gen.") and small words after it."""
    while run:
        first, following = _plain(run[0].text), _plain(run[1].text) if len(run) > 1 else ""
        small_start = run[0].starts_sentence and small[run[0].text.lower()] > 0 and first not in PEOPLES
        is_acronym = bool(_ACRONYM.fullmatch(run[0].text))
        if first in TITLES or ((first in COMMON or small_start) and not is_acronym) or not _CAPITAL.match(run[0].text):
            run = run[1:]
        elif first in PEOPLES and following in TITLES:
            run = run[2:]
        else:
            break
    while run and not _CAPITAL.match(run[-1].text) and not (run[-1].text.isdigit() and len(run) > 1):
        run = run[:-1]
    return run


def _runs(text: str, words: Sequence[_Word]) -> Iterator[list[_Word]]:
    """Words in a row with capitals, and the small words that may stand inside a name; `and` inside an organization alone."""
    run: list[_Word] = []
    for place, word in enumerate(words):
        gap = text[run[-1].span.end : word.span.start] if run else ""
        if run and (gap != " " or word.starts_sentence):
            yield run
            run = []
        if _CAPITAL.match(word.text) or (run and word.text.isdigit() and _CAPITAL.match(run[-1].text)):
            run.append(word)
            continue
        following = words[place + 1].text if place + 1 < len(words) else ""
        inside = {part.text.lower() for part in run}
        joins = word.text in INNER or (word.text in ("and", "the") and "of" in inside)
        if run and joins and (_CAPITAL.match(following) or following == "the") and not _is_person(run):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_person(run: Sequence[_Word]) -> bool:
    """Whether a title began the run: "Gen. Zalmai Durrani of the Army" is a person, and not an organization."""
    return len(run) > 1 and _plain(run[0].text) in TITLES


def _is_no_name(name: Sequence[_Word], text: str) -> bool:
    words = [_plain(word.text) for word in name]
    if all(word in CALENDAR or word in COMMON or word.isdigit() for word in words):
        return True
    is_people = words[0] in PEOPLES or (_PEOPLE.fullmatch(name[0].text) and re.match(r" [a-z]", text[name[0].span.end :]))
    return len(name) == 1 and bool(is_people or words[0] in TITLES or len(words[0]) < 2)


def _is_institution(words: Sequence[str]) -> bool:
    lower = {word.lower() for word in words}
    return bool(lower & ORGANIZATIONS) or words[-1].lower() in PLACES or not lower.isdisjoint(("of", "for"))


def _is_covered(span: Span, known: Sequence[Span]) -> bool:
    """Whether the glossary's terms stand in all of a span."""
    free = set(range(span.start, span.end))
    for other in known:
        free -= set(range(other.start, other.end + 1))
    return not free


def _plain(word: str) -> str:
    return word.rstrip(".").lower()


# --- making entries -----------------------------------------------------------------------------------------------------


def _term(source: str, names: Sequence[_Name]) -> Term:
    case = TermCase.EXACT if _ACRONYM.fullmatch(source) else TermCase.SMART
    return Term(source, source, kind=_kind(source, names), case=case)


def _kind(source: str, names: Sequence[_Name]) -> TermKind:
    words = source.lower().split()
    if ORGANIZATIONS & set(words) or _ACRONYM.fullmatch(source):
        return TermKind.ORGANIZATION
    if words[-1] in PLACES or words[0] in ("lake", "mount", "district", "camp"):
        return TermKind.PLACE
    count = len(names)
    if any(name.titled for name in names) or 2 * sum(name.speaks for name in names) >= count:
        return TermKind.PERSON
    if 2 * sum(name.placed for name in names) >= count and len(words) < 4:
        return TermKind.PLACE
    return TermKind.CONCEPT


def _with_concepts(terms: Sequence[Term], groups: dict[str, list[_Name]], matcher: SourceMatcher) -> list[Term]:
    """A full name and its surname, a long form and its abbreviation, share a concept."""
    by_source = {term.source: term for term in terms}
    known = {form: term for term in matcher.glossary.terms for form in (term.source, *term.variants)}
    result = dict(by_source)
    for term in terms:
        words = term.source.split()
        surname = words[-1]
        short = by_source.get(surname) or known.get(surname)
        persons = term.kind is TermKind.PERSON or (short is not None and short.kind is TermKind.PERSON)
        if len(words) in _LENGTHS_OF_PERSONS and short is not None and persons and not _is_institution(words):
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


def _example(name: _Name) -> str:
    """The sentence, or what of it stands around the name."""
    text = " ".join(name.text.split())
    if len(text) <= LONGEST_EXAMPLE:
        return text
    place = text.find(name.words[0])
    start = max(0, min(place - 30, len(text) - LONGEST_EXAMPLE))
    cut = text[start : start + LONGEST_EXAMPLE]
    return f"{'…' if start else ''}{cut}{'…' if start + LONGEST_EXAMPLE < len(text) else ''}"
