"""Words that no pair has, by way of a word that one has: WordNet 3.0 knows which of them mean about the same.

pack.py gives an unknown word the translations of its nearest known ones: *eroded* becomes what *wore away* becomes.
The database is Princeton University's (permissive licence), as Debian's package `wordnet-base` has it in /usr/share/wordnet.
"""

from __future__ import annotations

import collections
import pathlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
SENSES = 3  # of a word and part of speech, the commonest first: others are rarely meant
# What a step away costs (log10): another form of the word; a synonym; its cognate; a similar adjective. A more general word is
# none: a caliphate is no office.
FORM, SYNONYM, COGNATE, SIMILAR = 0.0, 0.4, 0.6, 0.8
LATER_SENSE = 0.3
POINTERS = {"+": COGNATE, "\\": COGNATE, "&": SIMILAR}

Key = tuple[str, int]  # part of speech, offset


@dataclass(frozen=True, slots=True)
class Synset:
    words: tuple[str, ...]
    pointers: tuple[tuple[str, Key, int, int], ...]  # symbol, synset, and which word of each (0: all)


class WordNet:
    """The database in `folder`."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.synsets: dict[Key, Synset] = {}
        self.senses: dict[str, dict[str, list[int]]] = collections.defaultdict(dict)
        self.forms: dict[str, list[str]] = collections.defaultdict(list)
        for part, name in PARTS.items():
            for line in self._lines(folder / f"data.{name}"):
                offset, synset = read_synset(line)
                self.synsets[part, offset] = synset
            for line in self._lines(folder / f"index.{name}"):
                word, _, _, pointers, *rest = line.split()
                self.senses[word][part] = [int(offset) for offset in rest[int(pointers) + 2 :]]
            for line in self._lines(folder / f"{name}.exc"):
                form, *words = line.split()
                self.forms[form] += words

    @staticmethod
    def _lines(path: pathlib.Path) -> Iterator[str]:
        with path.open(encoding="utf-8") as file:
            yield from (line for line in file if not line.startswith(" "))  # the licence is indented

    def near(self, word: str) -> Iterator[tuple[float, str]]:
        """Other words for `word`, with what the step costs."""
        yield from ((FORM, base) for base in self.forms.get(word, ()))
        for part, offsets in self.senses.get(word, {}).items():
            for number, offset in enumerate(offsets[:SENSES]):
                later = LATER_SENSE * number
                synset = self.synsets[part, offset]
                yield from ((SYNONYM + later, other) for other in synset.words if other.lower() != word)
                mine = [other.lower() for other in synset.words].index(word) + 1 if word in map(str.lower, synset.words) else 0
                for symbol, key, here, there in synset.pointers:
                    if symbol in POINTERS and here in (0, mine) and key in self.synsets:
                        words = self.synsets[key].words
                        yield from ((POINTERS[symbol] + later, other) for other in (words if not there else [words[there - 1]]))


def read_synset(line: str) -> tuple[int, Synset]:
    """A line of a data file (wndb(5WN)): offset, file, type, words with their numbers, pointers."""
    fields = line.split(" | ")[0].split()
    count = int(fields[3], 16)
    words = tuple(word.partition("(")[0].replace("_", " ") for word in fields[4 : 4 + 2 * count : 2])
    at = 4 + 2 * count
    pointers = []
    for number in range(int(fields[at])):
        symbol, offset, part, which = fields[at + 1 + 4 * number : at + 5 + 4 * number]
        pointers.append((symbol, ("a" if part == "s" else part, int(offset)), int(which[:2], 16), int(which[2:], 16)))
    return int(fields[0]), Synset(words, tuple(pointers))


def near_words(net: WordNet, known: Callable[[str], bool], most: int = 2) -> Iterator[tuple[str, list[tuple[float, str]]]]:
    """Each single word that is not known, with its nearest known ones, the nearest first; words of one cost as they come."""
    for word in sorted({*net.senses, *net.forms}):
        if word.isalpha() and word.isascii() and len(word) > 2 and not known(word):
            best: dict[str, float] = {}
            for cost, other in net.near(word):
                other = other.lower()
                if other != word and known(other):
                    best[other] = min(cost, best.get(other, cost))
            if best:
                yield word, sorted((cost, other) for other, cost in best.items())[:most]
