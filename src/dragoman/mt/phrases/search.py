"""Stack decoding: of all ways to cover a sentence with phrases, one of the best (Koehn 2010, chapter 6).

Hypotheses that cover the same number of words compete in one stack; those alike in all that matters later are one. What is still
uncovered is judged by an estimate, so that a hypothesis that did the easy words first wins nothing by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

from dragoman.model import Guess
from dragoman.mt.phrases.table import BEGINNING, END

REACH = 1  # how many words a phrase may be taken ahead of the first uncovered one: 0, 2 and 4 score less (training/README.md)
_MARGIN = 3.0  # log10: a hypothesis so far behind the best of its stack is not gone on with
_LIKELIEST = -4.0  # log10: an unknown word costs no more than this in the estimate


@dataclass(frozen=True, slots=True)
class Option:
    """A translation of the words `start` to `end` of the source. `score` is its own, in log10.

    `guess` tells what it is where the model does not know the word.
    """

    start: int
    end: int
    words: tuple[str, ...]
    numbers: tuple[int, ...]
    score: float
    guess: Guess | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """What the trigram model counts for, and what each word of a jump costs (log10)."""

    model: float
    jump: float


class Path(NamedTuple):
    """A way through the sentence: its options in the order of the target, and its score."""

    options: tuple[Option, ...]
    score: float


class _State(NamedTuple):
    """What of a hypothesis matters for what may follow: the words covered, where its last phrase ended, its last two words."""

    covered: int
    end: int
    one: int
    two: int


class _Hypothesis(NamedTuple):
    score: float
    total: float  # with the estimate for what is uncovered
    parent: _Hypothesis | None
    option: Option | None


class _Ready(NamedTuple):
    """An option with what does not depend on its neighbours worked out."""

    option: Option
    mask: int
    score: float  # with the model's, as far as the words' own order tells it


Score = Callable[[int, int, int], float]


def search(
    options: Sequence[Option],
    walls: Sequence[bool],
    weights: Weights,
    score: Score,
    unigram: Callable[[int], float],
    beam: int,
    paths: int = 1,
    reach: int = REACH,
) -> list[Path]:
    """The best `paths` ways to cover all words, each word by an option of its own, the best first.

    `walls` says of each source word whether order is kept across it. Every word must be covered by some option.
    """
    length = len(walls)
    known: dict[tuple[int, int, int], float] = {}

    def model(one: int, two: int, word: int) -> float:
        key = (one, two, word)
        if key not in known:
            known[key] = score(one, two, word)
        return known[key]

    by_start: list[list[_Ready]] = [[] for _ in range(length)]
    for option in options:
        numbers = option.numbers
        inner = sum(model(*numbers[index - 2 : index + 1]) for index in range(2, len(numbers)))
        mask = ((1 << (option.end - option.start)) - 1) << option.start
        by_start[option.start].append(_Ready(option, mask, option.score + weights.model * inner))
    estimate = _Estimate(options, length, weights, unigram)
    everything = (1 << length) - 1
    stacks: list[dict[_State, _Hypothesis]] = [{} for _ in range(length + 1)]
    stacks[0][_State(0, 0, BEGINNING, BEGINNING)] = _Hypothesis(0.0, estimate.rest(0), None, None)
    for covered_words in range(length):
        for state, hypothesis in _contenders(stacks[covered_words], beam):
            for ready in _next(state, by_start, walls, reach):
                option, numbers = ready.option, ready.option.numbers
                covered = state.covered | ready.mask
                likely, one, two = 0.0, state.one, state.two
                for number in numbers[:2]:  # the model's view of the others does not depend on what stands before
                    likely += model(one, two, number)
                    one, two = two, number
                if len(numbers) > 2:
                    one, two = numbers[-2], numbers[-1]
                if covered == everything:
                    likely += model(one, two, END)
                jump = weights.jump * abs(option.start - state.end)
                now = hypothesis.score + ready.score + weights.model * likely - jump
                stack = stacks[covered_words + option.end - option.start]
                key = _State(covered, option.end, one, two)
                old = stack.get(key)
                if old is None or old.score < now:
                    stack[key] = _Hypothesis(now, now + estimate.rest(covered), hypothesis, option)
    best = nlargest(paths, stacks[length].values(), key=lambda hypothesis: hypothesis.score)
    return [Path(tuple(_options(hypothesis))[::-1], hypothesis.score) for hypothesis in best]


def _contenders(stack: dict[_State, _Hypothesis], beam: int) -> Iterator[tuple[_State, _Hypothesis]]:
    best = nlargest(beam, stack.items(), key=lambda item: item[1].total)
    for state, hypothesis in best:
        if hypothesis.total >= best[0][1].total - _MARGIN:
            yield state, hypothesis


def _next(state: _State, by_start: Sequence[Sequence[_Ready]], walls: Sequence[bool], reach: int) -> Iterator[_Ready]:
    """The options that may follow: at the first uncovered word, or a little ahead of it on the same side of a wall."""
    first = (~state.covered & (state.covered + 1)).bit_length() - 1
    for start in range(first, min(first + reach + 1, len(by_start))):
        if start > first and (walls[start - 1] or walls[start]):
            return
        for ready in by_start[start]:
            if not state.covered & ready.mask and (start == first or ready.option.end - first <= reach + 3):
                yield ready


def _options(hypothesis: _Hypothesis) -> Iterator[Option]:
    """The options of a hypothesis, the last first."""
    step: _Hypothesis | None = hypothesis
    while step is not None and step.option is not None:
        yield step.option
        step = step.parent


class _Estimate:
    """What the uncovered words will cost at the least, each stretch of them by itself."""

    def __init__(self, options: Sequence[Option], length: int, weights: Weights, unigram: Callable[[int], float]) -> None:
        best = [[float("-inf")] * (length + 1) for _ in range(length + 1)]
        for option in options:
            words = sum(max(unigram(number), _LIKELIEST) for number in option.numbers) * 0.7  # a word in its context is likelier
            best[option.start][option.end] = max(best[option.start][option.end], option.score + weights.model * words)
        for width in range(2, length + 1):
            for start in range(length - width + 1):
                end = start + width
                parts = (best[start][middle] + best[middle][end] for middle in range(start + 1, end))
                best[start][end] = max(best[start][end], *parts)
        self._best, self._length = best, length
        self._rests: dict[int, float] = {}

    def rest(self, covered: int) -> float:
        """The estimate for all that `covered` leaves open."""
        if covered not in self._rests:
            total, start = 0.0, 0
            while start < self._length:
                end = start
                while end < self._length and not covered >> end & 1:
                    end += 1
                if end > start:
                    total += self._best[start][end]
                start = end + 1
            self._rests[covered] = total
        return self._rests[covered]
