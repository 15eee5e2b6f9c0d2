"""Placeholders: symbols that stand for terms while the model translates, and become the terms again in its answer.

Models bend them: the digit changes its script, brackets turn round, spaces and direction marks creep in. All that is read
tolerantly. What is not forgiven is one that is missing, one too many, or one that never was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.model import Span

_DIGITS = {digit: f"[{digit}{chr(0x660 + int(digit))}{chr(0x6F0 + int(digit))}]" for digit in "0123456789"}
_ANY_DIGIT = "[0-9٠-٩۰-۹]"
_BRACKETS = ("<>‹›＜＞", "[]［］", "(){}")
_BETWEEN = "[\\s\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069]*"


@dataclass(frozen=True, slots=True)
class Slot:
    """A placeholder, and the words that come in its place."""

    placeholder: str
    target: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A source text with placeholders in it."""

    source: str
    slots: tuple[Slot, ...]


def mask(source: str, terms: Sequence[tuple[Span, str]], shapes: Sequence[str]) -> Masked:
    """`source` with a placeholder of `shapes` at each span of `terms`, in order; their targets are remembered.

    A shape that the source itself speaks of is not used, not even without its brackets: another's bracket beside it would do.
    Where the shapes run out, the remaining spans stay words.
    """
    free = [shape for shape in shapes if re.sub(r"\W", "", shape).casefold() not in source.casefold()]
    slots: list[Slot] = []
    parts: list[str] = []
    end = 0
    for (span, target), shape in zip(terms, free, strict=False):
        parts += (source[end : span.start], shape)
        slots.append(Slot(shape, target))
        end = span.end
    return Masked("".join((*parts, source[end:])), tuple(slots))


def restore(text: str, slots: Sequence[Slot], shapes: Sequence[str], suffixes: Collection[str] = ()) -> str | None:
    """`text` with the targets in their places; None unless each placeholder is there just once and no other is.

    An ending in `suffixes` may follow a term without a space, as the model wrote it; another word may not.
    """
    found = sorted(locate(text, shapes))
    if sorted(shape for _, _, shape in found) != sorted(slot.placeholder for slot in slots):
        return None
    targets = {slot.placeholder: slot.target for slot in slots}
    parts: list[str] = []
    end = 0
    for start, stop, shape in found:
        parts += (text[end:start], _spaced(targets[shape], text[:start], text[stop:], suffixes))
        end = stop
    return "".join((*parts, text[end:]))


def leftover(text: str, shapes: Sequence[str]) -> bool:
    """Whether a placeholder, or what a model made of one, is still in `text`."""
    return any(True for _ in locate(text, shapes))


def locate(text: str, shapes: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Where in `text` a placeholder stands, however bent, and which it is; in the order of `shapes`."""
    """Where each placeholder stands. What is written as it should be comes first: `<x1> x0 <x2>` has no `> x0 <` in it."""
    exact = [(*match.span(), shape) for shape in shapes for match in _pattern(shape, exact=True).finditer(text)]
    yield from exact
    for shape in shapes:
        for match in _pattern(shape).finditer(text):
            if not any(match.start() < end and start < match.end() for start, end, _ in exact):
                yield *match.span(), shape


def _spaced(target: str, before: str, after: str, suffixes: Collection[str]) -> str:
    """`target` with a space on each side where words would run into it."""
    word = re.match(r"\w*", after)
    ending = word[0] if word else ""
    left = " " if before and before[-1].isalnum() else ""
    right = " " if ending and ending not in suffixes else ""
    return left + target + right


@lru_cache(maxsize=256)
def _pattern(shape: str, exact: bool = False) -> re.Pattern[str]:
    """`shape` itself, or what a model may make of it. A number goes on to its last digit: `PH1` is not in `PH10`."""
    parts = [re.escape(character) if exact else _loose(character) for character in shape]
    before = f"(?<!{_ANY_DIGIT})" if shape[:1].isdigit() else ""
    after = f"(?!{_ANY_DIGIT})" if shape[-1:].isdigit() else ""
    return re.compile(before + ("" if exact else _BETWEEN).join(parts) + after, re.IGNORECASE)


def _loose(character: str) -> str:
    if character in _DIGITS:
        return _DIGITS[character]
    for family in _BRACKETS:
        if character in family:
            return f"[{re.escape(family)}]"
    return re.escape(character)
