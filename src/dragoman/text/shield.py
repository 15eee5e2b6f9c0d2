"""Stretches of a text that no step may change, hidden while the others are changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dragoman.model import Span
from dragoman.text.codes import find_codes

SHIELD = "\ue000"  # of the private use area: to every rule a strange word of one letter
LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
DIGITS = "0-9۰-۹٠-٩"

_WORD = re.compile(f"[{LATIN}{DIGITS}]+(?:[-'’._/&+@:]+[{LATIN}{DIGITS}]+)*")
_LATIN_LETTER = re.compile(f"[{LATIN}]")


class Edit(NamedTuple):
    """`replacement` goes where `span` is."""

    span: Span
    replacement: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """`text` after its edits, which come in order and do not overlap."""
    pieces: list[str] = []
    end = 0
    for span, replacement in edits:
        pieces += (text[end : span.start], replacement)
        end = span.end
    return "".join((*pieces, text[end:]))


def shield(text: str, protected: Sequence[str]) -> tuple[str, list[str]]:
    """`text` with one shield in the place of each stretch that stays as it is, and those stretches in their order.

    They are the strings in `protected`, addresses, markup, placeholders, and words with Latin letters.
    """
    strings = sorted({*protected, SHIELD} - {""}, key=len, reverse=True)
    spans = [Span(*match.span()) for match in re.finditer("|".join(map(re.escape, strings)), text)]
    spans += find_codes(text)
    spans += (Span(*match.span()) for match in _WORD.finditer(text) if _LATIN_LETTER.search(match[0]))
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or kept[-1].end <= span.start:
            kept.append(span)
        elif span.end > kept[-1].end:
            kept[-1] = Span(kept[-1].start, span.end)
    return edited(text, [Edit(span, SHIELD) for span in kept]), [span.of(text) for span in kept]


def unshield(text: str, originals: Sequence[str]) -> str:
    """The stretches put back. No step moves or drops a shield, so their order suffices."""
    pieces = text.split(SHIELD)
    return "".join(piece for pair in zip(pieces, (*originals, ""), strict=True) for piece in pair)
