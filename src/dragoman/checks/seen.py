"""What the rules over several entries remember from one file to the next: hashes and places, never the texts."""

from __future__ import annotations

from array import array
from collections.abc import Hashable

from dragoman.model import Location


class Seen:
    """The first value noted for each key, and where. Some 130 bytes a key, so that 1,000 files need no more than their size."""

    def __init__(self) -> None:
        self._rows: dict[int, int] = {}
        self._values = array("q")
        self._lines = array("l")
        self._paths = array("l")
        self._known_paths: dict[str, int] = {}

    def note(self, key: Hashable, value: Hashable, location: Location | None) -> Location | None:
        """Remember `value` for `key` if it is the first; else tell where another value came first, None if it was the same."""
        row = self._rows.setdefault(hash(key), len(self._values))
        if row == len(self._values):
            path = location.path if location else ""
            self._values.append(hash(value))
            self._lines.append(location.line if location else 0)
            self._paths.append(self._known_paths.setdefault(path, len(self._known_paths)))
            return None
        if self._values[row] == hash(value):
            return None
        return Location(list(self._known_paths)[self._paths[row]], self._lines[row])
