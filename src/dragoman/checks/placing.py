"""From a span of a target to the line and column of the PO file that it stands in, however the file is wrapped."""

from __future__ import annotations

import re

from dragoman.model import Location, Span


class Places:
    """The lines of a PO file, cut when the first place is asked for. Without a text, the places that entries know."""

    def __init__(self, text: str | None) -> None:
        self._text = text
        self._lines: list[str] | None = None

    def find(self, location: Location | None, span: Span | None, plural: int | None = None) -> Location | None:
        """Where `span` begins in the msgstr (the one with index `plural`) at `location`; its first character without a span."""
        if location is None or self._text is None or not location.line:
            return location
        if self._lines is None:
            self._lines = self._text.split("\n")
        line = location.line - 1
        if plural:
            line = next((number for number in range(line, len(self._lines)) if f"msgstr[{plural}]" in self._lines[number]), line)
        left = span.start if span else 0
        first = True
        while line < len(self._lines) and (match := _STRING.search(self._lines[line])):
            if not first and "msg" in match["keyword"]:
                break
            for piece in _PIECE.finditer(self._lines[line], match.start("text"), match.end("text")):
                if left == 0:
                    return Location(location.path, line + 1, piece.start() + 1)
                left -= 1
            line, first = line + 1, False
        return location


_STRING = re.compile(r'^(?P<keyword>[^"]*)"(?P<text>.*)"\s*$')
_PIECE = re.compile(r"\\.|[^\\]", re.DOTALL)
