"""What is the same in every language."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.text.codes import find_codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("see https://example.org/a?b=c#d.", ["https://example.org/a?b=c#d"]),
        ("(http://example.org/river_(Kabul))", ["http://example.org/river_(Kabul)"]),
        ("به www.example.af، بنویسید", ["www.example.af"]),
        ("desk.news@example.org, or example.com/join", ["desk.news@example.org", "example.com/join"]),
        ("by @kabul_desk on #water.", ["@kabul_desk", "#water"]),
        ('<a href="x">Kabul</a> and <x0>', ['<a href="x">', "</a>", "<x0>"]),
        ("Research &amp; Development &#8217;s", ["&amp;", "&#8217;"]),
        ("{count} of %s and %(total)d", ["{count}", "%s", "%(total)d"]),
        ("A.M. said 3 < 5 at 10:30 a.m. on 12.5.2020, 50% of it.The end", []),
    ],
)
def test_codes(text: str, codes: list[str]) -> None:
    assert [span.of(text) for span in find_codes(text)] == codes


@given(st.text(st.sampled_from("ahtps:/.@#<>&;{}%()w آ،")))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    spans = find_codes(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
