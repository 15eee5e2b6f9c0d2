"""The built-in model, as it is shipped."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import ModelError
from dragoman.languages import LANGUAGES, Language, get_language
from dragoman.model import GuessKind, Span, TargetTerm, Term, TermMatch
from dragoman.mt import Request, draft
from dragoman.mt.engine import Decoding, Task
from dragoman.mt.phrases import BUILT_IN, PhraseEngine, PhraseModel

ENGINE = PhraseEngine(PhraseModel(BUILT_IN))
DARI = get_language("fa_AF")


def _translate(text: str, language: Language, *placeholders: str, suppressed: tuple[tuple[str, ...], ...] = ()) -> str:
    task = Task(ENGINE.encode(text, language, placeholders), suppressed=suppressed)
    ((hypothesis, *_),) = ENGINE.translate([task], language, Decoding())
    return hypothesis.text


@pytest.mark.parametrize("code", LANGUAGES)
def test_it_knows_what_a_school_is(code: str) -> None:
    word = {"fa_AF": "مکتب", "ps": "ښوونځ"}[code]
    assert word in _translate("The school is closed.", get_language(code))


@pytest.mark.parametrize("code", LANGUAGES)
@given(
    text=st.lists(
        st.sampled_from(["the", "water", "<x0>", "14", ",", "said", "Foladi", "<x1>", "2.5", "("]), min_size=1, max_size=14
    )
)
@settings(max_examples=60)
def test_numbers_and_placeholders_are_all_there_and_only_those(code: str, text: list[str]) -> None:
    once = [word for index, word in enumerate(text) if not word.startswith("<") or word not in text[:index]]
    said = _translate(" ".join(once), get_language(code), "<x0>", "<x1>").split()

    def fixed(words: list[str]) -> list[str]:
        return sorted(word.strip("،,(.") for word in words if word.strip("،,(.")[:1] in ("<", "1", "2"))

    assert fixed(said) == fixed(once)


def test_a_placeholder_that_nobody_asked_for_is_plain_letters() -> None:
    assert ENGINE.encode("<x0>", DARI) == ("<", "x", "0", ">")
    assert ENGINE.encode("<x0>", DARI, ["<x0>"]) == ("<x0>",)


@pytest.mark.parametrize("text", ["<x0>s", "<x0>'s", "<x0>"])
def test_the_ending_of_a_masked_word_goes_with_it(text: str) -> None:
    assert ENGINE.encode(text, DARI, ["<x0>"]) == ("<x0>",)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("text", ["Xuqbarim is far from Kabul.", "In Kabul the xuqbarim is far.", "In Kabul the XUQB is far."])
def test_an_unknown_word_that_may_be_no_name_stays_for_all_to_see(code: str, text: str) -> None:
    assert "xuqb" in _translate(text, get_language(code)).lower()


def test_an_unknown_name_is_spelled_and_told() -> None:
    (one,) = draft([Request("In Kabul the police met Zarlashtay and Zarlashtay's brother.")], DARI, ENGINE)
    (guess,) = one.guesses
    assert (guess.source, guess.kind) == ("Zarlashtay", GuessKind.SOUND)
    assert one.target.count(guess.target) == 2
    assert "Zarlashtay" not in one.target


def test_a_guess_that_gave_way_to_a_term_is_not_told() -> None:
    source = "In Kabul the police met Zarlashtay."
    match = TermMatch(Term("z", "Zarlashtay", {"fa_AF": TargetTerm("خانم ز")}), Span(24, 34), "Zarlashtay")
    (one,) = draft([Request(source, (match,))], DARI, ENGINE)
    assert one.terms[0].satisfied
    assert one.guesses == ()


def test_a_model_without_spellings_leaves_names_as_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(BUILT_IN, folder)
    metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    for target in metadata["targets"].values():
        del target["spelling"]
    (folder / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    ((hypothesis, *_),) = PhraseEngine(PhraseModel(folder)).translate([Task(("met", "Zarlashtay"))], DARI, Decoding())
    assert "Zarlashtay" in hypothesis.text
    assert hypothesis.guesses == ()


def test_what_is_suppressed_is_not_said() -> None:
    assert "کابل" in _translate("Kabul", DARI)
    assert "کابل" not in _translate("Kabul", DARI, suppressed=(("کابل",),))


def test_attention_names_the_words_that_a_word_comes_from() -> None:
    ((hypothesis, *_),) = ENGINE.translate([Task(("Kabul",))], DARI, Decoding(attention=True))
    assert hypothesis.attention == ((1.0,),)


def test_fluent_text_is_likelier() -> None:
    good, bad = ENGINE.score([((), ("در", "سال", "گذشته", ".")), ((), ("گذشته", ".", "سال", "در"))], DARI)
    assert good > bad


def test_the_files_are_those_of_the_metadata() -> None:
    metadata = json.loads((BUILT_IN / "metadata.json").read_text(encoding="utf-8"))
    for target in metadata["targets"].values():
        assert hashlib.sha256((BUILT_IN / target["table"]).read_bytes()).hexdigest() == target["sha256"]
        spelling = target["spelling"]
        assert hashlib.sha256((BUILT_IN / spelling["file"]).read_bytes()).hexdigest() == spelling["sha256"]


@pytest.mark.parametrize("damage", ["cut", "missing", "other"])
def test_a_damaged_table_is_told(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    shutil.copy(BUILT_IN / "metadata.json", folder)
    if damage != "missing":
        (folder / "fa_AF.npz").write_bytes((BUILT_IN / "fa_AF.npz").read_bytes()[:1000] if damage == "cut" else b"no table")
    engine = PhraseEngine(PhraseModel(folder))
    with pytest.raises(ModelError, match="is missing or no phrase table"):
        engine.translate([Task(("Kabul",))], DARI, Decoding())


def test_a_term_amid_a_quotation_leaves_its_marks_alone() -> None:
    source = '"The water board has no money for the wells," Rahimi said.'
    term = Term("board", "water board", {"fa_AF": TargetTerm("ادارهٔ آب"), "ps": TargetTerm("د اوبو اداره")})
    match = TermMatch(term, Span(5, 16), "water board")
    for code in LANGUAGES:
        language = get_language(code)
        (one,) = draft([Request(source, (match,))], language, ENGINE)
        marks = language.punctuation.quotation_marks
        assert [one.target.count(mark) for mark in marks] == [1, 1, 0, 0]
        assert all(outcome.satisfied for outcome in one.terms)
