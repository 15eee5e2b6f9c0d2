"""N: numbers by value, digits of the right system, months."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dragoman.checks.calendars import (
    ENGLISH_MONTHS,
    beside_english_month,
    beside_solar_month,
    gregorian_months,
    solar_years,
)
from dragoman.checks.pair import Pair
from dragoman.checks.rule import Context, Problem, rule
from dragoman.checks.showing import short
from dragoman.checks.values import (
    ARABIC_INDIC,
    DIGITS,
    Figures,
    ascii_digits,
    english_words_as_values,
    times_scale,
    words_as_values,
)
from dragoman.languages import NUMERAL_SYSTEMS, Language
from dragoman.model import Severity, Span


@rule("N101", "number-missing", Severity.ERROR)
def number_missing(pair: Pair, context: Context) -> Iterator[Problem]:
    """A number of the source is not in the target.

    A wrong figure is the gravest slip of a news translation, and the easiest to overlook. Numbers are compared by value: any
    digits, any separators, figures or words; the year and the day of a date may also be those of the solar calendar. Figures
    that belong to a name (COVID-19, F-16) are left to the translator.

    Fires:
        msgid "Police arrested 12 men."
        msgstr "پولیس ۲۱ تن را بازداشت کرد."
    Silent:
        msgid "Police arrested 12 men."
        msgstr "پولیس دوازده تن را بازداشت کرد."
    """
    if pair.source_digits <= pair.digits:
        return
    wanted = [number for number in pair.source_figures if not number.in_name]
    there = _values(pair.figures)
    missing = {number.text: number for number in wanted if not _found(number, there)}
    if not missing:
        return
    there |= words_as_values(pair.target, context.language) | times_scale(pair.target, context.language)
    for number in missing.values():
        if (
            not _found(number, there)
            and not times_scale(number.text_after(pair.source)) & there
            and not _short_year(number, pair.source, there)
            and not _is_solar(number, pair, there)
        ):
            text = number.text
            suggestion = localized(text, context.language)
            yield Problem(f"{short(text)} is missing", suggestion=suggestion, about=text)


@rule("N102", "number-added", Severity.WARNING)
def number_added(pair: Pair, context: Context) -> Iterator[Problem]:
    """The target has a number that the source has not.

    Either a slip, or something that the translator knew and the author did not write: both deserve a look.

    Fires:
        msgid "Police arrested the men."
        msgstr "پولیس ۱۲ تن را بازداشت کرد."
    Silent:
        msgid "Police arrested twelve men."
        msgstr "پولیس ۱۲ تن را بازداشت کرد."
    """
    if pair.digits <= pair.source_digits:
        return
    there = _values(pair.source_figures)
    added = {number.text: number for number in pair.figures if not number.in_name and not _found(number, there)}
    if not added:
        return
    there |= english_words_as_values(pair.source) | times_scale(pair.source) | set(_DECADE.findall(pair.source))
    for number in added.values():
        if (
            not _found(number, there)
            and not times_scale(number.text_after(pair.target), context.language) & there
            and not _short_year(number, ascii_digits(pair.target), there)
            and not _was_gregorian(number, pair)
        ):
            yield Problem(f"{short(number.text)} is not in the source", span=number.span, about=number.text)


@rule("N201", "arabic-digits", Severity.ERROR)
def arabic_digits(pair: Pair, context: Context) -> Iterator[Problem]:
    """A digit of Arabic (٠-٩, U+0660 to U+0669), which neither Dari nor Pashto uses.

    Some keyboards type them. They look almost right, sort wrong and are not found by a search.

    Fires:
        msgid "Police arrested 47 men."
        msgstr "پولیس ٤٧ تن را بازداشت کرد."
    Silent:
        msgid "Police arrested 47 men."
        msgstr "پولیس ۴۷ تن را بازداشت کرد."
    """
    if pair.characters.isdisjoint(ARABIC_INDIC):
        return
    for run in re.finditer(f"[{ARABIC_INDIC}]+", pair.target):
        suggestion = localized(str(int(run[0][:4000])), context.language)
        yield Problem(f"{short(run[0])} is written in digits of Arabic", Span(*run.span()), suggestion, about=run[0])


@rule("N202", "digits-mixed", Severity.WARNING)
def digits_mixed(pair: Pair, context: Context) -> Iterator[Problem]:
    """Two systems of digits stand in one target.

    Figures in Latin names (F-16) may keep the Latin ones.

    Fires:
        msgid "Of 40 men, 12 were arrested."
        msgstr "از ۴۰ تن، 12 تن بازداشت شدند."
    Silent:
        msgid "Of 40 men, 12 flew an F-16."
        msgstr "از ۴۰ تن، ۱۲ تن با F-16 پرواز کردند."
    """
    own = context.language.numeral_system.digits
    others = [system.digits for system in NUMERAL_SYSTEMS.values() if system.digits != own]
    if pair.characters.isdisjoint(own):
        return
    for digits in others:
        if pair.characters.isdisjoint(digits):
            continue
        used = [number for number in pair.figures if not number.in_name]
        if any(number.text[0] in own for number in used):
            for number in used:
                if number.text[0] in digits and not _beside_latin(pair.target, number.span):
                    suggestion = localized(number.text, context.language)
                    yield Problem(f"{short(number.text)} is written in other digits", number.span, suggestion, number.text)


@rule("N203", "digits-foreign", Severity.HINT)
def digits_foreign(pair: Pair, context: Context) -> Iterator[Problem]:
    """The digits are not those that the language's style asks for.

    Dari newspapers write ۰-۹, Pashto ones 0-9: counted in human translations, nine of ten and more.

    Fires:
        msgid "Police arrested 12 men."
        msgstr "پولیس 12 تن را بازداشت کرد."
    Silent:
        msgid "Police arrested 12 men."
        msgstr "پولیس ۱۲ تن را بازداشت کرد."
    """
    own = context.language.numeral_system.digits
    others = _FOREIGN_DIGITS[context.language.numerals]
    if pair.characters.isdisjoint(others) or not pair.characters.isdisjoint(own):
        return
    for number in pair.figures:
        if not number.in_name and number.text[0] in others and not _beside_latin(pair.target, number.span):
            suggestion = localized(number.text, context.language)
            yield Problem(
                f"{short(number.text)} is not in the digits of {context.language.name}", number.span, suggestion, number.text
            )
            return  # once an entry: it is a matter of style


@rule("N301", "month-changed", Severity.ERROR)
def month_changed(pair: Pair, context: Context) -> Iterator[Problem]:
    """The target names another month than the source.

    Only months of the same calendar are compared; an event may well be dated by the solar calendar instead.

    Fires:
        msgid "The school opened on 5 June."
        msgstr "مکتب در ۵ جولای باز شد."
    Silent:
        msgid "The school opened on 5 June."
        msgstr "مکتب در ۵ جون باز شد."
    """
    named = [name for name in ENGLISH_MONTHS if name in pair.source]
    if not named:
        return
    wanted = {_MONTH_NUMBERS[match[1] or match[2] or match[3]] for match in _ENGLISH_MONTH.finditer(pair.source)}
    if not wanted:
        return
    names = gregorian_months(context.language)
    found = {names[word] for word in pair.distinct if word in names}
    allowed = {_MONTH_NUMBERS[name] for name in named}
    wanted, found = wanted - found, found - allowed
    if found and wanted:
        months = context.language.months.gregorian
        suggestion = " / ".join(months[number - 1][0] for number in sorted(wanted))
        there = ", ".join(months[number - 1][0] for number in sorted(found))
        asked = ", ".join(ENGLISH_MONTHS[number - 1] for number in sorted(wanted))
        yield Problem(f"the source says {asked}, the target {there}", suggestion=suggestion, about=asked)


def localized(text: str, language: Language) -> str:
    """Figures of an English text in the digits of the language, with its separators."""
    system = language.numeral_system
    marks = {",": system.group, ".": system.decimal}
    return "".join(system.digits[int(mark)] if mark.isdecimal() else marks.get(mark, mark) for mark in text)


def _values(numbers: Iterable[Figures]) -> set[str]:
    return {value for number in numbers for value in (*number.values, *number.parts)}


def _found(number: Figures, there: set[str]) -> bool:
    return not number.values.isdisjoint(there) or (bool(number.parts) and there.issuperset(number.parts))


def _short_year(number: Figures, text: str, there: set[str]) -> bool:
    """The 20 of 2019–20 may be written out as 2020, and the 1970s be called the seventies."""
    value, before, after = ascii_digits(number.text), text[: number.span.start], text[number.span.end :]
    if len(value) == 4 and after[:1] == "s":
        return value[2:] in there
    if len(value) == 4 and before[-1:] in _DASHES and before[-5:-3] == value[:2]:
        return value[2:].lstrip("0") in there
    return len(value) == 2 and before[-1:] in _DASHES and before[-5:-3] + value in there


def _is_solar(number: Figures, pair: Pair, there: set[str]) -> bool:
    """Whether a number of the source is the year or the day of a date that the target has by the solar calendar."""
    if not solar_years(number.text).isdisjoint(there):
        return True
    if len(number.text) > 2 or not beside_english_month(pair.source, number.span):
        return False
    return any(beside_solar_month(pair.target, other.span, pair.context.language) for other in pair.figures)


def _was_gregorian(number: Figures, pair: Pair) -> bool:
    """Whether a number of the target is the year or the day of a solar date, and the source has one to match."""
    year = ascii_digits(number.text)
    if any(year in solar_years(other.text) for other in pair.source_figures):
        return True
    day = len(year) <= 2 and beside_solar_month(pair.target, number.span, pair.context.language)
    return day and any(beside_english_month(pair.source, other.span) for other in pair.source_figures)


def _beside_latin(text: str, span: Span) -> bool:
    """Whether a number belongs to the Latin text around it, as in `NASDAQ 100` or `10 km`."""
    around = text[max(0, span.start - 3) : span.start] + text[span.end : span.end + 3]
    return bool(_LATIN.search(around))


_DECADE = re.compile(r"\b[0-9]{2}([1-9]0)s\b")
_DASHES = ("-", "–", "/")
_FOREIGN_DIGITS = {name: DIGITS.difference(system.digits).difference(ARABIC_INDIC) for name, system in NUMERAL_SYSTEMS.items()}
_LATIN = re.compile(r"[A-Za-z]")
_MONTH_NUMBERS = {name: number for number, name in enumerate(ENGLISH_MONTHS, 1)}
# May and March are also words, August an adjective: there a number must stand beside them.
_ENGLISH_MONTH = re.compile(
    r"\b(January|February|April|June|July|September|October|November|December)\b"
    r"|(?<=[0-9] )(March|May|August)\b|\b(March|May|August)(?= [0-9])"
)
