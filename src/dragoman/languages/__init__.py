"""Languages as data: `get_language("fa_AF")` knows digits, quotation marks, letters, endings and months of Dari.

To add a language, add its file beside this one and its code to `LANGUAGES`; docs/languages.md tells what the file holds.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from dragoman.errors import LanguageError
from dragoman.languages.language import Language
from dragoman.languages.numerals import NUMERAL_SYSTEMS, NumeralSystem
from dragoman.languages.reading import read_yaml
from dragoman.languages.style import with_style
from dragoman.languages.swaps import Swap, get_swaps
from dragoman.model import Location

LANGUAGES: tuple[str, ...] = ("fa_AF", "ps")

__all__ = ["LANGUAGES", "NUMERAL_SYSTEMS", "Language", "NumeralSystem", "Swap", "get_language", "get_swaps", "with_style"]


def get_language(code: str) -> Language:
    """The language that a user means by `code`: `fa_AF`, `fa-AF`, `prs`, `Dari`, `dari`… Raises LanguageError."""
    if code in LANGUAGES:
        return _load(code)
    wanted = _plain(code)
    for language in map(_load, LANGUAGES):
        if wanted in map(_plain, (language.code, *language.aliases, language.name, language.native_name)):
            return language
    known = " and ".join(f"{language.name} ({language.code})" for language in map(_load, LANGUAGES))
    raise LanguageError(f"no language is called {code!r}", hint=f"Dragoman knows {known}")


def _plain(code: str) -> str:
    return code.strip().replace("-", "_").casefold()


@cache
def _load(code: str) -> Language:
    path = f"{code}.yml"
    language = read_yaml(Language, files(__name__).joinpath(path).read_text(encoding="utf-8"), path)
    if language.numerals not in NUMERAL_SYSTEMS:
        raise LanguageError(
            f"no numeral system is called {language.numerals!r}",
            at=Location(path),
            hint=f"known are {', '.join(NUMERAL_SYSTEMS)}",
        )
    return language
