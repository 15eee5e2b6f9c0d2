"""Other programs' glossaries, read and written: text in, terms out, and a line for everything that does not fit.

`tbx` and `csv` hold several languages, `omegat` and `po` one.
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.glossary.exchange.omegat import read_omegat, write_omegat
from dragoman.glossary.exchange.po import ExportedCatalog, read_catalog, write_catalog
from dragoman.glossary.exchange.rows import Exported, Imported
from dragoman.glossary.exchange.table import read_table, write_table
from dragoman.glossary.exchange.tbx import read_tbx, write_tbx

__all__ = [
    "FORMATS",
    "Exported",
    "ExportedCatalog",
    "Imported",
    "format_of",
    "read_catalog",
    "read_omegat",
    "read_table",
    "read_tbx",
    "write_catalog",
    "write_omegat",
    "write_table",
    "write_tbx",
]

# Name → suffixes of its files.
FORMATS: Mapping[str, tuple[str, ...]] = {
    "tbx": (".tbx",),  # version 3, style DCT
    "tbx2": (".xml", ".martif"),
    "csv": (".csv", ".tsv"),
    "omegat": (".txt", ".utf8"),
    "po": (".po",),  # for Virtaal and Weblate
}


def format_of(path: str) -> str | None:
    """The format that a file's name tells; None where it tells none."""
    lower = path.lower()
    return next((name for name, suffixes in FORMATS.items() if lower.endswith(suffixes)), None)
