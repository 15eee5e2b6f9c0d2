"""The way of a sentence through the engine: from the cache, or up the ladder, then into the language's own orthography."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from dragoman.languages import Language
from dragoman.model import Guess, Rung, TermOutcome, Translation
from dragoman.mt.cache import DraftCache, recipe
from dragoman.mt.engine import Decoding, Engine
from dragoman.mt.ladder import climb
from dragoman.mt.request import Request, identity
from dragoman.mt.sentence import prepare
from dragoman.mt.split import split
from dragoman.mt.standing import Standing
from dragoman.text.adaptation import adapt
from dragoman.text.matching import outcomes
from dragoman.text.normalize import normalize_source
from dragoman.text.orthography import localize

BLOCK = 256  # sentences that climb together, and then are kept in the cache: at most so many are lost when ^C comes

_AROUND = 8  # tokens that a model may want before and after those of the text


def draft(
    requests: Sequence[Request],
    language: Language,
    engine: Engine,
    *,
    beam_size: int = 4,
    progress: Callable[[int], None] | None = None,
    cache: DraftCache | None = None,
    block_size: int = BLOCK,
) -> list[Translation]:
    """A draft for each request, in order; equal requests are translated once. `progress` is told how many more are done.

    A sentence without a usable draft has an empty target and its reason. Nothing is raised for what a model does wrong.
    """
    cache = cache or DraftCache(None)
    decoding = Decoding(beam_size=beam_size)
    by = recipe(engine.signature, engine.fingerprint, repr(decoding), language)
    identities = [identity(request, language.code) for request in requests]
    counts = Counter(identities)
    done = cache.find(counts, by)
    if progress and done:
        progress(sum(counts[one] for one in done))
    # Long ones first: those of a block are of about one length, and what is too much for the memory shows at once.
    distinct = dict(zip(identities, requests, strict=True))
    waiting = sorted(distinct.keys() - done.keys(), key=lambda one: (-len(one[0]), one))
    for start in range(0, len(waiting), block_size):
        block = waiting[start : start + block_size]
        advance = _Share(sum(counts[one] for one in block), progress)
        drafts = _draft_block([distinct[one] for one in block], language, engine, decoding, advance)
        fresh = dict(zip(block, drafts, strict=True))
        cache.keep(fresh, by)
        done.update(fresh)
    return [done[one] for one in identities]


class _Share:
    """Progress of a block. The engine counts the parts that it has decoded, the caller its requests, equal ones each."""

    def __init__(self, requests: int, progress: Callable[[int], None] | None) -> None:
        self._requests = requests
        self._progress = progress
        self._parts_done = 0
        self._told = 0
        self.parts = 0

    def __call__(self, parts: int) -> None:
        self._parts_done += parts
        now = self._requests * self._parts_done // self.parts
        if self._progress and now > self._told:
            self._progress(now - self._told)
        self._told = now


def _draft_block(
    requests: Sequence[Request], language: Language, engine: Engine, decoding: Decoding, advance: _Share
) -> list[Translation]:
    def fits(source: str) -> bool:
        if len(source.encode()) + _AROUND <= engine.max_length:  # no model makes more tokens of a text than it has bytes
            return True
        return len(engine.encode(normalize_source(source), language)) <= engine.max_length

    parts = [split(request, fits) for request in requests]
    sentences = [prepare(part, language) for some in parts for part in some]
    advance.parts = len(sentences)
    standings = iter(climb(sentences, language, engine, decoding, advance))
    return [
        _translation(request, [next(standings) for _ in some], language, engine)
        for request, some in zip(requests, parts, strict=True)
    ]


def _translation(request: Request, standings: Sequence[Standing], language: Language, engine: Engine) -> Translation:
    """The parts of a sentence joined and written as the language writes; its terms are counted on that final text."""
    for standing in standings:
        if standing.verdict.defect:
            return _without_draft(request, standing.verdict.defect, language, engine)
    text = " ".join(standing.candidate.text for standing in standings)
    protected = [wanted.target for standing in standings for wanted in standing.sentence.wanted]
    adapted, swaps = adapt(text, language, protected) if _is_foreign(language, engine) else (text, ())
    target, changes = localize(adapted, language, protected)
    return Translation(
        target=target,
        origin=engine.signature,
        terms=tuple(_with_rung(outcome, standings) for outcome in outcomes(request.matches, target, language)),
        rung=_highest(standing.candidate.rung for standing in standings),
        score=sum(standing.candidate.score for standing in standings) / len(standings),
        changes=(*swaps, *changes),
        guesses=tuple(_guesses(standings, target)),
    )


def _guesses(standings: Iterable[Standing], target: str) -> Iterator[Guess]:
    """Each guess once: those that are still in the target, an ending aside."""
    found = dict.fromkeys(guess for standing in standings for guess in standing.candidate.guesses)
    return (guess for guess in found if re.search(rf"(?<!\w){re.escape(guess.target)}", target))


def _is_foreign(language: Language, engine: Engine) -> bool:
    """Whether what the engine writes is a neighbour's standard: the Persian of Iran for Dari."""
    return language.code == "fa_AF" and not engine.knows_dari


def _with_rung(outcome: TermOutcome, standings: Iterable[Standing]) -> TermOutcome:
    """The outcome with the rung that satisfied it, the highest where parts of a sentence needed several."""
    if not outcome.satisfied:
        return outcome
    having = [
        standing
        for standing in standings
        if any((one.source, one.target) == (outcome.source, outcome.target) for one in standing.verdict.outcomes)
    ]
    return replace(outcome, rung=_highest(standing.rung_of(outcome) for standing in having))


def _highest(rungs: Iterable[Rung]) -> Rung:
    return max(rungs, key=tuple(Rung).index)


def _without_draft(request: Request, reason: str, language: Language, engine: Engine) -> Translation:
    return Translation("", engine.signature, terms=outcomes(request.matches, "", language), reason=reason)
