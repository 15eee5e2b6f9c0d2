"""Articles in plain text: the cases, the example articles as golden files, and what holds for any text."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from dragoman.article import is_hard_wrapped, read_article, write_article
from dragoman.model import Document, Location, Segment, Span, UnitKind

ROOT = Path(__file__).parents[2]
CASES: list[dict[str, Any]] = YAML(typ="safe").load(ROOT / "tests" / "cases" / "articles.yml")
ARTICLES = sorted((ROOT / "articles").glob("*.txt"))
SHARED = sorted((ROOT.parent / "shared" / "articles").glob("*.txt"))

# What articles are made of, so that each rule meets each other one and every line end.
PIECES = """
KABUL --|KABUL, March 3 (Agency) —|Friday, July 21, 2017|By Laila Hotak|Share|Reply1 Comment|2 Comments|Image: a well
Photo by Amin|•|1.|-|Gen.|the U.S.|He left.|"We left.|" he said.|“|”|(|)|[A/B]|Kabul|a b|***|…| |\t|,|.
"""
line_ends = st.sampled_from(["\n", "\n", "\r\n", "\r", "\n\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"])
marks = st.sampled_from(["\ufeff", "\u200b", "\u200e", "\u00a0", "\u3000", "\ud800", "\x00", "𝒳", "د", "é"])
texts = st.one_of(
    st.text(), st.lists(st.one_of(st.sampled_from(re.split(r"[|\n]", PIECES)), line_ends, marks), max_size=40).map("".join)
)


def outline(document: Document) -> list[dict[str, list[str]]]:
    return [{str(unit.kind): [segment.source for segment in unit.segments]} for unit in document.units]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases(case: dict[str, Any]) -> None:
    document = read_article(case["text"], "article.txt")
    assert outline(document) == case["units"]
    assert write_article(document, {}) == case["text"]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_example_articles(path: Path) -> None:
    """Reviewed line by line. To make one again: print `golden(...)`, read it, save it."""
    expected = (ROOT / "tests" / "golden" / "articles" / path.name).read_text(encoding="utf-8")
    assert golden(read_article(path.read_text(encoding="utf-8"), f"articles/{path.name}")) == expected


def golden(document: Document) -> str:
    """A line a part: id, line in the file and place of a segment, and its source; of what stands between, its repr."""
    rows = []
    for unit in document.units:
        rows.append(f"{unit.id} {unit.kind}{'' if unit.translate else ' (not translated)'}\n")
        for part in unit.parts:
            if isinstance(part, Segment):
                assert part.location is not None
                rows.append(f"    {part.id} | line {part.location.line} | {'; '.join(part.notes)}\n        {part.source}\n")
            else:
                rows.append(f"    {part!r}\n")
    return "".join(rows)


@pytest.mark.skipif(not SHARED, reason="needs ../shared/articles")
def test_copied_pages() -> None:
    """Traps of real pages: dateline, heading, caption glued to its credit, a reader's comment, debris."""
    documents = {path.stem: read_article(path.read_text(encoding="utf-8"), path.name) for path in SHARED}
    kinds = {
        name: {str(kind): sum(unit.kind is kind for unit in document.units) for kind in UnitKind}
        for name, document in documents.items()
    }
    none = dict.fromkeys(map(str, UnitKind), 0)
    assert kinds == {
        "afghan-robotics-team": none | {"heading": 1, "dateline": 1, "paragraph": 9, "quote": 1, "caption": 1},
        "isis-dream-fades": none | {"heading": 1, "dateline": 1, "paragraph": 17, "quote": 1, "comment": 1, "debris": 1},
    }
    assert {name: len(document.segments) for name, document in documents.items()} == {
        "afghan-robotics-team": 39,
        "isis-dream-fades": 27,
    }


def test_targets_take_the_places_of_segments() -> None:
    text = "\ufeffKABUL -- Snow fell. It was deep.\r\n\r\n• Blankets\r\nShare"
    document = read_article(text, "snow.txt")
    targets = {"d1.s1": "کابل", "p1.s2": "ژور و.", "i1.s1": "کمپل", "nobody": "هیڅوک"}
    assert write_article(document, targets) == "\ufeffکابل -- Snow fell. ژور و.\r\n\r\n• کمپل\r\nShare"


def test_a_segment_knows_its_place() -> None:
    document = read_article("Snow\r\rIt fell. It was deep.\n\n\n1. Blankets", "snow.txt")
    assert [(s.id, s.location, s.notes) for s in document.segments] == [
        ("h1.s1", Location("snow.txt", 1), ("Heading",)),
        ("p1.s1", Location("snow.txt", 3), ("Paragraph 1, sentence 1 of 2",)),
        ("p1.s2", Location("snow.txt", 3), ("Paragraph 1, sentence 2 of 2",)),
        ("i1.s1", Location("snow.txt", 6), ("List item 1",)),
    ]


def test_debris_is_kept_and_not_translated() -> None:
    document = read_article("Snow fell.\nShare", "snow.txt")
    assert [unit.translate for unit in document.units] == [True, False]
    assert [segment.source for segment in document.segments] == ["Snow fell."]


def test_no_cut_goes_through_a_protected_span() -> None:
    name = "No Frontiers. Now! Kabul"

    def protect(text: str) -> list[Span]:
        return [Span(match.start(), match.end()) for match in re.finditer(re.escape(name), text)]

    document = read_article(f"KABUL -- They left {name} today. Nobody knew.\n• {name} met.", "a.txt", protect)
    assert [segment.source for segment in document.segments] == [
        "KABUL",
        f"They left {name} today.",
        "Nobody knew.",
        f"{name} met.",
    ]


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [
        ("The governor said on Sunday that the bridge over the river\n" * 4, True),
        ("The governor said that.\n" * 9, False),
        ("Wells run dry\nThe wells are dry.\nNobody knows why\nIt is a riddle.\nRain is far\nIt is far.\nA year\n", False),
        ("", False),
    ],
)
def test_hard_wrapped(text: str, wrapped: bool) -> None:
    assert is_hard_wrapped(text) is wrapped


@given(texts)
def test_writing_what_was_read_changes_nothing(text: str) -> None:
    assert write_article(read_article(text, "a.txt"), {}) == text


@given(texts)
def test_segments_hold_words_and_no_space_around_them(text: str) -> None:
    for unit in read_article(text, "a.txt").units:
        for segment in unit.segments:
            assert segment.source == segment.source.strip()
            assert segment.source.strip("\ufeff\u200b\u200e\u200f\u2060") == segment.source
            assert re.search(r"[^\W_]", segment.source)
            assert len(segment.source.splitlines()) == 1


@given(texts)
def test_every_word_is_in_a_segment(text: str) -> None:
    between = [part for unit in read_article(text, "a.txt").units for part in unit.parts if isinstance(part, str)]
    assert [part for part in between if re.search(r"[^\W\d_]", re.sub(r"\b[a-z][.)]", "", part))] == []


@given(texts)
def test_ids_are_unique_and_lines_ascend(text: str) -> None:
    units = read_article(text, "a.txt").units
    segments = [segment for unit in units for segment in unit.segments]
    places = [segment.location.line for segment in segments if segment.location]
    assert len({segment.id for segment in segments}) == len(segments)
    assert len({unit.id for unit in units}) == len(units)
    assert places == sorted(places)
