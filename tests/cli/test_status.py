from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dragoman.po import format_catalog, parse_catalog
from tests.cli.conftest import ARTICLE, GLOSSARY, Dragoman


def _edit(path: Path, texts: Mapping[str, str | None]) -> None:
    """Do what a translator does: accept these entries, with this text, or with the draft's where it is None."""
    catalog = parse_catalog(path.read_text(encoding="utf-8"), str(path))
    entries = [
        replace(entry, target=texts[entry.source] or entry.target, fuzzy=False) if entry.source in texts else entry
        for entry in catalog.entries
    ]
    path.write_text(format_catalog(replace(catalog, entries=tuple(entries))), encoding="utf-8")


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the article drafted into both languages, made once for all these tests."""
    folder = tmp_path_factory.mktemp("drafted")
    (folder / "articles").mkdir()
    (folder / "articles" / "snow.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "glossary.yml").write_text(GLOSSARY, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "dragoman", "translate", "-q"], cwd=folder, check=True)
    return folder


@pytest.fixture
def translated(drafted: Path, project: Path) -> Path:
    """The PO file in Pashto: one entry accepted as it was drafted, one edited and accepted."""
    shutil.copytree(drafted, project, dirs_exist_ok=True)
    path = project / "locales" / "ps" / "LC_MESSAGES" / "snow.po"
    _edit(path, {"CHARIKAR": None, "ISIS said nothing about the road.": "داعش د سړک په اړه څه ونه ویل."})
    return path


def _json(dragoman: Dragoman, *arguments: str) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(dragoman("status", "--json", *arguments).output)
    return report


def test_counts_of_an_article(translated: Path, dragoman: Dragoman) -> None:
    report = _json(dragoman, str(translated))
    (article,) = report["articles"]
    counts = {key: article[key] for key in ("entries", "drafts", "reviewed", "untranslated", "source_words", "terms_wanted")}
    assert counts == {"entries": 6, "drafts": 4, "reviewed": 2, "untranslated": 0, "source_words": 48, "terms_wanted": 2}
    assert (article["article"], article["language"]) == ("snow", "ps")
    assert (
        report["all"]
        == report["languages"]["ps"]
        == {k: v for k, v in article.items() if k not in ("article", "language", "path")}
    )


def test_findings_count_by_severity(translated: Path, dragoman: Dragoman) -> None:
    before = _json(dragoman)["all"]
    _edit(translated, {"ISIS said nothing about the road.": "هغوی د سړک په اړه څه ونه ویل."})
    after = _json(dragoman)["all"]
    assert (after["errors"], after["terms_satisfied"]) == (before["errors"] + 1, before["terms_satisfied"] - 1)


def test_the_table_adds_up_over_languages(translated: Path, dragoman: Dragoman) -> None:
    lines = [line.split()[:7] for line in dragoman("status").output.splitlines()]
    assert lines == [
        ["article", "language", "entries", "drafts", "reviewed", "no", "text"],
        ["snow", "fa_AF", "6", "6", "0", "0", "48"],
        ["snow", "ps", "6", "4", "2", "0", "48"],
        ["all", "fa_AF", "6", "6", "0", "0", "48"],
        ["all", "ps", "6", "4", "2", "0", "48"],
        ["all", "12", "10", "2", "0", "96", lines[-1][-1]],
    ]


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_counted(translated: Path, dragoman: Dragoman) -> None:
    (translated.parent / "broken.po").write_text("msgid no quotes\n", encoding="utf-8")
    run = dragoman("status")
    assert (run.status, "snow" in run.output) == (2, True)
    assert "broken.po:1" in run.errors


def test_without_po_files_it_says_what_to_do(dragoman: Dragoman) -> None:
    run = dragoman("status")
    assert (run.status, run.output) == (2, "")
    assert "locales" in run.errors


def test_post_editing_is_measured_against_the_draft_as_it_was_made(translated: Path, dragoman: Dragoman) -> None:
    pytest.importorskip("sacrebleu")
    figures = _json(dragoman, "--postedit")["postedit"]
    assert (figures["all"]["sentences"], figures["all"]["untouched"]) == (2, 1)
    assert figures["all"]["hter"] > 0
    assert 0 < figures["all"]["chrf"] < 100
    (engine,) = figures["engines"]
    assert (engine["language"], engine["sentences"]) == ("ps", 2)
    assert "untouched" in dragoman("status", "--postedit").output
    assert dragoman("translate", "-q").status == 0
    assert _json(dragoman, "--postedit")["postedit"] == figures


def test_a_term_that_people_write_otherwise_is_counted(translated: Path, dragoman: Dragoman) -> None:
    pytest.importorskip("sacrebleu")
    _edit(translated, {"ISIS said nothing about the road.": "اسلامي دولت د سړک په اړه څه ونه ویل."})
    terms = _json(dragoman, "--postedit")["postedit"]["terms"]
    assert terms == [{"term": "ISIS", "language": "ps", "drafts": 1, "edited": 1}]


def test_without_the_drafts_there_are_no_figures(translated: Path, project: Path, dragoman: Dragoman) -> None:
    pytest.importorskip("sacrebleu")
    (project / ".dragoman" / "made.db").unlink()
    run = dragoman("status", "--postedit")
    assert (run.status, run.output) == (0, "")
    assert "No reviewed entry whose draft is known" in run.errors


def test_a_broken_store_of_drafts_stops_no_translation(project: Path, dragoman: Dragoman) -> None:
    (project / ".dragoman").mkdir()
    (project / ".dragoman" / "made.db").mkdir()
    assert dragoman("translate", "--to", "ps").status == 0
