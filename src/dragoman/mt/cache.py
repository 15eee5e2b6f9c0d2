"""The cache of drafts: what an engine made of a sentence once it need not make again. A run that was stopped goes on from here.

It is only a cache. A place that cannot be written works without it; a damaged file is set aside; anyone may delete it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, fields, is_dataclass
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dragoman.languages import Language
from dragoman.model import Change, Guess, GuessKind, Rung, TermOutcome, Translation
from dragoman.mt.request import Identity

PIPELINE = 5
"""Raise it when between two releases the ladder or the orthography begins to make other drafts of a model's same answers."""

_TIMEOUT = 30.0  # seconds to wait for another process that is writing
_AT_ONCE = 500  # keys in one question; SQLite takes 999 in its oldest builds
_SCHEMA = "CREATE TABLE IF NOT EXISTS drafts (key BLOB PRIMARY KEY, translation TEXT NOT NULL) WITHOUT ROWID"


class DraftCache:
    """Drafts by request and recipe, in the SQLite file at `path`. With None, it keeps nothing.

    Several processes may use one file at once.
    """

    def __init__(self, path: Path | None) -> None:
        self._connection = _connect(path) if path is not None else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def find(self, identities: Iterable[Identity], recipe: str) -> dict[Identity, Translation]:
        """The drafts that are known of these requests by this `recipe`."""
        keys = {_key(identity, recipe): identity for identity in identities}
        return {keys[key]: translation for key, translation in self._read(list(keys))}

    def keep(self, drafts: Mapping[Identity, Translation], recipe: str) -> None:
        """Remember these drafts, all or, where the place is full or locked for long, none."""
        if self._connection is None:
            return
        rows = [(_key(identity, recipe), _dump(translation)) for identity, translation in drafts.items()]
        with suppress(sqlite3.Error), self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO drafts VALUES (?, ?)", rows)

    def _read(self, keys: list[bytes]) -> Iterator[tuple[bytes, Translation]]:
        if self._connection is None:
            return
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            try:
                rows = self._connection.execute(f"SELECT key, translation FROM drafts WHERE key IN ({marks})", some).fetchall()
            except sqlite3.Error:
                return
            for key, text in rows:
                if translation := _load(text):
                    yield key, translation


def _connect(path: Path) -> sqlite3.Connection | None:
    """The open file; a damaged one gets another name first. None where there can be none."""
    try:
        return _open(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):  # read-only, locked, full: nothing is wrong with the file
            return None
    except OSError:
        return None
    try:
        path.replace(path.with_name(f"{path.name}.damaged"))
        return _open(path)
    except (OSError, sqlite3.Error):
        return None


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=_TIMEOUT)
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
        with connection:
            connection.execute(_SCHEMA)
        connection.execute("SELECT key, translation FROM drafts LIMIT 1").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def recipe(signature: str, fingerprint: str, options: str, language: Language) -> str:
    """All that decides a draft beside the request: the model, how it searches, the language's facts, and this program."""
    parts = (version("dragoman"), PIPELINE, signature, fingerprint, options, _plain(language))
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A value of a language file as JSON has it, sets in order: the same text in every process."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def _key(identity: Identity, recipe: str) -> bytes:
    return hashlib.sha256(json.dumps((recipe, identity), ensure_ascii=False).encode()).digest()


def _dump(translation: Translation) -> str:
    return json.dumps(asdict(translation), ensure_ascii=False)


def _load(text: str) -> Translation | None:
    """The translation that `_dump` wrote; None where another version wrote it in a way that this one does not know."""
    try:
        values = json.loads(text)
        values["terms"] = tuple(
            TermOutcome(**{**outcome, "rung": outcome["rung"] and Rung(outcome["rung"])}) for outcome in values["terms"]
        )
        values["changes"] = tuple(Change(**change) for change in values["changes"])
        values["rung"] = Rung(values["rung"])
        values["guesses"] = tuple(Guess(**{**guess, "kind": GuessKind(guess["kind"])}) for guess in values["guesses"])
        return Translation(**values)
    except (KeyError, TypeError, ValueError):
        return None
