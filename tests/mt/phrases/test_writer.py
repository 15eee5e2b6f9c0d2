"""The built-in model as it is shipped: the phrases propose, the network writes, and nothing that must be there gets lost."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import ModelError
from dragoman.languages import LANGUAGES, Language, get_language
from dragoman.model import GuessKind
from dragoman.mt import Request, draft, open_engine
from dragoman.mt.annotation import Told
from dragoman.mt.engine import Decoding, Hypothesis, Task
from dragoman.mt.phrases import BUILT_IN, GlossedEngine
from dragoman.mt.store import STARTER
from dragoman.text.fold import fold

PASHTO = get_language("ps")
ENGINES = {code: open_engine(STARTER, get_language(code)) for code in LANGUAGES}
ENGINE = ENGINES["ps"]


def _say(text: str, language: Language, *placeholders: str, told: tuple[Told, ...] = (), attention: bool = False) -> Hypothesis:
    names = (*placeholders, *(one.placeholder for one in told))
    task = Task(ENGINE.encode(text, language, names), suppressed=ENGINE.reserved(placeholders), told=told)
    ((hypothesis, *_),) = ENGINE.translate([task], language, Decoding(attention=attention))
    return hypothesis


def test_the_built_in_model_has_a_network() -> None:
    assert isinstance(ENGINE, GlossedEngine)
    assert ENGINE.annotates


@pytest.mark.parametrize("code", LANGUAGES)
@given(
    text=st.lists(
        st.sampled_from(["the", "water", "<x0>", "1,400", "said", "plinthar", "<x1>", "2.5", "7", "children", "near", "("]),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=25, deadline=None)
def test_numbers_placeholders_and_unknown_words_are_all_there_and_only_those(code: str, text: list[str]) -> None:
    once = [word for index, word in enumerate(text) if not word.startswith("<") or word not in text[:index]]
    said = _say(" ".join(once), get_language(code), "<x0>", "<x1>").text

    def fixed(line: str) -> Counter[str]:
        return Counter(re.findall(r"<x\d>|\d[\d.,]*\d|\d|plinthar|\(", line))

    assert fixed(said) == fixed(" ".join(once))


@pytest.mark.parametrize("form", ["هلمند", "ننګرهار", "پوهنتون", "Salaam Times"])
@pytest.mark.parametrize(
    "text", ["Schools in <x0> opened on Monday.", "<x0> said that 40 people came.", "He wrote about the <x0>, or not."]
)
def test_a_told_term_is_in_the_draft(text: str, form: str) -> None:
    told = Told("<x0>", "Zarband", form)
    assert fold(form).text in fold(_say(text, PASHTO, told=(told,)).text).text


def test_the_draft_goes_on_after_a_forced_prefix() -> None:
    prefix = ENGINE.encode_target("د ښار خلک", PASHTO)
    task = Task(ENGINE.encode("The people of the city want water.", PASHTO), prefix=prefix)
    ((hypothesis, *_),) = ENGINE.translate([task], PASHTO, Decoding())
    assert hypothesis.tokens[: len(prefix)] == prefix
    assert len(hypothesis.tokens) > len(prefix)


def test_attention_has_a_row_a_token_and_a_column_a_word() -> None:
    text = "The old bridge near Plinthar is closed."
    said = _say(text, PASHTO, attention=True)
    assert len(said.attention) == len(said.tokens)
    assert {len(row) for row in said.attention} == {len(ENGINE.encode(text, PASHTO))}


def test_what_is_too_long_for_the_network_is_the_phrases_draft() -> None:
    said = _say(" ".join(["constitutional"] * 59), PASHTO)
    assert said.finished
    assert len(said.text.split()) >= 59


@pytest.mark.parametrize(
    ("source", "pattern"),
    [
        ('"The road is closed," said the teacher.', r"“[^“”]+،” [^“”]+\."),
        ('The teacher said: "The road is closed."', r"[^“”]+: “[^“”]+\.”"),
        ('"The road is closed.', r"“[^“”]+\."),
        ('The road is closed."', r"[^“”]+\.”"),
        ('Now the road is closed," said the teacher.', r"[^“”]+،” [^“”]+\."),
    ],
)
def test_a_quotation_keeps_its_marks_where_they_belong(source: str, pattern: str) -> None:
    (translation,) = draft([Request(source)], PASHTO, ENGINE)
    assert re.fullmatch(pattern, translation.target)


@pytest.mark.parametrize("gone", ["model/model.bin", "sentencepiece.model", "ps.npz"])
def test_a_half_copied_model_is_told_from_one_without_a_network(gone: str, tmp_path: Path) -> None:
    folder = tmp_path / "half"
    shutil.copytree(BUILT_IN, folder)
    (folder / gone).unlink()
    with pytest.raises(ModelError, match=r"model\.bin|SentencePiece|phrase table"):
        draft([Request("The school is closed.")], PASHTO, open_engine(str(folder), PASHTO))


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_name_is_spelled_by_sound_and_told(code: str) -> None:
    (translation,) = draft([Request("The teacher met Zarlashtay in the school.")], get_language(code), ENGINES[code])
    (guess,) = translation.guesses
    assert (guess.source, guess.kind) == ("Zarlashtay", GuessKind.SOUND)
    assert guess.target in translation.target


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_word_that_no_pair_has_is_said_by_a_near_one_and_told(code: str) -> None:
    sentence = "The setbacks weakened the army."
    (translation,) = draft([Request(sentence)], get_language(code), ENGINES[code])
    assert "setbacks" not in translation.target
    assert [(guess.source, guess.kind) for guess in translation.guesses] == [("setbacks", GuessKind.NEAR)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_who_is_not_the_who(code: str) -> None:
    organization = {"fa_AF": "سازمان", "ps": "سازمان"}[code]
    assert (
        organization not in draft([Request("The boy who lives here is my brother.")], get_language(code), ENGINES[code])[0].target
    )
