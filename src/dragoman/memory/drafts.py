"""Drafts as they were made. A PO file keeps a draft's checksum alone; what people changed in it is told from the text here.

It only serves figures and previews. A place that cannot be written, or a file that is damaged, stops nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_TIMEOUT = 10.0  # seconds to wait for another process that is writing
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS drafts (article TEXT NOT NULL, language TEXT NOT NULL, source TEXT NOT NULL, "
    "target TEXT NOT NULL, origin TEXT NOT NULL, PRIMARY KEY (article, language, source)) WITHOUT ROWID"
)


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """What a machine wrote, and which: `origin` is engine and model, as in the entry's note."""

    target: str
    origin: str


def keep_drafts(path: Path, article: str, language: str, drafts: Mapping[str, KeptDraft], sources: Collection[str]) -> None:
    """Keep the drafts of an article, by source, in the SQLite file at `path`; they take the place of older ones.

    What is kept of sources that are not among `sources`, all that the PO file has, goes: no person will edit it any more.
    """
    with suppress(OSError, sqlite3.Error):
        try:
            _keep(path, article, language, drafts, sources)
        except sqlite3.OperationalError:  # read-only, locked, full: nothing is wrong with the file
            return
        except sqlite3.DatabaseError:
            path.replace(path.with_name(f"{path.name}.damaged"))
            _keep(path, article, language, drafts, sources)


def kept_drafts(path: Path, article: str, language: str) -> dict[str, KeptDraft]:
    """What is kept of an article, by source; nothing where there is no file, or none that can be read."""
    if not path.is_file():
        return {}
    with suppress(OSError, sqlite3.Error), _opened(path) as connection:
        rows = connection.execute(
            "SELECT source, target, origin FROM drafts WHERE article = ? AND language = ?", (article, language)
        ).fetchall()
        return {source: KeptDraft(target, origin) for source, target, origin in rows}
    return {}


def _keep(path: Path, article: str, language: str, drafts: Mapping[str, KeptDraft], sources: Collection[str]) -> None:
    with _opened(path) as connection, connection:
        connection.execute(_SCHEMA)
        place = (article, language)
        known = connection.execute("SELECT source FROM drafts WHERE article = ? AND language = ?", place).fetchall()
        connection.executemany(
            "DELETE FROM drafts WHERE article = ? AND language = ? AND source = ?",
            [(*place, source) for (source,) in known if source not in sources],
        )
        connection.executemany(
            "INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?, ?)",
            [(*place, source, draft.target, draft.origin) for source, draft in drafts.items()],
        )


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, timeout=_TIMEOUT)
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
        yield connection
    finally:
        connection.close()
