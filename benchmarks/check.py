"""What `dragoman check` is judged by: false alarms on human translations, mistakes seen when they are put in, and speed.

    uv run python benchmarks/check.py --corpora ../shared/corpora [--speed] [--language ps]

False alarms: the share of TICO-19's 3,071 human translations with any error, before and after leaving out the rows that
`check_mistakes.tsv` lists as real mistakes. Detection: each kind of mistake is put into every segment that has a place for it;
it counts as seen if a rule then finds what it did not find before. Speed: files made of the corpora, `dragoman check` and
pofilter (Translate Toolkit, installed into an environment of its own in benchmarks/work), each in a process of its own.
"""

from __future__ import annotations

import argparse
import csv
import lzma
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from dragoman.checks import Context, check_entry, new_context
from dragoman.checks.numbers import localized
from dragoman.checks.values import figures
from dragoman.glossary import SourceMatcher
from dragoman.languages import LANGUAGES, Language, get_language
from dragoman.model import Catalog, Entry, Finding, Glossary, Location, Severity, TargetTerm, Term, TermCase, TermKind
from dragoman.po import format_catalog, new_headers, parse_catalog
from dragoman.text.matching import Status, find_term

HERE = Path(__file__).parent
MADE = 40_000  # entries
WORK = HERE / "work"
FILES = {"fa_AF": "prs", "ps": "ps"}  # how the corpora call the languages
COUNTRIES = """
Afghanistan Argentina Australia Austria Bangladesh Belgium Brazil Canada China Colombia Cuba Denmark Egypt Ethiopia Finland
France Germany Greece India Indonesia Iran Iraq Israel Italy Japan Jordan Kenya Kuwait Malaysia Mexico Mongolia Morocco
Netherlands Nigeria Norway Pakistan Panama Peru Philippines Poland Portugal Qatar Romania Russia Singapore Somalia Spain
Sweden Switzerland Syria Taiwan Thailand Turkey Uganda Ukraine Venezuela Vietnam
"""

Row = tuple[str, str]
Mutation = Callable[[Row, int], str | None]  # a row and its number → a worse target, or None where there is no place for it


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--speed", action="store_true", help="also measure entries a second and memory, beside pofilter")
    parser.add_argument("--show", metavar="CODE", help="print the findings of a rule in the human text")
    arguments = parser.parse_args()
    for code in arguments.language or LANGUAGES:
        language = get_language(code)
        rows = read_rows(arguments.corpora, code)
        print(f"\n{language.name} ({len(rows):,} segments)")
        false_alarms(rows, language, arguments.show)
        detection(rows, language, arguments.corpora)
    if arguments.speed:
        speed(arguments.corpora)


# --- false alarms -------------------------------------------------------------------------------------------------------


def false_alarms(rows: Sequence[Row], language: Language, shown: str | None) -> None:
    context = new_context(language)
    findings = [list(check_entry(Entry(*row), context)) for row in rows]
    real = set(real_mistakes(language.code))
    with_error = {number for number, found in enumerate(findings) if _errors(found)}
    with_warning = sum(any(finding.severity is not Severity.HINT for finding in found) for found in findings)
    false = {number for number in with_error if {finding.rule for finding in _errors(findings[number])} - _excused(number, real)}
    print(f"  any error                     {len(with_error) / len(rows):6.2%}")
    print(f"  the same, real mistakes aside {len(false) / len(rows):6.2%}   ({len(real)} are listed)")
    print(f"  any error or warning          {with_warning / len(rows):6.2%}")
    rates = Counter(rule for found in findings for rule in {finding.rule for finding in found})
    print("  by rule, segments: " + ", ".join(f"{rule} {count}" for rule, count in sorted(rates.items())))
    for number, found in enumerate(findings):
        for finding in found:
            if shown and finding.rule.startswith(shown):
                excused = "listed" if (number, finding.rule) in real else ""
                print(f"    {number} {finding.rule} {finding.message} {excused}")
    stale = {(number, rule) for number, rule in real if rule not in {finding.rule for finding in findings[number]}}
    if stale:
        print(f"  listed and no longer found: {sorted(stale)}")


def _errors(found: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.severity is Severity.ERROR]


def _excused(number: int, real: set[tuple[int, str]]) -> set[str]:
    return {rule for row, rule in real if row == number}


def real_mistakes(language: str) -> Iterator[tuple[int, str]]:
    """Row and rule of what a human translator really did wrong."""
    with (HERE / "check_mistakes.tsv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t"):
            if line["language"] == language:
                yield int(line["row"]), line["rule"]


