"""What changed between two versions of an English sentence, told to the person whose translation it makes doubtful."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import OSA, LCSseq

FindTerms = Callable[[str], Iterable[str]]
"""The glossary terms in a source, each as the glossary names it, as often as it occurs."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,:/]\d+)*%?|[^\w\s]|_")
_NEGATION_WORDS = """
not no never none nobody nothing nowhere neither nor without cannot hardly barely scarcely unable deny denied denies
"""
_NUMBER_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen half twice first second
third
"""
_NEGATING = frozenset(_NEGATION_WORDS.split())
_NUMBERING = frozenset(_NUMBER_WORDS.split())
_LONGEST_LIST = 6  # changes that a note names one by one


def describe_change(before: str, after: str, find_terms: FindTerms | None = None) -> str:
    """One line: word for word what changed, then what of it changes the meaning.

    "added “not” (now negated: not)", "“12” → “15” (number 12 → 15)"; "spacing" where no word or mark changed.
    """
    pieces = [_show(old, new) for old, new in _edits(before, after)]
    if len(pieces) > _LONGEST_LIST:
        pieces = [*pieces[:_LONGEST_LIST], f"and {len(pieces) - _LONGEST_LIST} more"]
    dangers = _dangers(before, after, find_terms)
    return ("; ".join(pieces) or "spacing") + (f" ({'; '.join(dangers)})" if dangers else "")


def is_minor(before: str, after: str, find_terms: FindTerms | None = None) -> bool:
    """Whether punctuation, spacing, capitals and spelling alone changed: no word more or less, no number, name or negation."""
    if _dangers(before, after, find_terms):
        return False
    old, new = ([word for word in _words(text) if not unicodedata.category(word[0]).startswith("P")] for text in (before, after))
    return len(old) == len(new) and all(map(_is_spelling, old, new))


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _is_spelling(before: str, after: str) -> bool:
    """Whether two words are one word spelled differently: two letters in a long word, one in a shorter, none in a short one."""
    old, new = before.casefold(), after.casefold()
    return old == new or (old.isalpha() and new.isalpha() and OSA.distance(old, new) <= min(2, min(len(old), len(new)) // 4))


def _edits(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The stretches of the two texts that differ, word for word: old and new."""
    old, new = list(_WORD.finditer(before)), list(_WORD.finditer(after))
    done_old = done_new = 0
    for block in LCSseq.opcodes([word[0] for word in old], [word[0] for word in new]).as_matching_blocks():
        if done_old < block.a or done_new < block.b:
            yield _stretch(before, old[done_old : block.a]), _stretch(after, new[done_new : block.b])
        done_old, done_new = block.a + block.size, block.b + block.size


def _stretch(text: str, matches: Sequence[re.Match[str]]) -> str:
    return text[matches[0].start() : matches[-1].end()] if matches else ""


def _show(old: str, new: str) -> str:
    if not old:
        return f"added “{new}”"
    return f"“{old}” → “{new}”" if new else f"gone “{old}”"


def _dangers(before: str, after: str, find_terms: FindTerms | None) -> list[str]:
    old_words, new_words = _words(before), _words(after)
    gone, come = _difference(_negations(old_words), _negations(new_words))
    dangers = []
    if come:
        dangers.append(f"now negated: {', '.join(come)}")
    if gone:
        dangers.append(f"no longer negated: {', '.join(gone)}")
    dangers += _named("number", *_difference(_numbers(old_words), _numbers(new_words)))
    dangers += _named("name", *_difference(_names(old_words), _names(new_words)))
    if find_terms:
        dangers += _named("term", *_difference(find_terms(before), find_terms(after)))
    return dangers


def _named(kind: str, gone: Sequence[str], come: Sequence[str]) -> list[str]:
    before, after = ", ".join(gone), ", ".join(come)
    if before and after:
        return [f"{kind} {before} → {after}"]
    return [f"{kind} gone: {before}"] if before else [f"new {kind}: {after}"] if after else []


def _difference(before: Iterable[str], after: Iterable[str]) -> tuple[list[str], list[str]]:
    """What is only before and what is only after, as often as it is there more often."""
    old, new = Counter(before), Counter(after)
    return list((old - new).elements()), list((new - old).elements())


def _negations(source: Sequence[str]) -> list[str]:
    lowered = (word.casefold().replace("’", "'") for word in source)
    return [word for word in lowered if word in _NEGATING or word.endswith("n't")]


def _numbers(source: Sequence[str]) -> list[str]:
    return [word for word in source if word[0].isdigit() or word.casefold() in _NUMBERING]


def _names(source: Sequence[str]) -> list[str]:
    """Words with a capital that no start of a sentence explains: there, if a capital follows or the whole word is capitals."""
    starts = {0} | {number + 1 for number, mark in enumerate(source) if mark in ".!?:“\"'‘"}
    names = []
    for number, (word, following) in enumerate(pairwise([*source, ""])):
        if word[0].isupper() and (number not in starts or word[1:].isupper() or following[:1].isupper()):
            names.append(word)
    return names
