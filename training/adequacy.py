"""The table behind `dragoman.mt.adequacy`: which words translate which, from the symmetrized alignments, pruned and packed.

    python training/adequacy.py --data /tmp/training/data --out src/dragoman/mt/data
    python training/adequacy.py --data /tmp/training/data --measure        (ROC AUC and thresholds on the held-out rows)

A line a word: the English stem, how often human translations have one of its translations (per cent), its weight (ten times its
inverse document frequency), the target stems. Only training rows are counted.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import math
import pathlib
import random

from dragoman.languages import get_language
from dragoman.mt import Request, draft, open_engine
from dragoman.mt.adequacy import THRESHOLD, score, source_stems, target_stems

GROUPS = {"fa_AF": ("prs", "fa"), "ps": ("ps",)}
RUNNING_TEXT = ("text.", "tico19.", "docs.")
PRUNED = {"least": 2.0, "share": 0.03, "most": 12}


def make(data: pathlib.Path, language: str) -> list[str]:
    """The lines of the table."""
    from text import words

    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    sentences: list[tuple[list[str], set[str]]] = []
    with (data / "train.tsv").open(encoding="utf-8") as rows, (data / "train.align").open(encoding="utf-8") as alignments:
        for row, line in zip(rows, alignments, strict=True):
            name, code, english, foreign = row.rstrip("\n").split("\t")
            if code not in GROUPS[language]:
                continue
            source = [next(iter(source_stems(english[a:b])), "") for a, b in words(english)]
            target = [next(iter(target_stems(foreign[a:b])), "") for a, b in words(foreign)]
            weight = (0.5 if code == "fa" or name.startswith("l10n") else 1.0) * (
                2.0 if name.startswith(("lexicon", "names")) else 1.0
            )
            for link in line.split():
                i, j = map(int, link.split("-"))
                if source[i] and target[j]:
                    counts[source[i]][target[j]] += weight
            if name.startswith(RUNNING_TEXT) and code != "fa":
                sentences.append((source_stems(english), set(target_stems(foreign))))
    document = collections.Counter(stem for source, _ in sentences for stem in set(source))
    common = collections.Counter(stem for _, target in sentences for stem in target)
    grammar = {stem for stem, count in common.items() if count > 0.06 * len(sentences)}
    table: dict[str, list[str]] = {}
    for stem, counter in counts.items():
        total = sum(counter.values())
        least = max(min(PRUNED["least"], 0.5 * total), PRUNED["share"] * total)
        kept = [target for target, count in counter.most_common(PRUNED["most"]) if target not in grammar and count >= least]
        covered = sum(counter[target] for target in kept) / total
        if kept and document[stem] < 0.1 * len(sentences) and covered > 0.15:
            table[stem] = kept
    hits: collections.Counter[str] = collections.Counter()
    for source, target in sentences:
        hits.update(stem for stem in set(source) if stem in table and target.intersection(table[stem]))
    lines = []
    for stem, kept in sorted(table.items()):
        rate = (hits[stem] + 1.4) / (document[stem] + 2.0)
        weight = min(99, round(10 * math.log(len(sentences) / (document[stem] + 1.0))))
        lines.append(f"{stem}\t{round(100 * rate)}\t{weight}\t{' '.join(kept)}")
    return lines


def area(good: list[float], bad: list[float]) -> float:
    """ROC AUC: how often a good score lies above a bad one."""
    ranked = sorted([(value, 1) for value in good] + [(value, 0) for value in bad], key=lambda item: (item[0], -item[1]))
    below = wins = 0
    for _, is_good in ranked:
        if is_good:
            wins += below
        else:
            below += 1
    return wins / (len(good) * len(bad))


def measure(data: pathlib.Path) -> None:
    for language, code in (("fa_AF", "prs"), ("ps", "ps")):
        for test in ("heldout", "tico"):
            rows = [line.rstrip("\n").split("\t") for line in (data / f"{test}.{code}.tsv").open(encoding="utf-8")]
            rows = [(source, target) for source, target in rows if len(source.split()) >= 4]
            others = [target for _, target in rows]
            random.Random(1).shuffle(others)
            human = [score(source, target, language) for source, target in rows]
            shuffled = [
                score(source, other, language) for (source, target), other in zip(rows, others, strict=True) if other != target
            ]
            halves = [" ".join(target.split()[: len(target.split()) // 2]) for _, target in rows]
            halved = [score(source, half, language) for (source, _), half in zip(rows, halves, strict=True)]
            kept = sum(value >= THRESHOLD for value in human) / len(human)
            caught = sum(value < THRESHOLD for value in shuffled) / len(shuffled)
            cut = sum(value < THRESHOLD for value in halved) / len(halved)
            print(
                f"{language} {test}, {len(rows)} rows: AUC shuffled {area(human, shuffled):.3f}, halved {area(human, halved):.3f}"
            )
            print(f"  at {THRESHOLD}: human kept {kept:.1%}, shuffled caught {caught:.1%}, halved caught {cut:.1%}")


def measure_drafts(data: pathlib.Path, model: str) -> None:
    """How a model's drafts score, and whether the better of them score better (Spearman, with the chrF of each sentence)."""
    import numpy
    from sacrebleu.metrics import CHRF

    chrf = CHRF()
    for language, code in (("fa_AF", "prs"), ("ps", "ps")):
        known = get_language(language)
        engine = open_engine(model, known)
        for test in ("heldout", "tico"):
            rows = [line.rstrip("\n").split("\t") for line in (data / f"{test}.{code}.tsv").open(encoding="utf-8")]
            drafts = [one.target for one in draft([Request(source) for source, _ in rows], known, engine)]
            scores = [score(source, target, language) for (source, _), target in zip(rows, drafts, strict=True)]
            quality = [
                chrf.sentence_score(target, [reference]).score for target, (_, reference) in zip(drafts, rows, strict=True)
            ]
            ranks = [numpy.argsort(numpy.argsort(values)) for values in (scores, quality)]
            fifth, median = numpy.quantile(scores, [0.05, 0.5])
            kept = sum(value >= THRESHOLD for value in scores) / len(scores)
            print(
                f"{engine.signature}, {language} {test}: median {median:.2f}, worst twentieth under {fifth:.2f}, "
                f"kept {kept:.1%}, Spearman with chrF {numpy.corrcoef(*ranks)[0, 1]:.2f}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, help="folder of adequacy.*.tsv.gz")
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--model", help="measure the drafts of this model too")
    arguments = parser.parse_args()
    if arguments.out:
        arguments.out.mkdir(parents=True, exist_ok=True)
        for language in GROUPS:
            lines = make(arguments.data, language)
            path = arguments.out / f"adequacy.{language}.tsv.gz"
            path.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))
            print(f"{path}: {len(lines):,} words, {path.stat().st_size / 2**10:.0f} KiB")
    if arguments.measure:
        measure(arguments.data)
    if arguments.model:
        measure_drafts(arguments.data, arguments.model)


if __name__ == "__main__":
    main()