# --- detection ----------------------------------------------------------------------------------------------------------


def detection(rows: Sequence[Row], language: Language, corpora: Path) -> None:
    matcher = SourceMatcher(country_glossary(corpora, language.code))
    context = new_context(language, matcher)
    before = [list(check_entry(Entry(*row), context)) for row in rows]
    lacking = sum(any(finding.rule == "T101" for finding in found) for found in before)
    named = sum(bool(matcher.matches(source)) for source, _ in rows)
    print(f"  terms: {lacking} of {named} segments that name a country lack the form that CLDR has for it")
    print("  put in                        segments   seen as error   as error or warning")
    other = read_rows(corpora, next(code for code in LANGUAGES if code != language.code))
    for kind, mutation in kinds(Mistakes(language, matcher, other)).items():
        seen = [
            _new(Entry(source, worse), before[number], context)
            for number, (source, target) in enumerate(rows)
            if (worse := mutation((source, target), number)) is not None and worse != target
        ]
        error = sum(Severity.ERROR in new for new in seen) / max(len(seen), 1)
        warning = sum(bool(new - {Severity.HINT}) for new in seen) / max(len(seen), 1)
        print(f"  {kind:30}{len(seen):7,}{error:14.1%}{warning:18.1%}")


def _new(entry: Entry, before: Sequence[Finding], context: Context) -> set[Severity]:
    """The severities of what is found in `entry` now and was not before."""
    known = {(finding.rule, finding.message) for finding in before}
    return {finding.severity for finding in check_entry(entry, context) if (finding.rule, finding.message) not in known}


