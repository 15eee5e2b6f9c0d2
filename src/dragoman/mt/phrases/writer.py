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
from itertools import pairwise

from dragoman.languages import Language
from dragoman.model import GuessKind
from dragoman.mt.adequacy import score as adequacy
from dragoman.mt.engine import Decoding, Hypothesis, Task, Translator
from dragoman.mt.loaders.starter import StarterLoader
from dragoman.mt.phrases.engine import PhraseEngine, stands_alone
from dragoman.mt.phrases.glossed import Glossed, Stretch, glossed, word_pieces
from dragoman.mt.phrases.loader import PLACEHOLDERS
from dragoman.mt.phrases.words import is_tight, is_wall, join_words, split_words
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
_ENDING, _CLOSING = ".,:;!?،؛؟", frozenset("\"')]")
_SPACE, _QUOTE = "▁", '"'


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
        sentences = [list(self._parts(task, language)) for task in tasks]
        parts = [part for sentence in sentences for part in sentence]
        found = iter(self._written(parts, language, decoding))
        results = []
        for sentence in sentences:
            choices = [next(found) for _ in sentence]
            most = max(map(len, choices))
            results.append(tuple(_joined([some[min(rank, len(some) - 1)] for some in choices]) for rank in range(most)))
            if progress:
                progress(1)
        return results

    def _written(self, parts: Sequence[_Part], language: Language, decoding: Decoding) -> list[tuple[Hypothesis, ...]]:
        """For each part of a sentence the network's hypotheses that are sound or, where there is none, the phrases' draft."""
        results: list[tuple[Hypothesis, ...]] = [(part.kept,) for part in parts]
        waiting = [number for number, part in enumerate(parts) if part.speaks and len(part.read.pieces) <= _MOST_PIECES]
        # All that the beam has: where the likeliest has lost something, another may not have.
        whole = replace(decoding, hypotheses=decoding.beam_size, length=_LENGTH, coverage=_COVERAGE)
        strict = replace(whole, no_repeat_ngram_size=_NO_REPEAT)
        # The English alone comes last: the network goes astray less there where what the phrases say is off.
        for alone, attempt in ((False, whole), (False, strict), (True, strict)):
            reads = [parts[number].english if alone else parts[number].read for number in waiting]
            asked = [
                Task(read.pieces, parts[number].task.prefix, parts[number].suppressed)
                for read, number in zip(reads, waiting, strict=True)
            ]
            found = self._network.translate(asked, language, attempt)
            failed = []
            for number, read, hypotheses in zip(waiting, reads, found, strict=True):
                part = parts[number]
                written = [self._restored(part, read, one, language) for one in hypotheses if part.keeps_symbols(one)]
                sound = tuple(one for one in written if part.task.prefix or _keeps(part, one, language))
                if sound:
                    results[number] = sound[: decoding.hypotheses]
                else:
                    failed.append(number)
            waiting = failed
        return results

    def score(self, pairs: Sequence[tuple[Sequence[str], Sequence[str]]], language: Language) -> list[float]:
        sources = [glossed(self._stretches(Task(tuple(source)), language), self._encode).pieces for source, _ in pairs]
        return self._network.score([(source, target) for source, (_, target) in zip(sources, pairs, strict=True)], language)

    def _encode(self, text: str) -> Sequence[str]:
        return self._pieces.encode(text, "", self.placeholders)  # what is no placeholder was spelled by `encode` already

    def _parts(self, task: Task, language: Language) -> Iterator[_Part]:
        """What the network is to read, and what the phrases made of it: a sentence, or what stands in a quotation and around it.

        A quotation is a sentence of its own, and a small network easily loses one of its marks.
        """
        stretches = self._stretches(task, language)
        bounds = [0, len(stretches)] if task.prefix else _quotations([stretch.words for stretch in stretches])
        width = len(task.source)
        start = 0
        for first, last in pairwise(bounds):
            some = stretches[first:last]
            words = [word for stretch in some for word in stretch.words]
            yield self._part(replace(task, source=tuple(words)), some, range(start, start + len(words)), width)
            start += len(words)

    def _part(self, task: Task, stretches: Sequence[Stretch], place: range, width: int) -> _Part:
        told = {one.placeholder: Stretch(tuple(split_words(one.source)), tuple(split_words(one.form)), True) for one in task.told}
        free = [] if task.prefix else [shape for shape in self.placeholders if shape not in task.source]
        masked: dict[str, str] = {}
        read, said = [], []
        for number, stretch in enumerate(stretches):
            said.append(told.get(stretch.words[0], stretch).rendering)
            if free and _is_masked(stretch, number == 0 == place.start):
                masked[free[0]] = join_words(stretch.rendering)
                read.append(Stretch((free[0],), (free.pop(0),)))
            else:
                read.append(told.get(stretch.words[0], stretch))
        laid = glossed(read, self._encode)
        # Placeholders are not suppressed but counted afterwards: sentences that suppress the same make a batch.
        suppressed = tuple(one for one in task.suppressed if len(one) > 1 or one[0] not in self.placeholders)
        plain = glossed(
            [one if one.term or one.words == one.rendering else replace(one, rendering=()) for one in read], self._encode
        )
        task = replace(task, told=tuple(one for one in task.told if one.placeholder in task.source))
        kept = self._phrases_draft(said, stretches, place, width)
        return _Part(task, tuple(stretches), laid, plain, suppressed, masked, kept, place, width)

    def _stretches(self, task: Task, language: Language) -> tuple[Stretch, ...]:
        """What the phrases make of a sentence, in the order of the English."""
        key = (language.code, task.source, task.meant)
        if key not in self._known:
            self._known[key] = self._phrases.stretches(task, language)
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return self._known[key]

    def _phrases_draft(
        self, said: Sequence[tuple[str, ...]], stretches: Sequence[Stretch], place: range, width: int
    ) -> Hypothesis:
        """The phrases' own draft, as a hypothesis like those of the network."""
        tokens: list[str] = []
        rows: list[tuple[float, ...]] = []
        start = place.start
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

    def _restored(self, part: _Part, read: Glossed, hypothesis: Hypothesis, language: Language) -> Hypothesis:
        """The network's hypothesis with the masked words in their places, its attention turned to words of the sentence."""
        rows = list(_by_word(hypothesis.attention, read, part))
        tokens: list[str] = []
        attention: list[tuple[float, ...]] = []
        for number, token in enumerate(hypothesis.tokens):
            word = part.masked.get(token)
            if word and tokens and tokens[-1] == _SPACE:
                tokens.pop()
                del attention[-1:]
            pieces = (self.encode_target(word, language) or self._encode(word)) if word else (token,)
            tokens += pieces
            attention += rows[number : number + 1] * len(pieces)
        ending = "" if part.task.prefix else _ending(part.kept.text)
        if ending and _ending(self.decode(tokens)) != ending:
            while tokens and not any(map(str.isalnum, tokens[-1])) and set(tokens[-1]).isdisjoint(_CLOSING):
                tokens.pop()
            said = len(tokens)
            tokens += [piece.removeprefix(_SPACE) for piece in self._encode(ending)]
            attention = [*attention[:said], *attention[-1:] * (len(tokens) - said)]
        return replace(
            hypothesis, tokens=tuple(tokens), text=self.decode(tokens), attention=tuple(attention), guesses=part.kept.guesses
        )


