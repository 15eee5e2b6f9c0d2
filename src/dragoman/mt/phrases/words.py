"""Words, numbers and marks: what phrases are made of, and how they become running text again."""

from __future__ import annotations

import re
from collections.abc import Sequence

# A placeholder; a number with its separators; a word, a genitive or a joiner inside it; any other mark by itself.
_WORD = re.compile(r"<x\d>|\d+(?:[.,٫٬/:]\d+)*|[^\W\d_]+(?:[\u200c'’][^\W\d_]+|[\u0654\u064b-\u0653])*|[^\w\s]|_|\d")
_FIXED = re.compile(r"<x\d>|\d.*|[^\w\s]+")
_WALL = re.compile(r"[^\w\s%$<>-]+")
_LATIN_COMPOUND = re.compile(r"(?<=[A-Za-z]) - (?=[A-Za-z])")
_TIGHT_BEFORE = frozenset("،؛؟.,:!?;)]}»%")
_TIGHT_AFTER = frozenset("([{«")

# Endings of English, and what takes their place, to find a word that the phrases have in another form.
_ENDINGS = (
    ("'s", ""),
    ("s'", "s"),
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("ied", "y"),
    ("ed", "e"),
    ("ed", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
)
_SHORTEST_STEM = 3


def split_words(text: str) -> list[str]:
    """The words, numbers, placeholders and marks of `text`, in order."""
    return _WORD.findall(text)


def join_words(words: Sequence[str]) -> str:
    """Words and marks as running text. Every second `"` closes; a name that stayed as it was has its hyphens as it had them."""
    text, quoted, tight = "", False, True
    for word in words:
        if word == '"':
            text += word if quoted or tight else f" {word}"
            tight, quoted = not quoted, not quoted
            continue
        text += word if tight or word in _TIGHT_BEFORE else f" {word}"
        tight = word in _TIGHT_AFTER
    return _LATIN_COMPOUND.sub("-", text)


def lookup_forms(words: Sequence[str]) -> list[str]:
    """The words of a sentence as phrases are found by: in small letters, but for acronyms. WHO is not who, nor US us.

    A heading all in capitals has no acronyms.
    """
    shouted = sum(map(str.isalpha, words)) > 1 and not any(map(str.islower, "".join(words)))
    return [word if not shouted and _is_acronym(word) else word.lower() for word in words]


def _is_acronym(word: str) -> bool:
    bare = word.removesuffix("'s")
    return len(bare) > 1 and bare.isupper() and bare.isalpha()


def is_fixed(word: str) -> bool:
    """Whether a word that no phrase has may stay as it is in any language: a number, a placeholder, a mark."""
    return _FIXED.fullmatch(word) is not None


def is_tight(word: str) -> bool:
    """Whether a mark follows the word before it without a space."""
    return word in _TIGHT_BEFORE


def is_wall(word: str) -> bool:
    """Whether words may not change their order across it: punctuation parts clauses (Koehn et al. 2005)."""
    return _WALL.fullmatch(word) is not None


def stems(word: str) -> list[str]:
    """What an English word that is not known may be a form of, the likeliest first."""
    found = [
        word.removesuffix(ending) + instead
        for ending, instead in _ENDINGS
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM
    ]
    if word.endswith("ing") and len(word) > 5 and word[-4] == word[-5]:
        found.append(word[:-4])  # running
    return found
