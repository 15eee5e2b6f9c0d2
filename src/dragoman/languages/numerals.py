"""Systems of digits, by their names in CLDR 47, each with the separators that belong to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NumeralSystem:
    """Ten digits from zero up, and the marks that stand beside them."""

    digits: str
    decimal: str
    group: str
    percent: str


NUMERAL_SYSTEMS = {
    "latn": NumeralSystem(digits="0123456789", decimal=".", group=",", percent="%"),
    "arabext": NumeralSystem(digits="۰۱۲۳۴۵۶۷۸۹", decimal="٫", group="٬", percent="٪"),
}
