"""How often the matcher finds a terminology in human translations, and how often it finds what is not there.

    uv run benchmarks/term_matching.py --corpora ../shared/corpora

The texts are TICO-19's, the terms those of its own terminologies, looked for in the English as Dragoman does: the longest
first, as written or capitalized. "Found" asks whether the translation of such a row has a target of the term: written exactly
so, folded, or as `find_term` sees it. The translators had no such list before them, so far from all are there. "False" asks
`find_term` for each term in twenty rows drawn by chance whose English lacks it.
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
import time
from pathlib import Path

from dragoman.languages import Language, get_language
from dragoman.model import TargetTerm
from dragoman.text.fold import fold
from dragoman.text.matching import find_term

LANGUAGES = {"fa": "fa_AF", "ps": "ps"}  # TICO-19 has its terms in Iranian Persian, which shares its endings with Dari


def rows(path: Path) -> list[tuple[str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [(source, target) for source, target, *_ in (line.rstrip("\n").split("\t") for line in lines)]


def terminology(path: Path) -> dict[str, list[str]]:
    """Each source term, as written and capitalized, with its targets."""
    terms: dict[str, list[str]] = {}
    for source, target in rows(path):
        terms.setdefault(source, []).append(target)
    return {source[0].upper() + source[1:]: targets for source, targets in terms.items()} | terms


def measure(name: str, language: Language, corpora: Path) -> None:
    texts = rows(corpora / f"tico19.en-{name}.tsv.xz")
    terms = terminology(corpora / f"tico19.terms.en-{name}.tsv.xz")
    longest_first = "|".join(map(re.escape, sorted(terms, key=len, reverse=True)))
    pattern = re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)")
    total = exact = folded = found = 0
    start = time.perf_counter()
    for source, translation in texts:
        for term in set(pattern.findall(source)):
            total += 1
            exact += any(target in translation for target in terms[term])
            folded += any(fold(target).text in fold(translation).text for target in terms[term])
            found += any(find_term(TargetTerm(target), translation, language) for target in terms[term])
    seconds = time.perf_counter() - start
    false, drawn = strangers(texts, terms, language)
    print(f"{name:<8}{total:>7}{exact / total:>8.3f}{folded / total:>8.3f}{found / total:>8.3f}", end="")
    print(f"{false / drawn:>8.4f}{total / seconds:>10,.0f}")


def strangers(texts: list[tuple[str, str]], terms: dict[str, list[str]], language: Language) -> tuple[int, int]:
    """In how many rows that lack a term its target is found, of how many that were drawn."""
    chance = random.Random(19)
    false = drawn = 0
    for term, targets in terms.items():
        for source, translation in chance.sample(texts, 20):
            if term.casefold() not in source.casefold():
                drawn += 1
                false += any(find_term(TargetTerm(target), translation, language) for target in targets)
    return false, drawn


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    corpora = parser.parse_args().corpora
    print(f"{'target':<8}{'terms':>7}{'exact':>8}{'folded':>8}{'found':>8}{'false':>8}{'a second':>10}")
    for name, code in LANGUAGES.items():
        measure(name, get_language(code), corpora)


if __name__ == "__main__":
    main()
