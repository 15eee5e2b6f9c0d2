"""Latin in right-to-left text: isolates for what leaves PO (PO files themselves carry no direction marks)."""

from __future__ import annotations

import re

from dragoman.model import Span

FIRST_STRONG_ISOLATE = "\u2068"
POP_DIRECTIONAL_ISOLATE = "\u2069"

# A run begins and ends with a Latin letter or a digit beside one, and may hold spaces and the marks of names, URLs and e-mail.
# Source of the practice: UAX #9, section 2.4; W3C, "Inline markup and bidirectional text in HTML".
_LATIN_RUN = re.compile(
    r"(?<![A-Za-z\u00c0-\u024f0-9@/:.\u2068])"
    r"(?=[0-9]*[A-Za-z\u00c0-\u024f@])"
    r"[A-Za-z\u00c0-\u024f0-9@](?:[A-Za-z\u00c0-\u024f0-9@/:.,_%&?=#~+'’ -]*[A-Za-z\u00c0-\u024f0-9/%])?"
)


def isolate_latin(text: str) -> str:
    """`text` with each Latin run between U+2068 and U+2069, so that what stands beside it keeps its place.

    >>> isolate_latin("به Salaam Times گفت.")
    'به \\u2068Salaam Times\\u2069 گفت.'
    """
    return _LATIN_RUN.sub(lambda run: f"{FIRST_STRONG_ISOLATE}{run[0]}{POP_DIRECTIONAL_ISOLATE}", text)


def latin_runs(text: str) -> tuple[Span, ...]:
    """What `isolate_latin` isolates, as spans: for what has markup of its own."""
    return tuple(Span(*run.span()) for run in _LATIN_RUN.finditer(text))
