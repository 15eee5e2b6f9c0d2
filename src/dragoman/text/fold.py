"""Folding: what two spellings of one word have in common, with the way back to the text as it was written.

Afghan texts write one word in many ways: ي or ی, ك or ک, with or without a zero-width non-joiner, vowel signs or the hamza of
the ezafe, Latin or Persian digits. All comparing of target text is done on folded text; a person is shown the unfolded span.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from dragoman.model import Span

LETTERS = {
    **dict.fromkeys("يىېۍےۓ", "ی"),  # writers mix the five yehs; ئ becomes ی by losing its hamza
    **dict.fromkeys("كڪ", "ک"),
    **dict.fromkeys("ةہھەۂۃ", "ه"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("‘’ʼ′", "'"),
    "ٱ": "ا",
    "ګ": "گ",
    "ٹ": "ټ",
    "ڈ": "ډ",
    "ڑ": "ړ",
    "ـ": "",  # tatweel
}
"""Letters that are told apart neither by writers nor by us, and Urdu letters with their counterparts (r12a, TICO-19)."""

_INVISIBLE = {"Mn", "Me", "Cf"}  # vowel signs, hamza above, ZWNJ and ZWJ, direction marks, soft hyphens
_PRESENTATION_FORMS = (range(0xFB50, 0xFE00), range(0xFE70, 0xFF00))


@dataclass(frozen=True)
class Folded:
    """A folded text, and the text that it was."""

    text: str
    original: str

    def unfolded(self, start: int, end: int) -> Span:
        """The span of the original that became `text[start:end]`, which must not be empty."""
        return Span(self.spans[start].start, self.spans[end - 1].end)

    @cached_property
    def spans(self) -> Sequence[Span]:
        """For each character of `text` the span of the original that it comes from, vowel signs and the like included.

        Worked out when first asked for: most texts are only looked through.
        """
        spans: list[Span] = []
        for offset, character in enumerate(self.original):
            width = len(_character(character))
            if width:
                spans += [Span(offset, offset + 1)] * width
            elif spans and unicodedata.combining(character) and spans[-1].end == offset:
                spans[-1] = Span(spans[-1].start, offset + 1)
        return tuple(spans)


@lru_cache(maxsize=4096)
def fold(text: str) -> Folded:
    """`text` with its spellings made one. Latin letters keep their case."""
    folded = text
    for character in set(text):
        one = _character(character)
        if one != character:
            folded = folded.replace(character, one)  # no character becomes one that becomes another
    return Folded(folded, text)


@cache
def _character(character: str) -> str:
    """What a character becomes: itself, another, nothing, or several. As each is folded alone, offsets are plain."""
    letter = LETTERS.get(character, character)
    compatible = any(ord(character) in forms for forms in _PRESENTATION_FORMS)
    parts = unicodedata.normalize("NFKD", letter) if compatible else unicodedata.normalize("NFD", letter)
    return "".join(map(_part, parts))


def _part(character: str) -> str:
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    if character.isspace():
        return " "
    digit = unicodedata.decimal(character, None)
    return LETTERS.get(character, character) if digit is None else str(digit)
