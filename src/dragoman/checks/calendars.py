"""Dates that the translator writes by the solar calendar of Afghanistan: 21 March 2024 is 2 Hamal 1403.

The year is told by its distance (621 until the new year in March, then 622), the day only by standing beside a month: converting
it exactly would call a translator wrong who rounds, and the months are compared elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product

from dragoman.languages import Language
from dragoman.model import Span

ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_YEHS = "یيېۍئ"
_YEARS_APART = (621, 622)


def solar_years(year: str) -> set[str]:
    """The solar years that a Gregorian year falls into; nothing for what is no year of our time."""
    if len(year) != 4 or not year.isdecimal() or not 1800 <= int(year) <= 2200:
        return set()
    return {str(int(year) - apart) for apart in _YEARS_APART}


def beside_english_month(text: str, span: Span) -> bool:
    """Whether the number at `span` is the day of a date: `21 March`, `March 21st`."""
    return bool(_MONTH_BEFORE.search(text[max(0, span.start - 12) : span.start]) or _MONTH_AFTER.match(text, span.end))


def beside_solar_month(text: str, span: Span, language: Language) -> bool:
    """Whether the number at `span` stands beside a month of the solar calendar, a particle between them aside: د وري په 2."""
    beside = (*text[: span.start].split()[-2:], *text[span.end :].split()[:1])
    return not _solar_months(language).isdisjoint(word.strip("،.:؛()") for word in beside)


@cache
def gregorian_months(language: Language) -> Mapping[str, int]:
    """The names of the months, with any yeh. Two letters are no evidence: می is May, and the commonest particle of Dari."""
    months = enumerate(language.months.gregorian, 1)
    return {spelling: number for number, names in months for name in names if len(name) > 2 for spelling in _spellings(name)}


@cache
def _solar_months(language: Language) -> frozenset[str]:
    return frozenset(spelling for names in language.months.solar for name in names for spelling in _spellings(name))


def _spellings(name: str) -> Iterable[str]:
    return map("".join, product(*(_YEHS if letter in _YEHS else letter for letter in name)))


_NAMES = "|".join(ENGLISH_MONTHS)
_MONTH_BEFORE = re.compile(rf"\b(?:{_NAMES}) \Z")
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)?(?: of)? (?:{_NAMES})\b")
