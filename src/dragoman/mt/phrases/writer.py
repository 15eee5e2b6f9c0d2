"""The engine of the built-in model: the phrases propose, a network writes, and what the network loses the phrases keep.

The network reads each sentence with the phrases' rendering between its words (`glossed.py`), puts the verb where it belongs and
bends the words to one another. Being small it may also drop a number or a clause. So its draft is taken only where it has all
that the phrases' draft has; otherwise theirs is.
"""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.languages import Language
from dragoman.mt.adequacy import score as adequacy
from dragoman.mt.engine import Decoding, Hypothesis, Task, Translator
from dragoman.mt.loaders.starter import StarterLoader
from dragoman.mt.phrases.engine import PhraseEngine, stands_alone
from dragoman.mt.phrases.glossed import Glossed, Stretch, glossed, word_pieces
from dragoman.mt.phrases.loader import PLACEHOLDERS
from dragoman.mt.phrases.words import join_words, split_words
from dragoman.mt.quality import runaway
from dragoman.text.fold import fold

_LONGEST = 60  # words: training/glossed.py leaves out longer sentences
_MOST_PIECES = 200  # of a glossed sentence, for the same reason
_LENGTHS = (0.6, 1.7)  # of the phrases' draft, in characters: outside lies what lost a clause, or says one over and over
_LESS_ADEQUATE = 0.15
_NO_REPEAT = 4  # pieces, on the second attempt: the first may say a long name twice
_LENGTH, _COVERAGE = 1.3, 0.3  # a small network forgets: without these its drafts are a tenth shorter and worse
_REMEMBERED = 4096  # sentences whose phrases are known: a sentence is asked for on several rungs
_KEPT_SCORE = -1.0  # mean log-probability a token: about what the network gives its own drafts
_EXACT, _LATIN = re.compile(r"""\d+|["()\[\]]"""), re.compile("[A-Za-z]{2,}")
_SPACE = "▁"


class GlossedEngine:
    """A phrase model with the network beside it. Source tokens are words, target tokens are pieces."""

    aligns = False
    annotates = True

    def __init__(self, phrases: PhraseEngine, network: Translator, loader: StarterLoader) -> None:
        self._phrases = phrases
        self._network = network
        self._pieces = loader
        self._known: OrderedDict[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]], tuple[Stretch, ...]] = OrderedDict()

    @property
    def signature(self) -> str:
        return self._phrases.signature

    @property
    def fingerprint(self) -> str:
        return f"{self._phrases.fingerprint} {self._network.fingerprint}"

    @property
    def languages(self) -> tuple[str, ...]:
        return self._phrases.languages

    @property
    def placeholders(self) -> tuple[str, ...]:
        return self._phrases.placeholders

    @property
    def max_length(self) -> int:
        return _LONGEST

    @property
    def knows_dari(self) -> bool:
        return self._phrases.knows_dari

    def encode(self, text: str, language: Language, placeholders: Collection[str] = ()) -> tuple[str, ...]:
        return self._phrases.encode(text, language, placeholders)

    def encode_target(self, text: str, language: Language) -> tuple[str, ...]:
        return self._network.encode_target(text, language)

    def decode(self, tokens: Sequence[str]) -> str:
        return self._network.decode(tokens)

    def reserved(self, placeholders: Collection[str] = ()) -> tuple[tuple[str, ...], ...]:
        return self._network.reserved(placeholders)

    def translate(
        self, tasks: Sequence[Task], language: Language, decoding: Decoding, progress: Callable[[int], None] | None = None
    ) -> list[tuple[Hypothesis, ...]]:
        results: list[tuple[Hypothesis, ...]] = []
        waiting: list[_Reading] = []
        for task in tasks:
            reading = self._read(task, language)
            results.append((reading.kept,))
            if 0 < len(reading.glossed.pieces) <= _MOST_PIECES:
                waiting.append(replace(reading, number=len(results) - 1))
        if progress and len(waiting) < len(tasks):
            progress(len(tasks) - len(waiting))
        # All that the beam has: where the likeliest has lost something, another may not have.
        whole = replace(decoding, hypotheses=decoding.beam_size, length=_LENGTH, coverage=_COVERAGE)
        for attempt in (whole, replace(whole, no_repeat_ngram_size=_NO_REPEAT)):
            found = self._network.translate([reading.asked for reading in waiting], language, attempt, progress)
            progress, failed = None, []
            for reading, hypotheses in zip(waiting, found, strict=True):
                written = [self._restored(reading, one, language) for one in hypotheses if reading.keeps_symbols(one)]
                sound = tuple(one for one in written if reading.task.prefix or _keeps(reading, one, language))
                if sound:
                    results[reading.number] = sound[: decoding.hypotheses]
                else:
                    failed.append(reading)
            waiting = failed
        return results

    def score(self, pairs: Sequence[tuple[Sequence[str], Sequence[str]]], language: Language) -> list[float]:
        sources = [glossed(self._stretches(Task(tuple(source)), language), self._encode).pieces for source, _ in pairs]
        return self._network.score([(source, target) for source, (_, target) in zip(sources, pairs, strict=True)], language)

    def _encode(self, text: str) -> Sequence[str]:
        return self._pieces.encode(text, "", self.placeholders)  # what is no placeholder was spelled by `encode` already

    def _read(self, task: Task, language: Language) -> _Reading:
        """What the network is to read, and what the phrases made of it."""
        stretches = self._stretches(task, language)
        told = {one.placeholder: Stretch(tuple(split_words(one.source)), tuple(split_words(one.form)), True) for one in task.told}
        free = [] if task.prefix else [shape for shape in self.placeholders if shape not in task.source]
        masked: dict[str, str] = {}
        read, said = [], []
        for stretch in stretches:
            said.append(told.get(stretch.words[0], stretch).rendering)
            if free and stretch.words == stretch.rendering and _is_masked(stretch.words[0]):
                masked[free[0]] = stretch.words[0]
                read.append(Stretch((free[0],), (free.pop(0),)))
            else:
                read.append(told.get(stretch.words[0], stretch))
        laid = glossed(read, self._encode)
        # Placeholders are not suppressed but counted afterwards: sentences that suppress the same make a batch.
        suppressed = tuple(one for one in task.suppressed if len(one) > 1 or one[0] not in self.placeholders)
        asked = Task(laid.pieces, task.prefix, suppressed)
        return _Reading(task, stretches, laid, asked, masked, self._phrases_draft(said, stretches))

    def _stretches(self, task: Task, language: Language) -> tuple[Stretch, ...]:
        """What the phrases make of a sentence, in the order of the English."""
        key = (language.code, task.source, task.meant)
        if key not in self._known:
            self._known[key] = self._phrases.stretches(task, language)
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return self._known[key]

    def _phrases_draft(self, said: Sequence[tuple[str, ...]], stretches: Sequence[Stretch]) -> Hypothesis:
        """The phrases' own draft, as a hypothesis like those of the network."""
        width = sum(len(stretch.words) for stretch in stretches)
        tokens: list[str] = []
        rows: list[tuple[float, ...]] = []
        start = 0
        for words, stretch in zip(said, stretches, strict=True):
            end = start + len(stretch.words)
            pieces = word_pieces(words, self._encode) if words else []
            tokens += pieces
            rows += [tuple(1 / (end - start) if start <= at < end else 0.0 for at in range(width))] * len(pieces)
            start = end
        return Hypothesis(
            tuple(tokens),
            join_words([word for words in said for word in words]),
            _KEPT_SCORE,
            True,
            tuple(rows),
            tuple(stretch.guess for stretch in stretches if stretch.guess),
        )

    def _restored(self, reading: _Reading, hypothesis: Hypothesis, language: Language) -> Hypothesis:
        """The network's hypothesis with the masked words in their places, its attention turned to words of the source."""
        rows = list(_by_word(hypothesis.attention, reading.glossed, reading.stretches))
        tokens: list[str] = []
        attention: list[tuple[float, ...]] = []
        for number, token in enumerate(hypothesis.tokens):
            word = reading.masked.get(token)
            if word and tokens and tokens[-1] == _SPACE:
                tokens.pop()
                del attention[-1:]
            pieces = (self.encode_target(word, language) or self._encode(word)) if word else (token,)
            tokens += pieces
            attention += rows[number : number + 1] * len(pieces)
        return replace(
            hypothesis,
            tokens=tuple(tokens),
            text=self.decode(tokens),
            attention=tuple(attention),
            guesses=reading.kept.guesses,
        )


