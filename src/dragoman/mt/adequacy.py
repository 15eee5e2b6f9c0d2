"""Adequacy without a neural judge: whether a draft speaks of what its source speaks of.

Each content word of the source asks for one of its translations in the draft, as the word alignments of human pairs know them;
rare words ask louder. The share is set against what human translations of the same words reach, so that a free translation is
not a bad one. It tells a fluent sentence about something else; it does not tell a wrong number, a lost "not" or bad grammar.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dragoman.text.fold import fold

THRESHOLD = 0.3
"""Under it lie 1 % of human translations and 94-99 % of those of another source (training/adequacy.py --measure)."""

SHORTEST = 0.7
"""Of the length of the source (code points): a shorter draft than this has likely lost something (LANGUAGES.md, thresholds)."""

_WORD = re.compile(r"\d+(?:[.,/:]\d+)*|[^\W\d_]+(?:['’\u200c\u0654\u064b-\u0652]+[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Demand:
    """What one source word asks for: one of `stems`, which human translations have with probability `rate`."""

    rate: float
    weight: float
    stems: frozenset[str]


def source_stems(text: str) -> list[str]:
    """The words of an English text by their beginnings, which inflection leaves alone."""
    return [_bare(word.lower())[:6] for word in _WORD.findall(text)]


def target_stems(text: str) -> list[str]:
    """The words of a Dari or Pashto text, folded, by their beginnings."""
    return [word.lower()[:5] for word in _WORD.findall(fold(text).text)]


def score(source: str, target: str, language: str) -> float:
    """How much of `source` is in `target`, from 0 to 1. Human translations lie near 1; 1 as well where nothing can be asked.

    `language` is a code of ours (`fa_AF`, `ps`). A language without a table asks for nothing but length.
    """
    stems = frozenset(target_stems(target))
    table = _table(language)
    asked = found = 0.0
    for stem in dict.fromkeys(source_stems(source)):
        demand = _number(stem) if stem[0].isdigit() else table.get(stem)
        if demand:
            asked += demand.rate * demand.weight
            found += demand.weight * (not demand.stems.isdisjoint(stems))
    whole = min(1.0, len(target) / (SHORTEST * len(source))) if source else 1.0
    return whole * min(1.0, found / asked) if asked else whole


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")


def _number(digits: str) -> Demand:
    """A number asks for itself; human translations spell some out."""
    return Demand(rate=0.9, weight=5.0, stems=frozenset({digits[:5]}))


@cache
def _table(language: str) -> Mapping[str, Demand]:
    packed = files("dragoman.mt").joinpath("data", f"adequacy.{language}.tsv.gz")
    if not packed.is_file():
        return {}
    lines = gzip.decompress(packed.read_bytes()).decode("utf-8").splitlines()
    return {word: _demand(*rest) for word, *rest in (line.split("\t") for line in lines)}


def _demand(rate: str, weight: str, stems: str) -> Demand:
    return Demand(int(rate) / 100, int(weight) / 10, frozenset(stems.split(" ")))
