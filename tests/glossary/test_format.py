from __future__ import annotations

import pytest
from hypothesis import given

from dragoman.errors import GlossaryError
from dragoman.glossary import parse_glossary
from dragoman.glossary.format import append_terms, format_glossary
from dragoman.model import Glossary, TargetTerm, Term, TermCase, TermKind
from tests.glossary.strategies import bare, glossaries

ISIS = Term(
    "isis",
    "ISIS",
    {"ps": TargetTerm("داعش", ("داعش ډله",), ("a, b",), inflects=False), "fa_AF": TargetTerm("داعش")},
    ("IS group",),
    "isis",
    TermKind.ORGANIZATION,
    TermCase.EXACT,
    note="never: spelled out",
)
NO = Term("no", "NO")


@given(glossaries())
def test_what_is_written_is_read_as_it_was(glossary: Glossary) -> None:
    assert bare(parse_glossary(format_glossary(glossary), "g.yml", allow_conflicts=True)) == bare(glossary)


def test_the_file_is_one_that_people_like_to_read() -> None:
    assert format_glossary(Glossary((ISIS, NO, Term("x", "x", translate=False))), ["fa_AF", "ps"]) == (
        "version: 1\n"
        "source_language: en\n"
        "terms:\n"
        "  - source: ISIS\n"
        "    also: [IS group]\n"
        "    concept: isis\n"
        "    kind: organization\n"
        "    case: exact\n"
        '    note: "never: spelled out"\n'
        "    targets:\n"
        '      ps: {preferred: داعش, admitted: [داعش ډله], forbidden: ["a, b"], inflects: false}\n'
        "      fa_AF: داعش\n"
        '  - source: "NO"\n'
        "    targets:\n"
        "      # fa_AF:\n"
        "      # ps:\n"
        "  - source: x\n"
        "    translate: false\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("version: 1\nterms:\n", "version: 1\nterms:\n  - source: \"NO\"\n"),
        ("version: 1\nterms:", "version: 1\nterms:\n  - source: \"NO\"\n"),
        ("# a\nversion: 1\nterms:\n- source: a  # b\n\n# the end",
         "# a\nversion: 1\nterms:\n- source: a  # b\n\n# the end\n- source: \"NO\"\n"),
        ("terms:\n    -   source: a\n        kind: place\n\n# of this file\nversion: 1\n",
         "terms:\n    -   source: a\n        kind: place\n    - source: \"NO\"\n\n# of this file\nversion: 1\n"),
        ("version: 1\r\nterms:\r\n  - source: a\r\n", "version: 1\r\nterms:\r\n  - source: a\r\n  - source: \"NO\"\r\n"),
    ],
)  # fmt: skip
def test_appending_changes_nothing_above(text: str, expected: str) -> None:
    assert append_terms(text, "g.yml", [NO]) == expected


def test_appending_nothing_changes_nothing() -> None:
    assert append_terms("version: 1\nterms: [ ]", "g.yml", []) == "version: 1\nterms: [ ]"


def test_terms_in_brackets_are_not_torn_open() -> None:
    with pytest.raises(GlossaryError) as raised:
        append_terms("version: 1\nterms: [{source: a}]\n", "g.yml", [NO])
    assert str(raised.value) == (
        "g.yml:2:8: terms stand in brackets, so that none can be appended "
        "(remove the brackets, and write each entry below the other with a dash before it)"
    )


@given(glossaries(), glossaries())
def test_what_is_appended_stands_last(glossary: Glossary, more: Glossary) -> None:
    text = format_glossary(glossary).replace("terms: []", "terms:")
    result = append_terms(text, "g.yml", more.terms)
    assert result.startswith(text)
    assert bare(parse_glossary(result, "g.yml", allow_conflicts=True)) == bare(glossary) + bare(more)
