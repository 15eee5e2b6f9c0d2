"""The language files as they are: each fact that others rely on, and that they contradict neither themselves nor each other."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest

from dragoman.errors import LanguageError
from dragoman.languages import LANGUAGES, Language, Swap, get_language, get_swaps, with_style
from dragoman.model import Severity

every_language = pytest.mark.parametrize("language", [get_language(code) for code in LANGUAGES], ids=LANGUAGES)


@pytest.mark.parametrize("code", ["fa_AF", "fa-AF", "prs", "prs_AF", "prs-AF", "prs_Arab", "dari", "Dari", "دری"])
def test_dari_goes_by_many_names(code: str) -> None:
    assert get_language(code) is get_language("fa_AF")


@pytest.mark.parametrize("code", ["ps", "ps_AF", "ps-AF", "pbt", "pbt_Arab", "pus", "pashto", "Pashto", "پښتو"])
def test_pashto_goes_by_many_names(code: str) -> None:
    assert get_language(code) is get_language("ps")


@pytest.mark.parametrize("code", ["", "xx", "fa", "fa_IR", "../ps"])
def test_an_unknown_language_is_told_with_those_that_are_known(code: str) -> None:
    with pytest.raises(LanguageError) as raised:
        get_language(code)
    assert str(raised.value) == f"no language is called {code!r} (Dragoman knows Dari (fa_AF) and Pashto (ps))"


def test_facts_of_dari() -> None:
    dari = get_language("fa_AF")
    assert (dari.code, dari.bcp47, dari.direction, dari.plural_forms) == (
        "fa_AF",
        "fa-AF",
        "rtl",
        "nplurals=2; plural=(n > 1);",
    )
    assert dari.numeral_system.digits == "۰۱۲۳۴۵۶۷۸۹"
    assert dari.punctuation.quotation_marks == "«»‹›"
    assert dari.thresholds.length_ratio == (0.64, 1.40)
    assert dari.months.gregorian[1] == ("فبروری", "فبرواری")


def test_facts_of_pashto() -> None:
    pashto = get_language("ps")
    assert (pashto.code, pashto.bcp47, pashto.direction, pashto.plural_forms) == (
        "ps",
        "ps",
        "rtl",
        "nplurals=2; plural=(n != 1);",
    )
    assert pashto.numeral_system.digits == "0123456789"
    assert pashto.punctuation.quotation_marks == "“”‘’"
    assert pashto.punctuation.admitted_full_stops == {".", "۔"}
    assert pashto.number_words[1] == ("دوه", "دوې")


@every_language
def test_lists_have_their_lengths(language: Language) -> None:
    assert len(language.number_words) == 10
    assert len(language.months.gregorian) == 12
    assert len(language.months.solar) == 12
    assert len(language.punctuation.quotation_marks) == 4


@every_language
def test_a_letter_has_one_standing(language: Language) -> None:
    letters = language.letters
    assert not letters.alphabet & letters.borrowed
    assert not (letters.alphabet | letters.borrowed) & set(letters.replaced)
    assert set(letters.replaced.values()) <= letters.alphabet
    assert all(unicodedata.category(mark) == "Mn" for mark in letters.marks)


@every_language
def test_its_own_words_are_written_in_its_own_letters(language: Language) -> None:
    words = (
        *(form for forms in (*language.number_words, *language.months.gregorian, *language.months.solar) for form in forms),
        *language.inflection.suffixes,
        *language.inflection.conjunctions,
        *language.recognition.words,
    )
    assert set("".join(words)) <= language.letters.alphabet


@every_language
def test_everything_is_in_nfc(language: Language) -> None:
    assert unicodedata.is_normalized("NFC", repr(language))


def test_no_word_tells_two_languages_apart_and_is_in_both() -> None:
    dari, pashto = map(get_language, ("fa_AF", "ps"))
    assert not set(dari.recognition.words) & set(pashto.recognition.words)
    assert not dari.recognition.letters & pashto.letters.alphabet
    assert not pashto.recognition.letters & dari.letters.alphabet


def test_a_style_is_another_value() -> None:
    pashto = get_language("ps")
    press = with_style(pashto, numerals="arabext", quotation_marks="«»‹›", full_stop="۔")
    assert (press.numeral_system.percent, press.punctuation.quotation_marks, press.punctuation.full_stop) == ("٪", "«»‹›", "۔")
    assert with_style(press, numerals="latn", quotation_marks="“”‘’", full_stop=".") == pashto
    assert with_style(pashto) == pashto


@pytest.mark.parametrize(
    ("style", "message"),
    [
        ({"numerals": "arab"}, "no numerals are called 'arab' (known are latn and arabext)"),
        ({"quotation_marks": "«»"}, "'«»' are no quotation marks of Dari (write the outer and the inner pair, as «»‹›)"),
        ({"quotation_marks": "<>[]"}, "'<>[]' are no quotation marks of Dari (write the outer and the inner pair, as «»‹›)"),
        ({"full_stop": "۔"}, "'۔' is no full stop of Dari (there is .)"),
    ],
)
def test_a_style_is_of_the_language(style: dict[str, str], message: str) -> None:
    with pytest.raises(LanguageError) as raised:
        with_style(get_language("fa_AF"), **style)
    assert str(raised.value) == message


def test_swaps_have_a_severity() -> None:
    swaps = get_swaps(get_language("fa_AF"))
    assert Swap("آوریل", "اپریل", Severity.WARNING) in swaps
    assert get_swaps(get_language("ps")) == (Swap("کښې", "کې", Severity.HINT), Swap("چه", "چې", Severity.HINT))


@every_language
def test_a_swap_stands_in_one_place_and_in_the_languages_own_letters(language: Language) -> None:
    swaps = get_swaps(language)
    assert len({swap.foreign for swap in swaps}) == len(swaps)
    letters = language.letters.alphabet | language.letters.borrowed | language.letters.marks | set(" \u200c")
    assert set("".join(swap.own for swap in swaps)) <= letters


def test_importing_the_languages_reads_no_yaml() -> None:
    script = "import sys, dragoman.languages; print([name for name in sys.modules if 'yaml' in name])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
