"""Letters of a source text, made alike for comparing: quotation marks, dashes, spaces, capitals. One character stays one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dragoman.model import Span

_ALIKE = str.maketrans(
    dict.fromkeys("‘’‚‛ʼʹ′`´＇", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–−﹣－", "-")
    | dict.fromkeys("\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
                    "\u200a\u2028\u2029\u202f\u205f\u3000", " ")
)  # fmt: skip
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"  # soft hyphen, zero-width space, direction marks
_ASCII_UNLIKE = re.compile(r"[`\t\n\r\v\f\x1c-\x1f]|  ")
_UNEVEN = re.compile(rf"[{_INVISIBLE}]+|\s[\s{_INVISIBLE}]+")
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")


class _Lower(dict[int, str]):
    """Lower case, one character for one, for `str.translate`: İ is i, and not i with a second dot; ß stays."""

    def __missing__(self, code: int) -> str:
        lower = chr(code).lower()
        self[code] = lower if len(lower) == 1 else lower[0] if lower[0].isascii() else chr(code)
        return self[code]


_LOWER = _Lower()


class Spelling(NamedTuple):
    """A text made alike. `caseless` has the length of `cased`; `offsets[i]` is where its character i stood, or i without."""

    cased: str
    caseless: str
    offsets: Sequence[int] | None

    def span(self, start: int, end: int) -> Span:
        """Where the characters from `start` to `end`, at least one, stood."""
        return Span(start, end) if self.offsets is None else Span(self.offsets[start], self.offsets[end - 1] + 1)


def spell(text: str) -> Spelling:
    """`text` with one kind of quotation mark, dash and space.

    Spaces in a row are one space, or one newline where they hold a paragraph break, so that a term is found across a line
    break and never across paragraphs. What is invisible goes. Both move what follows, and then there are offsets.
    """
    if text.isascii() and not _ASCII_UNLIKE.search(text):
        return Spelling(text, text.lower(), None)
    if _UNEVEN.search(text):
        cased, offsets = _even(text)
        return Spelling(cased, lower(cased), offsets)
    cased = text.translate(_ALIKE)
    return Spelling(cased, lower(cased), None)


def lower(text: str) -> str:
    """`text` in lower case, of the same length."""
    return text.lower() if text.isascii() else text.translate(_LOWER)


def _even(text: str) -> tuple[str, list[int]]:
    parts: list[str] = []
    offsets: list[int] = []
    end = 0
    for match in _UNEVEN.finditer(text):
        parts.append(text[end : match.start()].translate(_ALIKE))
        offsets += range(end, match.start())
        end = match.end()
        if match[0][0].isspace():
            parts.append("\n" if len(_LINE_END.findall(match[0])) > 1 else " ")
            offsets.append(match.start())
    parts.append(text[end:].translate(_ALIKE))
    offsets += range(end, len(text) + 1)
    return "".join(parts), offsets
