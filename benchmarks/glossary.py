"""How fast the glossary is: loading, matching, linting, and a TBX file of 100 MB.

    uv run python benchmarks/glossary.py [--terms 50000] [--runs 3]

The terms are made up: a full name, its kind, and a form in each language. Each figure is the best of some runs, in seconds of
the processor and of the clock; the memory is what the process held at most, each measurement in a process of its own.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from dragoman.glossary import SourceMatcher, document_matches, parse_glossary
from dragoman.glossary.exchange import read_tbx
from dragoman.glossary.lint import lint
from dragoman.glossary.suggest import suggest
from dragoman.languages import LANGUAGES, get_language

ARTICLES = Path(__file__).resolve().parent.parent / "articles"
TBX_SIZE = 100 * 1000 * 1000  # bytes


def glossary_text(count: int) -> str:
    """A glossary of `count` names, in the layout that people write."""
    entries = (
        f"  - source: Name{number} Family{number}\n    kind: person\n"
        f"    targets:\n      fa_AF: نام{number} فامیل{number}\n      ps: نوم{number} کورنۍ{number}\n"
        for number in range(count)
    )
    return "version: 1\nterms:\n" + "".join(entries)


def articles() -> list[list[str]]:
    """The example articles, by lines."""
    return [path.read_text(encoding="utf-8").splitlines() for path in sorted(ARTICLES.glob("*.txt"))]


def load_and_match(count: int) -> Callable[[], object]:
    text, (article, *_) = glossary_text(count), articles()
    return lambda: document_matches(SourceMatcher(parse_glossary(text, "glossary.yml")), article)


def load_only(count: int) -> Callable[[], object]:
    text = glossary_text(count)
    return lambda: parse_glossary(text, "glossary.yml")


def match_only(count: int) -> Callable[[], object]:
    matcher, texts = SourceMatcher(parse_glossary(glossary_text(count), "glossary.yml")), articles()
    return lambda: [document_matches(matcher, article) for article in texts]


def lint_only(count: int) -> Callable[[], object]:
    glossary, languages = parse_glossary(glossary_text(count), "glossary.yml"), [get_language(code) for code in LANGUAGES]
    return lambda: lint(glossary, languages)


def suggest_only(count: int) -> Callable[[], object]:
    matcher, texts = SourceMatcher(parse_glossary(glossary_text(count), "glossary.yml")), articles()
    return lambda: suggest(texts, matcher)


def large_tbx(size: int) -> Callable[[], object]:
    entry = (
        '<termEntry id="t{0}"><langSet xml:lang="en"><tig><term>Name {0}</term></tig></langSet>'
        '<langSet xml:lang="ps"><tig><term>نوم {0}</term></tig></langSet></termEntry>\n'
    )
    count = size // len(entry.encode())
    body = "".join(map(entry.format, range(count)))
    text = f"<martif><text><body>{body}</body></text></martif>"
    return lambda: read_tbx(text, "large.tbx")


MEASURED: dict[str, tuple[Callable[[int], Callable[[], object]], int | None]] = {
    "load, and match one article": (load_and_match, None),
    "load": (load_only, None),
    "match three articles": (match_only, None),
    "suggest from three articles": (suggest_only, None),
    "lint 5,000 terms": (lint_only, 5_000),
    "read TBX of 100 MB": (large_tbx, TBX_SIZE),
}


def measure(name: str, count: int, runs: int) -> tuple[float, float, float]:
    """The least processor and clock time in seconds, and the most memory in MiB."""
    prepare, own = MEASURED[name]
    work = prepare(own or count)
    times = []
    for _ in range(runs):
        clock, processor = time.perf_counter(), time.process_time()
        work()
        times.append((time.process_time() - processor, time.perf_counter() - clock))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return min(time for time, _ in times), min(time for _, time in times), memory


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--terms", type=int, default=50_000)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    print(f"{arguments.terms:,} terms".ljust(30), "processor s", "clock s", "memory MiB", sep="  ")
    for name in MEASURED:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            processor, clock, memory = pool.submit(measure, name, arguments.terms, arguments.runs).result()
        print(name.ljust(30), f"{processor:11.3f}", f"{clock:7.3f}", f"{memory:10.0f}", sep="  ")


if __name__ == "__main__":
    main()
