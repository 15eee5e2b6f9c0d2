"""L: too long, too short, empty, copied, said twice."""

from __future__ import annotations

import operator
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dragoman.checks.pair import Pair
from dragoman.checks.rule import Context, Problem, rule
from dragoman.checks.showing import quoted
from dragoman.model import Catalog, Entry, Severity, Span

# The shorter a source, the less its length tells: below the first number of characters nothing, below the second no error.
SHORT, CERTAIN = 40, 60


@rule("L101", "length-unusual", Severity.WARNING)
def length_unusual(pair: Pair, context: Context) -> Iterator[Problem]:
    """The target is much shorter or longer than translations of such a source are.

    Characters are counted. The bounds are those that 98 of 100 human translations keep (TICO-19).

    Fires:
        msgid "The ministry opened a new school in the district."
        msgstr "وزارت مکتبی را افتتاح کرد."
    Silent:
        msgid "The ministry opened a new school in the district."
        msgstr "وزارت یک مکتب جدید را در ولسوالی افتتاح کرد."
    """
    thresholds = context.language.thresholds
    ratio = _ratio(pair)
    if ratio is not None and _outside(ratio, thresholds.length_ratio) and not _certain(pair, ratio):
        yield _length_problem(pair, ratio)


@rule("L102", "length-wrong", Severity.ERROR)
def length_wrong(pair: Pair, context: Context) -> Iterator[Problem]:
    """The target is so short or so long that something is missing or too much.

    Fires:
        msgid "The ministry opened a new school in the district on Sunday morning."
        msgstr "وزارت افتتاح کرد."
    Silent:
        msgid "The ministry opened a new school in the district."
        msgstr "وزارت یک مکتب جدید را در ولسوالی افتتاح کرد."
    """
    ratio = _ratio(pair)
    if ratio is not None and _certain(pair, ratio):
        yield _length_problem(pair, ratio)


@rule("L201", "loop", Severity.ERROR)
def loop(pair: Pair, context: Context) -> Iterator[Problem]:
    """The same words come again and again, though the source does not repeat itself: a model in a loop.

    Counted: four words in a row, or one word four times in a row.

    Fires:
        msgid "The city has clean water."
        msgstr "شهر آب پاک دارد و شهر آب پاک دارد و شهر آب پاک دارد."
    Silent:
        msgid "The city has clean water."
        msgstr "شهر آب پاک دارد."
    """
    repeated = _repetition(pair)
    if repeated and repeated[1] >= context.language.thresholds.repeated_four_grams_error:
        yield Problem(f"{quoted(repeated[0])} stands here {repeated[1]} times", _span(pair, repeated[0]))
        return
    run = _longest_run(pair.pieces) if pair.repeats else None
    if run and run[1] >= 4:
        yield Problem(f"{quoted(run[0])} stands here {run[1]} times in a row", _span(pair, run[0]))


@rule("L202", "repetition", Severity.WARNING)
def repetition(pair: Pair, context: Context) -> Iterator[Problem]:
    """Four words in a row stand twice in the target, though nothing stands twice in the source.

    Fires:
        msgid "The city has clean water."
        msgstr "شهر آب پاک دارد و شهر آب پاک دارد."
    Silent:
        msgid "The city has clean water."
        msgstr "شهر آب پاک دارد."
    """
    thresholds = context.language.thresholds
    repeated = _repetition(pair)
    if repeated and thresholds.repeated_four_grams <= repeated[1] < thresholds.repeated_four_grams_error:
        yield Problem(f"{quoted(repeated[0])} stands here {repeated[1]} times", _span(pair, repeated[0]))


@rule("L203", "word-doubled", Severity.WARNING)
def word_doubled(pair: Pair, context: Context) -> Iterator[Problem]:
    """A word stands twice in a row.

    Off in Pashto, where that is grammar.

    Fires:
        msgid "The bank is closed."
        msgstr "بانک بانک بسته است."
    Silent:
        msgid "The bank is closed."
        msgstr "بانک بسته است."
    """
    pieces = pair.pieces
    if not context.language.thresholds.doubled_words or len(pair.distinct) == len(pieces):
        return
    if not any(map(operator.eq, pieces, pieces[1:])):
        return
    for match in _DOUBLED.finditer(pair.target):
        if not match[1].isdecimal():
            yield Problem(f"{quoted(match[1])} stands twice", Span(*match.span()), match[1], match[1])


