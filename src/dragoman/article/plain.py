"""Articles in plain text. A line is a paragraph; nothing joins two lines, and nothing of the file is lost.

Each unit owns the text from its line to the next unit's line: the blank lines behind it, and before the first unit also what
stands above (a byte order mark).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.article.dateline import find_dateline
from dragoman.article.document import number_units, place
from dragoman.article.kinds import Line, classify, find_credit, find_marker, is_wrapped
from dragoman.model import Document, Location, Segment, Span, Unit, UnitKind
from dragoman.text.sentences import sentences
from dragoman.text.spans import lines

# What no segment begins or ends with: white space (as `str.isspace` has it) and marks that nobody sees.
_SPACES = " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_EDGE = _SPACES + "\u2028\u2029\u202f\u205f\u3000" + "\ufeff\u200b\u200e\u200f\u2060\u00ad"
_WORD = re.compile(r"[^\W_]")
_LINE_END = re.compile(r"\r\n|\r|\n")  # what editors count
_NO_SPANS: tuple[Span, ...] = ()

Protect = Callable[[str], Sequence[Span]]


@dataclass(frozen=True, slots=True)
class _Block:
    """A unit to be: its kind, where its text begins, and its segments, all as places in the article."""

    kind: UnitKind
    start: int
    segments: tuple[Span, ...]


def read_article(text: str, original: str, protect: Protect | None = None) -> Document:
    """The article in `text`. `original` is its path, for references; `protect` finds spans that no cut may go through.

    Any text at all can be read, and `write_article(read_article(text, original), {}) == text`.
    """
    blocks = list(_blocks(text, protect or (lambda _: _NO_SPANS)))
    if not blocks:
        return Document(original, "en", (Unit("p1", UnitKind.PARAGRAPH, (text,), translate=False),) if text else ())
    starts = [0, *(block.start for block in blocks[1:])]
    numbers = number_units([block.kind for block in blocks])
    line_starts = [match.end() for match in _LINE_END.finditer(text)]
    units = []
    for block, (start, end), (identifier, number) in zip(blocks, pairwise([*starts, len(text)]), numbers, strict=True):
        segments = {
            span: Segment(
                id=f"{identifier}.s{index}",
                source=span.of(text),
                location=Location(original, 1 + bisect_right(line_starts, span.start)),
                notes=(place(block.kind, number, index, len(block.segments)),),
            )
            for index, span in enumerate(block.segments, 1)
        }
        parts = tuple(_parts(text, Span(start, end), segments))
        units.append(Unit(identifier, block.kind, parts, translate=block.kind is not UnitKind.DEBRIS))
    return Document(original, "en", tuple(units))


def _parts(text: str, unit: Span, segments: dict[Span, Segment]) -> Iterator[Segment | str]:
    position = unit.start
    for span, segment in segments.items():
        if position < span.start:
            yield text[position : span.start]
        yield segment
        position = span.end
    if position < unit.end:
        yield text[position : unit.end]


def is_hard_wrapped(text: str) -> bool:
    """Whether the paragraphs of `text` are broken over several lines, so that its segments are lines and not sentences."""
    return is_wrapped(_lines(text))


def _blocks(text: str, protect: Protect) -> Iterator[_Block]:
    found = _lines(text)
    first = True
    for line, kind in zip(found, classify(found), strict=True):
        start, span = line.start, line.span
        if kind is UnitKind.PARAGRAPH:
            dateline = find_dateline(line.text, bare=first)
            first = False
            if dateline is not None:
                yield _Block(UnitKind.DATELINE, start, (Span(span.start, span.start + dateline[0]),))
                start = span.start + dateline[1]
                span = Span(start, span.end)
        if _WORD.search(text, span.start, span.end):
            yield _Block(kind, start, tuple(_segments(text, span, kind, protect)))


def _lines(text: str) -> list[Line]:
    """The lines that hold a word. What stands between two blocks is more than one line end."""
    found: list[Line] = []
    block = end = 0
    for line in lines(text):
        if _WORD.search(text, line.start, line.end):
            if text[end : line.start] != "\r\n" and line.start - end > 1:
                block += 1
            span = _inner(text, line)
            found.append(Line(span.of(text), block, line.start, span))
            end = line.end
    return found


def _segments(text: str, line: Span, kind: UnitKind, protect: Protect) -> Iterator[Span]:
    """The segments of a line: its sentences, without markers of list items; the credit of an image is one of its own."""
    content = line.of(text)
    if kind is UnitKind.DATELINE or kind is UnitKind.DEBRIS:
        found = [Span(0, len(content.rstrip(" |")))]
    else:
        found = sentences(content, protect(content))
    for sentence in found:
        source = sentence.of(content)
        if kind is UnitKind.ITEM:
            pieces = [Span(sentence.start + find_marker(source), sentence.end)]
        elif kind is UnitKind.CAPTION:
            credit = sentence.start + (find_credit(source) or 0)
            pieces = [Span(sentence.start, credit), Span(credit, sentence.end)]
        else:
            pieces = [sentence]
        for piece in pieces:
            span = _inner(text, Span(line.start + piece.start, line.start + piece.end))
            if _WORD.search(text, span.start, span.end):
                yield span


def _inner(text: str, span: Span) -> Span:
    """`span` without what no segment begins or ends with."""
    inner = span.of(text).rstrip(_EDGE)
    start = span.start + len(inner) - len(inner.lstrip(_EDGE))
    return Span(start, span.start + len(inner))