def _ending(text: str) -> str:
    """The marks that a text ends with: a full stop, a comma; what closes a quotation or a bracket is none."""
    return text[len(text.rstrip(_ENDING)) :]


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence or a part of one: `read` is what the network reads, `english` the same without what the phrases say, `kept` the
    phrases' draft. `masked` are the words behind placeholders of ours, `place` its words among the `width` of the sentence.
    """

    task: Task
    stretches: tuple[Stretch, ...]
    read: Glossed
    english: Glossed
    suppressed: tuple[tuple[str, ...], ...]
    masked: Mapping[str, str]
    kept: Hypothesis
    place: range
    width: int

    @property
    def speaks(self) -> bool:
        """Whether there is a word in it to translate: no network is asked about a lone mark."""
        return any(word.isalpha() for stretch in self.stretches for word in stretch.words)

    def keeps_symbols(self, hypothesis: Hypothesis) -> bool:
        """Whether each placeholder that went in came out, just once. After a forced prefix some may have been said there."""
        given, said = _symbols(self.read.pieces), _symbols(hypothesis.tokens)
        return said <= given if self.task.prefix else said == given


def _quotations(words: Sequence[tuple[str, ...]]) -> list[int]:
    """Where a sentence is cut, its two ends included: around a quotation that it begins or ends with, and around half a one."""
    marks = [number for number, some in enumerate(words) if some == (_QUOTE,)]
    last = len(words) - 1
    while last > 0 and words[last] != (_QUOTE,) and is_wall(words[last][0]):
        last -= 1
    if not (len(marks) == 1 or (len(marks) == 2 and (marks[0] == 0 or marks[1] == last))):
        return [0, len(words)]
    return sorted({0, len(words), *marks, *(mark + 1 for mark in marks)})


def _joined(parts: Sequence[Hypothesis]) -> Hypothesis:
    """The parts of a sentence as one. What stands after an opening quotation mark follows it closely."""
    if len(parts) == 1:
        return parts[0]
    tokens: list[str] = []
    text, opens = "", False
    halves = sum(part.text == _QUOTE for part in parts)
    for part in parts:
        mark = part.text == _QUOTE
        closes = mark and (_QUOTE in text or (halves == 1 and text != ""))
        closely = not text or opens or closes or is_tight(part.text[:1])
        own = list(part.tokens)
        if closely and own and tokens:
            own[0] = own[0].removeprefix(_SPACE)
        tokens += own
        text += part.text if closely else f" {part.text}"
        opens = mark and not closes
    spoken = [part for part in parts if part.text != _QUOTE]
    return Hypothesis(
        tuple(tokens),
        text,
        sum(part.score for part in spoken) / max(len(spoken), 1),
        all(part.finished for part in parts),
        tuple(row for part in parts for row in part.attention),
        tuple(guess for part in parts for guess in part.guesses),
    )


def _is_masked(stretch: Stretch, at_the_beginning: bool) -> bool:
    """Whether the network is not to touch it, for it would spell it anew: a name, a word that stays as it is, a long number."""
    if stretch.words == stretch.rendering:
        return stretch.words[0].isalpha() or (stands_alone(stretch.words[0]) and stretch.words[0][0].isdigit())
    if stretch.guess:
        return stretch.guess.kind is GuessKind.SOUND
    named = all(word[0].isupper() and len(word) > 1 for word in stretch.words)
    return named and not at_the_beginning and any(map(str.isalpha, stretch.rendering))


def _symbols(tokens: Sequence[str]) -> Counter[str]:
    return Counter(token for token in tokens if token in PLACEHOLDERS)


def _keeps(part: _Part, hypothesis: Hypothesis, language: Language) -> bool:
    """Whether the network's draft has what the phrases' has: numbers, brackets, terms, length, words; and no Latin besides."""
    text, other = hypothesis.text, part.kept.text
    if Counter(_EXACT.findall(text)) != Counter(_EXACT.findall(other)):
        return False
    if Counter(_LATIN.findall(text)) - Counter(_LATIN.findall(other)):
        return False
    folded = fold(text).text
    if any(fold(told.form).text not in folded for told in part.task.told):
        return False
    low, high = _LENGTHS
    if not low * len(other) <= len(text) <= high * len(other):
        return False
    source = join_words(part.task.source)
    if runaway(source, text, language, hypothesis.finished) is not None:
        return False
    return adequacy(source, text, language.code) >= adequacy(source, other, language.code) - _LESS_ADEQUATE


def _by_word(attention: Sequence[Sequence[float]], read: Glossed, part: _Part) -> Iterator[tuple[float, ...]]:
    """Attention to pieces as attention to words of the sentence: those of a stretch share what falls on it."""
    before, after = (0.0,) * part.place.start, (0.0,) * (part.width - part.place.stop)
    for row in attention:
        words: list[float] = []
        for stretch, (source, rendering) in zip(part.stretches, read.spans, strict=True):
            mass = sum(row[source.start : source.stop]) + sum(row[rendering.start : rendering.stop])
            words += [mass / len(stretch.words)] * len(stretch.words)
        yield (*before, *words, *after)
