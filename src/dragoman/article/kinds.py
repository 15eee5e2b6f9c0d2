"""What each line of an article is, told from its look and from the lines around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.article.clean import comments, debris
from dragoman.article.dateline import is_date_line
from dragoman.model import Span, UnitKind
from dragoman.text.spans import quotations

_IMAGE = r"(?:Image|Photo|Photograph|Picture|Graphic|Illustration|Map|Video)"
# Who made an image: at the head of a line, or behind the caption's last sentence, even where the space between them was lost.
_CREDIT = re.compile(
    rf"(?:^|(?<=[.?!\"”’)])|(?<=[.?!\"”’)]\s)|(?<=[a-z])(?={_IMAGE}:))"
    rf"(?:{_IMAGE}s?(?: credit| courtesy)?: \S|{_IMAGE} (?:source|caption), \S"
    rf"|(?:{_IMAGE}|File photo) (?:by|courtesy of) [A-Z]|Credit: \S)"
)
_CREDIT_IN_BRACKETS = re.compile(
    rf"\[[^\[\]/]{{2,60}}/[^\[\]]{{2,60}}\]\.?$|[\[(]{_IMAGE}(?::| by| courtesy of) [^\[\]()]{{2,80}}[\])]\.?$"
)
_LONGEST_CREDIT = 100

# "• ", "- ", "3. ", "3) ", "(3) ", "a) ", "• 3. "
_MARKER = re.compile(r"(?:[•◦▪‣⁃]\s*|[*·–—-]\s+)(?:\d{1,3}[.)]\s+)?|(?:\d{1,3}|[a-z])(?:\.\)|[.)])\s+|\(\d{1,3}\)\s+")

_ENDS_OPEN_OR_STOPPED = re.compile(r"[.?!…,;:—–-][\"'”’»)\]]*$")
_ONE_QUESTION = re.compile(r"[^.?!]+[?!]")
_WORD = re.compile(r"[^\W_]")
_LONGEST_HEADING = 120  # code points
_MOST_WORDS = 20
_WIDEST_WRAPPED = 100  # code points: wire copy is broken at 60 to 80


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an article: its text without the space around it, which lies at `span`; the line itself begins at `start`.

    Lines with no blank line between them have the same `block`.
    """

    text: str
    block: int
    start: int
    span: Span


def classify(lines: Sequence[Line]) -> list[UnitKind]:
    """What each line is. An inline dateline is no kind of line: its line is a paragraph."""
    texts = [line.text for line in lines]
    found_debris = debris(texts)
    found_comments = comments(texts, found_debris)
    wrapped = is_wrapped(lines)
    kinds = []
    for index, text in enumerate(texts):
        if index in found_debris:
            kinds.append(UnitKind.DEBRIS)
        elif index in found_comments:
            kinds.append(UnitKind.COMMENT)
        elif find_credit(text) is not None:
            kinds.append(UnitKind.CAPTION)
        elif is_date_line(text):
            kinds.append(UnitKind.DATELINE)
        elif find_marker(text):
            kinds.append(UnitKind.ITEM)
        elif _is_heading(lines, index, wrapped):
            kinds.append(UnitKind.HEADING)
        elif _is_quotation(text):
            kinds.append(UnitKind.QUOTE)
        else:
            kinds.append(UnitKind.PARAGRAPH)
    return kinds


def find_credit(text: str) -> int | None:
    """Where the credit of an image begins, which makes the line a caption; None where there is none.

    >>> find_credit("The old well. Photo by Reza Amiri"), find_credit("Image: the old well"), find_credit("He took a photo.")
    (14, 0, None)
    """
    match = _CREDIT.search(text) or _CREDIT_IN_BRACKETS.search(text)
    if match is None or (match.start() and len(text) - match.start() > _LONGEST_CREDIT):
        return None
    return match.start()


def find_marker(text: str) -> int:
    """How long the bullet or number is that makes the line a list item; 0 where there is none."""
    match = _MARKER.match(text)
    return match.end() if match and _WORD.search(text, match.end()) else 0


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether paragraphs are broken over several lines at a fixed width, as wire copy is.

    Nothing joins such lines, for a line end may be meant; but none of them is a heading.
    """
    inner = [
        line.text
        for line, following in pairwise(lines)
        if line.block == following.block and not _MARKER.match(line.text)  # a list has its own reason for its lines
    ]
    broken = [text for text in inner if not _ENDS_OPEN_OR_STOPPED.search(text) or text.endswith((",", "-"))]
    narrow = all(len(text) <= _WIDEST_WRAPPED for text in inner)
    return narrow and len(broken) >= 3 and len(broken) * 3 >= len(inner) * 2 and sum(map(len, broken)) >= 45 * len(broken)


def _is_heading(lines: Sequence[Line], index: int, wrapped: bool) -> bool:
    """A short line without end punctuation that the next line does not go on from. A title may ask."""
    line, following = lines[index], lines[index + 1] if index + 1 < len(lines) else None
    goes_on = following is not None and following.block == line.block
    alone = not goes_on and (index == 0 or lines[index - 1].block != line.block)
    if len(line.text) > _LONGEST_HEADING or len(line.text.split()) > _MOST_WORDS or line.text[0].islower():
        return False
    if (wrapped and not alone) or (goes_on and lines[index + 1].text[0].islower()):
        return False
    if _ENDS_OPEN_OR_STOPPED.search(line.text):
        return index == 0 and following is not None and _ONE_QUESTION.fullmatch(line.text) is not None
    return True


def _is_quotation(text: str) -> bool:
    """Whether all of `text` stands between quotation marks, or begins a speech that goes on in the next paragraph."""
    pairs = quotations(text)
    if not pairs:
        return text[0] in '"“' and not any(mark in text[1:] for mark in '"“”')
    outside = 0
    for pair in pairs:
        if _WORD.search(text, outside, pair.start):
            return False
        outside = max(outside, pair.end)
    return not _WORD.search(text, outside)
