"""The first rung: the sentence as it is. A draft that ran away is decoded once more, with repetition forbidden."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from dragoman.languages import Language
from dragoman.model import Rung
from dragoman.mt.engine import Decoding, Engine, Hypothesis, Task
from dragoman.mt.quality import runaway
from dragoman.mt.sentence import Candidate, Sentence
from dragoman.text.normalize import normalize_source

_BEAM = 2  # of the second try: what runs away was no good to begin with


def decode_plain(
    sentences: Sequence[Sentence],
    language: Language,
    engine: Engine,
    decoding: Decoding,
    progress: Callable[[int], None] | None = None,
) -> list[Candidate]:
    """A candidate for each sentence; those with terms have the attention in it that later rungs look at."""
    tasks = [Task(plain_source(sentence, language, engine), suppressed=engine.reserved()) for sentence in sentences]
    hypotheses: list[Hypothesis | None] = [None] * len(sentences)
    for attention in (False, True):
        numbers = [number for number, sentence in enumerate(sentences) if bool(sentence.wanted) is attention]
        found = engine.translate(
            [tasks[number] for number in numbers], language, replace(decoding, attention=attention), progress
        )
        for number, (hypothesis,) in zip(numbers, found, strict=True):
            hypotheses[number] = hypothesis
    candidates = [_candidate(hypothesis) for hypothesis in hypotheses if hypothesis is not None]
    _decode_again(candidates, tasks, sentences, language, engine, decoding)
    return candidates


def _decode_again(
    candidates: list[Candidate],
    tasks: Sequence[Task],
    sentences: Sequence[Sentence],
    language: Language,
    engine: Engine,
    decoding: Decoding,
) -> None:
    """Put the best hypothesis that is a draft at all in the place of each runaway. Where there is none, it stays what it is."""
    away = [number for number, candidate in enumerate(candidates) if _runaway(sentences[number], candidate, language)]
    strict = replace(
        decoding,
        beam_size=min(_BEAM, decoding.beam_size),
        hypotheses=min(_BEAM, decoding.beam_size),
        no_repeat_ngram_size=3,
        repetition_penalty=1.2,
        shortest=0.5,
        attention=any(sentences[number].wanted for number in away),
    )
    for number, hypotheses in zip(away, engine.translate([tasks[number] for number in away], language, strict), strict=True):
        usable = [one for one in map(_candidate, hypotheses) if not _runaway(sentences[number], one, language)]
        if usable:
            candidates[number] = max(usable, key=lambda candidate: candidate.score)


def plain_source(sentence: Sentence, language: Language, engine: Engine) -> tuple[str, ...]:
    """The tokens of the sentence as it was written."""
    return engine.encode(normalize_source(sentence.request.source), language)


def _candidate(hypothesis: Hypothesis) -> Candidate:
    return Candidate(hypothesis.text, Rung.PLAIN, hypothesis.score, hypothesis, hypothesis.finished, hypothesis.guesses)


def _runaway(sentence: Sentence, candidate: Candidate, language: Language) -> bool:
    return runaway(sentence.request.source, candidate.text, language, candidate.finished) is not None