class Mistakes:
    """Ways to make a translation worse. Each takes a row and its number; None where there is no place for the mistake."""

    def __init__(self, language: Language, matcher: SourceMatcher, other: Sequence[Row]) -> None:
        self.language = language
        self.matcher = matcher
        self.other = other  # the same rows in the other language

    def number_changed(self, row: Row, number: int) -> str | None:
        place = _number_place(row, random.Random(number))
        if place is None:
            return None
        start, end = place
        offset = random.Random(number).randrange(start, end)
        zero = ord(row[1][offset]) - int(row[1][offset])
        digit = (int(row[1][offset]) + random.Random(number).randrange(1, 10)) % 10
        return row[1][:offset] + chr(zero + digit) + row[1][offset + 1 :]

    def digit_dropped(self, row: Row, number: int) -> str | None:
        place = _number_place(row, random.Random(number))
        if place is None or place[1] - place[0] < 2:
            return None
        return row[1][: place[0]] + row[1][place[0] + 1 :]

    def number_dropped(self, row: Row, number: int) -> str | None:
        place = _number_place(row, random.Random(number))
        return None if place is None else row[1][: place[0]] + row[1][place[1] :].lstrip()

    def name_swapped(self, row: Row, number: int) -> str | None:
        for match in self.matcher.matches(row[0]):
            target = match.term.targets[self.language.code]
            found = [place for place in find_term(target, row[1], self.language) if place.status is not Status.FORBIDDEN]
            if len(found) == 1:
                wrong = random.Random(number).choice([term for term in self.matcher.glossary.terms if term.id != match.term.id])
                span = found[0].span
                return row[1][: span.start] + wrong.targets[self.language.code].preferred + row[1][span.end :]
        return None

    def quote_mark_lost(self, row: Row, number: int) -> str | None:
        places = [match.start() for match in re.finditer('[«»“”"]', row[1])]
        if not places or len(places) % 2 or not (marks := len(re.findall('[“”"]', row[0]))) or marks % 2:
            return None
        offset = random.Random(number).choice(places)
        return row[1][:offset] + row[1][offset + 1 :]

    def quotation_lost(self, row: Row, number: int) -> str | None:
        if len(re.findall('[«»“”"]', row[1])) != 2 or len(re.findall('[“”"]', row[0])) != 2:
            return None
        return re.sub('[«»“”"]', "", row[1])

    def truncated(self, row: Row, number: int) -> str | None:
        words = row[1].split(" ")
        return " ".join(words[: len(words) // 2]) if len(words) > 5 else None

    def latin_left(self, row: Row, number: int) -> str | None:
        wanted = [word for word in re.findall(r"\b[a-z]{4,}\b", row[0]) if word not in row[1]]
        words = row[1].split(" ")
        if not wanted or len(words) < 3:
            return None
        words[random.Random(number).randrange(len(words) - 1)] = random.Random(number).choice(wanted)
        return " ".join(words)

    def latin_invented(self, row: Row, number: int) -> str | None:
        words = row[1].split(" ")
        words[random.Random(number).randrange(len(words))] = "vorande"
        return " ".join(words) if len(words) > 2 else None

    def loop(self, row: Row, number: int) -> str | None:
        words = row[1].split(" ")
        start = random.Random(number).randrange(max(len(words) - 4, 1))
        piece = words[start : start + 4]
        return " ".join([*words[:start], *piece * 4, *words[start + 4 :]]) if len(piece) == 4 else None

    def wrong_language(self, row: Row, number: int) -> str | None:
        return self.other[number][1] if len(row[1].split()) >= 6 else None


def kinds(mistakes: Mistakes) -> Mapping[str, Mutation]:
    return {
        "number changed": mistakes.number_changed,
        "digit dropped": mistakes.digit_dropped,
        "number dropped": mistakes.number_dropped,
        "name swapped, term replaced": mistakes.name_swapped,
        "quotation mark lost": mistakes.quote_mark_lost,
        "quotation lost": mistakes.quotation_lost,
        "sentence truncated": mistakes.truncated,
        "English word left": mistakes.latin_left,
        "Latin word invented": mistakes.latin_invented,
        "loop added": mistakes.loop,
        "wrong language": mistakes.wrong_language,
    }


def _number_place(row: Row, chance: random.Random) -> tuple[int, int] | None:
    """A number of the target that the source has in figures too, once in each."""
    there = Counter(value for number in figures(row[0]) for value in number.values if not number.in_name)
    own = Counter(value for number in figures(row[1]) for value in number.values)
    places = [
        (number.span.start, number.span.end)
        for number in figures(row[1])
        if not number.in_name and number.text.isdecimal() and all(there[value] == own[value] == 1 for value in number.values)
    ]
    return chance.choice(places) if places else None


def country_glossary(corpora: Path, language: str) -> Glossary:
    """The countries by their names in CLDR, as a glossary that nobody fitted to the texts."""
    with lzma.open(corpora / f"lexicon.en-{FILES[language]}.tsv.xz", "rt", encoding="utf-8") as file:
        names = dict(reversed([line.rstrip("\n").split("\t")[:2] for line in file]))
    return Glossary(
        tuple(
            Term(
                id=name.lower(),
                source=name,
                targets=MappingProxyType({language: TargetTerm(names[name])}),
                kind=TermKind.PLACE,
                case=TermCase.EXACT,
            )
            for name in COUNTRIES.split()
            if name in names
        ),
        path="countries",
    )


# --- speed --------------------------------------------------------------------------------------------------------------


def speed(corpora: Path) -> None:
    """Entries a second with all rules and a glossary, beside pofilter's; and memory over 10, 100 and 1,000 files."""
    project = make_project(corpora)
    pofilter = install_pofilter()
    entries = sum(len(dict(read_rows(corpora, code))) for code in LANGUAGES)
    ours = [sys.executable, "-m", "dragoman", "check", "--format", "json", "--output", "report.json"]
    theirs = [str(pofilter), "--progress=none"]
    for folder, count, told in (("large", entries, "of TICO-19"), ("made", MADE, "made up, of 55 characters")):
        print(f"\nspeed: {count:,} entries {told}, whole processes, the best of 3")
        (project / "filtered" / folder).mkdir(parents=True, exist_ok=True)
        runs: dict[str, list[_Cost]] = {"dragoman check": [], "pofilter": []}
        for _ in range(3):
            runs["dragoman check"].append(_measure([*ours, f"locales/{folder}"], project))
            runs["pofilter"].append(_measure([*theirs, f"locales/{folder}", f"filtered/{folder}"], project))
        best = {name: min(costs) for name, costs in runs.items()}
        for name, cost in best.items():
            rate, wall = count / cost.processor, count / min(other.wall for other in runs[name])
            print(f"  {name:16}{rate:9,.0f} entries a CPU second, {wall:7,.0f} a second, {cost.memory:5.0f} MiB")
        print(f"  ratio           {best['pofilter'].processor / best['dragoman check'].processor:9.1f}")
    for code in LANGUAGES:
        flagged = _entries(project / "filtered" / "large" / code / "LC_MESSAGES" / "tico.po")
        print(f"  pofilter finds something in {flagged / len(dict(read_rows(corpora, code))):.0%} of the human {code}")
    for count in (10, 100, 1000):
        cost = _measure([*ours, f"locales/{count}"], project)
        print(f"  {count:5} files of 50 entries: {cost.processor:6.1f} CPU seconds, {cost.memory:5.0f} MiB")


def make_project(corpora: Path) -> Path:
    """A project in benchmarks/work with two large files, and 10, 100 and 1,000 small ones."""
    project = WORK / "check"
    (project / "dragoman.toml").parent.mkdir(parents=True, exist_ok=True)
    (project / "dragoman.toml").write_text("", encoding="utf-8")
    terms = [
        f"  - source: {name}\n    case: exact\n    targets: {{{', '.join(f'{code}: {targets[code]}' for code in targets)}}}\n"
        for name, targets in _country_targets(corpora).items()
    ]
    (project / "glossary.yml").write_text(f"version: 1\nterms:\n{''.join(terms)}", encoding="utf-8")
    for code in LANGUAGES:
        entries = [
            Entry(source, target, references=(Location("articles/a.txt", number),), notes=(f"Paragraph {number}",))
            for number, (source, target) in enumerate(dict(read_rows(corpora, code)).items(), 1)
        ]
        _write(project / "locales" / "large" / code / "LC_MESSAGES" / "tico.po", code, entries)
        _write(
            project / "locales" / "made" / code / "LC_MESSAGES" / "made.po",
            code,
            [_made(code, number) for number in range(MADE // 2)],
        )
        for count in (10, 100, 1000):
            for number in range(count // 2):
                start = number * 50 % (len(entries) - 50)
                path = project / "locales" / str(count) / code / "LC_MESSAGES" / f"article-{number}.po"
                _write(path, code, entries[start : start + 50])
    return project


def _made(code: str, number: int) -> Entry:
    """One of many sentences in which nothing is wrong."""
    target = {
        "fa_AF": f"شورای قریه برای مکتب نو {localized(str(number), get_language(code))} افغانی پرداخت.",
        "ps": f"د کلي شورا د نوي ښوونځي لپاره {number} افغانۍ ورکړې.",
    }[code]
    source = f"The council of the village paid {number} afghanis for a school."
    return Entry(source, target, references=(Location("articles/a.txt", number),))


def _country_targets(corpora: Path) -> dict[str, dict[str, str]]:
    targets: dict[str, dict[str, str]] = {}
    for code in LANGUAGES:
        for term in country_glossary(corpora, code).terms:
            targets.setdefault(term.source, {})[code] = term.targets[code].preferred
    return targets


def _write(path: Path, code: str, entries: Sequence[Entry]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog = Catalog(code, tuple(entries), new_headers(get_language(code), path.stem))
    path.write_text(format_catalog(catalog), encoding="utf-8")


def install_pofilter() -> Path:
    """pofilter in an environment of its own: Translate Toolkit is GPL, and nothing of ours may import it."""
    environment = WORK / "pofilter"
    program = environment / "bin" / "pofilter"
    if not program.exists():
        subprocess.run(["uv", "venv", "--quiet", str(environment)], check=True)
        subprocess.run(["uv", "pip", "install", "--quiet", "--python", str(environment), "translate-toolkit"], check=True)
    return program


def _entries(path: Path) -> int:
    return len([entry for entry in parse_catalog(path.read_text(encoding="utf-8"), path.name).entries if not entry.obsolete])


class _Cost(NamedTuple):
    """What a process took: seconds of the processor (which a busy machine changes less), of the clock, and MiB at most."""

    processor: float
    wall: float
    memory: float


def _measure(command: Sequence[str], folder: Path) -> _Cost:
    """Run a process of its own. Its exit status tells of findings, not of trouble."""
    started = time.perf_counter()
    result = subprocess.run([sys.executable, "-c", _RUNNER, *command], cwd=folder, capture_output=True, text=True, check=True)
    processor, kibibytes = result.stdout.split()
    return _Cost(float(processor), time.perf_counter() - started, int(kibibytes) / 1024)


_RUNNER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
"""


def read_rows(corpora: Path, language: str) -> list[Row]:
    with lzma.open(corpora / f"tico19.en-{FILES[language]}.tsv.xz", "rt", encoding="utf-8") as file:
        return [(source, target) for source, target in (line.rstrip("\n").split("\t") for line in file)]


if __name__ == "__main__":
    main()
