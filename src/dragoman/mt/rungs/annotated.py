"""The rung of models that understand it: each term with its form beside it in the source, for the model to write and to bend.

A code (an address) has no form to bend: it goes behind a placeholder, as on the next rung.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.languages import Language
from dragoman.model import Rung
from dragoman.mt.annotation import Told
from dragoman.mt.engine import Decoding, Engine, Hypothesis, Task
from dragoman.mt.placeholders import Masked, mask, restore
from dragoman.mt.sentence import Candidate, Wanted
from dragoman.mt.standing import Standing
from dragoman.text.normalize import normalize_source

_BEAM = 2  # as on the rung of placeholders


def propose_annotated(
    standings: Sequence[Standing], language: Language, engine: Engine, decoding: Decoding
) -> list[list[Candidate]]:
    """The hypotheses for the annotated sentences. None where the model understands no annotation."""
    if not engine.annotates:
        return [[] for _ in standings]
    shapes = engine.placeholders
    masked = [
        mask(standing.sentence.request.source, [(wanted.span, wanted.target) for wanted in standing.sentence.wanted], shapes)
        for standing in standings
    ]
    beam_size = min(_BEAM, decoding.beam_size)
    tasks = [
        _task(one, standing.sentence.wanted, standing.sentence.request.source, language, engine)
        for one, standing in zip(masked, standings, strict=True)
    ]
    found = engine.translate(tasks, language, replace(decoding, beam_size=beam_size, hypotheses=beam_size))
    return [
        _candidates(hypotheses, one, task, shapes, language) for hypotheses, one, task in zip(found, masked, tasks, strict=True)
    ]


def _task(masked: Masked, wanted: Sequence[Wanted], source: str, language: Language, engine: Engine) -> Task:
    told = tuple(
        Told(slot.placeholder, normalize_source(source[one.span.start : one.span.end]), one.target)
        for slot, one in zip(masked.slots, wanted, strict=False)
        if one.term is not None
    )
    used = [slot.placeholder for slot in masked.slots]
    codes = set(used).difference(one.placeholder for one in told)
    return Task(
        engine.encode(normalize_source(masked.source), language, used),
        suppressed=engine.reserved(codes),
        meant=tuple((slot.placeholder, slot.target) for slot in masked.slots),
        told=told,
    )


def _candidates(
    hypotheses: Sequence[Hypothesis], masked: Masked, task: Task, shapes: Sequence[str], language: Language
) -> list[Candidate]:
    told = {one.placeholder for one in task.told}
    codes = [slot for slot in masked.slots if slot.placeholder not in told]
    candidates = []
    for hypothesis in hypotheses:
        text = restore(hypothesis.text, codes, shapes, language.inflection.suffixes) if codes else hypothesis.text
        if text is not None:
            finished, guesses = hypothesis.finished, hypothesis.guesses
            candidates.append(Candidate(text, Rung.ANNOTATION, hypothesis.score, finished=finished, guesses=guesses))
    return candidates
