"""Spans: lines, brackets and quotations of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Span
from dragoman.text.spans import brackets, lines, quotations, stripped


@given(st.text(alphabet="ab \n\r\v\f\x1c\x85\u2028\u2029"))
def test_lines_are_those_of_splitlines(text: str) -> None:
    assert [span.of(text) for span in lines(text)] == [line for line in text.splitlines() if line]


@pytest.mark.parametrize(
    ("text", "inner"),
    [("  one two \t", "one two"), ("one", "one"), ("\u00a0\u2003one\u3000", "one"), ("   ", ""), ("", "")],
)
def test_stripped(text: str, inner: str) -> None:
    span = stripped(text, Span(0, len(text)))
    assert span.of(text) == inner
    assert 0 <= span.start <= span.end <= len(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("No brackets", []),
        ("ISIS (Daesh) fled", ["(Daesh)"]),
        ("a (b (c)) d", ["(b (c))", "(c)"]),
        ("1) first (one", []),
        (") (", []),
    ],
)
def test_brackets(text: str, found: list[str]) -> None:
    assert [span.of(text) for span in brackets(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He said "yes".', ['"yes"']),
        ("“Yes,” he said. “No.”", ["“Yes,”", "“No.”"]),
        ("'We don't know,' the girls' mother said.", ["'We don't know,'"]),
        ("‘We don’t know,’ she said", ["‘We don’t know,’"]),
        ("\"She wrote: 'Come.'\"", ["\"She wrote: 'Come.'\"", "'Come.'"]),
        ("“He said, ‘Go.’”", ["“He said, ‘Go.’”", "‘Go.’"]),
        ("The girls' school and the boys' school", []),
        ('"A speech that goes on in the next paragraph.', []),
        ('A 12" pipe', []),
        ('("Yes.")', ['"Yes."']),
        ('He left—"at once," she said.', ['"at once,"']),
    ],
)
def test_quotations(text: str, found: list[str]) -> None:
    assert [span.of(text) for span in quotations(text)] == found
