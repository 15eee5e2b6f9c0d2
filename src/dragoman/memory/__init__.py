"""The translation memory: what people reviewed, found again for the next article; and TMX, to exchange it."""

from dragoman.memory.drafts import KeptDraft, keep_drafts, kept_drafts
from dragoman.memory.pairs import Hit, HitKind, Pair, context_of
from dragoman.memory.store import LEAST, Memory
from dragoman.memory.tmx import TmxReader, format_tmx

__all__ = [
    "LEAST",
    "Hit",
    "HitKind",
    "KeptDraft",
    "Memory",
    "Pair",
    "TmxReader",
    "context_of",
    "format_tmx",
    "keep_drafts",
    "kept_drafts",
]
