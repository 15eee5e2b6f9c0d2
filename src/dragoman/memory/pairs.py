"""What a translation memory holds, and what it answers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and its translation into `language` (a code of ours). `origin` says where it comes from: a PO file, a TMX.

    `context` is what `context_of` makes of the neighbours, or None where they are not known.
    """

    source: str
    target: str
    language: str
    origin: str = ""
    context: str | None = None


class HitKind(StrEnum):
    """How a hit came about, the best first: same source between the same neighbours, same source, similar source."""

    CONTEXT = "context"
    EXACT = "exact"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class Hit:
    """A pair that answers a question. `percent` is 100 for the same source, less for a similar one."""

    pair: Pair
    kind: HitKind
    percent: int


def context_of(before: str | None, after: str | None) -> str:
    """Sixteen hex digits that stand for the two sources around a sentence; None is the beginning or the end of the article."""
    neighbours = "\0".join("" if source is None else f"={source}" for source in (before, after))
    return hashlib.sha256(neighbours.encode()).hexdigest()[:16]
