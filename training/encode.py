"""Pairs with word alignments → what train.py reads: numbered pieces, links between them, phrases that may become terms.

    python training/encode.py --data /tmp/training/data --pairs train.tsv --alignments train.align --out train.pickle

Source and target pieces are numbered apart: source_pieces.json and target_pieces.json are CTranslate2's two vocabularies. The
source has all pieces, for it has renderings in the target language as well.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import pickle
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sentencepiece
from text import words
from tokenizer import PLACEHOLDERS, TAGS

from dragoman.mt.phrases.words import split_words

SPECIAL = ["<unk>", "<s>", "</s>", *TAGS, *PLACEHOLDERS, "▁"]
UNKNOWN, BEGIN, END = 0, 1, 2
LONGEST = 150  # pieces
BYTE = re.compile("<0x[0-9A-F]{2}>")


@dataclass(frozen=True, slots=True)
class Example:
    """One pair. `links` are (target piece, source piece); `phrases` are half-open spans (source, source, target, target).

    `renderings` are the places in the source where the phrase translator speaks, not the English.
    """

    name: str
    language: str
    source: tuple[int, ...]
    target: tuple[int, ...]
    links: tuple[tuple[int, int], ...]
    phrases: tuple[tuple[int, int, int, int], ...]
    renderings: tuple[int, ...] = ()


def pieces_of(processor: sentencepiece.SentencePieceProcessor, text: str) -> tuple[list[str], list[int]]:
    """The pieces of `text` and, for each, the number of the word that it stands in."""
    spans = words(text)
    owner = [0] * (len(text) + 1)
    for number, (start, end) in enumerate(spans):
        for at in range(start, end):
            owner[at] = number
    pieces, owners, at = processor.encode(text, out_type=str), [], -1  # -1: SentencePiece sets a space before the text
    for piece in pieces:
        begin = at + piece.startswith("▁")
        owners.append(owner[min(begin, len(text) - 1)])
        if not BYTE.fullmatch(piece):
            at += len(piece)
        elif not 0x80 <= int(piece[3:5], 16) < 0xC0:  # the first byte of a character
            at += 1
    return pieces, owners


def piece_links(source_owners: list[int], target_owners: list[int], links: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Links between words as links between their pieces, the first with the first and the last with the last."""
    by_source, by_target = collections.defaultdict(list), collections.defaultdict(list)
    for at, owner in enumerate(source_owners):
        by_source[owner].append(at)
    for at, owner in enumerate(target_owners):
        by_target[owner].append(at)
    found = set()
    for i, j in links:
        from_pieces, to_pieces = by_source[i], by_target[j]
        for k, at in enumerate(to_pieces):
            if from_pieces:
                found.add((at, from_pieces[k * len(from_pieces) // len(to_pieces)]))
    return sorted(found)


def phrases(
    source: list[str], source_owners: list[int], target_owners: list[int], links: list[tuple[int, int]]
) -> list[tuple[int, int, int, int]]:
    """Spans of one to three words, names and numbers first of all, whose links stay inside one span of target words."""
    of_source, of_target = collections.defaultdict(set), collections.defaultdict(set)
    for i, j in links:
        of_source[i].add(j)
        of_target[j].add(i)
    spans: dict[int, list[int]] = {}
    for at, owner in enumerate(source_owners):
        spans.setdefault(owner, [at, at])[1] = at + 1
    target_spans: dict[int, list[int]] = {}
    for at, owner in enumerate(target_owners):
        target_spans.setdefault(owner, [at, at])[1] = at + 1
    found = []
    for first in spans:
        for last in range(first, first + 3):
            inside = set(range(first, last + 1))
            reached = set().union(*(of_source[i] for i in inside))
            if last not in spans or not reached or max(reached) - min(reached) > 3:
                continue
            block = range(min(reached), max(reached) + 1)
            if any(of_target[j] - inside for j in block) or any(j not in target_spans for j in block):
                continue
            text = "".join(source[spans[first][0] : spans[last][1]])
            if first and not all(word[:1].isupper() or word[:1].isdigit() for word in text.lstrip("▁").split("▁")):
                continue
            if len(text) < 3 or not any(letter.isalnum() for letter in text):
                continue
            found.append((spans[first][0], spans[last][1], target_spans[block[0]][0], target_spans[block[-1]][1]))
    return found


Number = Callable[[str], int]


def plain_examples(
    data: pathlib.Path,
    pairs: str,
    alignments: str,
    processor: sentencepiece.SentencePieceProcessor,
    numbers: tuple[Number, Number],
) -> Iterator[Example]:
    """The pairs as they are."""
    with (data / pairs).open(encoding="utf-8") as rows, (data / alignments).open(encoding="utf-8") as lines:
        for row, line in zip(rows, lines, strict=True):
            name, language, source, target = row.rstrip("\n").split("\t")
            links = word_links(line)
            source_pieces, source_owners = pieces_of(processor, source)
            target_pieces, target_owners = pieces_of(processor, target)
            if len(source_pieces) <= LONGEST and len(target_pieces) <= LONGEST:
                yield Example(
                    name,
                    "ps" if language == "ps" else "prs",
                    tuple(map(numbers[0], source_pieces)),
                    tuple(map(numbers[1], target_pieces)),
                    tuple(piece_links(source_owners, target_owners, links)),
                    tuple(phrases(source_pieces, source_owners, target_owners, links)),
                )


def word_links(line: str) -> list[tuple[int, int]]:
    return [(int(i), int(j)) for i, j in (link.split("-") for link in line.split())]


def make_vocabularies(data: pathlib.Path, pairs: str, processor: sentencepiece.SentencePieceProcessor) -> None:
    """The source can say every piece, the target those that target text has four times or more, and bytes."""
    seen = collections.Counter[str]()
    for line in (data / pairs).open(encoding="utf-8"):
        seen.update(processor.encode(line.rstrip("\n").split("\t")[3], out_type=str))
    for language in ("prs", "ps"):
        for line in (data / f"mono.{language}.txt").open(encoding="utf-8"):
            seen.update(processor.encode(line.rstrip("\n"), out_type=str))
    everything = [processor.id_to_piece(number) for number in range(len(processor))]
    bytes_ = [piece for piece in everything if BYTE.fullmatch(piece)]
    said = [piece for piece, count in seen.most_common() if count >= 4]
    for side, rest in (("source", everything), ("target", said)):
        pieces = list(dict.fromkeys([*SPECIAL, *bytes_, *rest]))
        (data / f"{side}_pieces.json").write_text(json.dumps(pieces, ensure_ascii=False, indent=0), encoding="utf-8")
        print(f"{side}: {len(pieces):,} pieces")


def make_forms(data: pathlib.Path, pairs: str, processor: sentencepiece.SentencePieceProcessor) -> None:
    """base_forms.pickle: the pieces of a target word → those of the commoner word that it begins with, of four letters or so."""
    counts = collections.Counter[str]()
    for line in (data / pairs).open(encoding="utf-8"):
        counts.update(split_words(line.rstrip("\n").split("\t")[3]))
    for language in ("prs", "ps"):
        for line in (data / f"mono.{language}.txt").open(encoding="utf-8"):
            counts.update(split_words(line.rstrip("\n")))
    forms = {}
    for word, count in counts.items():
        bases = (word[:end] for end in range(len(word) - 1, max(3, len(word) - 5), -1))
        base = next((base.rstrip("\u200c") for base in bases if counts[base.rstrip("\u200c")] > count >= 2), None)
        if base and not word.isascii():
            forms[tuple(processor.encode(word, out_type=str))] = tuple(processor.encode(base, out_type=str))
    (data / "base_forms.pickle").write_bytes(pickle.dumps(forms, protocol=5))
    print(f"base forms: {len(forms):,}")


def numbers_of(data: pathlib.Path) -> tuple[Number, Number]:
    """A piece's number in the source and in the target."""

    def table(side: str) -> Number:
        pieces = json.loads((data / f"{side}_pieces.json").read_text(encoding="utf-8"))
        numbers = {piece: number for number, piece in enumerate(pieces)}
        return lambda piece: numbers.get(piece, UNKNOWN)

    return table("source"), table("target")


def write(examples: list[Example], path: pathlib.Path) -> None:
    """Pickle the examples, and print what they are."""
    with path.open("wb") as file:
        pickle.dump([tuple(getattr(example, key) for key in Example.__slots__) for example in examples], file, protocol=5)
    unknown = (
        sum(example.target.count(UNKNOWN) for example in examples),
        sum(example.source.count(UNKNOWN) for example in examples),
    )
    length = sum(len(example.target) for example in examples)
    found = sum(len(example.phrases) for example in examples)
    linked = sum(len({j for j, _ in example.links}) for example in examples) / length
    print(f"{len(examples):,} examples, {length:,} target pieces, {linked:.0%} linked, unknown {unknown}, phrases {found:,}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--pairs", default="train.tsv", help="name, language, English, target")
    parser.add_argument("--alignments", default="train.align")
    parser.add_argument("--out", default="train.pickle")
    parser.add_argument("--vocabulary", action="store_true", help="make the two vocabularies and base_forms.pickle anew")
    arguments = parser.parse_args()
    data: pathlib.Path = arguments.data
    processor = sentencepiece.SentencePieceProcessor(model_file=str(data / "sentencepiece.model"))
    if arguments.vocabulary:
        make_vocabularies(data, arguments.pairs, processor)
        make_forms(data, arguments.pairs, processor)
    examples = plain_examples(data, arguments.pairs, arguments.alignments, processor, numbers_of(data))
    write(list(examples), data / arguments.out)


if __name__ == "__main__":
    main()
