from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.po import format_catalog, parse_catalog
from tests.cli.conftest import ARTICLE, Dragoman


def _accept(project: Path, source: str, target: str) -> None:
    """What a translator does in an editor: type the translation and clear the flag."""
    path = project / "locales/ps/LC_MESSAGES/snow.po"
    catalog = parse_catalog(path.read_text(encoding="utf-8"), str(path))
    entries = tuple(replace(entry, target=target, fuzzy=False) if entry.source == source else entry for entry in catalog.entries)
    path.write_text(format_catalog(replace(catalog, entries=entries)), encoding="utf-8")


@pytest.fixture
def translated(project: Path, dragoman: Dragoman) -> Path:
    assert dragoman("translate", "--to", "ps").status == 0
    return project


def test_an_untouched_po_file_gives_the_article_back(translated: Path, dragoman: Dragoman) -> None:
    run = dragoman("export", "articles/snow.txt", "--to", "ps")
    assert run.status == 0
    assert (translated / "export" / "snow.ps.txt").read_text(encoding="utf-8") == ARTICLE
    assert "articles/snow.txt:7: not translated into ps: ISIS said nothing about the road." in run.errors


def test_accepted_entries_stand_in_the_article_s_place(translated: Path, dragoman: Dragoman) -> None:
    _accept(translated, "CHARIKAR", "چاریکار")
    _accept(translated, "ISIS said nothing about the road.", "داعش په Salaam Times کې د سړک په اړه څه ونه ویل.")
    assert dragoman("export", "--to", "ps").status == 0
    expected = ARTICLE.replace("CHARIKAR", "چاریکار").replace(
        "ISIS said nothing about the road.", "داعش په \u2068Salaam Times\u2069 کې د سړک په اړه څه ونه ویل."
    )
    assert (translated / "export" / "snow.ps.txt").read_text(encoding="utf-8") == expected


def test_blank_leaves_the_structure_alone(translated: Path, dragoman: Dragoman) -> None:
    run = dragoman("export", "--to", "ps", "--untranslated", "blank", "--output", "-")
    assert run.output.splitlines() == ["", "", " -- ", "", " ", "", "", "", "Share"]


def test_fail_names_the_first_and_writes_nothing(translated: Path, dragoman: Dragoman) -> None:
    run = dragoman("export", "--to", "ps", "--untranslated", "fail")
    assert run.status == 1
    assert run.errors.startswith("dragoman: articles/snow.txt:1: 6 of 6 segments have no Pashto translation")
    assert not (translated / "export").exists()


def test_drafts_are_taken_where_asked_for(translated: Path, dragoman: Dragoman) -> None:
    run = dragoman("export", "--to", "ps", "--drafts", "--output", "out")
    assert run.status == 0
    assert "ISIS said nothing" not in (translated / "out" / "snow.ps.txt").read_text(encoding="utf-8")


def test_a_bad_article_stops_no_other(translated: Path, dragoman: Dragoman) -> None:
    (translated / "articles" / "empty.txt").touch()
    refused = dragoman("export", "--to", "ps", "--untranslated", "fail")
    assert (refused.status, (translated / "export").exists()) == (2, False)
    run = dragoman("export", "--to", "ps")
    assert (run.status, [path.name for path in (translated / "export").iterdir()]) == (2, ["snow.ps.txt"])
    assert run.errors.splitlines()[-1].startswith("dragoman: articles/empty.txt: has no sentence to translate")


def test_without_a_po_file_it_names_the_command(project: Path, dragoman: Dragoman) -> None:
    run = dragoman("export", "--to", "prs")
    assert run.status == 2
    assert run.errors == (
        "dragoman: locales/fa_AF/LC_MESSAGES/snow.po: there is no Dari PO file of snow (run: dragoman translate … --to fa_AF)\n"
    )
