"""The output of a neighbour's model in the language's own words: what a model of Iranian Persian writes, as Dari.

Words and phrases of the language's swap file are replaced, the longest first, and endings go over to the new word. A reader of
Dari understands the others; grammar and style stay the model's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from dragoman.languages import Language, get_swaps
from dragoman.model import Change, Severity, Span
from dragoman.text.fold import Folded, fold
from dragoman.text.shield import Edit, edited, shield, unshield

_WORD = re.compile(r"\w+")
_LONGEST = 8  # words of a phrase
_ZWNJ = "\u200c"
_HAMZA = "\u0654"
_VOWELS = "او"
_UNJOINED = "ادذرزژو"  # no letter joins these on their left, so that no joiner is needed after them
_EZAFE = {"ا": "ی", "و": "ی", "ه": _HAMZA}
_INDEFINITE = {"ا": "یی", "و": "یی", "ه": f"{_ZWNJ}یی", "ی": f"{_ZWNJ}یی"}
_PERSONS = {"ا": "یان", "و": "یان", "ه": f"{_ZWNJ}ها"}


def adapt(text: str, language: Language, protected: Sequence[str] = ()) -> tuple[str, tuple[Change, ...]]:
    """`text` in the language's own words, and one `Change` for each word that was another.

    The strings in `protected`, which should hold the terms and names of the sentence, stay as they are; so do addresses, markup
    and Latin words. A language without a swap file has nothing to adapt.
    """
    shielded, originals = shield(text, protected)
    edits = [Edit(found.span, found.own) for found in find_swaps(shielded, language)]
    changes = {Change("adaptation", span.of(shielded), own): None for span, own in edits}
    return unshield(edited(shielded, edits), originals), tuple(changes)


@dataclass(frozen=True, slots=True)
class SwapMatch:
    """A neighbour's word in a text: `own` is what the language says there, with the same ending."""

    span: Span
    own: str
    severity: Severity | None


def find_swaps(text: str, language: Language) -> Iterator[SwapMatch]:
    """Where the neighbour's words and phrases stand in `text`, in order, the longest of those that overlap."""
    folded = fold(text)
    phrases = _phrases(language)
    words = list(_WORD.finditer(folded.text))
    end = 0
    for index, word in enumerate(words):
        if word[0] not in phrases or word.start() < end:
            continue
        matches = list(_matches(folded, words[index : index + _LONGEST], language))
        if matches:
            match = max(matches, key=lambda match: sum(map(len, match.phrase.words)))
            span, own = folded.unfolded(match.start, match.end), _inflected(match, folded)
            if span.of(text) != own and not match.phrase.exception:
                yield SwapMatch(span, own, match.phrase.severity)
            end = match.end


def begins_swap(word: str, language: Language) -> bool:
    """Whether a phrase that `check` tells of may begin with `word`: quicker than looking for one."""
    return any(phrase.severity is not None for phrase, _ in _phrases(language).get(fold(word).text, ()))


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Folded words of the neighbour, and what the language says instead. An exception is said so in both."""

    words: tuple[str, ...]
    own: str
    severity: Severity | None
    madda: bool  # whether it begins with آ, which tells آلمان (Germany) from المان (element), though both fold to one
    exception: bool


@cache
def _phrases(language: Language) -> Mapping[str, tuple[tuple[_Phrase, str], ...]]:
    """The phrases by each form of their first word, with its ending: any for a single word, at most the ezafe for others."""
    phrases: dict[str, list[tuple[_Phrase, str]]] = {}
    for swap in get_swaps(language):
        for words in _spellings(swap.foreign):
            phrase = _Phrase(words, swap.own, swap.severity, swap.foreign.startswith("آ"), swap.foreign == swap.own)
            for ending in _endings(language) if len(words) == 1 else _ezafe(words[0]):
                phrases.setdefault(words[0] + ending, []).append((phrase, ending))
    return {form: tuple(found) for form, found in phrases.items()}


def _ezafe(word: str) -> tuple[str, ...]:
    """How the ezafe may be written after a folded word: as ی after a long vowel or ه, else not at all."""
    return ("", "ی") if word[-1] in f"{_VOWELS}ه" else ("",)


def _spellings(foreign: str) -> Iterable[tuple[str, ...]]:
    """The folded words of a phrase: with a joiner as one word and as two, and all of it as one."""
    folded = fold(foreign).text
    spellings = (folded, fold(foreign.replace(_ZWNJ, " ")).text, folded.replace(" ", ""))
    return dict.fromkeys(tuple(spelling.split()) for spelling in spellings)


@cache
def _endings(language: Language) -> tuple[str, ...]:
    """The folded endings, none first. Single letters ("my", "his") end too many other words, so that ی alone is among them."""
    folded = dict.fromkeys(fold(suffix).text for suffix in language.inflection.suffixes)
    return ("", *(ending for ending in folded if len(ending) > 1 or ending == "ی"))


@dataclass(frozen=True, slots=True)
class _Match:
    """A phrase in a folded text. The ending of its last word lies between `stem_end` and `end`."""

    phrase: _Phrase
    start: int
    stem_end: int
    end: int


def _matches(folded: Folded, words: Sequence[re.Match[str]], language: Language) -> Iterator[_Match]:
    """The phrases that begin at the first of `words`."""
    first = words[0]
    madda = first[0].startswith("ا") and folded.spans[first.start()].of(folded.original).startswith("آ")
    for phrase, ending in _phrases(language)[first[0]]:
        if phrase.madda != madda:
            continue
        if len(phrase.words) == 1:
            yield _Match(phrase, first.start(), first.end() - len(ending), first.end())
        elif last := _last_word(folded.text, words[: len(phrase.words)], phrase, _endings(language)):
            yield _Match(phrase, first.start(), *last)


def _last_word(text: str, words: Sequence[re.Match[str]], phrase: _Phrase, endings: Sequence[str]) -> tuple[int, int] | None:
    """Where the stem and the ending of the last word of a phrase end, if the words are the phrase's, one space apart."""
    stem, last = phrase.words[-1], words[-1]
    if len(words) < len(phrase.words) or not last[0].startswith(stem) or last[0].removeprefix(stem) not in endings:
        return None
    if any(text[one.end() : other.start()] != " " for one, other in pairwise(words)):
        return None
    for word, expected in zip(words[1:-1], phrase.words[1:-1], strict=True):
        if word[0].removeprefix(expected) not in _ezafe(expected):
            return None
    return last.start() + len(stem), last.end()


def _inflected(match: _Match, folded: Folded) -> str:
    """The language's own word with the ending that the foreign one had.

    A long vowel takes the ezafe as ی, a final ه as a hamza, a consonant not in writing; an ending after ه needs a joiner.
    """
    own = match.phrase.own
    ending = folded.text[match.stem_end : match.end]
    foreign_vowel = match.phrase.words[-1][-1] in _VOWELS
    if not ending:
        hamza = folded.spans[match.end - 1].of(folded.original).endswith((_HAMZA, "ۀ"))
        return own + _EZAFE.get(own[-1], "") if hamza else own
    if ending == "ی" and foreign_vowel:
        return own + _EZAFE.get(own[-1], "")
    if ending in ("ی", "یی", "ای"):
        return own + _INDEFINITE.get(own[-1], "ی")
    if ending in ("ان", "یان"):
        return own + _PERSONS.get(own[-1], "ان")
    joined = folded.spans[match.stem_end - 1].end == folded.spans[match.stem_end].start
    joiner = own[-1] == "ه" if joined else own[-1] not in _UNJOINED
    return own + _ZWNJ * joiner + ending
