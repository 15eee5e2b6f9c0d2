"""Names spelled by sound: what a name may look like in the other script, by a model of chunks of letters.

A chunk is a few Latin letters and what stands for them ("sh" → ش); a name is a row of chunks, and which chunk follows which is
known by n-grams (joint-sequence model, Bisani and Ney 2008). `training/transliterate.py` counts them. A spelling is a guess, and
whoever shows it says so.
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

from dragoman.errors import ModelError

ORDER = 4  # chunks of an n-gram; five and six are no better
BITS = 12  # of a chunk's number; the numbers begin at 1
BOUNDARY = 1  # the chunk that stands before the first and after the last
SCALE, SHIFT = 40, 80  # a byte of the file is -SCALE · log10; of a back-off, which may be above 1, that and SHIFT
LONGEST_CHUNK = 3  # Latin letters
HASHES = 4  # of a word, in the filter of words that were seen in text
_SEEN = 1.0  # log10: what it speaks for a spelling that it is a word which was seen (training/README.md)
_COMPARED = 10  # spellings of which those that were seen come first
_BEAM = 12  # spellings kept at each letter: with 48 the best of 250 names were the same
_LONGEST = 30  # letters; what is longer is no name

_LETTERS = re.compile("[a-z]+(?:'[a-z]+)*")
_GENITIVE = re.compile(r"(?<=\w)['’][sS]?$")
_CAPITALS = re.compile("[A-Z]{2}|^(?:[A-Z][a-z]?){2,}$")  # NATO, MPs, PhD
_VOWEL = re.compile("[aeiouy]")
_ARTICLE = re.compile("(?:[Aa]l|[Ee]l)-(?=.)")
_ONE_LETTER = re.compile("^([a-z])'(?=[a-z])")  # O'Brien
_DOUBLE = re.compile("([b-df-hj-np-tvwxz])(?=\\1)")
_CARRIERS = "اآعویيهې"  # what a first vowel is written with
_PARTED = re.compile("(?<=..)(?<![ادذرزژو])(?=الله$|الدین$)")  # حبیب الله: a letter that joins would join
_UNDECOMPOSED = str.maketrans({"ı": "i", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


class Spelled(NamedTuple):
    """A spelling, and how likely it is together with the Latin letters (log10)."""

    text: str
    score: float


class Speller:
    """Names of one target language. Raises ModelError where the file is none that `training/transliterate.py` wrote."""

    def __init__(self, path: Path) -> None:
        import numpy

        try:
            with path.open("rb") as stream, numpy.load(stream, allow_pickle=False) as file:
                chunks = [line.split("\t") for line in file["chunks"].tobytes().decode("utf-8").split("\n")]
                self._seen = file["seen"].tobytes()
                self._read(numpy, {name: file[name] for name in file.files})
        except (OSError, ValueError, KeyError, EOFError, AttributeError, BadZipFile) as error:  # AttributeError: an .npy
            raise ModelError(
                f"is missing or no table of spellings: {error}", at=str(path), hint="install the model again"
            ) from error
        self._chunks: dict[str, list[tuple[int, str]]] = {}
        for number, (latin, target) in enumerate(chunks, BOUNDARY + 1):
            self._chunks.setdefault(latin, []).append((number, target))
        self.spell = lru_cache(maxsize=4096)(self._spell)

    def _read(self, numpy: Any, arrays: dict[str, Any]) -> None:
        """The n-grams by their keys. In the file those of each length stand in order, each with how many go on from it."""
        self._scores: dict[int, float] = {}
        self._backoffs: dict[int, float] = {}
        keys = numpy.zeros(1, dtype=numpy.int64)
        for length in range(1, ORDER + 1):
            keys = (keys << BITS) | arrays[f"ids{length}"]
            self._scores.update(zip(keys.tolist(), (arrays[f"scores{length}"] / -SCALE).tolist(), strict=True))
            if length < ORDER:
                backoffs = (SHIFT - arrays[f"backoffs{length}"].astype(float)) / SCALE
                self._backoffs.update(zip(keys.tolist(), backoffs.tolist(), strict=True))
                keys = numpy.repeat(keys, arrays[f"followers{length}"])

    def _spell(self, word: str) -> str | None:
        """The likeliest spelling of a name; None for what is not to be spelled.

        That is what has a digit or a letter that is not Latin, what has one letter, no vowel, or two capitals in a row (UN,
        NATO, MPs). The English genitive goes away; `al-` is ال, attached; -ullah and -uddin stand apart where letters would join.
        """
        parts = list(_parts(word))
        found = [self.spellings(letters, 1) for _, letters in parts]
        if not found or not all(found):
            return None
        return "-".join(
            ("ال" if article else "") + _PARTED.sub(" ", best.text) for (article, _), (best,) in zip(parts, found, strict=True)
        )

    def spellings(self, letters: str, count: int) -> list[Spelled]:
        """The likeliest `count` spellings of small Latin letters, the best first; none where no chunk has a letter of them."""
        stacks: list[dict[tuple[int, str], float]] = [{} for _ in range(len(letters) + 1)]
        stacks[0][BOUNDARY, ""] = 0.0
        for place, stack in enumerate(stacks[:-1]):
            best = sorted(stack.items(), key=lambda item: -item[1])[:_BEAM]
            for size in range(1, min(LONGEST_CHUNK, len(letters) - place) + 1):
                after = stacks[place + size]
                for number, target in self._chunks.get(letters[place : place + size], ()):
                    if not _may_stand(target, letters, place):
                        continue
                    for (context, text), score in best:
                        if target.startswith("ا") and text.endswith("ا"):
                            continue
                        now = score + self._score(context, number)
                        key = (_shortened(context << BITS | number), text + target)
                        after[key] = _sum(after[key], now) if key in after else now
        totals: dict[str, float] = {}
        for (context, text), score in stacks[-1].items():
            now = score + self._score(context, BOUNDARY)
            totals[text] = _sum(totals[text], now) if text in totals else now
        likeliest = sorted(totals.items(), key=lambda item: (-item[1], item[0]))[: max(count, _COMPARED)]
        compared = [Spelled(text, score + (_SEEN if self._was_seen(text) else 0.0)) for text, score in likeliest if text]
        return sorted(compared, key=lambda one: -one.score)[:count]

    def _was_seen(self, text: str) -> bool:
        """Whether the word was seen in text of the language; of those that were not, one in forty is said to have been."""
        return all(self._seen[place // 8] >> place % 8 & 1 for place in places(text, len(self._seen) * 8))

    def _score(self, context: int, number: int) -> float:
        """log10 P(number | context), by the longest n-gram that is known."""
        score = 0.0
        while True:
            known = self._scores.get(context << BITS | number)
            if known is not None:
                return score + known
            score += self._backoffs.get(context, 0.0)
            context = context & ((1 << (context.bit_length() - 1) // BITS * BITS) - 1)


def places(word: str, size: int) -> list[int]:
    """The bits that a word sets in a filter of `size` bits (Bloom 1970)."""
    digest = hashlib.blake2b(word.encode(), digest_size=4 * HASHES).digest()
    return [int.from_bytes(digest[start : start + 4], "big") % size for start in range(0, 4 * HASHES, 4)]


def latin_letters(word: str) -> str:
    """The small letters of a word without their marks (Erdoğan: erdogan); empty where it has another character than letters.

    A double consonant is one, for neither script of ours writes two. An apostrophe inside stays, for it may stand for ع: not
    where it only parts off a letter (O'Brien).
    """
    decomposed = unicodedata.normalize("NFKD", word.replace("’", "'"))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    letters = bare.lower().translate(_UNDECOMPOSED).strip("'")
    return _DOUBLE.sub("", _ONE_LETTER.sub(r"\1", letters)) if _LETTERS.fullmatch(letters) else ""


def without_genitive(word: str) -> str:
    """A name without the English genitive: Baghdadi's, Abbas'."""
    return _GENITIVE.sub("", word)


def _parts(word: str) -> Iterator[tuple[bool, str]]:
    """The parts of a name between its hyphens: whether the Arabic article stands before it, and its letters; none for no name."""
    word = without_genitive(word)
    if word.endswith("-"):
        return
    while word:
        article = _ARTICLE.match(word)
        part, _, word = word[article.end() if article else 0 :].partition("-")
        letters = latin_letters(part)
        spelled = 1 < len(letters) <= _LONGEST and _VOWEL.search(letters) and not _CAPITALS.search(part)
        yield article is not None, letters if spelled else ""


def _may_stand(target: str, letters: str, place: int) -> bool:
    """Whether a chunk may stand there: the first sound is always written, and آ only first, or in the -abad of a town."""
    if place == 0:
        return bool(target) and (letters[0] not in "aeiou" or target[0] in _CARRIERS)
    return not target.startswith("آ") or letters.startswith("abad", place)


def _shortened(context: int) -> int:
    return context & ((1 << BITS * (ORDER - 1)) - 1)


def _sum(one: float, other: float) -> float:
    """log10 of the sum of two probabilities of which the logarithms are given."""
    high, low = (one, other) if one > other else (other, one)
    return high + math.log10(1 + math.pow(10, low - high))
