"""Pairs with word alignments → what train.py reads: numbered pieces, links between them, phrases that placeholders may replace.

    python training/encode.py --data /tmp/training/data --pairs train.tsv --alignments train.align --out train.pickle

Source and target pieces are numbered apart: source_pieces.json and target_pieces.json are CTranslate2's two vocabularies.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import pickle
import re
from dataclasses import dataclass

import sentencepiece
from text import words
from tokenizer import PLACEHOLDERS, TAGS

SPECIAL = ["<unk>", "<s>", "</s>", *TAGS, *PLACEHOLDERS, "▁"]
UNKNOWN, BEGIN, END = 0, 1, 2
BYTE = re.compile("<0x[0-9A-F]{2}>")


@dataclass(frozen=True, slots=True)
class Example:
    """One pair. `links` are (target piece, source piece); `phrases` are half-open spans (source, source, target, target)."""

    name: str
    language: str
    source: tuple[int, ...]
    target: tuple[int, ...]
    links: tuple[tuple[int, int], ...]
    phrases: tuple[tuple[int, int, int, int], ...]


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument(
        "--pairs", default="train.tsv", help="name, language, English, target; a name ending in :bt gets the tag <bt>"
    )
    parser.add_argument("--alignments", default="train.align")
    parser.add_argument("--out", default="train.pickle")
    parser.add_argument(
        "--vocabulary", action="store_true", help="make the two vocabularies anew from these pairs and the monolingual text"
    )
    arguments = parser.parse_args()
    data: pathlib.Path = arguments.data
    processor = sentencepiece.SentencePieceProcessor(model_file=str(data / "sentencepiece.model"))
    rows = [line.rstrip("\n").split("\t") for line in (data / arguments.pairs).open(encoding="utf-8")]
    if arguments.vocabulary:
        seen = [collections.Counter(), collections.Counter()]
        for _, _, source, target in rows:
            seen[0].update(processor.encode(source, out_type=str))
            seen[1].update(processor.encode(target, out_type=str))
        for language in ("prs", "ps"):
            for line in (data / f"mono.{language}.txt").open(encoding="utf-8"):
                seen[1].update(processor.encode(line.rstrip("\n"), out_type=str))
        for side, counter, least in zip(("source", "target"), seen, (1, 4), strict=True):
            bytes_ = [f"<0x{number:02X}>" for number in range(256)]
            rest = [
                piece for piece, count in counter.most_common() if count >= least and piece not in SPECIAL and piece not in bytes_
            ]
            if side == "source":  # a piece that no training text has still has its letters
                rest += [processor.id_to_piece(n) for n in range(len(processor)) if len(processor.id_to_piece(n)) == 1]
            pieces = list(dict.fromkeys([*SPECIAL, *bytes_, *rest]))
            (data / f"{side}_pieces.json").write_text(json.dumps(pieces, ensure_ascii=False, indent=0), encoding="utf-8")
            print(f"{side}: {len(pieces):,} pieces")
    numbers = [
        {piece: number for number, piece in enumerate(json.loads((data / f"{side}_pieces.json").read_text(encoding="utf-8")))}
        for side in ("source", "target")
    ]
    examples = []
    for (name, language, source, target), line in zip(rows, (data / arguments.alignments).open(encoding="utf-8"), strict=True):
        links = [tuple(map(int, link.split("-"))) for link in line.split()]
        source_pieces, source_owners = pieces_of(processor, source)
        target_pieces, target_owners = pieces_of(processor, target)
        if len(source_pieces) > 150 or len(target_pieces) > 150:
            continue
        back = ["<bt>"] if name.endswith(":bt") else []
        shift = len(back)
        examples.append(
            Example(
                name,
                "ps" if language == "ps" else "prs",
                tuple(numbers[0].get(piece, UNKNOWN) for piece in [*back, *source_pieces]),
                tuple(numbers[1].get(piece, UNKNOWN) for piece in target_pieces),
                tuple((j, i + shift) for j, i in piece_links(source_owners, target_owners, links)),
                tuple((a + shift, b + shift, c, d) for a, b, c, d in phrases(source_pieces, source_owners, target_owners, links)),
            )
        )
    with (data / arguments.out).open("wb") as file:
        pickle.dump([tuple(getattr(example, key) for key in Example.__slots__) for example in examples], file, protocol=5)
    unknown = (
        sum(example.target.count(UNKNOWN) for example in examples),
        sum(example.source.count(UNKNOWN) for example in examples),
    )
    length = sum(len(example.target) for example in examples)
    found = sum(len(example.phrases) for example in examples)
    print(f"{len(examples):,} examples, {length:,} target pieces, unknown {unknown}, phrases {found:,}")


if __name__ == "__main__":
    main()
