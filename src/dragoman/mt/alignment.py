"""Where in a hypothesis a stretch of the source was translated, as far as the model's attention tells.

It is the attention of one head, and weak in most models. So nothing here decides: it proposes places, the best guess first, and
whoever uses them lets the model itself choose between the outcomes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.languages import Language
from dragoman.model import Span
from dragoman.mt.engine import Engine, Hypothesis
from dragoman.mt.sentence import Wanted
from dragoman.mt.standing import Standing
from dragoman.text.normalize import normalize_source

_WORD_START = "▁"  # SentencePiece marks where a word begins
_WORD_GOES_ON = "@@"  # byte pairs mark where it does not end
_SOMEWHAT = 0.2
_MOSTLY = 0.6  # of the attention: half is what a phrase of two words gives to each


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a hypothesis: the range of its tokens, punctuation around it left out."""

    start: int
    end: int


def words(tokens: Sequence[str]) -> list[Word]:
    """The words of target tokens, in order; tokens that hold no letter and no digit belong to none."""
    starts = [index for index in range(len(tokens)) if begins_word(tokens, index)]
    found = []
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=False):
        while end > start and not speaks(tokens[end - 1]):
            end -= 1
        while start < end and not speaks(tokens[start]) and tokens[start] != _WORD_START:
            start += 1
        if end > start:
            found.append(Word(start, end))
    return found


def begins_word(tokens: Sequence[str], index: int) -> bool:
    """Whether a space stands before the token at `index`, or would if it were not the first."""
    if index in (0, len(tokens)):
        return True
    if any(token.startswith(_WORD_START) for token in tokens):
        return tokens[index].startswith(_WORD_START)
    return not tokens[index - 1].endswith(_WORD_GOES_ON) and speaks(tokens[index])


def source_range(text: str, span: Span, tokens: Sequence[str], engine: Engine, language: Language) -> range:
    """The source tokens that `span` of `text` became: what is encoded alike with and without the rest tells where it lies."""
    start = _common(engine.encode(normalize_source(text[: span.start]), language), tokens)
    end = _common(engine.encode(normalize_source(text[: span.end]), language), tokens)
    return range(start, max(end, start + 1))


def places(hypothesis: Hypothesis, source: range, length: int) -> list[Word]:
    """The words of the hypothesis, the likeliest translation of the `source` tokens (of `length` in all) first.

    By attention, a row's share that falls on the source tokens; where two are about equal, the one at the same relative place.
    Neighbours that come mostly from these tokens are one place: "United States" may have become three words.
    """
    middle = (source.start + source.stop) / 2 / max(length, 1)
    total = max(len(hypothesis.tokens), 1)

    def likelihood(word: Word) -> float:
        return _share(word, hypothesis, source) - abs((word.start + word.end) / 2 / total - middle)

    return sorted(_joined(hypothesis, source), key=likelihood, reverse=True)


def certain_place(hypothesis: Hypothesis, source: range) -> Word | None:
    """The one place where all that the `source` tokens became stands, and nothing else does. None where there is no such place:
    they became nothing, were torn apart, or came together with their neighbours as one phrase.
    """
    touched = [word for word in _joined(hypothesis, source) if _share(word, hypothesis, source) > _SOMEWHAT]
    if len(touched) == 1 and _share(touched[0], hypothesis, source) > _MOSTLY:
        return touched[0]
    return None


def _joined(hypothesis: Hypothesis, source: range) -> list[Word]:
    """The words of the hypothesis, neighbours that come mostly from the source tokens as one."""
    found: list[Word] = []
    for word in words(hypothesis.tokens):
        if found and min(_share(one, hypothesis, source) for one in (found[-1], word)) > _MOSTLY:
            word = Word(found.pop().start, word.end)
        found.append(word)
    return found


def _share(word: Word, hypothesis: Hypothesis, source: range) -> float:
    """How much of the attention of a word falls on the source tokens."""
    rows = hypothesis.attention[word.start : word.end]
    return max((sum(row[source.start : source.stop]) / max(sum(row), 1e-9) for row in rows), default=0.0)


def cuts(
    standing: Standing, source: Sequence[str], language: Language, engine: Engine, number: int
) -> Iterator[list[tuple[Word, Wanted]]]:
    """At most `number` ways to put what the standing's base lacks at its words, in order of place, the best guess first."""
    text = standing.sentence.request.source
    ranked = []
    for wanted in standing.lacking:
        tokens = source_range(text, wanted.span, source, engine, language)
        ranked.append((wanted, places(standing.base, tokens, len(source)) or [Word(0, len(standing.base.tokens))]))
    longest = max((len(words) for _, words in ranked), default=0)
    for choice in range(min(number, longest)):
        taken: set[Word] = set()
        splices = []
        for wanted, candidates in ranked:
            turned = candidates[choice:] + candidates[:choice]
            word = next((word for word in turned if word not in taken), turned[0])
            taken.add(word)
            splices.append((word, wanted))
        yield sorted(splices, key=lambda splice: (splice[0].start, splice[1].span))


def _common(some: Sequence[str], others: Sequence[str]) -> int:
    """How many tokens the two begin with alike."""
    for index, (one, other) in enumerate(zip(some, others, strict=False)):
        if one != other:
            return index
    return min(len(some), len(others))


def speaks(token: str) -> bool:
    """Whether a token holds a letter, a digit, or a byte of one."""
    return any(character.isalnum() for character in token)
