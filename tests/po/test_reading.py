from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dragoman.errors import CatalogError
from dragoman.model import Catalog, Entry, Location
from dragoman.po import parse_catalog

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).parents[1] / "cases" / "catalog_errors.yml")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(CatalogError) as caught:
        parse_catalog(case["text"], "a.po")
    assert str(caught.value) == case["error"]


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_an_empty_catalog(text: str) -> None:
    assert parse_catalog(text, "a.po") == Catalog(None, path="a.po")


def test_the_comments_of_a_file_without_entries_are_kept() -> None:
    assert parse_catalog("# one\n#. two\n\n", "a.po").comments == ("one", ". two")


def test_a_file_without_header_is_read() -> None:
    entry = Entry("a", "b", comments=("of the entry",), location=Location("a.po", 3))
    assert parse_catalog('# of the entry\nmsgid "a"\nmsgstr "b"\n', "a.po") == Catalog(None, (entry,), path="a.po")


def test_a_header_that_is_a_template_s_is_taken() -> None:
    text = '#, fuzzy\nmsgid ""\nmsgstr ""\n"Language: \\n"\n"Content-Type: text/plain; charset=CHARSET\\n"\n'
    catalog = parse_catalog(text, "a.po")
    assert catalog.headers == {"Language": "", "Content-Type": "text/plain; charset=UTF-8"}
    assert catalog.language is None


def test_a_header_value_may_go_on_in_the_next_line() -> None:
    catalog = parse_catalog('msgid ""\nmsgstr "Language-Team: one\\ntwo\\n"\n', "a.po")
    assert catalog.headers == {"Language-Team": "one\ntwo"}


def test_windows_newlines_are_kept() -> None:
    text = '# a\r\nmsgid "a"\r\nmsgstr ""\r\n'
    entry = Entry("a", comments=("a",), location=Location("a.po", 3))
    assert parse_catalog(text, "a.po") == Catalog(None, (entry,), path="a.po", newline="\r\n")


def test_an_entry_with_a_context_and_no_source_is_no_header() -> None:
    catalog = parse_catalog('msgctxt "x"\nmsgid ""\nmsgstr "Language: ps\\n"\n', "a.po")
    assert (catalog.headers, [entry.target for entry in catalog.entries]) == ({}, ["Language: ps\n"])


@pytest.mark.parametrize(
    ("line", "references"),
    [
        ("#: a.txt:1 b.txt", (Location("a.txt", 1), Location("b.txt"))),
        ("#: \u2068two words.txt\u2069:12 a.txt:3", (Location("two words.txt", 12), Location("a.txt", 3))),
        ("#: C:\\a.txt:7 a:b.txt a.txt:12:5", (Location("C:\\a.txt", 7), Location("a:b.txt"), Location("a.txt:12", 5))),
        ("#:a.txt:1", (Location("a.txt", 1),)),
        ("#:", ()),
        ("#: a.txt:٣ a.txt:12345678901234567890", (Location("a.txt:٣"), Location("a.txt:12345678901234567890"))),
    ],
)
def test_references(line: str, references: tuple[Location, ...]) -> None:
    (entry,) = parse_catalog(f'{line}\nmsgid "a"\nmsgstr ""\n', "a.po").entries
    assert entry.references == references
