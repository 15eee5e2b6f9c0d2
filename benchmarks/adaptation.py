"""How much nearer Iranian Persian comes to Dari by the adaptation.

    uv run --group bench benchmarks/adaptation.py --corpora ../shared/corpora

TICO-19 has the same sentences by professional translators in both. The score is chrF++ of the Iranian text against the Dari
one, spellings folded and joiners read as spaces, before and after. The words of the adaptation were chosen on rows 1000-3070;
rows 0-999 are the test.
"""

from __future__ import annotations

import argparse
import lzma
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from sacrebleu.metrics import CHRF

from dragoman.languages import get_language
from dragoman.text.adaptation import adapt
from dragoman.text.fold import fold

TEST = slice(0, 1000)
DARI = get_language("fa_AF")


def targets(path: Path) -> list[str]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t")[1] for line in lines]


def score(texts: Iterable[str], references: Iterable[str]) -> float:
    """chrF++ of folded texts."""
    chrf = CHRF(word_order=2)
    return float(chrf.corpus_score([folded(text) for text in texts], [[folded(text) for text in references]]).score)


def folded(text: str) -> str:
    return fold(text.replace("\u200c", " ")).text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--words", type=int, default=0, help="also print the most frequent changes")
    arguments = parser.parse_args()
    iranian = targets(arguments.corpora / "tico19.en-fa.tsv.xz")[TEST]
    dari = targets(arguments.corpora / "tico19.en-prs.tsv.xz")[TEST]
    start = time.perf_counter()
    adapted = [adapt(text, DARI) for text in iranian]
    seconds = time.perf_counter() - start
    changes = Counter(change for _, found in adapted for change in found)
    print(f"chrF++ before {score(iranian, dari):.1f}, after {score((text for text, _ in adapted), dari):.1f}")
    print(f"{changes.total()} changes of {len(changes)} kinds, {len(iranian) / seconds:,.0f} sentences a second")
    for change, count in changes.most_common(arguments.words):
        print(f"{count:>5}  {change.before} → {change.after}")


if __name__ == "__main__":
    main()
