"""Folding: what two spellings of one word have in common, with the way back to the text as it was written.

Afghan texts write one word in many ways: ي or ی, ك or ک, with or without a zero-width non-joiner, vowel signs or the hamza of
the ezafe, Latin or Persian digits. All comparing of target text is done on folded text; a person is shown the unfolded span.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. Its character `i` comes from `starts[i]:ends[i]` of the unfolded text, vowel signs included."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def unfolded(self, start: int, end: int) -> Span:
        """The span of the unfolded text that became `text[start:end]`, which must not be empty."""
        return Span(self.starts[start], self.ends[end - 1])


@lru_cache(maxsize=4096)
def fold(text: str) -> Folded:
    """`text` with its spellings made one. Latin letters keep their case."""
    folded = text.translate(_FOLDS)
    if _FOLDS.one_to_one(text):
        return Folded(folded, range(len(text)), range(1, len(text) + 1))
    starts: list[int] = []
    ends: list[int] = []
    for offset, character in enumerate(text):
        width = len(_FOLDS[ord(character)])
        if width:
            starts += [offset] * width
            ends += [offset + 1] * width
        elif ends and unicodedata.combining(character) and ends[-1] == offset:
            ends[-1] = offset + 1
    return Folded(folded, starts, ends)


class _Folds(dict[int, str]):
    """What each character becomes, worked out when it is first met. As every character is folded alone, offsets are plain."""

    uneven: frozenset[str] = frozenset()

    def __missing__(self, code: int) -> str:
        character = chr(code)
        letter = LETTERS.get(character, character)
        compatible = any(code in forms for forms in _PRESENTATION_FORMS)
        parts = unicodedata.normalize("NFKD", letter) if compatible else unicodedata.normalize("NFD", letter)
        folded = "".join(map(self._part, parts))
        if len(folded) != 1:
            self.uneven |= {character}
        self[code] = folded
        return folded

    @staticmethod
    def _part(character: str) -> str:
        if unicodedata.category(character) in _INVISIBLE:
            return ""
        if character.isspace():
            return " "
        digit = unicodedata.decimal(character, None)
        return LETTERS.get(character, character) if digit is None else str(digit)

    def one_to_one(self, text: str) -> bool:
        """Whether each character of `text`, which has been translated, became exactly one."""
        return self.uneven.isdisjoint(text)


_FOLDS = _Folds()
