"""Pairs in which some phrases are terms: behind placeholders, or told between tags, as the package's ladder asks for them."""

from __future__ import annotations

import json
import pathlib
import pickle
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from encode import SPECIAL, UNKNOWN, Example

PLACEHOLDER = SPECIAL.index("<x0>")
SPACE, TERM, MEANS, TERM_END = map(SPECIAL.index, ("▁", "<t>", "<m>", "</t>"))
TOLD = 0.6  # of the terms: told between tags; the others are placeholders
INFLECTED = 0.25  # of the single words that have one, how many are told by their base form

Phrase = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Pieces:
    """What is known of the numbered pieces: which begin with a space, the source's number of a target's, words' base forms."""

    spaced: tuple[frozenset[int], frozenset[int]]
    as_source: tuple[int, ...]
    bases: Mapping[tuple[int, ...], tuple[int, ...]]


def read_pieces(data: pathlib.Path) -> tuple[Pieces, dict[str, list[str]]]:
    """The pieces, and their names by side."""
    names: dict[str, list[str]] = {
        side: json.loads((data / f"{side}_pieces.json").read_text(encoding="utf-8")) for side in ("source", "target")
    }
    numbers = {side: {piece: number for number, piece in enumerate(pieces)} for side, pieces in names.items()}
    forms = pickle.loads((data / "base_forms.pickle").read_bytes())
    source, target = (
        frozenset(n for n, piece in enumerate(names[side]) if piece.startswith("▁")) for side in ("source", "target")
    )
    bases = {
        tuple(numbers["target"][piece] for piece in word): tuple(numbers["source"][piece] for piece in base)
        for word, base in forms.items()
        if all(piece in numbers["target"] for piece in word)
    }
    return Pieces((source, target), tuple(numbers["source"].get(piece, UNKNOWN) for piece in names["target"]), bases), names


def with_terms(example: Example, generator: random.Random, pieces: Pieces) -> Example:
    """A copy of the pair in which one to four of its phrases are terms, if it has any.

    What is told is mostly what the target has, in a quarter of the single words their base form, so that the network inflects.
    """
    chosen = choose(example, generator)
    if not chosen:
        return example
    start = generator.choice((0, 0, 0, generator.randrange(10)))
    masked = [phrase for phrase in chosen if generator.random() >= TOLD]
    symbols = {phrase: PLACEHOLDER + (start + number) % 10 for number, phrase in enumerate(masked)}
    target, moved = masked_target(example, symbols, pieces)
    source = Source(example, pieces)
    at = 0
    for phrase in chosen:
        source.copy(at, phrase[0])
        if phrase in symbols:
            source.mask(phrase, symbols[phrase], target)
        else:
            base = pieces.bases.get(example.target[phrase[2] : phrase[3]]) if generator.random() < INFLECTED else None
            source.tell(phrase, base, moved)
        at = phrase[1]
    source.copy(at, len(example.source))
    settled = {j for phrase in chosen for j in range(phrase[2], phrase[3])}
    links = source.links | {(moved[j], source.moved[i]) for j, i in example.links if j not in settled and i in source.moved}
    return Example(
        example.name, example.language, tuple(source.out), tuple(target), tuple(sorted(links)), (), tuple(source.renderings)
    )


def choose(example: Example, generator: random.Random) -> list[Phrase]:
    """Some of the phrases, in order, none overlapping another. None where the pair has placeholders already."""
    if any(PLACEHOLDER <= number < PLACEHOLDER + 10 for number in (*example.source, *example.target)):
        return []
    chosen: list[Phrase] = []
    for phrase in generator.sample(example.phrases, min(len(example.phrases), generator.choice((1, 1, 2, 3, 4)))):
        if all((phrase[1] <= a or phrase[0] >= b) and (phrase[3] <= c or phrase[2] >= d) for a, b, c, d in chosen):
            chosen.append(phrase)
    return sorted(chosen)


def masked_target(example: Example, symbols: Mapping[Phrase, int], pieces: Pieces) -> tuple[list[int], dict[int, int]]:
    """The target with its placeholders, and where each other piece went."""
    begins = {phrase[2]: phrase for phrase in symbols}
    out: list[int] = []
    moved: dict[int, int] = {}
    at = 0
    while at < len(example.target):
        phrase = begins.get(at)
        if phrase is None:
            moved[at] = len(out)
            out.append(example.target[at])
            at += 1
        else:
            out += [SPACE] * (example.target[at] in pieces.spaced[1]) + [symbols[phrase]]
            at = phrase[3]
    return out, moved


@dataclass
class Source:
    """The source as it is rewritten, from left to right."""

    example: Example
    pieces: Pieces
    out: list[int] = field(default_factory=list)
    moved: dict[int, int] = field(default_factory=dict)
    links: set[tuple[int, int]] = field(default_factory=set)
    renderings: list[int] = field(default_factory=list)

    def copy(self, start: int, end: int) -> None:
        for at in range(start, end):
            self.moved[at] = len(self.out)
            if at in self.example.renderings:
                self.renderings.append(len(self.out))
            self.out.append(self.example.source[at])

    def mask(self, phrase: Phrase, symbol: int, target: list[int]) -> None:
        spaced = self.example.source[phrase[0]] in self.pieces.spaced[0]
        self.out += [SPACE] * spaced + [symbol]
        place, here = target.index(symbol), len(self.out) - 1
        self.links.add((place, here))
        if spaced and place and target[place - 1] == SPACE:
            self.links.add((place - 1, here - 1))

    def tell(self, phrase: Phrase, base: tuple[int, ...] | None, moved: Mapping[int, int]) -> None:
        said = self.example.target[phrase[2] : phrase[3]]
        english = [self.example.source[i] for i in range(phrase[0], phrase[1]) if i not in self.example.renderings]
        form = base or tuple(self.pieces.as_source[number] for number in said)
        self.out += [TERM, *english, MEANS]
        here = len(self.out)
        self.renderings += range(here, here + len(form))
        self.links |= {(moved[phrase[2] + k], here + k * len(form) // len(said)) for k in range(len(said))}
        self.out += [*form, TERM_END]
