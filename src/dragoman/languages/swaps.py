"""Words that a neighbour's standard has and the language itself says otherwise: Iranian Persian beside Dari.

They lie in a file of their own, `CODE.swaps.yml`, read when a check or the adaptation first asks. A language need not have one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dragoman.languages.language import Language
from dragoman.languages.reading import read_yaml
from dragoman.model import Severity


@dataclass(frozen=True, slots=True)
class Swap:
    """`foreign` is the neighbour's word, `own` the language's. `severity` is how `check` tells of it, None not at all."""

    foreign: str
    own: str
    severity: Severity | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _SwapFile:
    """The sections of the file, by what the foreign word is in a text of the language."""

    warning: Mapping[str, str]  # never its own: months, provinces, institutions
    hint: Mapping[str, str]  # understood, but not its own
    silent: Mapping[str, str]  # its own as well: only the adaptation of a neighbour's model swaps it


@cache
def get_swaps(language: Language) -> tuple[Swap, ...]:
    """The swaps of a language in the order of its file; none where it has no file."""
    name = f"{language.code}.swaps.yml"
    file = files("dragoman.languages").joinpath(name)
    if not file.is_file():
        return ()
    sections = read_yaml(_SwapFile, file.read_text(encoding="utf-8"), name)
    graded = ((sections.warning, Severity.WARNING), (sections.hint, Severity.HINT), (sections.silent, None))
    return tuple(Swap(foreign, own, severity) for words, severity in graded for foreign, own in words.items())
