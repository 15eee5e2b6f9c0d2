from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import given

from dragoman.errors import GlossaryError
from dragoman.glossary import parse_glossary
from dragoman.glossary.exchange import (
    format_of,
    read_catalog,
    read_omegat,
    read_table,
    read_tbx,
    write_catalog,
    write_omegat,
    write_table,
    write_tbx,
)
from dragoman.glossary.exchange.rows import Imported
from dragoman.languages import get_language
from dragoman.model import Catalog, Entry, Glossary, TargetTerm, Term, TermCase, TermKind
from dragoman.po import format_catalog, new_headers, parse_catalog
from tests.glossary.strategies import bare, glossaries

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "glossary_exchange.yml").read_text(encoding="utf-8"))
READERS: dict[str, Callable[[str, str], Imported]] = {
    "csv": read_table,
    "tbx": read_tbx,
    "omegat": lambda text, path: read_omegat(text, path, "ps"),
    "po": lambda text, path: read_catalog(parse_catalog(text, path), "ps"),
}

ISIS = Term(
    "isis",
    "ISIS",
    {
        "fa_AF": TargetTerm("داعش", (), ("ایسیس",)),
        "ps": TargetTerm("داعش", ("داعش ډله",), ("د عراق او شام اسلامي دولت",), inflects=False),
    },
    ("IS group",),
    "isis",
    TermKind.ORGANIZATION,
    TermCase.EXACT,
    note="never spelled out",
)
SALAAM = Term("salaam-times", "Salaam Times", translate=False)
GLOSSARY = Glossary((ISIS, SALAAM))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_reading(case: dict[str, Any]) -> None:
    read = READERS[case["format"]]
    if "problem" in case:
        with pytest.raises(GlossaryError) as raised:
            read(case["text"], "x")
        assert str(raised.value) == case["problem"]
    else:
        imported = read(case["text"], "x")
        expected = parse_glossary(yaml.safe_dump({"version": 1, "terms": case["terms"]}, allow_unicode=True), "g.yml")
        assert bare(Glossary(imported.terms)) == bare(expected)
        assert list(imported.notes) == case.get("notes", [])


@given(glossaries())
def test_a_table_holds_everything(glossary: Glossary) -> None:
    exported = write_table(glossary, ["fa_AF", "ps"])
    assert bare(Glossary(read_table(exported.text, "x.csv").terms)) == bare(glossary)
    assert exported.notes == ()


def test_a_table_is_safe_to_open_in_a_spreadsheet() -> None:
    term = Term("a", "=1+1", {"ps": TargetTerm("@SUM(A1)", ("+1", "-1"))}, note="'so")
    rows = list(csv.reader(io.StringIO(write_table(Glossary((term,)), ["ps"]).text)))
    assert rows[1] == ["'=1+1", "", "", "concept", "smart", "", "''so", "'@SUM(A1)", "'+1|-1", "", ""]


@given(glossaries())
@pytest.mark.parametrize("version", [2, 3])
def test_tbx_holds_all_but_concept_capitals_and_inflection(version: int, glossary: Glossary) -> None:
    text = write_tbx(glossary, ["fa_AF", "ps"], version).text
    imported = read_tbx(text, "x.tbx")
    assert [_in_tbx(term) for term in imported.terms] == [_in_tbx(term) for term in glossary.terms]


@pytest.mark.parametrize("version", [2, 3])
def test_tbx_says_what_it_cannot_hold(version: int) -> None:
    exported = write_tbx(GLOSSARY, ["fa_AF", "ps"], version)
    assert bare(Glossary(read_tbx(exported.text, "x").terms)) == bare(
        Glossary(
            (
                replace(
                    ISIS,
                    concept=None,
                    case=TermCase.SMART,
                    targets={**ISIS.targets, "ps": replace(ISIS.targets["ps"], inflects=True)},
                ),
                SALAAM,
            )
        )
    )
    assert exported.notes == (
        "concepts are not in the file (1 term)",
        "capitals (case) are not in the file (1 term)",
        "“inflects: false” is not in the file (1 term)",
    )


def test_omegat_has_a_line_for_each_source_and_target_form() -> None:
    exported = write_omegat(GLOSSARY, "ps")
    assert exported.text == (
        "ISIS\tداعش\tnever spelled out\n"
        "ISIS\tداعش ډله\tnever spelled out\n"
        "IS group\tداعش\tnever spelled out\n"
        "IS group\tداعش ډله\tnever spelled out\n"
        "Salaam Times\tSalaam Times\n"
    )
    assert exported.notes == (
        "concepts are not in the file (1 term)",
        "kinds are not in the file (1 term)",
        "capitals (case) are not in the file (1 term)",
        "forbidden forms are not in the file (1 term)",
        "“inflects: false” is not in the file (1 term)",
    )


def test_omegat_comes_back() -> None:
    terms = (Term("a", "ISIS", {"ps": TargetTerm("داعش", ("داعش ډله",))}, note="a group"), Term("b", "Salaam", translate=False))
    assert bare(Glossary(read_omegat(write_omegat(Glossary(terms), "ps").text, "x.txt", "ps").terms)) == bare(Glossary(terms))


