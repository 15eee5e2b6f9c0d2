"""The second rung: a placeholder stands for each term while the model translates, in the shape that the model keeps best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.languages import Language
from dragoman.model import Rung
from dragoman.mt.engine import Decoding, Engine, Hypothesis, Task
from dragoman.mt.placeholders import Masked, mask, restore
from dragoman.mt.sentence import Candidate
from dragoman.mt.standing import Standing
from dragoman.text.normalize import normalize_source

_BEAM = 2  # half the price of four; on TICO-19 the drafts are as good (benchmarks/terms.py)


def propose_placeholders(
    standings: Sequence[Standing], language: Language, engine: Engine, decoding: Decoding
) -> list[list[Candidate]]:
    """The hypotheses that kept every placeholder, with the terms in their places. None where the model has no placeholders."""
    shapes = engine.placeholders
    if not shapes:
        return [[] for _ in standings]
    masked = [
        mask(standing.sentence.request.source, [(wanted.span, wanted.target) for wanted in standing.sentence.wanted], shapes)
        for standing in standings
    ]
    beam_size = min(_BEAM, decoding.beam_size)
    decoding = replace(decoding, beam_size=beam_size, hypotheses=beam_size)
    found = engine.translate([_task(one, language, engine) for one in masked], language, decoding)
    return [_restored(hypotheses, one, shapes, language) for hypotheses, one in zip(found, masked, strict=True)]


def _task(masked: Masked, language: Language, engine: Engine) -> Task:
    used = [slot.placeholder for slot in masked.slots]
    source = engine.encode(normalize_source(masked.source), language, used)
    meant = tuple((slot.placeholder, slot.target) for slot in masked.slots)
    return Task(source, suppressed=engine.reserved(used), meant=meant)


def _restored(hypotheses: Sequence[Hypothesis], masked: Masked, shapes: Sequence[str], language: Language) -> list[Candidate]:
    candidates = []
    for hypothesis in hypotheses:
        text = restore(hypothesis.text, masked.slots, shapes, language.inflection.suffixes)
        if text is not None:
            finished, guesses = hypothesis.finished, hypothesis.guesses
            candidates.append(Candidate(text, Rung.PLACEHOLDER, hypothesis.score, finished=finished, guesses=guesses))
    return candidates
