"""The English of all training pairs that is running text enough to be worth translating: what the phrase translator is given.

python training/english.py --data /tmp/training/data
"""

from __future__ import annotations

import argparse
import pathlib
import random
import re

FIRST = ("text.", "tico19.en")  # the nearest to news comes first, so that one may stop early
CODE = re.compile(r"[{}<>|=_/\\]|::")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    first: dict[str, None] = {}
    rest: dict[str, None] = {}
    for line in (arguments.data / "train.tsv").open(encoding="utf-8"):
        name, _, english, _ = line.split("\t")
        if not name.startswith(("names", "lexicon")) and 4 <= len(english.split()) <= 45 and not CODE.search(english):
            (first if name.startswith(FIRST) else rest)[english] = None
    generator = random.Random(1)
    sentences = [line for group in (first, rest) for line in generator.sample(list(group), len(group))]
    (arguments.data / "english.txt").write_text("".join(f"{line}\n" for line in dict.fromkeys(sentences)), encoding="utf-8")
    print(f"{len(sentences):,} sentences")


if __name__ == "__main__":
    main()
