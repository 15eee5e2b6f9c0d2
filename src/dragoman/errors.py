"""What the user can mend: one line that says what, where, and what to do next."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.model import Location


class ExitStatus(IntEnum):
    """What a `dragoman` process returns. A bug keeps its traceback and Python's own status 1."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2  # wrong usage, or input that cannot be used
    MODEL = 3  # an engine or a model is missing or unusable
    INTERRUPTED = 130  # 128 + SIGINT, as shells have it


class DragomanError(Exception):
    """Something that the user can mend. Shown as `dragoman: AT: MESSAGE (HINT)`, without a traceback."""

    def __init__(
        self,
        message: str,
        at: Location | str | None = None,
        hint: str | None = None,
        exit_status: ExitStatus = ExitStatus.USAGE,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.at = at
        self.hint = hint
        self.exit_status = exit_status

    @property
    def lines(self) -> tuple[str, ...]:
        """What the user is shown, a line a problem. Most errors are one."""
        return (str(self),)

    def __str__(self) -> str:
        place = f"{self.at}: " if self.at is not None else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.message}{hint}"


class ArticleError(DragomanError):
    """An article that cannot be read or written."""


class GlossaryError(DragomanError):
    """A glossary that cannot be read, or that contradicts itself."""


class CatalogError(DragomanError):
    """A PO file that cannot be read or written."""


class TranslationMemoryError(DragomanError):
    """A translation memory, or a TMX file, that cannot be read or written."""


class LanguageError(DragomanError):
    """A language that we do not know, or a language file that is wrong."""


class ModelError(DragomanError):
    """A translation model that is missing or cannot be used."""

    def __init__(self, message: str, at: Location | str | None = None, hint: str | None = None) -> None:
        super().__init__(message, at, hint, ExitStatus.MODEL)
