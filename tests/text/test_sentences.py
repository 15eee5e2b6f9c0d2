"""Sentence boundaries: cases cut by hand, the sets of FIELD.md where they are at hand, and what holds for any text."""

import json
import lzma
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from dragoman.model import Span
from dragoman.text import boundaries
from dragoman.text.sentences import sentences

CASES: dict[str, Any] = YAML(typ="safe").load(Path(__file__).parents[1] / "cases" / "sentences.yml")
CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
RULES = [(rule, case) for rule, cases in CASES["rules"].items() for case in cases]

PIECES = """Gen. |U.S. |a.m. |No. |J. |I |said|Kabul|he|3.5|éß|𝒳|د|. |! |?|...|. . . |• |1. |2) |a. |"|'|“|”|’|(|)|[|]|—| |  """
pieces = st.sampled_from([*PIECES.split("|"), " " * 70, "\n", "\r\n", "\u2028", "\ud800", "\x00"])
texts = st.one_of(st.text(), st.lists(pieces, max_size=40).map("".join))


def cut(text: str, protected: Iterable[Span] = ()) -> list[str]:
    return [span.of(text) for span in sentences(text, tuple(protected))]


def uncut(case: str) -> tuple[str, list[str]]:
    """The text that a case means, and its sentences."""
    text = case.replace(" | ", " ").replace("|", "").replace(" ↵ ", "\n")
    return text, re.split(r" \| |\|| ↵ ", case)


@pytest.mark.parametrize(("rule", "case"), RULES, ids=[f"{rule}: {case}" for rule, case in RULES])
def test_rules(rule: str, case: str) -> None:
    text, expected = uncut(case)
    assert cut(text) == expected


def test_every_rule_has_cases() -> None:
    assert list(CASES["rules"]) == [rule.__name__ for rule in boundaries.RULES]


@pytest.mark.parametrize("left_out", boundaries.RULES, ids=lambda rule: rule.__name__)
def test_every_rule_is_needed(left_out: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundaries, "RULES", tuple(rule for rule in boundaries.RULES if rule is not left_out))
    assert any(cut(text) != expected for text, expected in (uncut(case) for _, case in RULES))


@pytest.mark.parametrize("case", CASES["lines"])
def test_lines(case: str) -> None:
    text, expected = uncut(case)
    assert cut(text) == expected


@pytest.mark.xfail(reason="a capital after the abbreviation does not tell a name from a title")
@pytest.mark.parametrize("case", CASES["fails"])
def test_known_failures(case: str) -> None:
    text, expected = uncut(case)
    assert cut(text) == expected


@pytest.mark.parametrize("paragraph", CASES["seen"])
def test_paragraphs_seen(paragraph: str) -> None:
    expected = paragraph.splitlines()
    assert cut(" ".join(expected)) == expected


def test_paragraphs_unseen() -> None:
    """Only the figure: better than sentencex (.85) and the best of its peers (syntok, .97) on the same paragraphs."""
    assert f1(paragraph.splitlines() for paragraph in CASES["unseen"]) > 0.98


@pytest.mark.skipif(not CORPORA.exists(), reason="needs ../shared/corpora")
@pytest.mark.parametrize(("name", "number"), [("golden_rules_en", 48), ("news_rules_en", 24)])
def test_rules_of_the_field(name: str, number: int) -> None:
    cases = json.loads((CORPORA / f"{name}.json").read_text(encoding="utf-8"))
    wrong = {case["text"]: cut(case["text"]) for case in cases if cut(case["text"]) != case["sentences"]}
    assert (len(cases), wrong) == (number, {})


@pytest.mark.skipif(not CORPORA.exists(), reason="needs ../shared/corpora")
def test_tico() -> None:
    """Ten rows at a time, joined by a space: see benchmarks/sentences.py."""
    with lzma.open(CORPORA / "tico19.en-prs.tsv.xz", "rt", encoding="utf-8") as file:
        rows = [line.split("\t")[0].strip() for line in file]
    whole = [row for row in rows if re.match(r'["“(\[]?[A-Z0-9]', row) and re.search(r"[.?!][\"”’')\]]*$", row)]
    assert f1(whole[start : start + 10] for start in range(0, len(whole), 10)) >= 0.995


def f1(paragraphs: Iterable[list[str]]) -> float:
    """F1 of the cuts at white space, the ends of the paragraphs left out."""
    found = right = wanted = 0
    for paragraph in paragraphs:
        text = " ".join(paragraph)
        expected = {len(" ".join(paragraph[:count])) for count in range(1, len(paragraph))}
        cuts = {span.end for span in sentences(text) if text[span.end : span.end + 1].isspace()}
        found, right, wanted = found + len(cuts), right + len(cuts & expected), wanted + len(expected)
    return 2 * right / (found + wanted)


@given(texts)
def test_nothing_but_white_space_is_left_out(text: str) -> None:
    spans = sentences(text)
    ends = [0, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), len(text)]
    between = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    assert [rest for rest in between if rest and not rest.isspace()] == []
    assert all(end <= start for end, start in zip(ends, starts, strict=True))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)


@given(texts)
def test_no_sentence_goes_over_a_line_end(text: str) -> None:
    assert all(len(sentence.splitlines()) == 1 for sentence in cut(text))


@given(texts)
def test_marks_alone_are_no_sentence_where_there_are_words(text: str) -> None:
    for line in text.splitlines():
        if re.search(r"[^\W_]", line):
            assert all(re.search(r"[^\W_]", sentence) for sentence in cut(line))


@given(texts, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=4))
def test_no_cut_inside_a_protected_span(text: str, pairs: list[tuple[int, int]]) -> None:
    protected = [Span(start, start + length) for start, length in pairs if start + length <= len(text)]
    edges = {edge for span in sentences(text, protected) for edge in (span.start, span.end)}
    inside_lines = [
        span for span in protected if len(span.of(text).splitlines()) == 1 and span.of(text) == span.of(text).strip() != ""
    ]
    assert [span for span in inside_lines if any(span.start < edge < span.end for edge in edges)] == []


def test_protected_spans_go_before_every_rule() -> None:
    text = "The group No Frontiers. Now! Kabul met. Nobody spoke."
    name = "No Frontiers. Now! Kabul"
    start = text.index(name)
    assert cut(text, [Span(start, start + len(name))]) == ["The group No Frontiers. Now! Kabul met.", "Nobody spoke."]
