"""The ladder: each sentence climbs until its draft has every term, one rung at a time, all sentences on a rung in one batch.

A rung only proposes. What it proposes is judged here: by the terms it has, by the hard checks, and by what the model itself
thinks of it under the original source. It takes the place of what the sentence had only where it is better, so that no rung
makes a draft worse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from dragoman.languages import Language
from dragoman.model import Rung
from dragoman.mt.engine import Decoding, Engine
from dragoman.mt.rungs.annotated import propose_annotated
from dragoman.mt.rungs.constrained import propose_constrained
from dragoman.mt.rungs.placeholder import propose_placeholders
from dragoman.mt.rungs.plain import decode_plain, plain_source
from dragoman.mt.rungs.replaced import propose_certain, propose_replaced
from dragoman.mt.sentence import Candidate, Sentence, judge, settled
from dragoman.mt.standing import Standing

Propose = Callable[[Sequence[Standing], Language, Engine, Decoding], Sequence[Sequence[Candidate]]]
"""The candidates of a rung for each of the sentences, all decoded in one batch."""

_SHORTER = 2 / 3  # of the plain draft: below lies a draft that lost a clause


@dataclass(frozen=True, slots=True)
class Step:
    """A rung, and how many of its best candidates are ranked under the original source: one is a search that ranks its own."""

    propose: Propose
    contenders: int


ANNOTATED = Step(propose_annotated, contenders=1)
PLACEHOLDERS = Step(propose_placeholders, contenders=1)
CONSTRAINED = Step(propose_constrained, contenders=2)  # to rank one costs a fifth of a decode
REPLACED = Step(propose_replaced, contenders=2)

CERTAIN = Step(propose_certain, contenders=1)

RUNGS = (CERTAIN, ANNOTATED, PLACEHOLDERS, CONSTRAINED, REPLACED)
"""After the plain draft. Where the model surely knows what it made of the term, replacement comes first, for it keeps the rest of
the draft as it was; otherwise last, for of a name that was torn apart it would leave one half where it stood."""


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
    for step in RUNGS:
        climbing = [number for number, standing in enumerate(standings) if not standing.verdict.complete]
        if climbing:
            below = [standings[number] for number in climbing]
            proposals = step.propose(below, language, engine, decoding)
            above = _stepped(below, proposals, step.contenders, language, engine)
            for number, standing in zip(climbing, above, strict=True):
                standings[number] = standing
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
    return [next(decoded) if text is None else Candidate(text, Rung.PLAIN, 0.0) for text in texts]


def _stepped(
    below: Sequence[Standing],
    proposals: Sequence[Sequence[Candidate]],
    most: int,
    language: Language,
    engine: Engine,
) -> list[Standing]:
    """Each standing with the best of its candidates in it, where one is better than what it has."""
    contenders = [
        _contenders(standing, candidates, language, engine)[:most] for standing, candidates in zip(below, proposals, strict=True)
    ]
    pairs = [
        (plain_source(one.sentence, language, engine), engine.encode_target(one.candidate.text, language))
        for some in contenders
        if len(some) > 1
        for one in some
    ]
    scores = iter(engine.score(pairs, language) if pairs else ())
    above = []
    for standing, some in zip(below, contenders, strict=True):
        if len(some) > 1:
            some = [replace(one, candidate=replace(one.candidate, score=next(scores))) for one in some]
        above.append(max(some, key=lambda one: one.candidate.score, default=standing))
    return above


def _contenders(standing: Standing, candidates: Iterable[Candidate], language: Language, engine: Engine) -> list[Standing]:
    """The standing with each candidate that is sound, has more terms right than it has, and no fewer than any other."""
    sound = []
    for candidate in candidates:
        verdict = judge(standing.sentence, candidate, language, engine.placeholders)
        doubles = verdict.doubled > standing.plain_verdict.doubled
        if verdict.defect is None and not doubles and not _loses(standing, candidate, language):
            sound.append(replace(standing, candidate=candidate, verdict=verdict))
    most = max(map(_worth, sound), default=_worth(standing))
    return [one for one in sound if _worth(one) == most > _worth(standing)]


def _loses(standing: Standing, candidate: Candidate, language: Language) -> bool:
    """Whether the candidate lost a clause on the way: too short for a human translation, and by a third shorter than plain."""
    shortest = language.thresholds.length_ratio_error[0] * len(standing.sentence.request.source)
    return len(candidate.text) < min(shortest, _SHORTER * len(standing.plain.text))


def _worth(standing: Standing) -> tuple[bool, int]:
    """A draft that is one comes first, then the one with more terms right."""
    return standing.verdict.defect is None, standing.verdict.satisfied - standing.verdict.forbidden
