"""The floor: English word by word through IBM model 1 (five EM steps), articles dropped, unknown words left as they are.

    python training/gloss.py --data /tmp/training/data --language ps --test heldout.ps.tsv --test tico.ps.tsv

A translator that does not beat this does not deserve the name. Prints chrF++ for each test file.
"""

from __future__ import annotations

import argparse
import pathlib

import numpy
import sacrebleu
from align import GROUPS, model_one, normalize

from dragoman.mt.phrases.words import join_words, split_words

ARTICLES = {"the", "a", "an"}


def lexicon(pairs: list[tuple[list[str], list[str]]]) -> dict[str, str]:
    """The likeliest translation of each word, by model 1 on the words as they are, lower case in English."""
    numbers: list[dict[str, int]] = [{}, {}]
    sources = [[numbers[0].setdefault(word, len(numbers[0]) + 1) for word in source] for source, _ in pairs]
    targets = [[numbers[1].setdefault(word, len(numbers[1]) + 1) for word in target] for _, target in pairs]
    heights, widths = (numpy.array([len(row) for row in side], dtype=numpy.int64) for side in (targets, sources))
    starts = numpy.concatenate([[0], numpy.cumsum(heights * (widths + 1))])
    keys = numpy.concatenate(
        [
            ((numpy.array([0, *source], dtype=numpy.int64) << 32)[None, :] + numpy.array(target)[:, None]).ravel()
            for source, target in zip(sources, targets, strict=True)
        ]
    )
    unique, cells = numpy.unique(keys, return_inverse=True)
    given = (unique >> 32).astype(numpy.int32)
    table, totals = numpy.full(unique.size, 1e-4), numpy.zeros(int(given.max()) + 1)
    for _ in range(5):
        counts = numpy.zeros(unique.size)
        model_one(cells.astype(numpy.int32), starts, heights, widths, table, counts)
        normalize(counts, given, totals, table)
    order = numpy.lexsort((-table, given))
    firsts = order[numpy.unique(given[order], return_index=True)[1]]
    words = [["", *side] for side in numbers]
    return {words[0][unique[at] >> 32]: words[1][unique[at] & 0xFFFFFFFF] for at in firsts}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--language", choices=tuple(GROUPS), required=True)
    parser.add_argument("--test", action="append", required=True)
    parser.add_argument("--skip", type=int, default=0, help="leave out the first so many rows of a test file")
    arguments = parser.parse_args()
    rows = [line.rstrip("\n").split("\t") for line in (arguments.data / "train.tsv").open(encoding="utf-8")]
    chosen = [
        (split_words(english.lower()), split_words(foreign))
        for _, code, english, foreign in rows
        if code in GROUPS[arguments.language]
    ]
    table = lexicon([pair for pair in chosen if all(pair)])
    for test in arguments.test:
        pairs = [line.rstrip("\n").split("\t") for line in (arguments.data / test).open(encoding="utf-8")][arguments.skip :]
        said = [
            join_words([table.get(word.lower(), word) for word in split_words(english) if word.lower() not in ARTICLES])
            for english, _ in pairs
        ]
        score = sacrebleu.metrics.CHRF(word_order=2).corpus_score(said, [[foreign for _, foreign in pairs]]).score
        print(f"{test} gloss chrF++ {score:.2f} ({len(pairs)} rows)")


if __name__ == "__main__":
    main()
