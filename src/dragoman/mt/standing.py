"""Where a sentence stands on the ladder."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import Rung, TermOutcome
from dragoman.mt.engine import Hypothesis
from dragoman.mt.sentence import Candidate, Sentence, Verdict, Wanted, missing


@dataclass(frozen=True, slots=True)
class Standing:
    """A sentence with its best candidate so far, and with its plain draft, which nothing better may be worse than."""

    sentence: Sentence
    candidate: Candidate
    verdict: Verdict
    plain: Candidate
    plain_verdict: Verdict

    @property
    def base(self) -> Hypothesis:
        """The hypothesis to work on: the candidate's where it has one, else that of the plain draft."""
        hypothesis = self.candidate.hypothesis or self.plain.hypothesis
        return hypothesis if hypothesis is not None else Hypothesis((), "", 0.0, True)

    @property
    def lacking(self) -> list[Wanted]:
        """What the base lacks."""
        verdict = self.verdict if self.candidate.hypothesis else self.plain_verdict
        return missing(self.sentence, self.base.text, verdict.outcomes)

    def rung_of(self, outcome: TermOutcome) -> Rung:
        """Which rung put a term there, if it is there."""
        in_plain = any(
            plain.satisfied and (plain.source, plain.target) == (outcome.source, outcome.target)
            for plain in self.plain_verdict.outcomes
        )
        return Rung.PLAIN if in_plain else self.candidate.rung
