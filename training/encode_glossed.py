"""Pairs with the phrase translator's renderings (glossed.py) → what train.py reads: the renderings among the English pieces.

    python training/encode_glossed.py --data DATA --input glossed.human.ps.tsv,glossed.mono.ps.tsv --out glossed.pickle

A target word that a rendering has (or another form of it) is linked with that, any other with its English words: so the network
learns when to copy what it is told and when to look at the English.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import sentencepiece
from encode import LONGEST, Example, Number, numbers_of, piece_links, pieces_of, word_links, write
from text import align_form

from dragoman.mt.phrases.glossed import Glossed, Stretch, glossed, word_pieces
from dragoman.mt.phrases.words import split_words

MOST_PIECES = LONGEST + 60
SEGMENT = re.compile(r"\|(?=\d+ \d+=)")
NEAR, FAR = 1, 4  # stretches between a word and its rendering: where the alignment tells, and where only the place does

Encode = Callable[[str], Sequence[str]]
Links = list[tuple[int, int]]


def read_stretches(english: str, segments: str) -> tuple[list[Stretch], list[int]]:
    """The stretches that glossed.py wrote, and the number of the first source word of each."""
    words, stretches, firsts = split_words(english), [], []
    for segment in SEGMENT.split(segments):
        span, _, rendering = segment.partition("=")
        a, b = map(int, span.split())
        stretches.append(Stretch(tuple(words[a:b]), tuple(rendering.split())))
        firsts.append(a)
    return stretches, firsts


def word_owners(words: tuple[str, ...], pieces: int, encode: Encode) -> list[int]:
    """For each piece of some words the number of its word; in proportion where the pieces do not tell."""
    alone = [len(word_pieces((word,), encode)) for word in words]
    if sum(alone) == pieces:
        return [number for number, count in enumerate(alone) for _ in range(count)]
    return [place * len(words) // pieces for place in range(pieces)]


@dataclass(frozen=True, slots=True)
class Laid:
    """A glossed sentence: each English piece's word (-1: none), each rendered form's stretch and places."""

    read: Glossed
    english: tuple[int, ...]
    rendered: dict[str, list[tuple[int, list[int]]]]


def lay(stretches: Sequence[Stretch], firsts: Sequence[int], encode: Encode) -> Laid:
    read = glossed(stretches, encode)
    english = [-1] * len(read.pieces)
    rendered: dict[str, list[tuple[int, list[int]]]] = collections.defaultdict(list)
    for number, (stretch, first, (at, said)) in enumerate(zip(stretches, firsts, read.spans, strict=True)):
        for place, owner in zip(at, word_owners(stretch.words, len(at), encode), strict=True):
            english[place] = first + owner
        places = collections.defaultdict(list)
        for place, owner in zip(said, word_owners(stretch.rendering, len(said), encode), strict=True):
            places[owner].append(place)
        for owner, found in places.items():
            rendered[align_form(stretch.rendering[owner])].append((number, found))
    return Laid(read, tuple(english), rendered)


def find_links(laid: Laid, stretch_of: dict[int, int], words: Sequence[str], owners: Sequence[int], links: Links) -> Links:
    """Links (target piece, source piece): with a rendering near by that has the word, else with the English."""
    target_places, of_target = collections.defaultdict(list), collections.defaultdict(list)
    for place, owner in enumerate(owners):
        target_places[owner].append(place)
    for i, j in links:
        of_target[j].append(i)
    stretches = max(stretch_of.values()) + 1
    copied, rest = set(), []
    for j, word in enumerate(words):
        near = [stretch_of[i] for i in of_target[j] if i in stretch_of]
        guess = j * stretches / len(words)
        found = (
            (min((abs(number - one) for one in near), default=abs(number - guess)), places)
            for number, places in laid.rendered.get(align_form(word), ())
        )
        distance, places = min(found, default=(FAR + 1, []))
        if distance <= (NEAR if near else FAR):
            mine = target_places[j]
            copied.update((place, places[k * len(places) // len(mine)]) for k, place in enumerate(mine))
        else:
            rest += [(i, j) for i in of_target[j]]
    return sorted(copied | set(piece_links(list(laid.english), list(owners), rest)))


def phrases(
    stretches: Sequence[Stretch], firsts: Sequence[int], spans: Sequence[tuple[range, range]], owners: Sequence[int], links: Links
) -> Iterator[tuple[int, int, int, int]]:
    """Spans of a stretch or two, names and numbers or any at the beginning, whose links stay inside one span of target words."""
    of_source, of_target = collections.defaultdict(set), collections.defaultdict(set)
    for i, j in links:
        of_source[i].add(j)
        of_target[j].add(i)
    for first in range(len(stretches)):
        for last in range(first, min(first + 2, len(stretches))):
            words = [word for one in stretches[first : last + 1] for word in one.words]
            inside = set(range(firsts[first], firsts[first] + len(words)))
            reached = set().union(*(of_source[i] for i in inside))
            if not is_term(words, first == 0) or not reached or max(reached) - min(reached) > 3:
                continue
            block = range(min(reached), max(reached) + 1)
            places = [place for place, owner in enumerate(owners) if owner in block]
            alone = not any(of_target[j] - inside for j in block)
            if alone and places and places[-1] - places[0] + 1 == len(places):
                yield spans[first][0].start, max(spans[last][0].stop, spans[last][1].stop), places[0], places[-1] + 1


def is_term(words: Sequence[str], at_the_beginning: bool) -> bool:
    """Whether these words may be a term: up to three, a name or a number; at the beginning of a sentence nobody can tell."""
    text = "".join(words)
    if len(words) > 3 or len(text) < 3 or not any(map(str.isalnum, text)):
        return False
    return at_the_beginning or all(word[:1].isupper() or word[:1].isdigit() for word in words)


def examples(
    path: pathlib.Path, processor: sentencepiece.SentencePieceProcessor, numbers: tuple[Number, Number]
) -> Iterator[Example]:
    def encode(text: str) -> list[str]:
        return processor.encode(text, out_type=str)

    for row in path.open(encoding="utf-8"):
        name, language, english, target, segments, line = row.rstrip("\n").split("\t")
        links = word_links(line)
        stretches, firsts = read_stretches(english, segments)
        laid = lay(stretches, firsts, encode)
        pieces, owners = pieces_of(processor, target)
        if len(laid.read.pieces) > MOST_PIECES or len(pieces) > LONGEST:
            continue
        stretch_of = {
            first + k: n for n, (one, first) in enumerate(zip(stretches, firsts, strict=True)) for k in range(len(one.words))
        }
        yield Example(
            f"glossed.{name}",
            "ps" if language == "ps" else "prs",
            tuple(map(numbers[0], laid.read.pieces)),
            tuple(map(numbers[1], pieces)),
            tuple(find_links(laid, stretch_of, split_words(target), owners, links)),
            tuple(phrases(stretches, firsts, laid.read.spans, owners, links)),
            tuple(place for _, said in laid.read.spans for place in said),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--input", required=True, help="files of glossed.py in --data, by commas")
    parser.add_argument("--out", default="glossed.pickle")
    arguments = parser.parse_args()
    data: pathlib.Path = arguments.data
    processor = sentencepiece.SentencePieceProcessor(model_file=str(data / "sentencepiece.model"))
    numbers = numbers_of(data)
    write([one for name in arguments.input.split(",") for one in examples(data / name, processor, numbers)], data / arguments.out)


if __name__ == "__main__":
    main()
