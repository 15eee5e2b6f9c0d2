"""Sentence boundaries: Dragoman beside sentencex alone and its peers, on the sets of ../shared/corpora and on news of our own.

    uv run --with pysbd --with segtok --with syntok python benchmarks/sentences.py

How each column is counted:

golden, news   cases whose sentences are all right (corpora/golden_rules_en.json of pySBD; corpora/news_rules_en.json).
TICO           F1 of boundaries in the English of TICO-19. Its rows are sentences, mostly. Taken are the rows that begin with a
               capital or a digit and end with end punctuation (2,775 of 3,071: the rest is speech without any); ten at a time
               they are joined by a space, and the joints are the boundaries to find. Some 200 rows hold two sentences that lost
               the space between them ("... by hand.Soap ..."): a cut without white space is not counted, neither for nor
               against. `strict` counts it against whoever makes it; we do, for an engine should get one sentence at a time.
prose          the same on the English of corpora/text.en-prs (Wikipedia, stories, phrase books), which nobody wrote for this.
               Some rows hold several sentences, and cost everybody who finds them.
seen, unseen   F1 on the paragraphs of tests/cases/sentences.yml. One person wrote the paragraphs, the boundaries and the rules:
               `seen` paragraphs were looked at while the rules were made; of the `unseen` ones only this figure was.
MB/s           of the TICO text, in processor time, best of three (of one, where one takes over a second), and as a share of
               sentencex's.
"""

from __future__ import annotations

import json
import lzma
import re
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import sentencex
from ruamel.yaml import YAML

from dragoman.text.sentences import sentences

ROOT = Path(__file__).parents[1]
CORPORA = ROOT.parent / "shared" / "corpora"
ROWS_AT_A_TIME = 10

Segmenter = Callable[[str], Sequence[str]]
Paragraph = tuple[str, frozenset[int]]  # a text, and where in it sentences end, its own end left out


def main() -> None:
    warnings.simplefilter("ignore")  # the peers' own, on Pythons newer than they are
    golden, news = cases("golden_rules_en"), cases("news_rules_en")
    tico, prose = (paragraphs(chunks(rows(name), ROWS_AT_A_TIME)) for name in ("tico19.en-prs", "text.en-prs"))
    own: dict[str, list[str]] = YAML(typ="safe").load(ROOT / "tests" / "cases" / "sentences.yml")
    seen, unseen = (paragraphs(paragraph.splitlines() for paragraph in own[part]) for part in ("seen", "unseen"))
    megabytes = sum(len(text.encode()) for text, _ in tico) / 1e6

    found = segmenters()
    titles = ["", f"golden /{len(golden)}", f"news /{len(news)}", "TICO F1", "strict", "prose F1", "seen F1", "unseen F1"]
    titles += ["MB/s", "× sentencex"]
    print(f"| {' | '.join(titles)} |\n|{'---|' * len(titles)}")
    speeds = {name: megabytes / seconds(segment, tico) for name, segment in found.items()}
    for name, segment in found.items():
        columns = [
            name,
            str(right(segment, golden)),
            str(right(segment, news)),
            *(f"{value:.4f}" for value in (f1(segment, tico), f1(segment, tico, strict=True), f1(segment, prose))),
            *(f"{f1(segment, part):.3f}" for part in (seen, unseen)),
            f"{speeds[name]:.2f}",
            f"{speeds[name] / speeds['sentencex']:.3f}",
        ]
        print(f"| {' | '.join(columns)} |", flush=True)


def segmenters() -> dict[str, Segmenter]:
    """Those that are installed, ours first."""
    found: dict[str, Segmenter] = {"dragoman": ours, "sentencex": sentencex_alone}
    for name, make in {"pysbd": pysbd, "segtok": segtok, "syntok": syntok}.items():
        try:
            found[name] = make()
        except ImportError:
            print(f"{name} is not installed: left out\n")
    return found


def ours(text: str) -> Sequence[str]:
    return [span.of(text) for span in sentences(text)]


def sentencex_alone(text: str) -> Sequence[str]:
    return list(sentencex.segment("en", text))


def pysbd() -> Segmenter:
    segmenter = import_module("pysbd").Segmenter(language="en", clean=False)
    return lambda text: list(segmenter.segment(text))


def segtok() -> Segmenter:
    module = import_module("segtok.segmenter")
    return lambda text: list(module.split_single(text))


def syntok() -> Segmenter:
    module = import_module("syntok.segmenter")

    def segment(text: str) -> Sequence[str]:
        return [
            text[sentence[0].offset : sentence[-1].offset + len(sentence[-1].value)]
            for paragraph in module.process(text)
            for sentence in paragraph
        ]

    return segment


def cases(name: str) -> list[tuple[str, list[str]]]:
    """Texts and their sentences."""
    loaded: list[dict[str, Any]] = json.loads((CORPORA / f"{name}.json").read_text(encoding="utf-8"))
    return [(case["text"], case["sentences"]) for case in loaded]


def rows(name: str) -> list[str]:
    """The English rows of a corpus that look like whole sentences, each once."""
    with lzma.open(CORPORA / f"{name}.tsv.xz", "rt", encoding="utf-8") as file:
        found = dict.fromkeys(line.split("\t")[0].strip() for line in file)
    return [row for row in found if re.match(r'["“(\[]?[A-Z0-9]', row) and re.search(r"[.?!][\"”’')\]]*$", row)]


def chunks(rows: Sequence[str], size: int) -> list[list[str]]:
    return [list(rows[start : start + size]) for start in range(0, len(rows), size)]


def paragraphs(groups: Iterable[Sequence[str]]) -> list[Paragraph]:
    """Each group of sentences joined by spaces, with the ends of all but the last."""
    return [
        (" ".join(group), frozenset(len(" ".join(group[:count])) for count in range(1, len(group))))
        for group in map(list, groups)
    ]


def right(segment: Segmenter, texts: Sequence[tuple[str, list[str]]]) -> int:
    return sum([sentence.strip() for sentence in segment(text) if sentence.strip()] == expected for text, expected in texts)


def f1(segment: Segmenter, texts: Iterable[Paragraph], strict: bool = False) -> float:
    found = hit = wanted = 0
    for text, expected in texts:
        cuts = {end for end in ends(text, segment(text)) if end < len(text) and (strict or text[end].isspace())}
        found, hit, wanted = found + len(cuts), hit + len(cuts & expected), wanted + len(expected)
    return 2 * hit / (found + wanted)


def ends(text: str, parts: Iterable[str]) -> set[int]:
    """Where the parts end in `text`. All of these segmenters leave the text as it is but for white space around the parts."""
    places: set[int] = set()
    position = 0
    for part in (part.strip() for part in parts):
        position = text.index(part, position) + len(part)
        places.add(position)
    return places


def seconds(segment: Segmenter, texts: Sequence[Paragraph]) -> float:
    """The best of three, or one where one is long."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for text, _ends in texts:
            segment(text)
        best = min(best, time.process_time() - start)
        if best > 1:
            break
    return best


if __name__ == "__main__":
    main()
