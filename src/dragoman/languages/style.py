"""A project's own style of a language: the choices on which good writers differ."""

from __future__ import annotations

from dataclasses import replace

from dragoman.errors import LanguageError
from dragoman.languages.language import Language
from dragoman.languages.numerals import NUMERAL_SYSTEMS


def with_style(
    language: Language, *, numerals: str | None = None, quotation_marks: str | None = None, full_stop: str | None = None
) -> Language:
    """`language` in another style: `with_style(pashto, numerals="arabext", quotation_marks="«»‹›")` is what the press has.

    `numerals` is CLDR's name of the system, `quotation_marks` the outer and the inner pair. Raises LanguageError for what the
    language does not know.
    """
    punctuation = language.punctuation
    if numerals is not None and numerals not in NUMERAL_SYSTEMS:
        raise LanguageError(f"no numerals are called {numerals!r}", hint=f"known are {' and '.join(NUMERAL_SYSTEMS)}")
    if quotation_marks is not None and not (len(quotation_marks) == 4 and set(quotation_marks) <= _known_marks(language)):
        raise LanguageError(
            f"{quotation_marks!r} are no quotation marks of {language.name}", hint="write the outer and the inner pair, as «»‹›"
        )
    if full_stop is not None and full_stop not in punctuation.admitted_full_stops:
        admitted = " and ".join(sorted(punctuation.admitted_full_stops))
        raise LanguageError(f"{full_stop!r} is no full stop of {language.name}", hint=f"there is {admitted}")
    return replace(
        language,
        numerals=numerals or language.numerals,
        punctuation=replace(
            punctuation,
            quotation_marks=quotation_marks or punctuation.quotation_marks,
            full_stop=full_stop or punctuation.full_stop,
        ),
    )


def _known_marks(language: Language) -> frozenset[str]:
    return language.punctuation.admitted_quotation_marks.union(language.punctuation.quotation_marks)
