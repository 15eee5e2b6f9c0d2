"""What no draft may be, whatever its terms: empty, a loop, far too short or long. No human text comes near these bounds."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from dragoman.languages import Language

NOTHING = "the model gave nothing"
REPEATED = "the model repeated itself"
TOO_SHORT = "far too short"
TOO_LONG = "far too long"

# Drafts are judged more kindly than `check` judges: it warns a person, this throws work away. Half and twice its error bounds.
_KINDER = 2.0
_SHORT_TEXT = 12  # characters that a length may differ by in any case: "OK." and "No." have long and short translations
# A word or a part of one over and over: "1.555555555", "هاهاهاهاهاها".
_STUTTER = re.compile(r"(\S{1,6}?)\1{6,}")


@lru_cache(maxsize=4096)  # a draft is looked at when it is decoded, and again on the ladder
def runaway(source: str, target: str, language: Language, finished: bool = True) -> str | None:
    """Why `target` is no translation of `source` at all, or None. `finished` is False for one that was cut at its length."""
    if not any(character.isalnum() for character in target) and any(character.isalnum() for character in source):
        return NOTHING
    if repeats(source, target, language):
        return REPEATED
    low, high = language.thresholds.length_ratio_error
    if len(target) + _SHORT_TEXT < low / _KINDER * len(source):
        return TOO_SHORT
    if not finished or len(target) - _SHORT_TEXT > high * _KINDER * len(source):
        return TOO_LONG
    return None


def repeats(source: str, target: str, language: Language) -> bool:
    """Whether four words in a row come as often as a loop has them, and more often than the source does."""
    most = language.thresholds.repeated_four_grams_error
    if _most_repeated(target) >= max(most, _most_repeated(source) + 1):
        return True
    return bool(_STUTTER.search(target)) and not _STUTTER.search(source)


def _most_repeated(text: str) -> int:
    words = re.findall(r"\w+", text.casefold())
    grams = Counter(tuple(words[start : start + 4]) for start in range(len(words) - 3))
    return max(grams.values(), default=0)
