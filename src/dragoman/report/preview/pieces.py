"""A text cut where its marks begin and end, so that marks may overlap and each piece is escaped by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from dragoman.model import Finding, Span, Term
from dragoman.text.direction import latin_runs

_ALIKE = 0.35  # share of words in common from which a difference is worth showing word by word


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be shown at a place of a text: a term, or a finding."""

    span: Span
    term: Term | None = None
    finding: Finding | None = None
    forbidden: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Text under the same marks all through."""

    text: str
    term: Term | None = None
    forbidden: bool = False
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that read in one direction: `isolated` where Latin stands in a right-to-left text."""

    pieces: tuple[Piece, ...]
    isolated: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that both texts have (`kept`), or the draft alone (`deleted`), or the post-edit alone (`inserted`)."""

    kind: str
    text: str


def cut(text: str, marks: Iterable[Mark], isolate: bool) -> tuple[Run, ...]:
    """`text` as runs of marked pieces; with `isolate`, Latin in it makes runs of its own, and no mark breaks one in two."""
    marks = tuple(marks)
    isolated = latin_runs(text) if isolate else ()
    edges = sorted({0, len(text), *(edge for span in isolated for edge in (span.start, span.end))})
    return tuple(
        Run(tuple(_pieces(text, Span(start, end), marks)), isolated=Span(start, end) in isolated)
        for start, end in pairwise(edges)
    )


def difference(draft: str, target: str) -> tuple[Difference, ...]:
    """What a person made of a draft, word by word; as two whole texts where little of the draft is left."""
    before, after = draft.split(), target.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return Difference("deleted", draft), Difference("inserted", target)
    return tuple(_differences(matcher, before, after))


def _pieces(text: str, inside: Span, marks: Sequence[Mark]) -> Iterator[Piece]:
    here = [mark for mark in marks if mark.span.overlaps(inside)]
    edges = {inside.start, inside.end, *(edge for mark in here for edge in (mark.span.start, mark.span.end))}
    for start, end in pairwise(sorted(edge for edge in edges if inside.start <= edge <= inside.end)):
        span = Span(start, end)
        over = [mark for mark in here if mark.span.overlaps(span)]
        term = next((mark for mark in over if mark.term is not None), None)
        yield Piece(
            span.of(text),
            term.term if term else None,
            term.forbidden if term else False,
            tuple(mark.finding for mark in over if mark.finding is not None),
        )


def _differences(matcher: SequenceMatcher[str], before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    for _, start, end, other_start, other_end in matcher.get_opcodes():
        old, new = " ".join(before[start:end]), " ".join(after[other_start:other_end])
        if old == new:
            yield Difference("kept", new)
            continue
        if old:
            yield Difference("deleted", old)
        if new:
            yield Difference("inserted", new)
