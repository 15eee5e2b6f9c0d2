"""Which quotation marks of a text open and which close, and what a language writes in their place.

A sentence may hold half a quotation: an opening mark without its partner, or a closing one. So each mark is judged by what
stands beside it, and only where that does not tell by whether a quotation is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dragoman.model import Span

_DOUBLE = frozenset('"“”„‟«»')
_SINGLE = frozenset("'‘’‚‛‹›")
_OPENING = frozenset("“„‟«‘‚‛‹")
_APOSTROPHES = frozenset("'’")
_BEFORE_OPENING = frozenset(" \t\n\u00a0([{:-–—/")
_AFTER_CLOSING = frozenset(" \t\n\u00a0)]}.,;:!?،؛؟۔…-–—/")


class Mark(NamedTuple):
    """A quotation mark: where it stands, and what it is."""

    offset: int
    character: str
    single: bool
    opening: bool


def localized_marks(text: str, marks: str) -> Iterator[tuple[Span, str]]:
    """Each quotation mark of `text` and what stands there in a language whose outer and inner pairs are `marks`.

    Outer and inner pairs alternate with the depth. An inner mark of the language's own without an outer one around it stays:
    its outer quotation began in another sentence.
    """
    pairs = (marks[:2], marks[2:])
    begun: list[str] = []  # the mark that will close each quotation
    for mark in _marks(text, frozenset(marks)):
        if mark.opening:
            pair = pairs[1] if mark.character == pairs[1][0] and not begun else pairs[len(begun) % 2]
            begun.append(pair[1])
            replacement = pair[0]
        elif begun:
            replacement = begun.pop()
        else:
            replacement = mark.character if mark.character in (pairs[0][1], pairs[1][1]) else pairs[0][1]
        yield Span(mark.offset, mark.offset + 1), replacement


def _marks(text: str, sided: frozenset[str]) -> list[Mark]:
    """The quotation marks of `text`, without apostrophes.

    What is `sided`, the language's own marks, opens or closes by its shape; the others are judged.
    """
    marks: list[Mark] = []
    depth = 0
    text = text.rstrip()
    for offset, character in enumerate(text):
        if character not in _DOUBLE and character not in _SINGLE:
            continue
        beside = marks[-1] if marks and marks[-1].offset == offset - 1 else None
        if character in sided:
            opening: bool | None = character in _OPENING
        else:
            opening = _opens(character, text[max(offset - 1, 0) : offset], text[offset + 1 : offset + 2], beside, depth)
        if opening is not None:
            marks.append(Mark(offset, character, character in _SINGLE, opening))
            if character in _DOUBLE or character in sided:
                depth = depth + 1 if opening else max(depth - 1, 0)
    apostrophes = _unpaired([mark for mark in marks if mark.single and mark.character not in sided])
    return [mark for mark in marks if mark.offset not in apostrophes]


def _opens(character: str, before: str, after: str, beside: Mark | None, depth: int) -> bool | None:
    """Whether a mark opens a quotation or closes one; None where it is not a quotation mark at all.

    `beside` is the mark right before it, `depth` how many quotations have begun.
    """
    begins = beside.opening if beside else not before or before in _BEFORE_OPENING
    ends = not after or after in _AFTER_CLOSING or after in _DOUBLE or after in _SINGLE
    if begins != ends:
        return begins
    if character in _APOSTROPHES:
        return None
    return not depth if character == '"' else character in _OPENING


def _unpaired(marks: list[Mark]) -> frozenset[int]:
    """Where the marks stand that have no partner."""
    begun: list[int] = []
    unpaired: list[int] = []
    for mark in marks:
        if mark.opening:
            begun.append(mark.offset)
        elif begun:
            begun.pop()
        else:
            unpaired.append(mark.offset)
    return frozenset((*begun, *unpaired))
