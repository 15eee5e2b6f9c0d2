"""Ranges of a text: its lines, what stands in brackets or between quotation marks, and spans without the space around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dragoman.model import Span

# What `str.splitlines` cuts at. CR LF needs no case of its own: between the two there is nothing.
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BRACKET = re.compile(r"[()]")
_QUOTATION_MARK = re.compile(r"[\"“”'‘’]")


def lines(text: str) -> Iterator[Span]:
    """Spans of the lines of `text` that hold anything, without their line ends.

    >>> [span.of("One\\r\\n\\nTwo") for span in lines("One\\r\\n\\nTwo")]
    ['One', 'Two']
    """
    return (Span(*match.span()) for match in _LINE.finditer(text))


def stripped(text: str, span: Span) -> Span:
    """`span` without the white space at its ends; an empty span at its start where there is nothing else."""
    inner = span.of(text).rstrip()
    start = span.start + len(inner) - len(inner.lstrip())
    return Span(start, span.start + len(inner))


def brackets(text: str) -> list[Span]:
    """What stands in round brackets, with them, by place; a bracket without its partner is passed over.

    >>> [span.of("a (b (c)) d)") for span in brackets("a (b (c)) d)")]
    ['(b (c))', '(c)']
    """
    return _pairs(text, _BRACKET, lambda position: ("bracket", text[position] == "("))


def quotations(text: str) -> list[Span]:
    """What stands between quotation marks, with them, by place: typographic and ASCII, double and single, nested.

    A mark without its partner is passed over (a speech that goes on in the next paragraph has none), and so are apostrophes:
    an ASCII `'` opens only before a word, and closes only what one has opened.

    >>> text = '''"He wrote: 'Don't go.'" “Yes.”'''
    >>> [span.of(text) for span in quotations(text)]
    ['"He wrote: \\'Don\\'t go.\\'"', "'Don't go.'", '“Yes.”']
    """
    return _pairs(text, _QUOTATION_MARK, lambda position: _quotation_mark(text, position))


def _pairs(text: str, mark: re.Pattern[str], role: Callable[[int], tuple[str, bool]]) -> list[Span]:
    """Each mark that closes is paired with the last open one of its own kind, so that a stray mark spoils no other kind."""
    opened: dict[str, list[int]] = {}
    found: list[Span] = []
    for match in mark.finditer(text):
        kind, opens = role(match.start())
        if opens:
            opened.setdefault(kind, []).append(match.start())
        elif opened.get(kind):
            found.append(Span(opened[kind].pop(), match.end()))
    return sorted(found)


def _quotation_mark(text: str, position: int) -> tuple[str, bool]:
    """What kind of mark stands at `position`, and whether it opens."""
    mark = text[position]
    before, after = text[position - 1 : position] if position else " ", text[position + 1 : position + 2] or " "
    if mark in "“”":
        return "double", mark == "“"
    if mark == "‘":
        return "single", True
    if mark == '"':
        return "double", (before.isspace() or before in "([—–-'‘“") and not after.isspace()
    if before.isalnum() and after.isalnum():
        return "apostrophe", False
    return "single", mark == "'" and after.isalnum() and not before.isalnum() and before not in ".,?!…"
