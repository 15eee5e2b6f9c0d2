"""The last rung: the word that the model's attention aligns with a missing term gives way to it, or is put after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.languages import Language
from dragoman.model import Rung
from dragoman.mt.alignment import Word, cuts
from dragoman.mt.engine import Decoding, Engine, Hypothesis
from dragoman.mt.rungs.plain import plain_source
from dragoman.mt.sentence import Candidate, Wanted
from dragoman.mt.standing import Standing

_PLACES = 3  # tried for a sentence: nothing is decoded, so they cost little


def propose_replaced(
    standings: Sequence[Standing], language: Language, engine: Engine, decoding: Decoding
) -> list[list[Candidate]]:
    """For each sentence the draft with its missing terms at the likeliest places, in the stead of a word and before it."""
    return [
        [Candidate(text, Rung.REPLACED, 0.0) for text in dict.fromkeys(_texts(standing, language, engine))]
        for standing in standings
    ]


def _texts(standing: Standing, language: Language, engine: Engine) -> Iterator[str]:
    source = plain_source(standing.sentence, language, engine)
    for splices in cuts(standing, source, language, engine, _PLACES):
        for instead in (True, False):
            yield _spliced(standing.base, splices, engine, instead)


def _spliced(hypothesis: Hypothesis, splices: Sequence[tuple[Word, Wanted]], engine: Engine, instead: bool) -> str:
    """The hypothesis with the terms at their words. What stands between is decoded apart: no vocabulary limits the terms."""
    parts: list[str] = []
    end = 0
    for word, wanted in splices:
        parts += (engine.decode(hypothesis.tokens[end : word.start]), wanted.target)
        end = max(end, word.end if instead else word.start)
    parts.append(engine.decode(hypothesis.tokens[end:]))
    text = ""
    for part in filter(None, parts):
        text += part if not text or not part[0].isalnum() else f" {part}"
    return text
