"""The ladder: each sentence climbs until its draft has every term, one rung at a time, all sentences on a rung in one batch.

A rung only proposes. What it proposes is judged here: by the terms it has, by the hard checks, and by what the model itself
thinks of it under the original source. It takes the place of what the sentence had only where it is better, so that no rung
makes a draft worse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dragoman.languages import Language
from dragoman.model import Rung
from dragoman.mt.engine import Decoding, Engine
from dragoman.mt.rungs.constrained import propose_constrained
from dragoman.mt.rungs.placeholder import propose_placeholders
from dragoman.mt.rungs.plain import decode_plain
from dragoman.mt.rungs.replaced import propose_replaced
from dragoman.mt.sentence import Candidate, Sentence, Verdict, judge, settled
from dragoman.mt.standing import Standing

Propose = Callable[[Sequence[Standing], Language, Engine, Decoding], Sequence[Sequence[Candidate]]]
"""The candidates of a rung for each of the sentences, all decoded in one batch."""

RUNGS: tuple[Propose, ...] = (propose_placeholders, propose_constrained, propose_replaced)


def climb(
    sentences: Sequence[Sentence],
    language: Language,
    engine: Engine,
    decoding: Decoding,
    progress: Callable[[int], None] | None = None,
) -> list[Standing]:
    """Where each sentence stands at the end. `progress` is told how many more sentences have their plain draft."""
    drafts = _plain_drafts(sentences, language, engine, decoding, progress)
    standings = []
    for sentence, draft in zip(sentences, drafts, strict=True):
        verdict = judge(sentence, draft, language, engine.placeholders)
        standings.append(Standing(sentence, draft, verdict, draft, verdict))
    for propose in RUNGS:
        climbing = [number for number, standing in enumerate(standings) if not standing.verdict.complete]
        proposals = propose([standings[number] for number in climbing], language, engine, decoding) if climbing else ()
        for number, candidates in zip(climbing, proposals, strict=True):
            standings[number] = _best(standings[number], candidates, language, engine)
    return standings


def _plain_drafts(
    sentences: Sequence[Sentence],
    language: Language,
    engine: Engine,
    decoding: Decoding,
    progress: Callable[[int], None] | None,
) -> list[Candidate]:
    """What the model says, but for sentences that leave it nothing to say."""
    texts = list(map(settled, sentences))
    waiting = [sentence for sentence, text in zip(sentences, texts, strict=True) if text is None]
    if progress:
        progress(len(sentences) - len(waiting))
    decoded = iter(decode_plain(waiting, language, engine, decoding, progress))
    return [
        next(decoded) if text is None else Candidate(text, Rung.PLACEHOLDER if sentence.wanted else Rung.PLAIN, 0.0)
        for sentence, text in zip(sentences, texts, strict=True)
    ]


def _best(standing: Standing, candidates: Iterable[Candidate], language: Language, engine: Engine) -> Standing:
    """The standing with the best of the candidates in it, if that is better than what it has."""
    best = standing
    for candidate in candidates:
        verdict = judge(standing.sentence, candidate, language, engine.placeholders)
        sound = verdict.defect is None and verdict.doubled <= standing.plain_verdict.doubled
        if sound and _rank(candidate, verdict) > _rank(best.candidate, best.verdict):
            best = Standing(standing.sentence, candidate, verdict, standing.plain, standing.plain_verdict)
    return best


def _rank(candidate: Candidate, verdict: Verdict) -> tuple[bool, int, float]:
    """A draft that is one comes first, then the one with more terms right, then the one that the model finds likelier."""
    return verdict.defect is None, verdict.satisfied - verdict.forbidden, candidate.score