@dataclass(frozen=True, slots=True)
class _Reading:
    """A task as the network reads it. `masked` are the words behind placeholders of ours, `kept` is the phrases' draft."""

    task: Task
    stretches: tuple[Stretch, ...]
    glossed: Glossed
    asked: Task
    masked: Mapping[str, str]
    kept: Hypothesis
    number: int = 0

    def keeps_symbols(self, hypothesis: Hypothesis) -> bool:
        """Whether each placeholder that went in came out, just once. After a forced prefix some may have been said there."""
        given, said = _symbols(self.asked.source), _symbols(hypothesis.tokens)
        return said <= given if self.task.prefix else said == given


def _is_masked(word: str) -> bool:
    """Whether a word that stays as it is goes behind a placeholder, lest the network spell it: an unknown one, a long number."""
    return word.isalpha() or stands_alone(word)


def _symbols(tokens: Sequence[str]) -> Counter[str]:
    return Counter(token for token in tokens if token in PLACEHOLDERS)


def _keeps(reading: _Reading, hypothesis: Hypothesis, language: Language) -> bool:
    """Whether the network's draft has what the phrases' has: numbers, brackets, terms, length, words; and no Latin besides."""
    text, other = hypothesis.text, reading.kept.text
    if Counter(_EXACT.findall(text)) != Counter(_EXACT.findall(other)):
        return False
    if Counter(_LATIN.findall(text)) - Counter(_LATIN.findall(other)):
        return False
    folded = fold(text).text
    if any(fold(told.form).text not in folded for told in reading.task.told):
        return False
    low, high = _LENGTHS
    if not low * len(other) <= len(text) <= high * len(other):
        return False
    source = join_words(reading.task.source)
    if runaway(source, text, language, hypothesis.finished) is not None:
        return False
    return adequacy(source, text, language.code) >= adequacy(source, other, language.code) - _LESS_ADEQUATE


def _by_word(attention: Sequence[Sequence[float]], read: Glossed, stretches: Sequence[Stretch]) -> Iterator[tuple[float, ...]]:
    """Attention to pieces as attention to words: those of a stretch share what falls on it."""
    for row in attention:
        words: list[float] = []
        for stretch, (source, rendering) in zip(stretches, read.spans, strict=True):
            mass = sum(row[source.start : source.stop]) + sum(row[rendering.start : rendering.stop])
            words += [mass / len(stretch.words)] * len(stretch.words)
        yield tuple(words)
