"""The translation memory: what people reviewed, found again for the next article; and TMX, to exchange it."""

from dragoman.memory.pairs import Hit, HitKind, Pair, context_of
from dragoman.memory.store import LEAST, Memory
from dragoman.memory.tmx import TmxReader, format_tmx

__all__ = ["LEAST", "Hit", "HitKind", "Memory", "Pair", "TmxReader", "context_of", "format_tmx"]
