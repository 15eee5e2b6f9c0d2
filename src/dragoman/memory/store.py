"""The translation memory of a project: reviewed pairs in one SQLite file, found again by source, exactly or nearly.

Nearly: the index holds the trigrams of each source. Of a question's trigrams the rarest of each part of the sentence are looked
up, so that no edit can hide them all; the sources that have most of them in common are then compared letter by letter.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from rapidfuzz import fuzz, process

from dragoman.errors import TranslationMemoryError
from dragoman.memory.pairs import Hit, HitKind, Pair
from dragoman.text.normalize import normalize_source

LEAST = 75.0
"""Percent of similarity (rapidfuzz's ratio) from which a hit is worth a translator's look."""

VERSION = 1
_APPLICATION = 0x44524147  # "DRAG", so that another program's file is not taken for ours
_PARTS = 8  # of a sentence, each of which gives its rarest trigram
_RARE = 500  # sources with a trigram: up to here it is looked up alone
_POSTINGS = 2_000  # rows that one question to the index gives
_COMPARED = 150  # sources that one question compares letter by letter
_LONGEST = 5_000  # characters of a question that are looked up
_BATCH = 2_000  # pairs in one transaction

_SCHEMA = (
    "CREATE TABLE sources (id INTEGER PRIMARY KEY AUTOINCREMENT, hash INTEGER NOT NULL, source TEXT NOT NULL)",
    "CREATE INDEX sources_hash ON sources (hash)",
    "CREATE TABLE pairs (id INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL REFERENCES sources (id), "
    "language TEXT NOT NULL, target TEXT NOT NULL, origin TEXT NOT NULL, context TEXT)",
    "CREATE INDEX pairs_source ON pairs (source, language)",
    "CREATE TABLE trigrams (trigram TEXT PRIMARY KEY, sources INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE VIRTUAL TABLE source_index USING "
    "fts5 (folded, content='', detail='none', columnsize=0, tokenize='trigram case_sensitive 1')",
    f"PRAGMA application_id = {_APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
)


class Memory:
    """The memory in the file at `path`, made if need be. Several processes may use one file at once.

    Raises TranslationMemoryError where the file is not a memory, is of a newer Dragoman, cannot be written, or stays locked by
    another program for longer than `patience` seconds.
    """

    def __init__(self, path: Path, patience: float = 10.0) -> None:
        self._path, self._patience = path, patience
        with self._told():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
        try:
            with self._told():
                self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def __len__(self) -> int:
        """How many pairs there are."""
        with self._told():
            count: int = self._connection.execute("SELECT count(*) FROM pairs").fetchone()[0]
        return count

    def remember(self, pairs: Iterable[Pair], *, supersede: bool = True) -> int:
        """Take in `pairs`; how many were new. With `supersede`, a pair takes the place of what the same origin said before
        of the same source: people correct themselves. Where it is False, as for a TMX, all translations of a source stay.
        """
        added = 0
        with self._told():
            for batch in _batches(pairs):
                with self._transaction():
                    trigrams: Counter[str] = Counter()
                    added += sum(self._remember(pair, supersede, trigrams) for pair in batch)
                    self._connection.executemany(
                        "INSERT INTO trigrams VALUES (?, ?) ON CONFLICT DO UPDATE SET sources = sources + excluded.sources",
                        trigrams.items(),
                    )
        return added

    def lookup(
        self, source: str, language: str, context: str | None = None, *, least: float = LEAST, limit: int = 3
    ) -> tuple[Hit, ...]:
        """The pairs whose source is `source` or like it by `least` percent, the best first, of equals the newest first.

        Spacing, and the shape of quotation marks and dashes, make no difference. Each target comes once.
        """
        key = normalize_source(source)
        hits: dict[str, Hit] = {}
        with self._told():
            for pair in self._pairs_of(self._same(key), language):
                kind = HitKind.CONTEXT if context is not None and pair.context == context else HitKind.EXACT
                if pair.target not in hits or kind is HitKind.CONTEXT:
                    hits[pair.target] = Hit(pair, kind, 100)
            if len(hits) < limit and least < 100:
                for number, percent in self._similar(key, language, least, limit):
                    for pair in self._pairs_of([number], language):
                        hits.setdefault(pair.target, Hit(pair, HitKind.FUZZY, percent))
        return tuple(sorted(hits.values(), key=lambda hit: (hit.kind is not HitKind.CONTEXT, -hit.percent))[:limit])

    def search(self, text: str, language: str | None = None, limit: int = 100) -> tuple[Pair, ...]:
        """The pairs that have `text` in their source or target, in capitals or not, the newest first."""
        pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        with self._told():
            rows = self._connection.execute(
                f"{_SELECT} WHERE (s.source LIKE ?1 ESCAPE '\\' OR p.target LIKE ?1 ESCAPE '\\') "
                "AND (?2 IS NULL OR p.language = ?2) ORDER BY p.id DESC LIMIT ?3",
                (pattern, language, limit),
            ).fetchall()
        return tuple(_pair(row) for row in rows)

    def pairs(self, language: str | None = None) -> Iterator[Pair]:
        """All pairs, or those of one language, in the order in which they came."""
        with self._told():
            yield from map(
                _pair, self._connection.execute(f"{_SELECT} WHERE ?1 IS NULL OR p.language = ?1 ORDER BY p.id", (language,))
            )

    def forget(
        self, source: str | None = None, target: str | None = None, language: str | None = None, origin: str | None = None
    ) -> int:
        """Delete the pairs to which all that is given applies; how many there were. At least one thing must be given."""
        conditions = {"s.source": source, "p.target": target, "p.language": language, "p.origin": origin}
        given = {column: value for column, value in conditions.items() if value is not None}
        if not given:
            raise ValueError("forget() without a condition would delete the whole memory")
        where = " AND ".join(f"{column} = ?" for column in given)
        with self._told(), self._transaction():
            chosen = f"SELECT p.id FROM pairs p JOIN sources s ON s.id = p.source WHERE {where}"
            count = self._connection.execute(f"DELETE FROM pairs WHERE id IN ({chosen})", tuple(given.values())).rowcount
            self._drop_orphans()
        return count

    # --- writing --------------------------------------------------------------------------------------------------------

    def _remember(self, pair: Pair, supersede: bool, trigrams: Counter[str]) -> int:
        """Take in one pair; 1 if it is new. Trigrams of a new source are counted in `trigrams`."""
        execute = self._connection.execute
        key = normalize_source(pair.source)
        row = execute("SELECT id FROM sources WHERE hash = ? AND source = ?", (_hash(key), pair.source)).fetchone()
        if row is None:
            number = execute("INSERT INTO sources (hash, source) VALUES (?, ?)", (_hash(key), pair.source)).lastrowid
            folded = key.casefold()
            execute("INSERT INTO source_index (rowid, folded) VALUES (?, ?)", (number, folded))
            trigrams.update(_trigrams(folded))
        else:
            number = row[0]
            place = (number, pair.language, pair.origin)
            known = execute(
                "SELECT id, target, context FROM pairs WHERE source = ? AND language = ? AND origin = ?", place
            ).fetchall()
            if any((target, context) == (pair.target, pair.context) for _, target, context in known):
                return 0
            old = [(row,) for row, target, _ in known if supersede or target == pair.target]
            self._connection.executemany("DELETE FROM pairs WHERE id = ?", old)
        execute(
            "INSERT INTO pairs (source, language, target, origin, context) VALUES (?, ?, ?, ?, ?)",
            (number, pair.language, pair.target, pair.origin, pair.context),
        )
        return 1

    def _drop_orphans(self) -> None:
        orphans = self._connection.execute("SELECT id, source FROM sources WHERE id NOT IN (SELECT source FROM pairs)").fetchall()
        for number, source in orphans:
            folded = normalize_source(source).casefold()
            self._connection.execute(
                "INSERT INTO source_index (source_index, rowid, folded) VALUES ('delete', ?, ?)", (number, folded)
            )
            self._connection.execute("DELETE FROM sources WHERE id = ?", (number,))

    # --- reading --------------------------------------------------------------------------------------------------------

    def _same(self, key: str) -> list[int]:
        """The numbers of the sources that `key` stands for."""
        rows = self._connection.execute("SELECT id, source FROM sources WHERE hash = ?", (_hash(key),))
        return [number for number, source in rows if normalize_source(source) == key]

    def _pairs_of(self, numbers: Sequence[int], language: str) -> list[Pair]:
        where = f"WHERE p.source IN ({_marks(numbers)}) AND p.language = ? ORDER BY p.id DESC"
        return [_pair(row) for row in self._connection.execute(f"{_SELECT} {where}", (*numbers, language))]

    def _similar(self, key: str, language: str, least: float, limit: int) -> Iterator[tuple[int, int]]:
        """Numbers of sources like `key`, but not the same, with their percent, the most alike first."""
        folded = key.casefold()
        numbers = self._candidates(folded)
        rows = self._connection.execute(
            f"SELECT id, source FROM sources WHERE id IN ({_marks(numbers)}) "
            "AND EXISTS (SELECT 1 FROM pairs WHERE pairs.source = sources.id AND language = ?)",
            (*numbers, language),
        )
        sources: dict[int, str] = dict(rows.fetchall())
        raw = {number: source.casefold() for number, source in sources.items()}
        # Normalizing is the dear part: only what is near without it is compared in full.
        nearest = process.extract(folded, raw, scorer=fuzz.ratio, score_cutoff=least - 10, limit=4 * limit)
        keys = {number: normalize_source(sources[number]) for _, _, number in nearest}
        near = {number: choice.casefold() for number, choice in keys.items() if choice != key}
        for _, percent, number in process.extract(folded, near, scorer=fuzz.ratio, score_cutoff=least, limit=limit):
            yield number, min(int(percent), 99)

    def _candidates(self, folded: str) -> list[int]:
        """The numbers of the sources that share the most of the rare trigrams of `folded`."""
        found: Counter[int] = Counter()
        for expression in self._expressions(folded[:_LONGEST]):
            rows = self._connection.execute(
                "SELECT rowid FROM source_index WHERE source_index MATCH ? LIMIT ?", (expression, _POSTINGS)
            )
            found.update(number for (number,) in rows)
        return [number for number, _ in found.most_common(_COMPARED)]

    def _expressions(self, folded: str) -> Iterator[str]:
        """Questions to the index: the rarest trigram of each part of `folded`, alone if it is rare, else with the next."""
        counts = self._trigram_counts(_trigrams(folded))
        length = len(folded) - 2
        rarest = []
        for part in range(_PARTS):
            inside = {folded[i : i + 3] for i in range(length * part // _PARTS, length * (part + 1) // _PARTS)}
            rarest += sorted((counts[trigram], trigram) for trigram in inside if trigram in counts)[:1]
        for (count, trigram), (next_count, next_trigram) in zip(rarest, [*rarest[1:], *rarest[:1]], strict=True):
            if count <= _RARE or trigram == next_trigram:
                yield _quoted(trigram)
            elif next_count > _RARE:
                yield f"{_quoted(trigram)} AND {_quoted(next_trigram)}"

    def _trigram_counts(self, trigrams: set[str]) -> dict[str, int]:
        some = sorted(trigrams)
        where = f"WHERE trigram IN ({_marks(some)})"
        return dict(self._connection.execute(f"SELECT trigram, sources FROM trigrams {where}", some).fetchall())

    # --- the file -------------------------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        self._write_ahead()
        self._connection.execute("PRAGMA synchronous = NORMAL")
        if self._pragma("user_version") != VERSION:
            with self._transaction():
                self._upgrade()
        if self._pragma("application_id") != _APPLICATION:
            raise self._error("is not a translation memory of Dragoman", "name another file, or move this one away")

    def _upgrade(self) -> None:
        """Make the tables, or refuse, now that no other process can do the same."""
        version = self._pragma("user_version")
        tables = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if version == 0 and not tables:
            for statement in _SCHEMA:
                self._connection.execute(statement)
        elif self._pragma("application_id") == _APPLICATION and version > VERSION:
            raise self._error("was written by a newer Dragoman", "upgrade Dragoman: pip install --upgrade dragoman")

    def _pragma(self, name: str) -> int:
        value: int = self._connection.execute(f"PRAGMA {name}").fetchone()[0]
        return value

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing, and no other process writes meanwhile."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _write_ahead(self) -> None:
        """Two processes that make the file at once want its lock from each other, and there SQLite fails at once: try again."""
        until = time.monotonic() + self._patience
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() >= until:
                    raise
            time.sleep(0.02)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What SQLite and the system say, as an error that tells the user what to do."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            message = str(error)
            if "locked" in message or "busy" in message:
                raise self._error("is locked by another program", "wait for it, or stop it") from None
            if "not a database" in message or "malformed" in message:
                hint = "move it away; `dragoman memory update` makes it anew from the PO files"
                raise self._error("is damaged, or not a translation memory", hint) from None
            raise self._error(f"cannot be used: {message}", "look at its permissions and at the space on the disk") from None
        except OSError as error:
            raise self._error(f"cannot be used: {error.strerror}", "look at the permissions of its folder") from None

    def _error(self, message: str, hint: str) -> TranslationMemoryError:
        return TranslationMemoryError(message, at=str(self._path), hint=hint)


_SELECT = "SELECT s.source, p.target, p.language, p.origin, p.context FROM pairs p JOIN sources s ON s.id = p.source"


def _pair(row: tuple[str, str, str, str, str | None]) -> Pair:
    return Pair(*row)


def _hash(key: str) -> int:
    """A number of 63 bits, which SQLite keeps in eight bytes."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest()) >> 1


def _trigrams(folded: str) -> set[str]:
    return {folded[start : start + 3] for start in range(len(folded) - 2)}


def _quoted(trigram: str) -> str:
    return '"' + trigram.replace('"', '""') + '"'


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _batches(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    rest = iter(pairs)
    while batch := list(islice(rest, _BATCH)):
        yield batch
