"""Names in an English text, told by their capitals, with what stands around them.

A capital tells nothing at the start of a sentence, in a heading written Like This, or on a word that the articles write small
elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.glossary.match import SourceMatcher
from dragoman.glossary.name_words import (
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
from dragoman.model import Span

LONGEST_NAME = 8  # words
LENGTHS_OF_PERSONS = (2, 3, 4)  # words of a full name
_WORD = re.compile(
    r"[^\W\d_](?:[\w.&]|['’](?!(?:[sS]|ll|ve|re|m|d|t)\b)(?=\w)|-(?=[^\W_a-z])|-(?=(?:e|i|ye|yi|ul|ud|al)\b))*(?<!\.)\.?|\d+"
)
_CAPITAL = re.compile(r"(?:[a-z]{1,3}[-'’])?[^\W\d_a-z]", re.UNICODE)  # al-Baghdadi has one, too
_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][A-Z&]+[0-9]*(?:-[A-Z0-9]+)?s?")
_BRACKETED = re.compile(r"[\"”’]?\s\(([A-Z][A-Za-z&.-]{1,11})\)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s*[\"'“‘(\[]*$|^[\s\"'“‘(\[—–-]*$|(?:--|[—–:])\s+[\"'“‘]*$|[\"“‘]$|(?<!\w)'$")
_APPOSITION = re.compile(r",? (?:a|an|the|who|whose|\d\d)\b|, \d\d,")
_PEOPLE = re.compile(r"[A-Z]\w+(?:ese|ian|ish)")


class Word(NamedTuple):
    """A word of a text, without the full stop of its sentence and without possessive."""

    text: str
    span: Span
    starts_sentence: bool


class Name(NamedTuple):
    """A span of capitals, as it stands once in an article."""

    article: int  # its number
    words: tuple[str, ...]
    starts_sentence: bool
    titled: bool  # "Gen." or the like stands before it
    speaks: bool  # a verb of saying, a role or an age stands beside it, as beside a person
    placed: bool  # "in", "near" or the like stands before it
    abbreviation: str | None  # stands after it in brackets
    text: str  # the sentence

    @property
    def source(self) -> str:
        return " ".join(self.words)


def read_names(articles: Sequence[Sequence[str]], matcher: SourceMatcher) -> tuple[Name, ...]:
    """The names in `articles`, each a sequence of sentences, that the glossary of `matcher` does not cover, in their order."""
    texts = [(number, text) for number, article in enumerate(articles) for text in article if not _is_title(text)]
    small = Counter(word.text for _, text in texts for word in _words(text) if word.text[0].islower())
    return tuple(name for number, text in texts for name in _names(number, text, matcher, small))


def is_acronym(word: str) -> bool:
    """Whether a word is one in capitals: UN, U.S., ISIS-K."""
    return _ACRONYM.fullmatch(word) is not None


def _words(text: str) -> Iterator[Word]:
    after_title = False
    for match in _WORD.finditer(text):
        word = match[0]
        if not (is_acronym(word) or len(word) == 2 or _plain(word) in TITLES):
            word = word.rstrip(".")
            if "." in word:
                continue  # an address
        span = Span(match.start(), match.start() + len(word))
        yield Word(word, span, not after_title and _begins_sentence(text, match.start()))
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


def _names(article: int, text: str, matcher: SourceMatcher, small: Counter[str]) -> Iterator[Name]:
    known = [match.span for match in matcher.matches(text)]
    all_capitals = text.isupper()
    for run in _runs(text, list(_words(text))):
        name = _without_titles(run, small)
        span = Span(name[0].span.start, name[-1].span.end) if name else Span(0, 0)
        if not name or len(name) > LONGEST_NAME or _is_covered(span, known) or _is_no_name(name, text):
            continue
        after = next((word.text for word in _words(text[span.end : span.end + 40])), "")
        before = [word.text.lower() for word in _words(text[max(0, span.start - 40) : span.start])][-1:]
        appositive = len(name) in LENGTHS_OF_PERSONS and bool(_APPOSITION.match(text, span.end))
        bracket = _BRACKETED.match(text, span.end)
        yield Name(
            article,
            tuple(word.text.capitalize() if all_capitals and len(word.text) > 4 else word.text for word in name),
            name[0].starts_sentence and not all_capitals,
            len(name) < len(run) and any(_plain(word.text) in TITLES for word in run[: len(run) - len(name)]),
            after in SPEECH or appositive or any(word in SPEECH or word in ROLES for word in before),
            all_capitals or any(word in PREPOSITIONS_OF_PLACE for word in before),
            bracket[1] if bracket else None,
            text,
        )


def _without_titles(run: Sequence[Word], small: Counter[str]) -> Sequence[Word]:
    """`run` without what stands before a name ("Since", "The", "Afghan Ambassador", "Gen.") and small words after it."""
    while run:
        first, following = _plain(run[0].text), _plain(run[1].text) if len(run) > 1 else ""
        small_start = run[0].starts_sentence and small[run[0].text.lower()] > 0 and first not in PEOPLES
        is_common = (first in COMMON or small_start) and not is_acronym(run[0].text)
        if is_common or first in TITLES or not _CAPITAL.match(run[0].text):
            run = run[1:]
        elif first in PEOPLES and following in TITLES:
            run = run[2:]
        else:
            break
    while run and not _CAPITAL.match(run[-1].text) and not (run[-1].text.isdigit() and len(run) > 1):
        run = run[:-1]
    return run


def _runs(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words in a row with capitals, and the small words that may stand inside a name; `and` inside an organization alone."""
    run: list[Word] = []
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


def _is_person(run: Sequence[Word]) -> bool:
    """Whether a title began the run: "Gen. Zalmai Durrani of the Army" is a person, and not an organization."""
    return len(run) > 1 and _plain(run[0].text) in TITLES


def _is_no_name(name: Sequence[Word], text: str) -> bool:
    words = [_plain(word.text) for word in name]
    if all(word in CALENDAR or word in COMMON or word.isdigit() for word in words):
        return True
    is_people = words[0] in PEOPLES or (_PEOPLE.fullmatch(name[0].text) and re.match(r" [a-z]", text[name[0].span.end :]))
    return len(name) == 1 and bool(is_people or words[0] in TITLES or len(words[0]) < 2)


def is_institution(words: Sequence[str]) -> bool:
    """Whether the words of a name are those of an organization or a place, and not of a person."""
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
