"""What the ladder does for the terms of a glossary: satisfied, flagged, at what cost, and whether the drafts got worse.

    uv run --with sacrebleu python benchmarks/terms.py [--rows 300] [--model NAME|PATH]

Two test sets, each in three modes as at WMT 2023: no glossary; the proper one; one whose targets were shuffled among its terms
(which must not raise the success on the true ones).

- TICO-19 rows 0-999, which no model of ours was trained on, with its own terminologies (for Dari the
  Persian one, adapted);
- sentences of NLLB-Seed (Wikipedia, written as news is): those that name one of the sixty places and people in names.yml, and
  as many others.

Each with all terms that its sources have ("tico"), and with those alone that the human translation has too ("tico, agreed"), as
the dictionaries of WMT are made: where a glossary wants another word than the test set's translator, chrF++ cannot but fall.

"satisfied" counts occurrences of terms in the drafts by the matcher that `check` uses; "flagged" are what the entry names as
missing; "true" is the success on the true terms whatever the glossary was. Cost is processor time against the first mode.
"""

from __future__ import annotations

import argparse
import lzma
import random
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sacrebleu.metrics import CHRF

from dragoman.glossary import SourceMatcher, parse_glossary
from dragoman.languages import LANGUAGES, Language, get_language
from dragoman.model import Glossary, TargetTerm, Term, TermMatch, Translation
from dragoman.mt import Engine, Request, draft, open_engine
from dragoman.text.adaptation import adapt
from dragoman.text.matching import find_term, outcomes

HERE = Path(__file__).resolve().parent
CORPORA = HERE.parents[1] / "shared" / "corpora"
CORPUS_CODES = {"fa_AF": "prs", "ps": "ps"}
TERM_CODES = {"fa_AF": "fa", "ps": "ps"}


@dataclass(frozen=True)
class Row:
    """A sentence, its human translation, and the true terms in it."""

    source: str
    reference: str
    matches: tuple[TermMatch, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1000, help="rows of each test set")
    parser.add_argument("--model", help="as for dragoman translate")
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--set", choices=SETS, action="append", dest="sets")
    arguments = parser.parse_args()
    print("| set | language | mode | sentences | terms | satisfied % | flagged % | true % | chrF++ | cost | by rung |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for name in arguments.sets or SETS:
        for code in arguments.language or LANGUAGES:
            language = get_language(code)
            glossary, pairs = SETS[name](language)
            rows = matched(pairs[: arguments.rows], glossary, language)
            engine = open_engine(arguments.model, language)
            measure(name, rows, glossary, language, engine)
            measure(f"{name}, agreed", agreed(rows, language), glossary, language, engine)


def tico(language: Language) -> tuple[Glossary, list[tuple[str, str]]]:
    pairs = read_pairs(f"tico19.terms.en-{TERM_CODES[language.code]}")
    terms = tuple(
        Term(str(number), source, {language.code: TargetTerm(adapt(target, language)[0])})
        for number, (source, target) in enumerate(pairs)
    )
    return Glossary(terms), read_pairs(f"tico19.en-{CORPUS_CODES[language.code]}")[:1000]


def names(language: Language) -> tuple[Glossary, list[tuple[str, str]]]:
    path = HERE / "names.yml"
    glossary = parse_glossary(path.read_text(encoding="utf-8"), path.name)
    matcher = SourceMatcher(glossary)
    pairs = read_pairs(f"text.en-{CORPUS_CODES[language.code]}")
    named = [pair for pair in pairs if matcher.matches(pair[0])]
    others = [pair for pair in pairs if not matcher.matches(pair[0])]
    return glossary, [pair for both in zip(named, others, strict=False) for pair in both]


SETS = {"tico": tico, "names": names}


def agreed(rows: Iterable[Row], language: Language) -> list[Row]:
    """The rows with those terms alone that the human translation has too: so the dictionaries of WMT were made."""
    return [
        replace(
            row,
            matches=tuple(
                match for match in row.matches if find_term(match.term.targets[language.code], row.reference, language)
            ),
        )
        for row in rows
    ]


def read_pairs(name: str) -> list[tuple[str, str]]:
    with lzma.open(CORPORA / f"{name}.tsv.xz", "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [(row[0], row[1]) for row in rows]


def matched(pairs: Iterable[tuple[str, str]], glossary: Glossary, language: Language) -> list[Row]:
    matcher = SourceMatcher(glossary)
    return [Row(source, reference, matcher.matches(source)) for source, reference in pairs]


def shuffled(rows: Sequence[Row], glossary: Glossary, language: Language) -> list[Row]:
    """The rows with each term's target given to another term."""
    targets = [term.targets[language.code] for term in glossary.terms]
    random.Random(1).shuffle(targets)
    others = {
        term.id: replace(term, targets={language.code: target}) for term, target in zip(glossary.terms, targets, strict=True)
    }
    return [replace(row, matches=tuple(replace(match, term=others[match.term.id]) for match in row.matches)) for row in rows]


def measure(name: str, rows: Sequence[Row], glossary: Glossary, language: Language, engine: Engine) -> None:
    modes = {
        "none": [replace(row, matches=()) for row in rows],
        "proper": list(rows),
        "shuffled": shuffled(rows, glossary, language),
    }
    draft([Request(row.source) for row in rows[:20]], language, engine)  # warm
    baseline = None
    for mode, given in modes.items():
        started = time.process_time()
        drafts = draft([Request(row.source, row.matches) for row in given], language, engine)
        seconds = time.process_time() - started
        baseline = baseline or seconds
        print(f"| {name} | {language.code} | {mode} | {' | '.join(figures(rows, drafts, language))} ", end="")
        rungs = Counter(outcome.rung.value for one in drafts for outcome in one.terms if outcome.rung)
        print(f"| {seconds / baseline:.2f} | {', '.join(f'{rung} {count}' for rung, count in rungs.most_common())} |", flush=True)


def figures(rows: Sequence[Row], drafts: Sequence[Translation], language: Language) -> list[str]:
    given = [outcome for one in drafts for outcome in one.terms]
    wanted = sum(outcome.expected for outcome in given)
    satisfied = sum(min(outcome.found, outcome.expected) for outcome in given)
    flagged = sum(outcome.expected - outcome.found for outcome in given if not outcome.satisfied)
    true = [outcome for row, one in zip(rows, drafts, strict=True) for outcome in outcomes(row.matches, one.target, language)]
    true_wanted = sum(outcome.expected for outcome in true)
    true_found = sum(min(outcome.found, outcome.expected) for outcome in true)
    chrf = CHRF(word_order=2).corpus_score([one.target for one in drafts], [[row.reference for row in rows]])
    return [
        str(len(rows)),
        str(true_wanted),
        f"{100 * satisfied / wanted:.1f}" if wanted else "-",
        f"{100 * flagged / wanted:.1f}" if wanted else "-",
        f"{100 * true_found / max(true_wanted, 1):.1f}",
        f"{chrf.score:.2f}",
    ]


if __name__ == "__main__":
    main()
