"""The engine: batches, threads, real decoding with the built-in model, and models that cannot be opened."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import ModelError
from dragoman.languages import LANGUAGES, get_language
from dragoman.mt.engine import Decoding, Task, Translator, batches
from dragoman.mt.loaders import load
from tests.models import FIRST

SENTENCES = (
    "The farmers opened the gates of the canal on Monday.",
    "It rained.",
    "Schools in the province will be closed until the snow has melted, the governor said.",
    "The bridge is new.",
)
DARI = get_language("fa_AF")


@pytest.fixture(scope="module")
def engine() -> Translator:
    return Translator(load(FIRST))


def _tasks(engine: Translator, suppressed: tuple[tuple[str, ...], ...] = ()) -> list[Task]:
    return [Task(engine.encode(sentence, DARI), suppressed=suppressed) for sentence in SENTENCES]


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=30), st.integers(1, 60))
def test_batches(shapes: list[tuple[int, bool]], limit: int) -> None:
    """Every task is in one batch; a batch suppresses one thing; its padded size fits, unless a task is too long by itself."""
    tasks = [Task(("a",) * length, suppressed=(("x",),) if odd else ()) for length, odd in shapes]
    found = list(batches(tasks, limit))
    assert sorted(index for batch in found for index in batch) == list(range(len(tasks)))
    for batch in found:
        assert len({tasks[index].suppressed for index in batch}) == 1
        longest = max(len(tasks[index].source) for index in batch)
        assert len(batch) == 1 or longest * len(batch) <= limit


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_has_its_hypotheses_in_order(engine: Translator, code: str) -> None:
    language = get_language(code)
    done: list[int] = []
    together = engine.translate(_tasks(engine), language, Decoding(hypotheses=2), done.append)
    alone = [engine.translate([task], language, Decoding(hypotheses=2))[0] for task in _tasks(engine)]
    assert sum(done) == len(SENTENCES)
    for some, others in zip(together, alone, strict=True):
        assert [one.tokens for one in some] == [other.tokens for other in others]
        assert some[0].score >= some[1].score
        assert all(one.finished for one in some)


def test_attention_has_a_row_a_token_and_a_column_a_source_token(engine: Translator) -> None:
    task = _tasks(engine)[0]
    ((hypothesis,),) = engine.translate([task], DARI, Decoding(attention=True))
    assert len(hypothesis.attention) == len(hypothesis.tokens)
    assert {len(row) for row in hypothesis.attention} == {len(task.source)}


def test_a_forced_prefix_is_in_the_hypothesis_and_is_all_there_is_of_it(engine: Translator) -> None:
    prefix = engine.encode_target("در کابل", DARI)
    ((hypothesis,),) = engine.translate([Task(_tasks(engine)[0].source, prefix)], DARI, Decoding(attention=True))
    assert hypothesis.tokens[: len(prefix)] == prefix
    assert hypothesis.text.startswith("در کابل")


def test_what_is_suppressed_is_not_said(engine: Translator) -> None:
    ((said, *_), *_) = engine.translate(_tasks(engine), DARI, Decoding())
    word = said.tokens[:1]
    ((other, *_), *_) = engine.translate(_tasks(engine, (word,)), DARI, Decoding())
    assert word[0] not in other.tokens


def test_a_symbol_of_the_model_is_never_said_unasked(engine: Translator) -> None:
    task = Task(engine.encode("<x0> and <ps> in Kabul.", DARI), suppressed=engine.reserved())
    ((hypothesis,),) = engine.translate([task], DARI, Decoding())
    assert not {symbol for (symbol,) in engine.reserved()} & {*task.source, *hypothesis.tokens}


def test_symbols_that_were_asked_for_are_symbols(engine: Translator) -> None:
    shape = engine.placeholders[0]
    assert shape in engine.encode(f"{shape} is in Kabul.", DARI, [shape])
    assert (shape,) in engine.reserved()
    assert (shape,) not in engine.reserved([shape])


def test_what_goes_on_for_ever_is_stopped_and_said_so(engine: Translator) -> None:
    """Where the end itself is suppressed, the stop comes from us, and the hypothesis tells it."""
    ((hypothesis,),) = engine.translate([_tasks(engine, (("</s>",),))[1]], DARI, Decoding())
    assert not hypothesis.finished


def test_score_is_the_mean_log_probability_of_what_the_model_chose(engine: Translator) -> None:
    tasks = _tasks(engine)
    likely = [hypotheses[0].tokens for hypotheses in engine.translate(tasks, DARI, Decoding())]
    unlikely = [engine.encode_target("کوه سبز پرید", DARI)] * len(tasks)
    pairs = [(task.source, tokens) for task, tokens in zip(tasks * 2, likely + unlikely, strict=True)]
    scores = engine.score(pairs, DARI)
    assert all(good > bad for good, bad in zip(scores[: len(tasks)], scores[len(tasks) :], strict=True))


def test_nothing_to_do(engine: Translator) -> None:
    assert engine.translate([], DARI, Decoding()) == []


# --- models that cannot be opened ---------------------------------------------------------------------------------------


def _cut(size: int) -> Callable[[Path], object]:
    return lambda folder: (folder / "model" / "model.bin").write_bytes((FIRST / "model" / "model.bin").read_bytes()[:size])


def _newer(folder: Path) -> None:
    weights = (FIRST / "model" / "model.bin").read_bytes()
    (folder / "model" / "model.bin").write_bytes((7).to_bytes(4, "little") + weights[4:])


@pytest.mark.parametrize(
    ("spoil", "message", "command"),
    [
        (lambda folder: (folder / "model" / "model.bin").unlink(), "has no model.bin", "--model starter"),
        (lambda folder: shutil.rmtree(folder / "model"), "has no model.bin and no config.json", "--model starter"),
        (_cut(0), "is half copied", "--model starter"),
        (_cut(100_000), "is half copied", "--model starter"),
        (_newer, "was made for a newer CTranslate2", "pip install --upgrade ctranslate2"),
        (
            lambda folder: (folder / "model" / "model.bin").write_bytes(b"<html>not found</html>" * 9),
            "is half copied or no",
            "--model starter",
        ),
        (lambda folder: (folder / "model" / "config.json").write_text("{"), "is half copied", "--model starter"),
        (lambda folder: (folder / "sentencepiece.model").unlink(), "no SentencePiece model", "--model starter"),
        (lambda folder: (folder / "sentencepiece.model").write_bytes(b"half"), "no SentencePiece model", "--model starter"),
        (lambda folder: (folder / "metadata.json").write_text("{", encoding="utf-8"), "cannot be read", "--model starter"),
        (
            lambda folder: (folder / "metadata.json").write_text(json.dumps({"targets": {"ps": {}}})),
            "metadata.json lacks 'name'",
            "--model starter",
        ),
    ],
)
def test_a_broken_model_is_one_line_with_a_command(
    tmp_path: Path, spoil: Callable[[Path], object], message: str, command: str
) -> None:
    folder = shutil.copytree(FIRST, tmp_path / "model")
    spoil(folder)
    with pytest.raises(ModelError) as raised:
        Translator(load(folder))
    assert message in raised.value.message
    assert "\n" not in str(raised.value)
    assert command in (raised.value.hint or "")
