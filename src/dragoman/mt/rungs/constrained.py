"""The third rung: up to the place of a missing term the draft stays, then the term is forced, and the model goes on from there.

CTranslate2 has no positive constraints. Forcing `target_prefix = hypothesis[:k] + term` at a few cuts `k` near the aligned
place, and letting the model rank the outcomes, serves (prefix splice). What the glossary forbids is suppressed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.languages import Language
from dragoman.model import Rung
from dragoman.mt.alignment import cuts
from dragoman.mt.engine import Decoding, Engine, Task
from dragoman.mt.rungs.plain import plain_source
from dragoman.mt.sentence import Candidate
from dragoman.mt.standing import Standing

CUTS = 2  # places tried for a sentence
_BEAM = 1  # two cuts searched greedily cost as much as one with a beam of two, and leave the model a choice of places


def propose_constrained(
    standings: Sequence[Standing], language: Language, engine: Engine, decoding: Decoding
) -> list[list[Candidate]]:
    """For each sentence the completions of its spliced prefixes."""
    tasks: list[Task] = []
    owners: list[int] = []
    for number, standing in enumerate(standings):
        for task in _tasks(standing, language, engine):
            tasks.append(task)
            owners.append(number)
    narrow = replace(decoding, beam_size=min(_BEAM, decoding.beam_size), attention=True)
    proposals: list[list[Candidate]] = [[] for _ in standings]
    for owner, (hypothesis, *_) in zip(owners, engine.translate(tasks, language, narrow), strict=True):
        candidate = Candidate(
            hypothesis.text, Rung.CONSTRAINED, hypothesis.score, hypothesis, hypothesis.finished, hypothesis.guesses
        )
        proposals[owner].append(candidate)
    return proposals


def _tasks(standing: Standing, language: Language, engine: Engine) -> Iterator[Task]:
    """A task a cut. Of several missing terms all but the last take the place of the words aligned with them."""
    source = plain_source(standing.sentence, language, engine)
    suppressed = _suppressed(standing, language, engine)
    for splices in cuts(standing, source, language, engine, CUTS):
        prefix: list[str] = []
        end = 0
        for word, wanted in splices:
            prefix += (*standing.base.tokens[end : word.start], *engine.encode_target(wanted.target, language))
            end = max(end, word.end)
        yield Task(source, tuple(prefix), suppressed)


def _suppressed(standing: Standing, language: Language, engine: Engine) -> tuple[tuple[str, ...], ...]:
    """The model's symbols and, where the draft has one, the forms that the glossary forbids and no wanted form is made of."""
    symbols = engine.reserved()
    if not standing.verdict.forbidden:
        return symbols
    wanted = " ".join(wanted.target for wanted in standing.sentence.wanted)
    forms = {form for one in standing.sentence.wanted for form in one.forbidden if form not in wanted}
    return (*symbols, *filter(None, (engine.encode_target(form, language) for form in sorted(forms))))
