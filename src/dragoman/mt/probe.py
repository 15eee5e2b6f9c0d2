"""Which placeholder does a model keep? No shape survives everywhere, so each model is measured, once, and remembers the winner.

Sixty sentences (`data/probe.txt`) are translated as they are, and with placeholders in place of the names in braces.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dragoman.languages import Language
from dragoman.model import Span
from dragoman.mt.engine import Decoding, Engine, Task
from dragoman.mt.placeholders import Masked, locate, mask, restore
from dragoman.text.normalize import normalize_source

_NUMBERS = range(10)
SHAPES: Mapping[str, tuple[str, ...]] = {
    "Latin names": ("Zelvik", "Torpan", "Quendar", "Mavrix", "Olbrent", "Dashkol", "Brimvar", "Fenquist", "Harlow", "Jolbek"),
    "__PH0__": tuple(f"__PH{number}__" for number in _NUMBERS),
    "__0__": tuple(f"__{number}__" for number in _NUMBERS),
    "[PH0]": tuple(f"[PH{number}]" for number in _NUMBERS),
    "[X0X]": tuple(f"[X{number}X]" for number in _NUMBERS),
    "XQZ0": tuple(f"XQZ{number}" for number in _NUMBERS),
    "<x0>": tuple(f"<x{number}>" for number in _NUMBERS),
}
"""What is tried, ten of each. The first is a name that no language has."""
TARGET_FORMS = ("پروان", "کندز", "بلخ", "هلمند", "لوگر", "تخار", "غزنی", "فراه", "زابل", "بامیان")
"""Measured beside the shapes, to tell how a model treats a target form in its source; a placeholder must be no word."""
OWN = "its own"
"""The shape that a model was taught."""
LEAST_KEPT = 0.5
"""Of a model that keeps no shape in half the sentences, none is used: the next rungs of the ladder serve better."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How a model treats one shape: shares of sentences, and what the words around the placeholders cost.

    `kept`: each was there just once. `doubled`: one more than once. `moved`: all kept, in another order. `number_lost`: one
    came back without its number. `cost`: 1 - chrF between the translations with placeholders, less these, and those without.
    """

    shape: str
    forms: tuple[str, ...]
    kept: float
    doubled: float
    moved: float
    number_lost: float
    cost: float


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence to measure with: its text, and where its names stand."""

    text: str
    names: tuple[Span, ...]


@cache
def samples() -> tuple[Sample, ...]:
    """The sixty sentences."""
    lines = files("dragoman.mt").joinpath("data/probe.txt").read_text(encoding="utf-8").splitlines()
    return tuple(map(_sample, lines))


def probe(engine: Engine, language: Language, progress: Callable[[int], None] | None = None) -> tuple[Measure, ...]:
    """A measure for each shape, and for the model's own placeholders if it has some, the best first.

    `progress` is told how many more of the `sentences(engine)` are translated.
    """
    shapes = _shapes(engine)
    masked = {
        shape: [mask(sample.text, [(span, "") for span in sample.names], forms) for sample in samples()]
        for shape, forms in shapes.items()
    }
    tasks = [_task(sample.text, (), engine, language) for sample in samples()]
    for some in masked.values():
        tasks += [_task(one.source, [slot.placeholder for slot in one.slots], engine, language) for one in some]
    texts = [found[0].text for found in engine.translate(tasks, language, Decoding(beam_size=2), progress)]
    plain, answers = texts[: len(samples())], iter(texts[len(samples()) :])
    measures = [_measure(shape, shapes[shape], some, [next(answers) for _ in some], plain) for shape, some in masked.items()]
    return tuple(sorted(measures, key=_order))


def sentences(engine: Engine) -> int:
    """How many sentences `probe` translates."""
    return len(samples()) * (1 + len(_shapes(engine)))


def best_placeholders(measures: Sequence[Measure]) -> tuple[str, ...]:
    """The placeholders that the model keeps best. Where it keeps none well: its own, or none."""
    best = min((measure for measure in measures if measure.forms != TARGET_FORMS), key=_order)
    if best.kept >= LEAST_KEPT:
        return best.forms
    return next((measure.forms for measure in measures if measure.shape == OWN), ())


def _shapes(engine: Engine) -> Mapping[str, tuple[str, ...]]:
    own = {OWN: engine.placeholders} if engine.placeholders else {}
    others = {shape: forms for shape, forms in SHAPES.items() if forms != engine.placeholders}
    return {**own, **others, "target forms": TARGET_FORMS}


def _order(measure: Measure) -> tuple[float, float]:
    return -round(measure.kept, 2), measure.cost


def _sample(line: str) -> Sample:
    names: list[Span] = []
    text = ""
    for plain, name in re.findall(r"([^{]*)(?:\{([^}]*)\})?", line):
        text += plain
        if name:
            names.append(Span(len(text), len(text) + len(name)))
            text += name
    return Sample(text, tuple(names))


def _task(text: str, placeholders: Sequence[str], engine: Engine, language: Language) -> Task:
    tokens = engine.encode(normalize_source(text), language, placeholders)
    return Task(tokens, suppressed=engine.reserved(placeholders))


def _measure(
    shape: str, forms: tuple[str, ...], masked: Sequence[Masked], answers: Sequence[str], plain: Sequence[str]
) -> Measure:
    kept = doubled = moved = number_lost = 0
    for one, answer in zip(masked, answers, strict=True):
        wanted = [slot.placeholder for slot in one.slots]
        found = [form for _, _, form in sorted(locate(answer, forms))]
        doubled += any(found.count(form) > 1 for form in wanted)
        if restore(answer, one.slots, forms) is not None:
            kept += 1
            moved += found != wanted
        elif any(map(str.isdigit, forms[0])):
            number_lost += any(form not in found and _without_number(form).search(answer) for form in wanted)
    stripped = [_without(answer, forms) for answer in answers]
    count = len(masked)
    return Measure(shape, forms, kept / count, doubled / count, moved / count, number_lost / count, 1 - chrf(stripped, plain))


def _without(text: str, forms: Sequence[str]) -> str:
    for start, end, _ in sorted(locate(text, forms), reverse=True):
        text = text[:start] + text[end:]
    return text


def _without_number(form: str) -> re.Pattern[str]:
    """What is left of a placeholder whose number the model dropped."""
    letters = re.split(r"\d", form)
    return re.compile(r"\s*".join(re.escape(part) for part in letters), re.IGNORECASE)


def chrf(hypotheses: Sequence[str], references: Sequence[str]) -> float:
    """Character n-gram F-score of a corpus, n 1 to 6, recall twice as heavy (Popović 2015), from 0 to 1."""
    scores = []
    for n in range(1, 7):
        common = ours = theirs = 0
        for hypothesis, reference in zip(hypotheses, references, strict=True):
            first, second = Counter(_grams(hypothesis, n)), Counter(_grams(reference, n))
            common += sum((first & second).values())
            ours += sum(first.values())
            theirs += sum(second.values())
        if ours and theirs:
            scores.append(5 * common / (4 * theirs + ours))
    return sum(scores) / len(scores) if scores else 0.0


def _grams(text: str, n: int) -> Iterator[str]:
    letters = "".join(text.split())
    return (letters[start : start + n] for start in range(len(letters) - n + 1))
