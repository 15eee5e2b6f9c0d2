"""How the commands speak: plain lines, tables, and nothing that could take over a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import click

# C0 and C1 controls but tab and newline, and the direction overrides that can make a path read as another one.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


def printable(text: str) -> str:
    r"""`text` with control characters shown as `\x1b`, for it may come from a file that someone sent."""
    return _UNPRINTABLE.sub(lambda control: ascii(control[0])[1:-1], text)


def say(text: str) -> None:
    """One line of result, to standard output."""
    click.echo(printable(text))


def say_error(text: str) -> None:
    """One line of trouble, to standard error."""
    click.echo(printable(f"dragoman: {' '.join(text.splitlines())}"), err=True)


def say_note(text: str) -> None:
    """One line by the way, to standard error, so that results can be piped."""
    click.echo(printable(text), err=True)


def table(header: Sequence[str], rows: Iterable[Sequence[str]], numbers: int) -> str:
    """Columns under their header, the last `numbers` of them flush right. A row is a line, whatever a file's name has in it."""
    lines = [tuple(printable(text).replace("\n", "\\n") for text in row) for row in (header, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    first_number = len(header) - numbers

    def cell(text: str, column: int) -> str:
        return text.rjust(widths[column]) if column >= first_number else text.ljust(widths[column])

    return "\n".join("  ".join(cell(text, column) for column, text in enumerate(line)).rstrip() for line in lines)
