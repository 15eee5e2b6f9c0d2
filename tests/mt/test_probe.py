"""Placeholders are measured right, and the best is taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

import pytest

from dragoman.languages import Language, get_language
from dragoman.mt.engine import Decoding, Hypothesis, Task
from dragoman.mt.probe import OWN, SHAPES, TARGET_FORMS, best_placeholders, chrf, probe, samples, sentences
from tests.mt.scripted import ScriptedEngine

PASHTO = get_language("ps")
Bend = Callable[[str], str]


class Echo(ScriptedEngine):
    """Says what it is asked, bent as a model may bend it."""

    bend: Bend = staticmethod(lambda text: text)

    def encode(self, text: str, language: Language, placeholders: Collection[str] = ()) -> tuple[str, ...]:
        return (text,)

    def translate(
        self, tasks: Sequence[Task], language: Language, decoding: Decoding, progress: Callable[[int], None] | None = None
    ) -> list[tuple[Hypothesis, ...]]:
        if progress:
            progress(len(tasks))
        texts = [self.bend(task.source[0]) for task in tasks]
        return [(Hypothesis(tuple(text.split()), text, 0.0, True),) for text in texts]


def _echo(bend: Bend, placeholders: tuple[str, ...] = ()) -> Echo:
    engine = Echo({}, placeholders=placeholders)
    engine.bend = bend
    return engine


def test_the_sentences() -> None:
    assert len(samples()) == 60
    assert all(sample.names for sample in samples())
    assert not any(set("{}") & set(sample.text) for sample in samples())
    last = samples()[-1]
    assert [span.of(last.text) for span in last.names] == ["Salaam Times", "Arg"]


def test_a_model_that_keeps_all_of_them() -> None:
    measures = probe(_echo(lambda text: text), PASHTO)
    assert {measure.shape for measure in measures} == {*SHAPES, "target forms"}
    for measure in measures:
        assert (measure.kept, measure.doubled, measure.moved, measure.number_lost) == (1.0, 0.0, 0.0, 0.0)
        assert 0 < measure.cost < 0.3  # the names themselves


def _double(text: str) -> str:
    return re.sub(r"(\[PH\d\])", r"\1 \1", text)


def _lose_numbers(text: str) -> str:
    return re.sub(r"\[PH\d\]", "[PH]", text)


def _turn(text: str) -> str:
    return " ".join(reversed(re.split(r"\s+", text)))


@pytest.mark.parametrize(
    ("bend", "kept", "doubled", "number_lost"),
    [(_double, 0.0, 1.0, 0.0), (_lose_numbers, 0.0, 0.0, 1.0), (str.lower, 1.0, 0.0, 0.0)],
)
def test_what_a_model_does_to_one_shape(bend: Bend, kept: float, doubled: float, number_lost: float) -> None:
    (measure,) = [one for one in probe(_echo(bend), PASHTO) if one.shape == "[PH0]"]
    assert (measure.kept, measure.doubled, measure.number_lost) == (kept, doubled, number_lost)


def test_an_order_that_changes() -> None:
    (measure,) = [one for one in probe(_echo(_turn), PASHTO) if one.shape == "XQZ0"]
    assert measure.kept == 1.0
    assert measure.moved == sum(len(sample.names) > 1 for sample in samples()) / len(samples())


def test_the_one_that_is_kept_wins() -> None:
    engine = _echo(lambda text: re.sub(r"[\[\]<>_]|XQZ\d|[A-Z][a-z]+", "", text))
    assert best_placeholders(probe(engine, PASHTO)) == ()
    engine = _echo(lambda text: re.sub(r"[<>_]|XQZ\d|[A-Z][a-z]+", "", text))
    assert best_placeholders(probe(engine, PASHTO)) in (SHAPES["[PH0]"], SHAPES["[X0X]"])


def test_a_word_of_the_language_is_no_placeholder() -> None:
    engine = _echo(lambda text: re.sub(r"[A-Za-z0-9\[\]<>_]", "", text))
    measures = probe(engine, PASHTO)
    assert (measures[0].forms, measures[0].kept) == (TARGET_FORMS, 1.0)
    assert best_placeholders(measures) == ()


def test_a_model_s_own_are_measured_too() -> None:
    engine = _echo(lambda text: text, placeholders=tuple(f"@{number}@" for number in range(10)))
    told: list[int] = []
    measures = probe(engine, PASHTO, told.append)
    assert OWN in {measure.shape for measure in measures}
    assert sum(told) == sentences(engine) == 60 * (3 + len(SHAPES))


def test_a_model_s_own_stay_where_it_keeps_none_well() -> None:
    """It was taught them; the ladder looks at all of its hypotheses, and takes what is right."""
    engine = _echo(lambda text: "هیچ", placeholders=SHAPES["<x0>"])
    measures = probe(engine, PASHTO)
    assert [measure.shape for measure in measures if measure.forms == SHAPES["<x0>"]] == [OWN]
    assert best_placeholders(measures) == SHAPES["<x0>"]


def test_chrf() -> None:
    assert chrf(["سلام دنیا"], ["سلام دنیا"]) == 1.0
    assert chrf(["سلام دنیا"], ["سلامدنیا"]) == 1.0  # spaces do not count
    assert chrf(["کابل"], ["هرات"]) < 0.1
    assert chrf([""], ["هرات"]) == 0.0
    # the mean of F2 over n = 1, 2: half of the letters, none of the pairs
    assert chrf(["اب"], ["ات"]) == pytest.approx(0.25)
