"""What Dragoman knows of a target language, as data. Each file `CODE.yml` beside this one fills one `Language`.

The facts come from CLDR 47 (codes, plurals, digits, quotation marks, months), Richard Ishida's orthography notes (letters) and
counts over the 3,071 human translations of TICO-19 in each language (styles and thresholds).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.languages.numerals import NUMERAL_SYSTEMS, NumeralSystem


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """The twelve months of each calendar, in order, each with its spellings, the preferred one first."""

    gregorian: tuple[tuple[str, ...], ...]
    solar: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Punctuation:
    """The language's own marks. What is admitted stands in human texts as well, and is no mistake where one text keeps to it.

    Quotation marks are four characters: the outer pair and the inner pair.
    """

    comma: str
    semicolon: str
    question_mark: str
    full_stop: str
    admitted_full_stops: frozenset[str]
    quotation_marks: str
    admitted_quotation_marks: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Which letters may stand in a text. Digits, punctuation and Latin letters are not told here."""

    alphabet: frozenset[str]
    marks: frozenset[str]  # vowel signs and the like, above or below a letter
    borrowed: frozenset[str]  # letters of a neighbour that stand in its names: worth a hint, not an error
    replaced: Mapping[str, str]  # a wrong letter, and the one that it certainly stands for


@dataclass(frozen=True, slots=True, kw_only=True)
class Inflection:
    """How a word changes in a sentence, as far as telling it again needs: no grammar, but endings."""

    suffixes: tuple[str, ...]  # may follow a word, joined to it, after a ZWNJ, or after a space
    final_letters: Mapping[str, tuple[str, ...]]  # a word's last letter, and what may stand in its place
    conjunctions: tuple[str, ...]  # "and"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What tells this language from the other languages of its script, measured on TICO-19."""

    letters: frozenset[str]  # stand in no other of our languages, names aside
    words: tuple[str, ...]  # frequent, and in no other of our languages


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Where human translations end and trouble begins: percentiles 1 and 99 of TICO-19, widened a little for errors."""

    length_ratio: tuple[float, float]  # characters of the target by those of the source: a warning outside
    length_ratio_error: tuple[float, float]  # the same: an error outside
    repeated_four_grams: int  # occurrences of four words in a row that the source does not repeat: a warning
    repeated_four_grams_error: int  # the same: an error
    doubled_words: bool  # whether a word twice in a row is a mistake; in Pashto it is grammar


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A target language. `with_style` gives it a project's own digits, quotation marks and full stop."""

    code: str  # names folders, PO headers and the glossary's keys: fa_AF
    name: str
    native_name: str
    bcp47: str  # for HTML and TMX: fa-AF
    aliases: tuple[str, ...]  # other codes and names that a user may write
    direction: str  # rtl or ltr, as HTML has it
    plural_forms: str  # the PO header
    numerals: str  # how numbers are written, by CLDR's name of the system
    number_words: tuple[tuple[str, ...], ...]  # one to ten, each with its forms
    larger_number_words: Mapping[str, tuple[str, ...]]  # value → its forms; for telling numbers again, not for writing them
    months: Months
    punctuation: Punctuation
    letters: Letters
    inflection: Inflection
    recognition: Recognition
    thresholds: Thresholds

    @property
    def numeral_system(self) -> NumeralSystem:
        return NUMERAL_SYSTEMS[self.numerals]

    def __hash__(self) -> int:
        return hash(self.code)
