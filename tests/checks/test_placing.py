from __future__ import annotations

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.checks.placing import Places
from dragoman.model import Location, Span
from dragoman.po import parse_catalog

WRAPPED = 'msgid "a"\nmsgstr ""\n"one "\n"two\\n"\n"three \\"four\\""\n'
PLURAL = 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "one"\nmsgstr[1] "two"\n'


@pytest.mark.parametrize(
    ("text", "line", "start", "plural", "place"),
    [
        ('msgid "a"\nmsgstr "one two"\n', 2, 0, None, (2, 9)),
        ('msgid "a"\nmsgstr "one two"\n', 2, 4, None, (2, 13)),
        ('msgid "a"\nmsgstr "\\"one\\" two"\n', 2, 6, None, (2, 17)),
        (WRAPPED, 2, 0, None, (3, 2)),
        (WRAPPED, 2, 4, None, (4, 2)),
        (WRAPPED, 2, 8, None, (5, 2)),
        (WRAPPED, 2, 15, None, (5, 10)),
        (PLURAL, 3, 1, 0, (3, 13)),
        (PLURAL, 3, 1, 1, (4, 13)),
        ('msgid "a"\nmsgstr "one"\n', 2, 99, None, (2, 0)),
    ],
)
def test_where_a_span_begins(text: str, line: int, start: int, plural: int | None, place: tuple[int, int]) -> None:
    found = Places(text).find(Location("a.po", line), Span(start, start + 1), plural)
    assert found == Location("a.po", *place)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), min_size=1), st.data())
def test_the_character_at_the_place_is_that_of_the_span(target: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(target) - 1))
    text = f'msgid "a"\nmsgstr "{polib.escape(target)}"\n'.replace("\x85", " ").replace("\u2028", " ").replace("\u2029", " ")
    entry = parse_catalog(text, "a.po").entries[0]
    place = Places(text).find(entry.location, Span(start, start + 1))
    assert place is not None
    written = text.split("\n")[place.line - 1][place.column - 1 :]
    assert written.startswith(polib.escape(entry.target[start]))


def test_without_the_text_a_place_is_what_the_entry_knows() -> None:
    assert Places(None).find(Location("a.po", 2), Span(3, 4)) == Location("a.po", 2)
