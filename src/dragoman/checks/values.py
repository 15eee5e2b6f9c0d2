"""The numbers of a text, by value: in any system of digits, with any separators, in figures or in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from dragoman.languages import NUMERAL_SYSTEMS, Language
from dragoman.model import Span
from dragoman.text.fold import fold

ARABIC_INDIC = "٠١٢٣٤٥٦٧٨٩"  # of Arabic, never of Dari or Pashto
DIGITS = frozenset(ARABIC_INDIC).union(*(system.digits for system in NUMERAL_SYSTEMS.values()))
_TO_ASCII = str.maketrans(
    {
        digit: str(value)
        for digits in (ARABIC_INDIC, *(s.digits for s in NUMERAL_SYSTEMS.values()))
        for value, digit in enumerate(digits)
    }
)
_DIGIT = f"[0-9{ARABIC_INDIC}{NUMERAL_SYSTEMS['arabext'].digits}]"
_FIGURES = re.compile(f"{_DIGIT}+(?:[.,٬٫،]{_DIGIT}+)*")
_SEPARATOR = re.compile("[.,٬٫،]")


class Figures(NamedTuple):
    """A number written in figures. `values` are the ways to read it: `1.234` is 1.234 or 1234, `2019,20` two numbers."""

    text: str
    span: Span
    values: frozenset[str]
    parts: tuple[str, ...]
    in_name: bool

    def text_after(self, text: str) -> str:
        """The number and what follows it in `text`, as far as a word like `million` may stand."""
        return text[self.span.start : self.span.end + 24]


def digits(text: str) -> frozenset[str]:
    """The numbers of `text` as they stand, with their separators, but in ASCII digits."""
    return frozenset(map(ascii_digits, _FIGURES.findall(text)))


def figures(text: str) -> Iterator[Figures]:
    """The numbers that stand in figures, in the order of the text. A value is a decimal without needless zeros: `0.5`, `12`."""
    for match in _FIGURES.finditer(text):
        number = ascii_digits(match[0])
        start = match.start()
        if number == "00" and text[start - 1 : start] == ":":
            continue  # 8:00 is also “eight o'clock”
        parts = tuple(_SEPARATOR.split(number))
        several = tuple(map(_plain, parts)) if _may_be_several(number, parts) else ()
        yield Figures(match[0], Span(start, match.end()), frozenset(_readings(parts)), several, _in_name(text, start))


def _may_be_several(text: str, parts: tuple[str, ...]) -> bool:
    """Whether marks between digits may part numbers: `1,2`, `15،2020`, `12.03.2020`, but not `2.8` or `39,768`."""
    if len(parts) == 1 or all(len(part) == 3 for part in parts[1:]):
        return False
    return len(parts) > 2 or "," in text or "،" in text


def ascii_digits(text: str) -> str:
    """`text` with all digits written 0-9, offsets kept."""
    return text if text.isascii() else text.translate(_TO_ASCII)


def _in_name(text: str, start: int) -> bool:
    """Whether the figures at `start` belong to a name (COVID-19, H1N1, F-16), which translators write in many ways."""
    before = text[start - 1 : start]
    if before != "-":
        return before.isalpha()
    word = text[max(0, start - 20) : start - 1].rpartition(" ")[2]
    return any(character.isalpha() and not character.islower() for character in word)  # کووید-۱۹, but not mid-2019


def _readings(parts: tuple[str, ...]) -> Iterator[str]:
    if len(parts) == 1:
        yield _plain(parts[0])
        return
    if len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:]):
        yield _plain("".join(parts))
    yield _plain("".join(parts[:-1]), parts[-1])


def _plain(whole: str, fraction: str = "") -> str:
    fraction = fraction.rstrip("0")
    whole = whole.lstrip("0") or "0"
    return f"{whole}.{fraction}" if fraction else whole


def times_scale(text: str, language: Language | None = None) -> frozenset[str]:
    """The numbers of `text` that a word multiplies: 1600000 for `1.6 million`. Without a language, in English."""
    names = _number_names(language) if language else _ENGLISH
    return frozenset(_scaled(text, names, language is not None))


def _scaled(text: str, names: Mapping[str, int], folded: bool) -> Iterator[str]:
    for number in figures(text):
        word = _WORD.match(text[number.span.end :].lstrip(" -\u200c\u00a0"))
        if word is None:
            continue
        name = fold(word[0]).text if folded else word[0].casefold()
        scale = _value(name, names, ())
        if scale is not None and scale >= 1000:
            for value in number.values:
                yield _plain(*str(Decimal(value) * scale).split("."))


def words_as_values(text: str, language: Language) -> frozenset[str]:
    """The numbers that stand in words of the target language: each word alone, and each run of them as one number."""
    names = _number_names(language)
    conjunctions = frozenset(language.inflection.conjunctions)
    return frozenset(_values_of_words(_WORD.findall(fold(text).text), names, conjunctions, _ORDINAL_ENDINGS))


def english_words_as_values(text: str) -> frozenset[str]:
    """The same of an English text, with `dozen`, `twice` and Roman numerals."""
    words = _WORD.findall(text.replace("-", " "))
    roman = {str(_ROMAN[word]) for word in words if word in _ROMAN}
    lower = [word.casefold() for word in words]
    return frozenset(_values_of_words(lower, _ENGLISH, frozenset({"and"}), ("s", "th", "ths"))) | roman


def _values_of_words(
    words: Iterable[str], names: Mapping[str, int], conjunctions: frozenset[str], endings: tuple[str, ...]
) -> Iterator[str]:
    run: list[int] = []
    for word in (*words, ""):
        value = _value(word, names, endings)
        if value is not None:
            yield str(value)
            run.append(value)
        elif word not in conjunctions or not run:
            if len(run) > 1:
                yield str(_sum(run))
            run = []


def _value(word: str, names: Mapping[str, int], endings: tuple[str, ...]) -> int | None:
    if word in names:
        return names[word]
    for ending in endings:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            value = names.get(stem) or names.get(f"{stem}ه")  # a final ه goes before an ending: Pashto اته, اتم, اتو
            if value is not None:
                return value
    return None


def _sum(run: list[int]) -> int:
    """`six hundred thousand` as 6, 100, 1000: what is larger multiplies what stands before it, what is smaller is added."""
    total = current = 0
    for value in run:
        if value >= 1000:
            total, current = total + max(current, 1) * value, 0
        elif value == 100:
            current = max(current, 1) * value
        else:
            current += value
    return total + current


@cache
def _number_names(language: Language) -> Mapping[str, int]:
    names = {form: value for value, forms in enumerate(language.number_words, 1) for form in forms}
    names |= {form: int(value) for value, forms in language.larger_number_words.items() for form in forms}
    return {fold(name).text: value for name, value in names.items()}


_WORD = re.compile(r"\w+")
# Folded. Dari پنجم, پنجمین; Pashto پنځم, پنځمه, پنځمې, and the oblique plural لسو.
_ORDINAL_ENDINGS = ("م", "مین", "مه", "می", "و", "ین", "ه", "ی", "مو")
_ENGLISH: Mapping[str, int] = {
    word: value
    for value, words in {
        0: "zero no none",
        1: "one first once single a an",
        2: "two second twice double both pair couple half bi",
        3: "three third thrice triple",
        4: "four fourth quarter",
        5: "five fifth",
        6: "six sixth",
        7: "seven seventh week weekly",
        8: "eight eighth",
        9: "nine ninth",
        10: "ten tenth decade",
        11: "eleven eleventh",
        12: "twelve twelfth dozen noon midnight",
        13: "thirteen thirteenth",
        14: "fourteen fourteenth fortnight",
        15: "fifteen fifteenth",
        16: "sixteen sixteenth",
        17: "seventeen seventeenth",
        18: "eighteen eighteenth",
        19: "nineteen nineteenth",
        20: "twenty twentieth",
        30: "thirty thirtieth",
        40: "forty fortieth",
        50: "fifty fiftieth",
        60: "sixty sixtieth",
        70: "seventy seventieth",
        80: "eighty eightieth",
        90: "ninety ninetieth",
        100: "hundred hundredth century",
        1000: "thousand thousandth",
        1_000_000: "million millionth",
        1_000_000_000: "billion billionth",
        1_000_000_000_000: "trillion",
    }.items()
    for word in words.split()
}
_ROMAN = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12,
    "XIII": 13, "XIV": 14, "XV": 15, "XVI": 16, "XVII": 17, "XVIII": 18, "XIX": 19, "XX": 20, "XXI": 21,
}  # fmt: skip