@rule("L301", "untranslated", Severity.HINT)
def untranslated(catalog: Catalog, context: Context) -> Iterator[tuple[Entry | None, Problem]]:
    """The entry has no target yet.

    Fires:
        msgid "The bank is closed."
        msgstr ""
    Silent:
        msgid "The bank is closed."
        msgstr "بانک بسته است."
    """
    for entry in catalog.entries:
        if not entry.target and not all(entry.target_plurals or ("",)) and not entry.obsolete:
            yield entry, Problem("not translated yet")


@rule("L302", "blank", Severity.ERROR)
def blank(pair: Pair, context: Context) -> Iterator[Problem]:
    """The target is nothing but white space or marks, and the source has words.

    Fires:
        msgid "The bank is closed."
        msgstr " ."
    Silent:
        msgid "The bank is closed."
        msgstr "بانک بسته است."
    """
    if pair.target and not any(map(str.isalnum, pair.target)) and any(map(str.isalpha, pair.source)):
        yield Problem("the target has no word")


@rule("L303", "copied", Severity.ERROR)
def copied(pair: Pair, context: Context) -> Iterator[Problem]:
    """The target is the English source.

    A line of Latin letters alone (a name, an address, a code) may stand as it is.

    Fires:
        msgid "The bank is closed."
        msgstr "The bank is closed."
    Silent:
        msgid "Salaam Times"
        msgstr "Salaam Times"
    """
    if pair.target and pair.target.strip() == pair.source.strip() and _ENGLISH_WORDS.search(pair.source):
        yield Problem("the target is the source, not translated")


@rule("L401", "sentence-dropped", Severity.WARNING)
def sentence_dropped(pair: Pair, context: Context) -> Iterator[Problem]:
    """The source has several sentences and the target fewer than half of them.

    Fires:
        msgid "The bank is closed. The school is open. The road is blocked."
        msgstr "بانک بسته است و مکتب باز و سرک بند است."
    Silent:
        msgid "The bank is closed. The school is open."
        msgstr "بانک بسته است. مکتب باز است."
    """
    source = pair.source
    if source.count(". ") + source.count("? ") + source.count("! ") < 2:
        return
    wanted = len(_SENTENCE_END.findall(source))
    there = len(_SENTENCE_END.findall(pair.target))
    if wanted > 2 and there * 2 < wanted:
        yield Problem(f"the source has {wanted} sentences, the target {there}")


def _ratio(pair: Pair) -> float | None:
    if len(pair.source) < SHORT or not pair.target:
        return None
    return len(pair.target) / len(pair.source)


def _certain(pair: Pair, ratio: float) -> bool:
    return len(pair.source) >= CERTAIN and _outside(ratio, pair.context.language.thresholds.length_ratio_error)


def _outside(ratio: float, bounds: tuple[float, float]) -> bool:
    return not bounds[0] <= ratio <= bounds[1]


def _length_problem(pair: Pair, ratio: float) -> Problem:
    kind = "short" if ratio < 1 else "long"
    return Problem(f"too {kind}: {len(pair.target)} characters for {len(pair.source)} of the source")


def _repetition(pair: Pair) -> tuple[str, int] | None:
    """The words in a row that stand most often, four of them, and how often; None where the source repeats itself too."""
    if not pair.repeats:
        return None
    words = pair.words
    counts = Counter(zip(words, words[1:], words[2:], words[3:], strict=False))
    four, count = max(counts.items(), key=operator.itemgetter(1), default=((), 0))
    if count < 2 or count <= _most_repeated(pair.source_words):
        return None
    return " ".join(four), count


def _most_repeated(words: Sequence[str]) -> int:
    """How often three words in a row stand in the source: where English says a thing twice, so may the target."""
    if len(words) - len(set(words)) < 3:
        return 1
    return max(Counter(zip(words, words[1:], words[2:], strict=False)).values(), default=1)


def _longest_run(words: Sequence[str]) -> tuple[str, int] | None:
    best, length = "", 1
    run = 1
    for before, word in pairwise(words):
        run = run + 1 if word == before and not word.isdecimal() else 1
        if run > length:
            best, length = word, run
    return (best, length) if best else None


def _span(pair: Pair, words: str) -> Span | None:
    offset = pair.target.find(words.split(" ", 1)[0])
    return Span(offset, offset + len(words)) if pair.target.startswith(words, offset) else None


_DOUBLED = re.compile(r"(?<![\w\u200c])([\w\u064b-\u065f\u200c]{2,}) \1(?![\w\u200c\u064b-\u065f])")
_ENGLISH_WORDS = re.compile(r"\b[a-z]{2,}\b.*\b[a-z]{2,}\b")
_SENTENCE_END = re.compile(r"[.!?؟۔]+[\"'”»)\]]*(?=\s|$)")
