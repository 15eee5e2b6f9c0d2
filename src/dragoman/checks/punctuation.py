"""P: the end of the sentence, the language's own marks, quotation marks, brackets, spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.checks.pair import Pair
from dragoman.checks.rule import Context, Problem, rule
from dragoman.model import Catalog, Entry, Severity, Span

OPENING_QUOTES = "«“‹‘"
CLOSING_QUOTES = "»”›’"
BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))


@rule("P101", "end-punctuation", Severity.WARNING)
def end_punctuation(pair: Pair, context: Context) -> Iterator[Problem]:
    """The target does not end with the mark that answers the source's: . with . or ۔, ? with ؟, ! with !, : with :

    A lost full stop is often the trace of a lost half of the sentence.

    Fires:
        msgid "Where is the school?"
        msgstr "مکتب در کجا است."
    Silent:
        msgid "Where is the school?"
        msgstr "مکتب در کجا است؟"
    """
    wanted = _ENDS.get(_last(pair.source), "")
    there = _ENDS.get(_last(pair.target), "")
    if wanted == there or not pair.target:
        return
    end = len(pair.target.rstrip())
    marks = {".": context.language.punctuation.full_stop, "?": context.language.punctuation.question_mark}
    if wanted and not there:
        mark = marks.get(wanted, wanted)
        yield Problem(f"the source ends with {wanted}, the target without a mark", Span(end - 1, end), mark, wanted)
    elif wanted:
        message = f"the source ends with {wanted}, the target with {_last(pair.target)}"
        yield Problem(message, Span(end - 1, end), marks.get(wanted, wanted), wanted)
    elif there in ".?!":
        yield Problem(f"the target ends with {_last(pair.target)}, the source without a mark", Span(end - 1, end), about=there)


@rule("P102", "mark-foreign", Severity.ERROR)
def mark_foreign(pair: Pair, context: Context) -> Iterator[Problem]:
    """A Latin comma, semicolon or question mark after a word of the language: ، ؛ ؟ are its own.

    Fires:
        msgid "Where is the school?"
        msgstr "مکتب در کجا است?"
    Silent:
        msgid "Where is the school?"
        msgstr "مکتب در کجا است؟"
    """
    if pair.characters.isdisjoint(",;?"):
        return
    own = {
        ",": context.language.punctuation.comma,
        ";": context.language.punctuation.semicolon,
        "?": context.language.punctuation.question_mark,
    }
    found = [match for match in _FOREIGN_MARK.finditer(pair.prose) if not _ENTITY.search(pair.target, 0, match.end())]
    for mark in dict.fromkeys(match[1] for match in found):
        places = [match for match in found if match[1] == mark]
        more = f", {len(places)} times" if len(places) > 1 else ""
        yield Problem(f"{mark} where {context.language.name} writes {own[mark]}{more}", Span(*places[0].span(1)), own[mark], mark)


@rule("P201", "quotes-lost", Severity.WARNING)
def quotes_lost(pair: Pair, context: Context) -> Iterator[Problem]:
    """The source quotes, and the target has fewer quotations.

    Without the marks a reader takes what somebody said for what the newspaper says.

    Fires:
        msgid "“We are ready,” she said."
        msgstr "او گفت ما آماده هستیم."
    Silent:
        msgid "“We are ready,” she said."
        msgstr "او گفت: «ما آماده هستیم.»"
    """
    if pair.source_characters.isdisjoint(_QUOTES):
        return
    wanted, there = _quotations(pair.source), _quotations(pair.target)
    if there < wanted:
        count = "no quotation" if there == 0 else f"{there} quotation{'s' if there > 1 else ''}"
        yield Problem(f"the source has {wanted} quotation{'s' if wanted > 1 else ''}, the target {count}")


@rule("P202", "quotes-unbalanced", Severity.ERROR)
def quotes_unbalanced(pair: Pair, context: Context) -> Iterator[Problem]:
    """A quotation is opened and not closed in the target, or closed and not opened, though the source has both marks.

    News quotes over several sentences: where the source itself leaves a quotation open, so may the target.

    Fires:
        msgid "She said: “We are ready.”"
        msgstr "او گفت: «ما آماده هستیم."
    Silent:
        msgid "She said: “We are ready.”"
        msgstr "او گفت: «ما آماده هستیم.»"
    """
    if pair.characters.isdisjoint(_QUOTES):
        return
    if _balanced(pair.source) and not _balanced(pair.target):
        offset = next(offset for offset, character in enumerate(pair.target) if character in _QUOTES)
        yield Problem("a quotation mark has no partner", Span(offset, offset + 1))


@rule("P203", "quotes-foreign", Severity.HINT)
def quotes_foreign(pair: Pair, context: Context) -> Iterator[Problem]:
    """Quotation marks of another style than the language's own.

    Fires:
        msgid "He reads “Salaam Times”."
        msgstr "او \\"سلام تایمز\\" می‌خواند."
    Silent:
        msgid "He reads “Salaam Times”."
        msgstr "او «سلام تایمز» می‌خواند."
    """
    own = context.language.punctuation.quotation_marks
    for character in sorted(pair.characters & _DOUBLE_QUOTES):
        if character not in own:
            offset = pair.target.index(character)
            yield Problem(f"{character} where {context.language.name} writes {own[0]} {own[1]}", Span(offset, offset + 1))
            return


@rule("P301", "brackets-unbalanced", Severity.ERROR)
def brackets_unbalanced(pair: Pair, context: Context) -> Iterator[Problem]:
    """A bracket of the target has no partner, though those of the source have.

    Fires:
        msgid "The bank (in Kabul) is closed."
        msgstr "بانک (در کابل بسته است."
    Silent:
        msgid "The bank (in Kabul) is closed."
        msgstr "بانک (در کابل) بسته است."
    """
    for opening, closing in BRACKETS:
        if opening in pair.characters or closing in pair.characters:
            surplus = pair.prose.count(opening) - pair.prose.count(closing)
            if surplus and pair.source.count(opening) == pair.source.count(closing):
                mark = opening if surplus > 0 else closing
                offset = pair.prose.rindex(mark)
                yield Problem(f"{mark} has no partner", Span(offset, offset + 1), about=mark)


@rule("P302", "brackets-lost", Severity.HINT)
def brackets_lost(pair: Pair, context: Context) -> Iterator[Problem]:
    """The source has brackets and the target has none: what stood in them may be lost.

    Fires:
        msgid "The bank (in Kabul) is closed."
        msgstr "بانک بسته است."
    Silent:
        msgid "The bank (in Kabul) is closed."
        msgstr "بانک (در کابل) بسته است."
    """
    if "(" in pair.source_characters and pair.characters.isdisjoint("()[]{}"):
        yield Problem("the source has brackets, the target has none")


@rule("P401", "space-before-mark", Severity.WARNING)
def space_before_mark(pair: Pair, context: Context) -> Iterator[Problem]:
    """A space before a mark that belongs to the word before it.

    Fires:
        msgid "The bank is closed."
        msgstr "بانک بسته است ."
    Silent:
        msgid "The bank is closed."
        msgstr "بانک بسته است."
    """
    if not any(f"{space}{mark}" in pair.target for mark in pair.characters & _AFTER_WORD for space in " \u00a0"):
        return
    for match in _SPACE_BEFORE.finditer(pair.target):
        yield Problem(f"a space stands before {match[1]}", Span(match.start(), match.end()), match[1], match[1])
        return


@rule("P402", "space-doubled", Severity.HINT)
def space_doubled(pair: Pair, context: Context) -> Iterator[Problem]:
    """Two spaces in a row that the source does not have.

    Fires:
        msgid "The bank is closed."
        msgstr "بانک  بسته است."
    Silent:
        msgid "The bank is closed."
        msgstr "بانک بسته است."
    """
    offset = pair.target.find("  ")
    if offset >= 0 and "  " not in pair.source:
        yield Problem("two spaces in a row", Span(offset, offset + 2), " ")


@rule("P403", "space-at-edge", Severity.WARNING)
def space_at_edge(pair: Pair, context: Context) -> Iterator[Problem]:
    """White space at the beginning or the end of the target that the source does not have there, or the other way round.

    The article is put together again of its sentences: what is too much or too little there shows on the page.

    Fires:
        msgid "The bank is closed."
        msgstr "بانک بسته است. "
    Silent:
        msgid "The bank is closed."
        msgstr "بانک بسته است."
    """
    if not pair.target.strip():
        return
    for edge, index in (("begins", 0), ("ends", -1)):
        wanted, there = pair.source[index : index + 1 or None].isspace(), pair.target[index].isspace()
        if wanted != there:
            offset = 0 if index == 0 else len(pair.target) - 1
            which = "target" if there else "source"
            yield Problem(f"only the {which} {edge} with a space", Span(offset, offset + 1))


@rule("P501", "full-stops-mixed", Severity.WARNING)
def full_stops_mixed(catalog: Catalog, context: Context) -> Iterator[tuple[Entry | None, Problem]]:
    """Two kinds of full stop stand in one file: . and ۔

    Either is good Pashto; one article keeps to one. Reported where the rarer one stands.

    Fires:
        # Pashto
        msgid "The bank is closed."
        msgstr "بانک تړل شوی دی."
        msgid "The school is open."
        msgstr "ښوونځی پرانیستی دی۔"
    Silent:
        # Pashto
        msgid "The bank is closed."
        msgstr "بانک تړل شوی دی."
        msgid "The school is open."
        msgstr "ښوونځی پرانیستی دی."
    """
    own = context.language.punctuation
    marks = own.admitted_full_stops | {own.full_stop}
    if len(marks) < 2:
        return
    ends: dict[str, list[Entry]] = {}
    for entry in catalog.entries:
        last = entry.target.rstrip()[-1:]
        if last in marks and not entry.obsolete:
            ends.setdefault(last, []).append(entry)
    if len(ends) < 2:
        return
    usual = max(ends, key=lambda mark: (len(ends[mark]), mark == own.full_stop))
    for mark, entries in ends.items():
        if mark != usual:
            for entry in entries:
                end = len(entry.target.rstrip())
                yield entry, Problem(f"{mark} where this file writes {usual} elsewhere", Span(end - 1, end), usual, mark)


def _last(text: str) -> str:
    """The mark at the end, closing quotation marks and brackets aside."""
    return text.rstrip(_AFTER_END)[-1:]


def _quotations(text: str) -> int:
    """How many quotations begin, or end, in `text`: a quotation over several sentences has one of the two here."""
    opened, closed = (sum(map(text.count, marks)) for marks in ("«“„", "»”"))
    straight = text.count('"')
    return max(opened, closed) + ((straight if straight % 2 == 0 else _without_inches(text).count('"')) + 1) // 2


def _balanced(text: str) -> bool:
    """Whether each quotation mark has a partner; " after a figure may also be inches."""
    # Writers close “ with another “ as well, and Persian fonts turn « and » round: only the number counts.
    guillemets, curly = text.count("«") + text.count("»"), text.count("“") + text.count("”")
    if guillemets % 2 or curly % 2:
        return False
    return text.count('"') % 2 == 0 or _without_inches(text).count('"') % 2 == 0


def _without_inches(text: str) -> str:
    return _INCHES.sub("", text)


_QUOTES = frozenset('«»“”"')
_DOUBLE_QUOTES = frozenset('«»“”"')
_INCHES = re.compile(r'(?<=[0-9])"(?=[\s,.)])')
_AFTER_END = " \t\n\u200c\u200e\u200f\u2069\u00a0\"'”’»›)]}*_"
_ENDS = {".": ".", "۔": ".", "…": ".", "?": "?", "؟": "?", "!": "!", ":": ":"}
_FOREIGN_MARK = re.compile(r"(?<=[\u0620-\u06d3\u06d5])\s?([,;?])(?![0-9A-Za-z])")
_ENTITY = re.compile(r"&#?\w+;\Z")
_AFTER_WORD = frozenset("،؛؟۔!:.»”")
_SPACE_BEFORE = re.compile(r"(?<=\S)[ \u00a0]+([،؛؟۔!:]|\.(?![.\w])|[»”](?=\s|$))")
