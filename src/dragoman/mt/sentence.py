"""A sentence on the ladder: what it must have in its draft, and how a candidate for the draft is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.languages import Language
from dragoman.model import Guess, Rung, Span, TermOutcome
from dragoman.mt.engine import Hypothesis
from dragoman.mt.placeholders import leftover
from dragoman.mt.quality import NOTHING, runaway
from dragoman.mt.request import Request
from dragoman.text.codes import find_codes
from dragoman.text.matching import find_term, outcomes

_SENTENCE = 20  # letters beside the terms: "The Taliban" may well be one word in another language, this much may not


@dataclass(frozen=True, slots=True)
class Wanted:
    """A stretch of the source whose rendering is settled: a term of the glossary, or a code (an address) that stays."""

    span: Span
    target: str
    term: str | None = None  # its source form in the glossary; None for a code
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A request, with its `wanted` in order of place, none overlapping another.

    `most` tells how often each term's outcome may find it: more often than it is expected where it stands inside another term
    (داعش in داعش خراسان).
    """

    request: Request
    wanted: tuple[Wanted, ...]
    codes: tuple[str, ...]
    most: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible draft of a sentence. `score` is the mean log-probability a token, under the source as it was written.

    `hypothesis` is what the model said for that source: a rung that works on it needs its tokens and attention.
    """

    text: str
    rung: Rung
    score: float
    hypothesis: Hypothesis | None = None
    finished: bool = True
    guesses: tuple[Guess, ...] = ()  # of the hypothesis that it is made of


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a candidate stands. `satisfied` and `missing` count occurrences of terms and codes."""

    outcomes: tuple[TermOutcome, ...]
    satisfied: int
    missing: int
    forbidden: int
    doubled: int
    defect: str | None

    @property
    def complete(self) -> bool:
        """Nothing is left for a rung to do."""
        return not self.missing and not self.forbidden


def prepare(request: Request, language: Language) -> Sentence:
    """The request with all that its draft must have. Codes inside a term, and terms without a target, are left out."""
    terms = []
    for match in request.matches:
        if target := match.term.target(language.code, match.surface):
            source = match.term.source if match.term.translate else match.surface  # as an outcome names it
            terms.append(Wanted(match.span, target.preferred, source, target.forbidden))
    codes = [
        Wanted(span, span.of(request.source))
        for span in find_codes(request.source)
        if not any(span.overlaps(term.span) for term in terms)
    ]
    wanted = sorted((*terms, *codes), key=lambda wanted: wanted.span)
    ideal = outcomes(request.matches, " ، ".join(one.target for one in wanted), language)
    return Sentence(request, tuple(wanted), tuple(code.target for code in codes), tuple(outcome.found for outcome in ideal))


def judge(sentence: Sentence, candidate: Candidate, language: Language, shapes: tuple[str, ...]) -> Verdict:
    """How `candidate` stands against what the sentence wants and against the hard checks."""
    text, source = candidate.text, sentence.request.source
    found = outcomes(sentence.request.matches, text, language)
    lost_codes = sum(max(0, sentence.codes.count(code) - text.count(code)) for code in set(sentence.codes))
    defect = runaway(source, text, language, candidate.finished) or _nothing_else(sentence, text)
    if defect is None and leftover(text, shapes) and not leftover(source, shapes):
        defect = "a placeholder is left"
    return Verdict(
        found,
        satisfied=sum(min(outcome.found, outcome.expected) for outcome in found) + len(sentence.codes) - lost_codes,
        missing=sum(max(0, outcome.expected - outcome.found) for outcome in found) + lost_codes,
        forbidden=_forbidden(sentence, text, language),
        doubled=sum(max(0, outcome.found - most) for outcome, most in zip(found, sentence.most, strict=True)),
        defect=defect,
    )


def missing(sentence: Sentence, text: str, found: Sequence[TermOutcome]) -> list[Wanted]:
    """What `text` lacks, in source order. Of a term that is there too seldom, its last places count as the missing ones."""
    lacking: Counter[tuple[str | None, str]] = Counter({(one.source, one.target): one.expected - one.found for one in found})
    lacking.update({(None, code): sentence.codes.count(code) - text.count(code) for code in set(sentence.codes)})
    gone = []
    for wanted in reversed(sentence.wanted):
        key = (wanted.term, wanted.target)
        if lacking[key] > 0:
            lacking[key] -= 1
            gone.append(wanted)
    return gone[::-1]


def settled(sentence: Sentence) -> str | None:
    """The draft of a sentence that has nothing to translate beside its terms and codes: "KABUL", "15 %". None for any other."""
    source = sentence.request.source
    parts: list[str] = []
    rest: list[str] = []
    end = 0
    for wanted in sentence.wanted:
        rest.append(source[end : wanted.span.start])
        parts += (rest[-1], wanted.target)
        end = wanted.span.end
    rest.append(source[end:])
    return None if any(map(str.isalpha, "".join(rest))) else "".join((*parts, rest[-1]))


def _nothing_else(sentence: Sentence, text: str) -> str | None:
    """Whether the draft of a whole sentence has nothing in it but terms: then the rungs gave all, and the model nothing."""
    rest = text
    for wanted in sentence.wanted:
        rest = rest.replace(wanted.target, "")
    said = sum(map(str.isalpha, sentence.request.source)) - sum(wanted.span.end - wanted.span.start for wanted in sentence.wanted)
    return NOTHING if said > _SENTENCE and not any(map(str.isalnum, rest)) else None


def _forbidden(sentence: Sentence, text: str, language: Language) -> int:
    targets = {
        match.term.id: target
        for match in sentence.request.matches
        if (target := match.term.target(language.code, match.surface)) and target.forbidden
    }
    return sum(match.status == "forbidden" for target in targets.values() for match in find_term(target, text, language))
