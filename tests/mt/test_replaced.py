"""The last rung: a term in the place of a word, or before it, with spaces and quotation marks as they should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from dragoman.languages import get_language
from dragoman.model import Rung, Span, TargetTerm, Term, TermMatch
from dragoman.mt.engine import Decoding, Hypothesis
from dragoman.mt.request import Request
from dragoman.mt.rungs.replaced import propose_replaced
from dragoman.mt.sentence import Candidate, judge, prepare
from dragoman.mt.standing import Standing
from tests.mt.scripted import ScriptedEngine

PASHTO = get_language("ps")
KABUL = Term("kabul", "Kabul", {"ps": TargetTerm("کابل")})


@dataclass
class _Engine(ScriptedEngine):
    """Decodes pieces or, without them, byte pairs and whole words."""

    pieces: bool = True

    def decode(self, tokens: Sequence[str]) -> str:
        return super().decode(tokens) if self.pieces else " ".join(tokens).replace("@@ ", "").replace(" .", ".")


@pytest.mark.parametrize(
    ("tokens", "attended", "texts"),
    [
        (("▁ښار", "▁لوی", "▁دی", "."), 0, ["کابل لوی دی.", "کابل ښار لوی دی."]),
        (("▁دا", "▁ښار", "."), 1, ["دا کابل.", "دا کابل ښار."]),  # the full stop stays where it is
        (('▁"', "ښار", '"', "▁لوی", "▁دی"), 1, ['"کابل" لوی دی', '"کابل ښار" لوی دی']),
        (("▁لوی", "▁(", "ښار", ")"), 2, ["لوی (کابل)", "لوی (کابل ښار)"]),
        (("▁", "ښا", "ر", "▁لوی"), 1, ["کابل لوی", "کابل ښار لوی"]),  # a word of three pieces
        (("ښا@@", "ر", "لوی", "."), 0, ["کابل لوی.", "کابل ښار لوی."]),  # byte pairs
        (("ښار", "لوی", "."), 0, ["کابل لوی.", "کابل ښار لوی."]),  # whole words
        (("ښار", "(", "لوی", ")", "دی"), 0, ["کابل ( لوی ) دی", "کابل ښار ( لوی ) دی"]),
    ],
)
def test_the_term_at_the_word_that_attention_names(tokens: tuple[str, ...], attended: int, texts: list[str]) -> None:
    attention = tuple((float(index == attended), float(index != attended)) for index in range(len(tokens)))
    engine = _Engine({}, pieces=any(token.startswith("▁") for token in tokens))
    sentence = prepare(Request("Kabul grew.", (TermMatch(KABUL, Span(0, 5), "Kabul"),)), PASHTO)
    hypothesis = Hypothesis(tokens, engine.decode(tokens), -1.0, True, attention)
    plain = Candidate(hypothesis.text, Rung.PLAIN, -1.0, hypothesis)
    verdict = judge(sentence, plain, PASHTO, ())
    (candidates,) = propose_replaced([Standing(sentence, plain, verdict, plain, verdict)], PASHTO, engine, Decoding())
    assert [candidate.text for candidate in candidates][:2] == texts
