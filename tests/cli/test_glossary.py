from __future__ import annotations

import json
import sys
from pathlib import Path

import click
import pytest

from dragoman.cli import main
from dragoman.cli.glossary import export, import_
from dragoman.glossary.exchange import FORMATS
from tests.cli.conftest import GLOSSARY, Dragoman, Run


@pytest.fixture
def dragoman(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dragoman:
    """`dragoman ARGUMENTS…` in this process: the verbs of the glossary load no model, and are many."""

    def run(*arguments: str) -> Run:
        monkeypatch.chdir(project)
        monkeypatch.setattr(sys, "argv", ["dragoman", *arguments])
        with pytest.raises(SystemExit) as exited:
            main()
        captured = capsys.readouterr()
        return Run(int(exited.value.code or 0), captured.out, captured.err)

    return run


def test_lint_finds_and_fails(dragoman: Dragoman, project: Path) -> None:
    clean = dragoman("glossary", "lint")
    assert (clean.status, clean.output) == (0, "nothing found (1 file, 2 entries checked)\n")
    (project / "glossary.yml").write_text(GLOSSARY + "  - source: Herat\n    targets: {fa_AF: هرات}\n", encoding="utf-8")
    warned = dragoman("glossary", "lint")
    assert (warned.status, warned.output) == (
        0,
        "glossary.yml:11:5: G403 warning: “Herat” has no target in Pashto\n1 warning (1 file, 3 entries checked)\n",
    )
    assert dragoman("glossary", "lint", "--fail-on", "warning").status == 1
    assert dragoman("glossary", "lint", "--fail-on", "warning", "--ignore", "G4").status == 0
    sarif = json.loads(dragoman("glossary", "lint", "--format", "sarif").output)
    assert [result["ruleId"] for result in sarif["runs"][0]["results"]] == ["G403"]


def test_lint_reports_what_other_commands_refuse(dragoman: Dragoman, project: Path) -> None:
    (project / "glossary.yml").write_text(GLOSSARY + "  - source: ISIS\n    targets: {ps: ایسیس}\n", encoding="utf-8")
    found = dragoman("glossary", "lint", "--select", "G1")
    assert (found.status, found.output.splitlines()[0]) == (
        1,
        "glossary.yml:11:5: G102 error: “ISIS” has other targets in line 7 "
        "(try: merge the two entries, or give each a concept of its own)",
    )
    assert dragoman("glossary", "suggest").status == 2


def test_a_broken_glossary_is_told_line_by_line(dragoman: Dragoman, project: Path) -> None:
    (project / "glossary.yml").write_text("version: 1\nterms:\n- source: NO\n- sorce: a\n", encoding="utf-8")
    told = dragoman("glossary", "lint")
    assert (told.status, told.errors.splitlines()) == (
        2,
        [
            'dragoman: glossary.yml:3:11: NO is a truth value in YAML, not a text (put it in quotes: "NO")',
            "dragoman: glossary.yml:4:3: the key 'sorce' is not known (did you mean 'source'?)",
            "dragoman: glossary.yml:4:3: an entry has no source (write “source:” and the English form)",
        ],
    )


def test_suggest_offers_entries_and_appends_them(dragoman: Dragoman, project: Path) -> None:
    offered = dragoman("glossary", "suggest")
    assert (offered.status, offered.errors) == (0, "")
    assert "  # 2 times in 1 article: " in offered.output
    assert (project / "glossary.yml").read_text(encoding="utf-8") == GLOSSARY
    written = dragoman("glossary", "suggest", "--write")
    grown = (project / "glossary.yml").read_text(encoding="utf-8")
    assert written.status == 0
    assert grown.startswith(GLOSSARY)
    assert "  - source: Abdul Qadir Rahimi\n    kind: person\n    targets:\n      # fa_AF:\n      # ps:\n" in grown
    assert dragoman("glossary", "suggest").errors == "nothing new\n"


def test_what_is_exported_can_be_imported(dragoman: Dragoman, project: Path) -> None:
    for name in ("glossary.tbx", "glossary.xml", "glossary.csv"):
        assert dragoman("glossary", "export", name).status == 0
        again = dragoman("glossary", "import", name, "--glossary", "new.yml", "--write")
        assert again.status == 2, "a glossary that was named must be there"
        (project / "new.yml").write_text("version: 1\nterms:\n", encoding="utf-8")
        again = dragoman("glossary", "import", name, "--glossary", "new.yml", "--write")
        assert (again.status, again.output) == (0, "new.yml: 2 entries appended\n")
        known = dragoman("glossary", "import", name)
        assert (known.status, known.output, known.errors) == (0, "", "nothing new\nin the glossary already: 2\n")
        (project / "new.yml").unlink()


def test_an_import_changes_no_entry_that_is_there(dragoman: Dragoman, project: Path) -> None:
    table = "source,ps,owner\nISIS,ایسیس,Ali\nParwan,پروان,\nGhor,غور,\n"
    (project / "terms.csv").write_text(table, encoding="utf-8")
    shown = dragoman("glossary", "import", "terms.csv")
    assert shown.output == "  - source: Ghor\n    targets:\n      ps: غور\n      # fa_AF:\n"
    assert shown.errors.splitlines() == [
        "unknown columns left out: owner",
        "in the glossary already: 1",
        "in the glossary with other targets, which stay as they are: ISIS",
    ]
    assert (project / "glossary.yml").read_text(encoding="utf-8") == GLOSSARY


def test_formats_of_one_language_want_to_know_which(dragoman: Dragoman) -> None:
    asked = dragoman("glossary", "export", "glossary.txt")
    assert (asked.status, asked.errors) == (2, "dragoman: omegat holds one language (say which: --to fa_AF or --to ps)\n")
    printed = dragoman("glossary", "export", "-", "--format", "omegat", "--to", "ps")
    assert (printed.status, printed.output) == (0, "Parwan\tپروان\nISIS\tداعش\n")
    assert dragoman("glossary", "export", "glossary.docx").status == 2


def test_metrics_of_a_po_file(dragoman: Dragoman, project: Path) -> None:
    header = 'msgid ""\nmsgstr ""\n"Language: ps\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (project / "snow.po").write_text(f'{header}msgid "ISIS fled Parwan."\nmsgstr "داعش وتښتېدل."\n', encoding="utf-8")
    (project / "right.po").write_text(f'{header}msgid "ISIS fled Parwan."\nmsgstr "داعش له پروان وتښتېدل."\n', encoding="utf-8")
    told = dragoman("glossary", "metrics", "snow.po")
    assert told.output.splitlines()[1].split() == ["snow.po", "ps", "2", "0.500", "0.500", "-", "-", "-", "-"]
    (figures,) = json.loads(dragoman("glossary", "metrics", "snow.po", "--reference", "right.po", "--json").output)
    assert figures["metrics"] == {
        "entries": 1,
        "occurrences": 2,
        "exact_match": 0.5,
        "success": 0.5,
        "consistency": None,
        "window_overlap": {"2": 0.0, "3": 1 / 3},
        "one_minus_term": 0.25,
    }


def test_the_formats_on_offer_are_those_that_there_are() -> None:
    for verb in (import_, export):
        (choice,) = (parameter.type for parameter in verb.params if parameter.name == "format_name")
        assert isinstance(choice, click.Choice)
        assert tuple(choice.choices) == tuple(FORMATS)


def test_the_schema_is_printed_for_editors(dragoman: Dragoman) -> None:
    assert json.loads(dragoman("glossary", "schema").output)["title"] == "Dragoman glossary, version 1"
