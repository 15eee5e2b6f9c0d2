"""Names by their sound, as the built-in model spells them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import ModelError
from dragoman.languages import LANGUAGES, get_language
from dragoman.mt.phrases import BUILT_IN, PhraseModel
from dragoman.mt.phrases.spelling import Speller, latin_letters

MODEL = PhraseModel(BUILT_IN)


def _speller(code: str) -> Speller:
    speller = MODEL.speller(code)
    assert speller is not None
    return speller


@pytest.mark.parametrize(
    ("name", "dari", "pashto"),
    [
        ("Tawana", "توانا", "توانا"),
        ("Kochay", "کوچی", "کوچی"),
        ("Rahimi", "رحیمی", "رحیمي"),
        ("Baghdadi's", "بغدادی", "بغدادي"),
        ("al-Hadi", "الهادی", "الهادي"),
        ("Gulistan", "گلستان", "ګلستان"),
        ("Habibullah", "حبیب الله", "حبیب الله"),
        ("Karzai-Rahimi", "کرزی-رحیمی", "کرزی-رحیمي"),
    ],
)
def test_a_name_is_spelled_in_the_letters_of_its_language(name: str, dari: str, pashto: str) -> None:
    assert (_speller("fa_AF").spell(name), _speller("ps").spell(name)) == (dari, pashto)


@pytest.mark.parametrize("word", ["NATO", "UN", "MPs", "PhD", "B52", "2nd", "A", "Mr", "", "-", "'", "al-", "Müll€r", "کابل"])
def test_what_is_no_name_is_not_spelled(word: str) -> None:
    assert _speller("ps").spell(word) is None


@pytest.mark.parametrize("code", LANGUAGES)
@given(word=st.text(st.sampled_from("abdeghijklmnoqrstuwyzABDKS'-éğ"), min_size=1, max_size=12))
def test_a_spelling_has_letters_of_the_language_alone(code: str, word: str) -> None:
    spelled = _speller(code).spell(word)
    assert spelled is None or set(spelled) <= set(get_language(code).letters.alphabet) | {"-", " "}


@pytest.mark.parametrize(
    ("word", "letters"),
    [("Erdoğan", "erdogan"), ("O'Brien", "obrien"), ("Sa’id", "sa'id"), ("'Abbas", "abas"), ("Łódź", "lodz"), ("x2", "")],
)
def test_letters_lose_their_marks(word: str, letters: str) -> None:
    assert latin_letters(word) == letters


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "spelling.ps.npz"
    path.write_bytes((BUILT_IN / "spelling.ps.npz").read_bytes()[:500])
    with pytest.raises(ModelError, match="is missing or no table of spellings"):
        Speller(path)
