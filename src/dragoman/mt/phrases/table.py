"""What the phrase model of one language knows, packed: which translations a phrase has, and which words follow which.

A `.npz` of plain arrays, read without pickle. Phrases are found by a hash of their words, n-grams by their words' numbers, both
in sorted arrays, so that a model of half a million phrases is ready in a moment.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from dragoman.errors import ModelError

LONGEST = 5  # words of a source phrase
UNKNOWN, BEGINNING, END = 0, 1, 2  # the first numbers of every vocabulary
ARRAYS = (
    "keys",  # uint64, sorted: the hash of each source phrase
    "counts",  # uint8: how many translations each has
    "scores",  # float16: of each translation, its weighted features in one
    "lengths",  # uint8: the words of each translation
    "words",  # uint16: those words, one translation after the other
    "vocabulary",  # uint8: the words of the target, UTF-8, a line each
    "unigrams",  # float16: log10 of each word's probability
    "unigram_backoffs",  # float16
    "bigrams",  # uint32, sorted: two words' numbers
    "bigram_scores",  # float16
    "bigram_backoffs",  # float16
    "trigrams",  # uint64, sorted: three words' numbers
    "trigram_scores",  # float16
)
NEAR = "near"  # uint32, sorted, in newer tables: the words that no pair has, by the end of their hash


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation of a phrase: its words, their numbers, and how good it is by itself (log10)."""

    words: tuple[str, ...]
    numbers: tuple[int, ...]
    score: float


def phrase_key(words: Sequence[str]) -> int:
    """The 64 bits that stand for a source phrase, its words as `lookup_forms` has them."""
    return int.from_bytes(hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest())


class PhraseTable:
    """The translations of phrases, and a trigram model of the target language. Raises ModelError where the file is no table."""

    def __init__(self, path: Path) -> None:
        import numpy

        try:
            with path.open("rb") as stream, numpy.load(stream, allow_pickle=False) as file:
                arrays: dict[str, Any] = {name: file[name] for name in ARRAYS}
                self._near = memoryview(file[NEAR]) if NEAR in file else ()
        except (OSError, ValueError, KeyError, EOFError, AttributeError, BadZipFile) as error:  # AttributeError: an .npy
            raise ModelError(f"is missing or no phrase table: {error}", at=str(path), hint="install the model again") from error
        self._search: Any = numpy.searchsorted
        self._array: Any = numpy.array
        self._keys = arrays["keys"]
        self._firsts = numpy.concatenate(([0], numpy.cumsum(arrays["counts"], dtype=numpy.int64)))
        self._scores = arrays["scores"]
        self._starts = numpy.concatenate(([0], numpy.cumsum(arrays["lengths"], dtype=numpy.int64)))
        self._numbers = arrays["words"]
        self._words: list[str] = arrays["vocabulary"].tobytes().decode("utf-8").split("\n")
        self._number = {word: number for number, word in enumerate(self._words)}
        self._unigrams: list[float] = arrays["unigrams"].tolist()
        self._unigram_backoffs: list[float] = arrays["unigram_backoffs"].tolist()
        # bisect on a memoryview costs half a microsecond, on a NumPy array five.
        self._bigrams = memoryview(arrays["bigrams"])
        self._bigram_scores, self._bigram_backoffs = arrays["bigram_scores"], arrays["bigram_backoffs"]
        self._trigrams = memoryview(arrays["trigrams"])
        self._trigram_scores = arrays["trigram_scores"]

    def translations(self, phrases: Iterable[Sequence[str]]) -> list[tuple[Translation, ...]]:
        """The translations of each phrase, the best first; none for a phrase that is not known."""
        keys = self._array([phrase_key(phrase) for phrase in phrases], dtype="uint64")
        places = self._search(self._keys, keys)
        found: list[tuple[Translation, ...]] = []
        for key, place in zip(keys.tolist(), places.tolist(), strict=True):
            known = place < len(self._keys) and int(self._keys[place]) == key
            found.append(self._at(place) if known else ())
        return found

    def is_near(self, word: str) -> bool:
        """Whether the translations of `word` are those of another word that means about the same (training/near_words.py)."""
        return _find(self._near, phrase_key([word]) & 0xFFFFFFFF) >= 0

    def number(self, word: str) -> int:
        """The number of a target word; UNKNOWN for one that the model has never seen."""
        return self._number.get(word, UNKNOWN)

    def unigram(self, word: int) -> float:
        """log10 P(word)."""
        return self._unigrams[word]

    def score(self, one: int, two: int, word: int) -> float:
        """log10 P(word | one two), by interpolated Kneser-Ney smoothing (Chen and Goodman 1998)."""
        place = _find(self._trigrams, (one << 32) | (two << 16) | word)
        if place >= 0:
            return float(self._trigram_scores[place])
        history = _find(self._bigrams, (one << 16) | two)
        backoff = float(self._bigram_backoffs[history]) if history >= 0 else 0.0
        place = _find(self._bigrams, (two << 16) | word)
        if place >= 0:
            return backoff + float(self._bigram_scores[place])
        return backoff + self._unigram_backoffs[two] + self._unigrams[word]

    def _at(self, place: int) -> tuple[Translation, ...]:
        first, last = int(self._firsts[place]), int(self._firsts[place + 1])
        translations = []
        for number in range(first, last):
            numbers = tuple(self._numbers[self._starts[number] : self._starts[number + 1]].tolist())
            words = tuple(self._words[word] for word in numbers)
            translations.append(Translation(words, numbers, float(self._scores[number])))
        return tuple(translations)


def _find(keys: Any, key: int) -> int:
    """Where `key` stands in a sorted array, or -1."""
    place = bisect_left(keys, key)
    return place if place < len(keys) and keys[place] == key else -1
