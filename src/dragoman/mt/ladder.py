"""The ladder: each sentence climbs until its draft has every term, one rung at a time, all sentences on a rung in one batch.

A rung only proposes. What it proposes is judged here: by the terms it has, by the hard checks, and by what the model itself
thinks of it under the original source. It takes the place of what the sentence had only where it is better, so that no rung
makes a draft worse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dragoman.languages import Language
from dragoman.mt.engine import Decoding, Engine
from dragoman.mt.rungs.placeholder import propose_placeholders
from dragoman.mt.rungs.plain import decode_plain
from dragoman.mt.sentence import Candidate, Sentence, Verdict, judge


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a sentence stands: its best candidate so far, and how the plain draft was judged."""

    sentence: Sentence
    candidate: Candidate
    verdict: Verdict
    plain: Candidate
    plain_verdict: Verdict


Propose = Callable[[Sequence[Standing], Language, Engine, Decoding], Sequence[Sequence[Candidate]]]
"""The candidates of a rung for each of the sentences, all decoded in one batch."""

RUNGS: tuple[Propose, ...] = (propose_placeholders,)


def climb(
    sentences: Sequence[Sentence],
    language: Language,
    engine: Engine,
    decoding: Decoding,
    progress: Callable[[int], None] | None = None,
) -> list[Standing]:
    """Where each sentence stands at the end. `progress` is told how many more sentences have their plain draft."""
    standings = []
    plain = decode_plain(sentences, language, engine, decoding, progress)
    for sentence, candidate in zip(sentences, plain, strict=True):
        verdict = judge(sentence, candidate, language, engine.placeholders)
        standings.append(Standing(sentence, candidate, verdict, candidate, verdict))
    for propose in RUNGS:
        climbing = [number for number, standing in enumerate(standings) if not standing.verdict.complete]
        proposals = propose([standings[number] for number in climbing], language, engine, decoding) if climbing else ()
        for number, candidates in zip(climbing, proposals, strict=True):
            standings[number] = _best(standings[number], candidates, language, engine)
    return standings


def _best(standing: Standing, candidates: Iterable[Candidate], language: Language, engine: Engine) -> Standing:
    """The standing with the best of the candidates in it, if that is better than what it has."""
    best = standing
    for candidate in candidates:
        verdict = judge(standing.sentence, candidate, language, engine.placeholders)
        if verdict.defect is None and not _doubles(verdict, standing) and _rank(candidate, verdict) > _rank_of(best):
            best = Standing(standing.sentence, candidate, verdict, standing.plain, standing.plain_verdict)
    return best


def _doubles(verdict: Verdict, standing: Standing) -> bool:
    """Whether a term stands there more often than the plain draft and the source have it."""
    return verdict.doubled > standing.plain_verdict.doubled


def _rank_of(standing: Standing) -> tuple[bool, int, float]:
    return _rank(standing.candidate, standing.verdict)


def _rank(candidate: Candidate, verdict: Verdict) -> tuple[bool, int, float]:
    """A draft that is one comes first, then the one with more terms right, then the one that the model finds likelier."""
    return verdict.defect is None, verdict.satisfied - verdict.forbidden, candidate.score
