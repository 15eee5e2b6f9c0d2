"""Where the sentences of English news begin and end.

sentencex decides wherever none of our rules (text/boundaries.py) has an answer. It is fast and knows many abbreviations, but
keeps a quotation whole, and news quotes whole paragraphs: so it is shown the line without its quotation marks and brackets, and
the rules put back what those marks mean.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import sentencex

from dragoman.model import Span
from dragoman.text.abbreviations import NUMBERED, STARTERS
from dragoman.text.boundaries import OPENERS, Stop, decide
from dragoman.text.spans import brackets, lines, quotations, stripped

# A stop, what closes after it, and white space; or, where a page lost the space, a capital. A stop may be a spaced ellipsis;
# one that is glued to its word before a spaced ellipsis stands alone.
_STOP = re.compile(
    r"""
    (?P<mark> (?<= \S ) \. (?= (?: [ ]\. ){3} \s ) | (?<! [.?!…] ) [.?!…]++ (?: [ \u00a0]+ [.…]+ (?= [\s"'”’)\]] | $ ) )* )
    (?P<closers> (?: ["'”’»)\]] | \[\d+\] )* )
    (?: (?P<space> \s++ ) (?= \S ) | (?= ["“]? [A-Z] [a-z\s] ) )
    """,
    re.VERBOSE,
)
# "• ", "3. ", "3) ", "3.) ", "a. ", "• 3. ": at the start of a line, or within it where a page lost the line ends.
_BULLETS = "•◦▪‣⁃"
_MARKER = re.compile(
    rf"(?<!\S)(?P<bullet>[{_BULLETS}]\s*+)?"
    r"(?:(?P<number>\d{1,3}|[a-z])(?P<style>\.\)|[.)])\s++(?=\S)|(?(bullet)|(?!)))"
)
# What hides boundaries from sentencex: quotation marks, brackets, bullets (lists are ours to find); and lone surrogates, which
# it cannot take. Apostrophes inside words stay.
_HIDDEN = re.compile(rf"[\"“”‘«»(){_BULLETS}▸►▹■□●○\ud800-\udfff]|['’](?!\w)|(?<!\w)'")
_WORD = re.compile(r"[^\W_]")
# How many code points a rule sees on either side. No rule needs more, and so the time grows with the length of the text alone.
_WINDOW = 60


def sentences(text: str, protected: Sequence[Span] = ()) -> list[Span]:
    """Spans of the sentences in `text`, in its own code points. Between two spans is white space alone.

    No sentence goes over a line end, and no cut falls inside a span of `protected` (a glossary match). Time is linear.

    >>> text = 'He met Gen. Miller at 6 a.m. in Kabul. "We talked. We laughed," he said.'
    >>> [span.of(text) for span in sentences(text)]
    ['He met Gen. Miller at 6 a.m. in Kabul.', '"We talked.', 'We laughed," he said.']
    """
    closed = _Ranges(protected)
    return [span for line in lines(text) for span in _sentences_of_line(text, line, closed)]


def _sentences_of_line(text: str, line: Span, closed: _Ranges) -> Iterator[Span]:
    content = line.of(text)
    cuts = [cut for cut, end in _cuts(content) if not closed.hold(line.start + end)]
    starts = [0, *_with_words(content, cuts)]
    for start, end in zip(starts, [*starts[1:], len(content)], strict=True):
        sentence = stripped(content, Span(start, end))
        if sentence.start < sentence.end:
            yield Span(line.start + sentence.start, line.start + sentence.end)


def _with_words(line: str, cuts: Iterable[int]) -> list[int]:
    """The cuts that leave a word on either side: marks alone are no sentence, and stay with the words after or before them."""
    kept: list[int] = []
    start = 0
    for cut in cuts:
        if _WORD.search(line, start, cut):
            kept.append(cut)
            start = cut
    if kept and not _WORD.search(line, start):
        kept.pop()
    return kept


def _cuts(line: str) -> list[tuple[int, int]]:
    """Where a sentence of `line` may begin, each with the end of the one before it."""
    markers = _markers(line)
    closed = _Ranges([*_asides(line), *markers])
    casual = line == line.lower()
    cuts = {marker.start: marker.start for marker in markers}
    open_stops: list[tuple[re.Match[str], int]] = []
    for match in _STOP.finditer(line):
        if not closed.hold(match.end("closers")):
            stop = _stop(line, match, casual)
            verdict = decide(stop)
            if verdict:
                cuts[match.end()] = match.end("closers")
            elif verdict is None:
                open_stops.append((match, match.end() + len(stop.opening)))
    # sentencex may put white space, and the marks that were hidden from it, on either side of its boundary.
    judged = _judged(line) if open_stops else []
    cuts |= {match.end(): match.end("closers") for match, until in open_stops if _any_between(judged, match.end("mark"), until)}
    return sorted(cuts.items())


def _stop(line: str, match: re.Match[str], casual: bool) -> Stop:
    """What the rules see of a stop."""
    before = line[max(0, match.start() - _WINDOW) : match.start()].rstrip()
    word = before.split()[-1] if before else ""
    after = line[match.end() : match.end() + _WINDOW]
    rest = after.lstrip(OPENERS)
    return Stop(
        before=before[: len(before) - len(word)].rstrip(),
        word=word.lstrip("\"'“‘["),
        mark=match["mark"],
        closers=match["closers"],
        opening=after[: len(after) - len(rest)],
        rest=rest,
        glued=not match["space"],
        casual=casual,
    )


def _judged(line: str) -> list[int]:
    """Where sentencex begins a sentence, in order. Each hidden mark gives way to one space, so that places hold."""
    boundaries = sentencex.get_sentence_boundaries("en", _HIDDEN.sub(" ", line))
    return [boundary["end_index"] for boundary in boundaries]


def _markers(line: str) -> list[Span]:
    """The markers of list items: at the start of the line; any bullet; and numbers and letters that count on from the start."""
    begin = len(line) - len(line.lstrip())
    if not _MARKER.match(line, begin) and not any(bullet in line for bullet in _BULLETS):
        return []
    found: list[Span] = []
    wanted: tuple[str, str] | None = None
    for match in _MARKER.finditer(line):
        number, style = match["number"], match["style"]
        before = line[max(0, match.start() - _WINDOW) : match.start()].split()
        counts_on = wanted == (number, style) and before != [] and before[-1].strip(OPENERS) not in NUMBERED
        if match["bullet"] or match.start() == begin or counts_on:
            found.append(Span(*match.span()))
            wanted = (_next(number), style) if number else None
    return found


def _next(number: str) -> str:
    """
    >>> _next("9"), _next("a")
    ('10', 'b')
    """
    return str(int(number) + 1) if number.isdigit() else chr(ord(number) + 1)


def _asides(line: str) -> Iterator[Span]:
    """What stands within a sentence and is never cut: `a sign said "Closed. Come back." in red`, `a sample (of 9. Now 7)`."""
    for span in brackets(line):
        if _before(line, span.start) not in ("", *".?!…:"):
            # "the minister (who else?) Karimi" goes on, "three tents (or two?) They" does not.
            goes_on = line[span.end - 2] in "?!" and not _starts(line, span.end)
            yield Span(span.start, span.end + 1) if goes_on else span
    for span in quotations(line):
        if _before(line, span.start) not in ("", *".?!…:,—–") and line[span.end : span.end + 8].lstrip()[:1].islower():
            yield span


def _starts(line: str, position: int) -> bool:
    """Whether a word that begins sentences stands behind `position`."""
    return line[position : position + _WINDOW].lstrip().partition(" ")[0] in STARTERS


def _before(line: str, position: int) -> str:
    """The last character before `position` that is no space and no mark that opens or closes; nothing at the start."""
    return line[max(0, position - 8) : position].rstrip(" \t\u00a0\"'“‘«([)]”’»")[-1:]


def _any_between(places: Sequence[int], after: int, until: int) -> bool:
    """Whether one of the sorted `places` is beyond `after` and not beyond `until`."""
    return bisect_right(places, after) < bisect_right(places, until)


class _Ranges:
    """Spans, in any order, asked quickly whether one of them goes across a place."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def hold(self, position: int) -> bool:
        """Whether `position` lies inside a span: not at its start, not at its end."""
        index = bisect_left(self._starts, position) - 1
        return index >= 0 and position < self._ends[index]
