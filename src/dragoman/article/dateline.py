"""Datelines: where and when a report was written, at the head of its first paragraph or on a line of its own."""

from __future__ import annotations

import re

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = (
    rf"(?:{_MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {_MONTH}(?:,? \d{{4}})?|{_MONTH} \d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4})"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_HOUR = r"\d{1,2}(?:[:.]\d\d)?(?: ?[AaPp]\.?[Mm]\b\.?)?(?: [A-Z]{2,4})?"
_CAPITALS = r"[A-Z][A-Z'’./-]+(?: [A-Z][A-Z'’./-]+){0,3}"  # KABUL, MAZAR-E-SHARIF, UNITED NATIONS
_NAME = r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}"
_AGENCY = r"\([^()]{2,40}\)"
# What a dateline ends in, and what a sentence after it begins with; or nothing, where the paragraph is on the next line.
_BEGIN = r"(?=[A-Z\d\"“'‘]|$)"
_DASH = rf"(?P<dash>\s*(?:--+|—|–)\s*|\s-\s){_BEGIN}"

# Place with agency, date or country: "KABUL, March 3 (Agency) — ", "Kabul (Agency) -- ", "KABUL, Afghanistan -- ".
_FULL = re.compile(
    rf"(?P<place>{_CAPITALS}(?:, [^—–:;!?\"“”()]{{2,40}}?(?: {_AGENCY})?| {_AGENCY})"
    rf"|{_NAME}(?:, {_NAME})??(?:,? {_DAY})? {_AGENCY}|{_NAME},? {_DAY}){_DASH}"
)
# "KABUL (Agency): ", as Afghan agencies have it.
_COLON = re.compile(rf"{_CAPITALS} {_AGENCY}(?P<dash>:\s+){_BEGIN}")
# Place alone: "KABUL -- ". It might as well be an acronym and what it means, "ISIS — Islamic State of Iraq and Syria".
_BARE = re.compile(rf"(?P<place>{_CAPITALS}){_DASH}")
# "Friday, July 21, 2017", "Kabul, 3 March 2025", "Published on March 3, 2025 | 10:30 a.m."
_DATE = re.compile(
    rf"(?:(?:Published|Posted|Updated|Last updated)(?: on|:)? )?(?:{_NAME}, )?(?:{_WEEKDAY},? )?{_DAY}"
    rf"(?:(?:,| \||,? at| [-–—])? {_HOUR})?\.?(?: \|)?"
)
_BYLINE = re.compile(rf"By {_NAME}(?: (?:and|in) {_NAME})*")
_LONGEST = 120  # code points


def find_dateline(line: str, bare: bool) -> tuple[int, int] | None:
    """Where the dateline at the head of `line` ends, and where its paragraph begins; `bare` also allows a place alone.

    >>> find_dateline("KABUL, March 3 (Agency) — Snow fell.", bare=False)
    (23, 26)
    >>> find_dateline("KABUL -- Snow fell.", bare=False), find_dateline("KABUL -- Snow fell.", bare=True)
    (None, (5, 9))
    """
    match = _FULL.match(line, 0, _LONGEST) or _COLON.match(line, 0, _LONGEST)
    if match is None and bare:
        match = _BARE.match(line, 0, _LONGEST)
    return match.span("dash") if match else None


def is_date_line(line: str) -> bool:
    """Whether `line` is a date, a place and a date, or an author, and nothing else.

    >>> [is_date_line(line) for line in ("Friday, July 21, 2017", "By Laila Hotak", "On July 21, 2017, it rained")]
    [True, True, False]
    """
    return len(line) <= _LONGEST and (_DATE.fullmatch(line) or _BYLINE.fullmatch(line)) is not None
