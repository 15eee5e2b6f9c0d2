"""Corpora → training and test pairs: normalized, filtered, de-duplicated, held-out rows taken out; prints what came from where.

    python training/prepare.py --corpora ../shared/corpora --out /tmp/training/data

Writes train.tsv (source file, language, English, target), heldout.{prs,ps}.tsv and tico.{prs,ps}.tsv (English, target),
mono.{prs,ps}.txt. Other pairs of one's own: `--pairs FILE.tsv:ps` (English TAB target), as often as needed.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
import lzma
import pathlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from text import normalize_source, normalize_target, words

TICO_TEST_ROWS = 1000
HELD_OUT = 10  # one English sentence in ten, by its checksum, so that both languages hold out the same
SOURCES = {
    "prs": ("text.en-prs", "tico19.en-prs", "health.en-prs", "l10n.en-prs", "lexicon.en-prs", "names.en-prs"),
    "ps": ("text.en-ps", "tico19.en-ps", "tico19.terms.en-ps", "health.en-ps", "l10n.en-ps", "lexicon.en-ps", "names.en-ps"),
    "fa": ("text.en-fa", "tico19.en-fa", "tico19.terms.en-fa", "docs.en-fa", "l10n.en-fa", "lexicon.en-fa"),
}
RUNNING_TEXT = ("text", "tico19", "docs")
# A variable of an interface message, a URL, a tag: on both sides they become the same placeholder.
VARIABLE = re.compile(r"%\{\w+\}|\{\{?[\w.]*\}?\}|%\(\w+\)[sd]|\$\{?\w+\}?|%\d*\$?[sd]|https?://\S+|</?[a-zA-Z][^<>]*>|&\w+;")
MNEMONIC = re.compile(r"[&_](?=[A-Za-z])")
LATIN = re.compile("[A-Za-z]")
ARABIC = re.compile("[\u0600-\u06ff]")


def read_pairs(path: pathlib.Path) -> Iterator[tuple[str, str]]:
    raw = path.read_bytes()
    for line in (lzma.decompress(raw) if path.suffix == ".xz" else raw).decode("utf-8").splitlines():
        source, _, target = line.partition("\t")
        yield source, target


def with_placeholders(source: str, target: str) -> tuple[str, str] | None:
    """Variables of both sides as <x0> … <x9>; None where the two sides differ in them."""
    names: dict[str, str] = {}
    for found in VARIABLE.findall(source):
        if found not in names:
            names[found] = f"<x{len(names)}>"
    if len(names) > 10 or sorted(VARIABLE.findall(source)) != sorted(VARIABLE.findall(target)):
        return None
    return VARIABLE.sub(lambda match: names[match[0]], source), VARIABLE.sub(lambda match: names[match[0]], target)


def reason_to_drop(source: str, target: str) -> str | None:
    if not source or not target:
        return "empty"
    if len(words(source)) > 100 or len(words(target)) > 110:
        return "too long"
    if "�" in source + target:
        return "broken characters"
    latin, arabic = len(LATIN.findall(target)), len(ARABIC.findall(target))
    if arabic < 2 or latin > arabic:
        return "target script"
    if ARABIC.search(source) or len(LATIN.findall(source)) < 2:
        return "source script"
    ratio = len(target) / len(source)
    if (len(source) > 30 and not 0.45 < ratio < 2.2) or not 0.2 < ratio < 5:
        return "length"
    return None


def dari_swaps(fa: Iterable[tuple[str, str]], prs: Iterable[tuple[str, str]], candidates: pathlib.Path) -> dict[str, str]:
    """Swaps Iranian → Dari attested by the training rows of TICO alone: the one has the one word, the other the other."""
    best: dict[str, tuple[int, str]] = {}
    bags = [(set(first[1].split()), set(second[1].split())) for first, second in zip(fa, prs, strict=True)]
    with lzma.open(candidates, "rt", encoding="utf-8") as lines:
        for line in lines:
            iranian, dari, *_ = line.split("\t")
            if " " in iranian or not ARABIC.search(iranian):
                continue
            both = sum(iranian in first and dari in second and iranian not in second for first, second in bags)
            had = sum(iranian in first for first, second in bags)
            if both >= 4 and both >= 0.6 * had:
                best[iranian] = max(best.get(iranian, (0, "")), (both, dari))
    swaps: dict[str, str] = {}
    for iranian, (_, dari) in sorted(best.items(), key=lambda item: -item[1][0]):
        if dari not in swaps.values() and dari not in swaps:  # the second to claim a word is its neighbour, not its translation
            swaps[iranian] = dari
    return swaps


def sentences_of(paragraph: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[.؟!۔])\s+", paragraph) if part.strip()]


class Writer:
    """Writes pairs that are neither held out, noise nor known, and counts what became of the others."""

    def __init__(self, file: TextIO, held: set[str]) -> None:
        self.file, self.held = file, held
        self.seen: set[tuple[str, str, str]] = set()
        self.counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)

    def write(self, name: str, language: str, source: str, target: str) -> None:
        self.counts[name][self._write(name, language, source, target)] += 1

    def _write(self, name: str, language: str, source: str, target: str) -> str:
        if source.lower() in self.held:
            return "held out"
        if not name.startswith(RUNNING_TEXT) and not LATIN.match(source):
            source = MNEMONIC.sub("", source)
        filled = with_placeholders(source, target)
        if filled is None:
            return "variables differ"
        if reason := reason_to_drop(*filled):
            return reason
        key = (language, *filled)
        if key in self.seen:
            return "copies"
        self.seen.add(key)
        self.file.write("\t".join((name, *key)) + "\n")
        return "kept"


def write_test(path: pathlib.Path, pairs: Iterable[tuple[str, str]]) -> None:
    path.write_text("".join(f"{source}\t{target}\n" for source, target in pairs), encoding="utf-8")


def hold_out(text: Mapping[str, list[tuple[str, str]]], tico: Mapping[str, list[tuple[str, str]]], out: pathlib.Path) -> set[str]:
    """Write the test files; the English of all their rows, in whatever language, is what no training pair may have."""
    held = {source.lower() for rows in tico.values() for source, _ in rows[:TICO_TEST_ROWS]}
    for language, pairs in text.items():
        write_test(out / f"tico.{language}.tsv", tico[language][:TICO_TEST_ROWS])
        chosen = [pair for pair in pairs if int(hashlib.sha256(pair[0].lower().encode()).hexdigest(), 16) % HELD_OUT == 0]
        held |= {source.lower() for source, _ in chosen}
        whole = [pair for pair in chosen if len(words(pair[0])) >= 10 and not reason_to_drop(*pair)]
        write_test(out / f"heldout.{language}.tsv", whole)
        print(f"held out {language}: {len(whole)}")
    return held


def monolingual(paths: Iterable[pathlib.Path], language: str) -> list[str]:
    """Sentences of a fit length in the language's script, each once."""
    lines: dict[str, None] = {}
    for path in paths:
        for paragraph in lzma.decompress(path.read_bytes()).decode("utf-8").splitlines():
            for line in sentences_of(normalize_target(paragraph, language)):
                if 5 <= len(words(line)) <= 60 and len(ARABIC.findall(line)) > 0.6 * len(line.replace(" ", "")):
                    lines[line] = None
    return list(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=pathlib.Path, default=pathlib.Path("../shared/corpora"))
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--pairs", action="append", default=[], metavar="FILE:LANGUAGE", help="further pairs of your own")
    arguments = parser.parse_args()
    out: pathlib.Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)

    def corpus(name: str) -> list[tuple[str, str]]:
        language = "ps" if name.endswith("-ps") else "prs"
        rows = read_pairs(arguments.corpora / f"{name}.tsv.xz")
        return [(normalize_source(source), normalize_target(target, language)) for source, target in rows]

    tico = {language: corpus(f"tico19.en-{language}") for language in SOURCES}
    candidates = arguments.corpora / "fa_prs_pairs.tsv.xz"
    swaps = dari_swaps(tico["fa"][TICO_TEST_ROWS:], tico["prs"][TICO_TEST_ROWS:], candidates)
    swap_word = re.compile(r"(?<![\w\u200c])(" + "|".join(map(re.escape, swaps)) + r")(?![\w\u200c])")

    def toward_dari(text: str) -> str:
        return swap_word.sub(lambda match: swaps[match[0]], text) if swaps else text

    held = hold_out({language: corpus(f"text.en-{language}") for language in ("prs", "ps")}, tico, out)
    with (out / "train.tsv").open("w", encoding="utf-8") as file:
        writer = Writer(file, held)
        for language, names in SOURCES.items():
            for name in names:
                for source, target in tico[language][TICO_TEST_ROWS:] if name.startswith("tico19.en") else corpus(name):
                    writer.write(name, language, source, toward_dari(target) if language == "fa" else target)
        for path, _, language in (given.rpartition(":") for given in arguments.pairs):
            for source, target in read_pairs(pathlib.Path(path)):
                normalized = normalize_target(target, "ps" if language == "ps" else "prs")
                writer.write(f"own.{pathlib.Path(path).name}", language, normalize_source(source), normalized)
    for name, count in writer.counts.items():
        print(f"{name:24}", "  ".join(f"{key} {value:,}" for key, value in count.most_common()))

    for language, names in {"prs": ("mono.fa",), "ps": ("mono.news.ps", "mono.web.ps")}.items():
        lines = monolingual([arguments.corpora / f"{name}.txt.xz" for name in names], language)
        lines = list(map(toward_dari, lines)) if language == "prs" else lines
        (out / f"mono.{language}.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        print(f"mono {language}: {len(lines):,} sentences")
    (out / "swaps.json").write_text(json.dumps(swaps, ensure_ascii=False, indent=0), encoding="utf-8")
    print(f"swaps Iranian to Dari: {len(swaps)}")


if __name__ == "__main__":
    main()
