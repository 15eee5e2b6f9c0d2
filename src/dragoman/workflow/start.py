"""A new project: the files that the other verbs look for, and nothing that is there already."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dragoman.config import FILE_NAME
from dragoman.errors import DragomanError
from dragoman.files import reason, write_atomically

_SETTINGS = """\
# Settings of Dragoman; see docs/configuration.md. Every key may be left out.
languages = ["fa_AF", "ps"]
articles = "articles"
glossary = "glossary.yml"
locales = "locales"
exports = "export"
"""

_GLOSSARY = """\
# Every name and organization, as this desk writes it. See docs/glossary.md.
version: 1
source_language: en
terms:
  - source: Kabul
    kind: place
    targets:
      fa_AF: کابل
      ps: کابل
"""

_FILES: Mapping[str, str] = {FILE_NAME: _SETTINGS, "glossary.yml": _GLOSSARY}
_FOLDERS = ("articles", "locales")


def start_project(folder: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Make `folder` a project. Returns what was made and what was there already and is left as it is."""
    made, kept = [], []
    for name, text in _FILES.items():
        path = folder / name
        if path.exists():
            kept.append(path)
        else:
            write_atomically(path, text)
            made.append(path)
    for name in _FOLDERS:
        path = folder / name
        try:
            path.mkdir()
            made.append(path)
        except FileExistsError:
            kept.append(path)
        except OSError as error:
            raise DragomanError(f"cannot be made: {reason(error)}", at=str(path), hint="look at its permissions") from None
    return tuple(made), tuple(kept)
