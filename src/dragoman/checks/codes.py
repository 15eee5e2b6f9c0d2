"""C: what must reach the reader as it stands: markup, placeholders, addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dragoman.checks.pair import Pair
from dragoman.checks.rule import Context, Problem, rule
from dragoman.checks.showing import quoted
from dragoman.model import Severity


@rule("C101", "code-missing", Severity.ERROR)
def code_missing(pair: Pair, context: Context) -> Iterator[Problem]:
    """Markup or a placeholder of the source is not in the target.

    Without it the exported article loses a link, a name or an emphasis, or the page breaks.

    Fires:
        msgid "Read <b>more</b> here."
        msgstr "اینجا <b>بیشتر بخوانید."
    Silent:
        msgid "Read <b>more</b> here."
        msgstr "اینجا <b>بیشتر</b> بخوانید."
    """
    for code in _missing(pair):
        if code[0] in _MARKUP:
            yield Problem(f"{quoted(code)} is missing", suggestion=code, about=code)


@rule("C102", "code-added", Severity.ERROR)
def code_added(pair: Pair, context: Context) -> Iterator[Problem]:
    """Markup or a placeholder in the target that the source does not have.

    Fires:
        msgid "Read more here."
        msgstr "اینجا <b>بیشتر</b> بخوانید."
    Silent:
        msgid "Read <b>more</b> here."
        msgstr "اینجا <b>بیشتر</b> بخوانید."
    """
    if not pair.code_spans:
        return
    added = Counter(_target_codes(pair)) - Counter(pair.source_codes)
    for span in pair.code_spans:
        code = span.of(pair.target)
        if code in added and code[0] in _MARKUP:
            yield Problem(f"{quoted(code)} is not in the source", span, about=code)


@rule("C201", "address-missing", Severity.ERROR)
def address_missing(pair: Pair, context: Context) -> Iterator[Problem]:
    """A web or mail address of the source is not in the target as it stands.

    One letter less and the reader arrives nowhere. Addresses are never translated.

    Fires:
        msgid "Write to desk@example.org today."
        msgstr "امروز به desk@exmaple.org بنویسید."
    Silent:
        msgid "Write to desk@example.org today."
        msgstr "امروز به desk@example.org بنویسید."
    """
    for code in _missing(pair):
        if code[0] not in _TRANSLATED and code.rstrip("/") not in pair.target:
            yield Problem(f"the address {quoted(code)} is missing", suggestion=code, about=code)


_MARKUP = frozenset("<{%")
# A tag (#peace) may be translated, a character reference (&amp;) be written as the character.
_TRANSLATED = frozenset("#&") | _MARKUP


def _target_codes(pair: Pair) -> tuple[str, ...]:
    return tuple(span.of(pair.target) for span in pair.code_spans)


def _missing(pair: Pair) -> tuple[str, ...]:
    """The codes that the source has more often than the target, each once."""
    if not pair.source_codes:
        return ()
    return tuple(Counter(pair.source_codes) - Counter(_target_codes(pair)))
