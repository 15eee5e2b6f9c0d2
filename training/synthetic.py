"""Translations of phrase.py → rows and alignments for encode.py; drops what cannot teach.

    python training/synthetic.py --data DATA --name phrase --language ps --input phrase.ps.tsv --output phrase

Appends to OUTPUT.tsv and OUTPUT.align.
"""

from __future__ import annotations

import argparse
import pathlib

from prepare import reason_to_drop
from text import words


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--language", choices=("prs", "ps"), required=True)
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    arguments = parser.parse_args()
    name = f"{arguments.name}.en-{arguments.language}"
    data: pathlib.Path = arguments.data
    kept = dropped = 0
    with (
        (data / arguments.input).open(encoding="utf-8") as lines,
        (data / f"{arguments.output}.tsv").open("a", encoding="utf-8") as rows,
        (data / f"{arguments.output}.align").open("a", encoding="utf-8") as alignments,
    ):
        for line in lines:
            source, target, links = line.rstrip("\n").split("\t")
            pairs = [tuple(map(int, link.split("-"))) for link in links.split()]
            last = (max(i for i, _ in pairs) + 1, max(j for _, j in pairs) + 1)
            sizes = (len(words(source)), len(words(target)))
            if reason_to_drop(source, target) or last[0] > sizes[0] or last[1] > sizes[1]:
                dropped += 1
                continue
            kept += 1
            rows.write(f"{name}\t{arguments.language}\t{source}\t{target}\n")
            alignments.write(" ".join(f"{i}-{j}" for i, j in sorted(pairs)) + "\n")
    print(f"{name}: kept {kept:,}, dropped {dropped:,}")


if __name__ == "__main__":
    main()