def test_a_po_glossary_comes_back_through_a_file() -> None:
    exported = write_catalog(GLOSSARY, "ps")
    text = format_catalog(exported.catalog)
    imported = read_catalog(parse_catalog(text, "x.po"), "ps")
    plain = TargetTerm("داعش", ("داعش ډله",), ("د عراق او شام اسلامي دولت",))
    assert bare(Glossary(imported.terms)) == bare(
        Glossary(
            (
                Term("a", "ISIS", {"ps": plain}, concept="isis", note="never spelled out"),
                Term("b", "IS group", {"ps": plain}, concept="isis", note="never spelled out"),
                SALAAM,
            )
        )
    )
    assert imported.notes == ()
    assert exported.notes == (
        "kinds are not in the file (1 term)",
        "capitals (case) are not in the file (1 term)",
        "“inflects: false” is not in the file (1 term)",
    )


def test_only_reviewed_entries_of_a_po_file_are_terms() -> None:
    entries = (Entry("a", "ا"), Entry("b", "ب", fuzzy=True), Entry("c"), Entry("d", "د", obsolete=True))
    assert read_catalog(Catalog("ps", entries), "ps") == Imported(
        (Term("a", "a", {"ps": TargetTerm("ا")}),), ("3 entries left out: fuzzy, obsolete, plural or not translated",)
    )


def test_a_large_tbx_file_is_read_as_it_comes() -> None:
    entry = (
        '<termEntry id="t{0}"><langSet xml:lang="en"><tig><term>Name {0}</term></tig></langSet>'
        '<langSet xml:lang="ps"><tig><term>نوم {0}</term></tig></langSet></termEntry>'
    )
    entries = "".join(entry.format(number) for number in range(20_000))
    imported = read_tbx(f"<martif><text><body>{entries}</body></text></martif>", "x.tbx")
    assert (len(imported.terms), imported.terms[-1].source) == (20_000, "Name 19999")


@pytest.mark.skipif(shutil.which("tbx2po") is None, reason="Translate Toolkit is not installed")
def test_the_translate_toolkit_reads_our_tbx(tmp_path: Path) -> None:
    source = tmp_path / "glossary.tbx"
    source.write_text(write_tbx(Glossary((ISIS, replace(ISIS, id="b", source="Q & A"))), ["ps"], 2).text, encoding="utf-8")
    subprocess.run(["tbx2po", str(source), str(tmp_path / "glossary.po")], check=True, capture_output=True)
    catalog = parse_catalog((tmp_path / "glossary.po").read_text(encoding="utf-8"), "glossary.po")
    assert [(entry.source, entry.target) for entry in catalog.entries] == [("ISIS", "داعش"), ("Q & A", "داعش")]


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
def test_gettext_accepts_our_po_glossary(tmp_path: Path) -> None:
    path = tmp_path / "glossary.po"
    catalog = replace(write_catalog(GLOSSARY, "ps").catalog, headers=new_headers(get_language("ps"), "glossary"))
    path.write_text(format_catalog(catalog), encoding="utf-8")
    subprocess.run(["msgfmt", "-c", "-o", "/dev/null", str(path)], check=True, capture_output=True)


@pytest.mark.parametrize("version", [2, 3])
def test_tbx_is_well_formed_whatever_the_terms_hold(version: int) -> None:
    term = Term("a", "<&\"'>\x01]]>", {"ps": TargetTerm("\ud800 ا")}, note="a\tb")
    exported = write_tbx(Glossary((term,)), ["ps"], version)
    texts = [element.text for element in ElementTree.fromstring(exported.text.encode()).iter() if element.tag.endswith("term")]
    assert texts == ["<&\"'>]]>", " ا"]
    assert exported.notes == ("characters that XML cannot hold are not in the file (2)",)


@pytest.mark.parametrize(
    ("path", "name"),
    [("a.tbx", "tbx"), ("A.TBX", "tbx"), ("a.csv", "csv"), ("a.utf8", "omegat"), ("a.po", "po"), ("a.docx", None)],
)
def test_a_name_tells_the_format(path: str, name: str | None) -> None:
    assert format_of(path) == name


def _in_tbx(term: Term) -> object:
    """What TBX keeps of a term: not the order of admitted forms, nor a form that is listed twice, nor spaces in a row."""

    def tidy(text: str) -> str:
        return " ".join(text.split())

    targets = {}
    for language, target in term.targets.items():
        allowed = dict.fromkeys(map(tidy, (target.preferred, *target.admitted)))
        forbidden = {tidy(form) for form in target.forbidden} - set(allowed)
        targets[language] = (tidy(target.preferred), set(allowed), forbidden)
    source, *variants = dict.fromkeys(map(tidy, (term.source, *term.variants)))
    stays = not term.translate or (
        bool(targets) and all(allowed == {source} and not forbidden for _, allowed, forbidden in targets.values())
    )
    return (source, set(variants), {} if stays else targets, term.kind, tidy(term.note) if term.note else None)
