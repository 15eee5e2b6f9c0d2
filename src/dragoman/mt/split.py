"""A sentence longer than the model takes: cut at its clauses, translated piece by piece, joined again. Nothing is dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from dragoman.model import Span
from dragoman.mt.request import Request
from dragoman.text.spans import stripped

# Where a sentence may be cut, the best place first: after a mark that ends a clause, then between words.
_PLACES = tuple(map(re.compile, (r"(?<=[;؛])\s+", r"(?<=:)\s+|\s+(?=[—–-]\s)", r"(?<=[,،])\s+", r"\s+")))


def split(request: Request, fits: Callable[[str], bool]) -> tuple[Request, ...]:
    """Requests whose sources fit, and which together are `request`, white space between them aside.

    A term is never cut: one that does not fit stays whole. A word is cut only where it does not fit by itself.
    """
    whole = stripped(request.source, Span(0, len(request.source)))
    return tuple(_part(request, span) for span in _spans(request, whole, fits))


def _spans(request: Request, span: Span, fits: Callable[[str], bool]) -> Iterator[Span]:
    if fits(span.of(request.source)):
        yield span
        return
    for cuts in _cuts(request, span):
        middle = (span.start + span.end) / 2
        cut = min(cuts, key=lambda cut: abs(cut - middle))
        left = stripped(request.source, Span(span.start, cut))
        right = stripped(request.source, Span(cut, span.end))
        if left.end > left.start and right.end > right.start:
            yield from _spans(request, left, fits)
            yield from _spans(request, right, fits)
            return
    yield span


def _cuts(request: Request, span: Span) -> Iterator[list[int]]:
    """Where `span` may be cut, the best kind of place first; between any two letters at the last. Never inside a term."""

    def free(start: int, end: int) -> bool:
        return span.start < start and not any(match.span.start < end and start < match.span.end for match in request.matches)

    for place in _PLACES:
        found = place.finditer(request.source, span.start, span.end)
        if cuts := [match.start() for match in found if free(match.start(), match.end())]:
            yield cuts
    if cuts := [place for place in range(span.start + 1, span.end) if free(place, place)]:
        yield cuts


def _part(request: Request, span: Span) -> Request:
    matches = tuple(
        replace(match, span=Span(match.span.start - span.start, match.span.end - span.start))
        for match in request.matches
        if match.span.overlaps(span)
    )
    return Request(span.of(request.source), matches)
