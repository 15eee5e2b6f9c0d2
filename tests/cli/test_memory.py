from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.model import Entry
from dragoman.po import format_catalog, parse_catalog
from tests.cli.conftest import Dragoman

SOURCE = "ISIS said nothing about the road."
TARGET = "داعش د سړک په اړه څه ونه ویل."


def _entry(project: Path, article: str, source: str) -> Entry:
    path = project / "locales/ps/LC_MESSAGES" / f"{article}.po"
    catalog = parse_catalog(path.read_text(encoding="utf-8"), str(path))
    return next(entry for entry in catalog.entries if entry.source == source)


def _accept(project: Path, target: str) -> None:
    path = project / "locales/ps/LC_MESSAGES/snow.po"
    catalog = parse_catalog(path.read_text(encoding="utf-8"), str(path))
    entries = tuple(replace(entry, target=target, fuzzy=False) if entry.source == SOURCE else entry for entry in catalog.entries)
    path.write_text(format_catalog(replace(catalog, entries=entries)), encoding="utf-8")


@pytest.fixture
def accepted(project: Path, dragoman: Dragoman) -> Path:
    """The project with one accepted sentence in `snow`."""
    assert dragoman("translate", "--to", "ps").status == 0
    _accept(project, TARGET)
    return project


def test_what_a_person_accepted_is_the_draft_of_the_next_article(accepted: Path, dragoman: Dragoman) -> None:
    (accepted / "articles" / "again.txt").write_text(f"It snowed again. {SOURCE}\n")
    assert dragoman("translate", "articles/again.txt", "--to", "ps").status == 0
    entry = _entry(accepted, "again", SOURCE)
    assert (entry.target, entry.fuzzy) == (TARGET, True)
    assert entry.notes[1] == "Terms: ISIS → داعش"
    assert entry.notes[2].startswith("Draft: memory 100 %, locales/ps/LC_MESSAGES/snow.po [")


def test_a_similar_sentence_is_a_draft_that_names_its_source(accepted: Path, dragoman: Dragoman) -> None:
    similar = "ISIS said nothing about the roads."
    (accepted / "articles" / "again.txt").write_text(f"{similar}\n")
    dragoman("translate", "articles/again.txt", "--to", "ps")
    entry = _entry(accepted, "again", similar)
    assert (entry.target, entry.fuzzy, entry.previous_source) == (TARGET, True, SOURCE)


def test_old_wording_does_not_come_back_unseen(accepted: Path, dragoman: Dragoman) -> None:
    dragoman("memory", "update")
    glossary = accepted / "glossary.yml"
    glossary.write_text(glossary.read_text(encoding="utf-8").replace("ps: داعش", "ps: دولت"), encoding="utf-8")
    (accepted / "articles" / "again.txt").write_text(f"{SOURCE}\n")
    dragoman("translate", "articles/again.txt", "--to", "ps")
    assert "Term missing: ISIS → دولت" in _entry(accepted, "again", SOURCE).notes
    assert "1 accepted entries stayed out" in dragoman("memory", "update").errors


def test_the_same_sentence_between_the_same_may_stand_as_accepted(accepted: Path, dragoman: Dragoman) -> None:
    (accepted / "dragoman.toml").write_text("accept_context_matches = true\n")
    (accepted / "articles" / "snow.txt").rename(accepted / "articles" / "renamed.txt")
    dragoman("translate", "--to", "ps")
    entry = _entry(accepted, "renamed", SOURCE)
    assert (entry.target, entry.fuzzy) == (TARGET, False)


def test_tmx_goes_out_and_comes_in(accepted: Path, tmp_path: Path, dragoman: Dragoman) -> None:
    dragoman("memory", "update")
    assert dragoman("memory", "export", "all.tmx").output == "all.tmx: 1 pairs\n"
    other = tmp_path / "other"
    other.mkdir()
    (other / "dragoman.toml").touch()
    assert dragoman("memory", "import", "../all.tmx", cwd=other).output == "1 pairs came in from 1 units\n"
    assert TARGET in dragoman("memory", "search", "about the road", cwd=other).output
    assert dragoman("memory", "forget", SOURCE, cwd=other).output == "1 pairs forgotten\n"
    assert dragoman("memory", "search", "about the road", cwd=other).output == ""


def test_drafts_go_out_for_omegat(accepted: Path, dragoman: Dragoman) -> None:
    run = dragoman("memory", "export", "drafts.tmx", "--drafts", "--to", "ps")
    assert run.status == 0
    text = (accepted / "drafts.tmx").read_text(encoding="utf-8")
    assert "Snow closes the Salang pass" in text
    assert SOURCE not in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("memory", "import", "none.tmx"), "none.tmx: cannot be read: no such file or directory"),
        (("memory", "import", "glossary.yml"), "glossary.yml:1:"),
        (("memory", "forget"), "nothing says what to forget"),
    ],
)
def test_bad_input_is_told(project: Path, dragoman: Dragoman, arguments: tuple[str, ...], message: str) -> None:
    run = dragoman(*arguments)
    assert run.status == 2
    assert message in run.errors
    assert "Traceback" not in run.errors


def test_a_broken_file_is_told_and_the_others_come_in(accepted: Path, dragoman: Dragoman) -> None:
    (accepted / "locales/ps/LC_MESSAGES/broken.po").write_text("<<<<<<< ours\n")
    run = dragoman("memory", "update")
    assert (run.status, run.output) == (2, "1 pairs came in, the memory holds 1\n")
    assert "broken.po:1: a merge conflict is left in the file" in run.errors


def test_a_damaged_memory_is_told_and_the_run_goes_on(project: Path, dragoman: Dragoman) -> None:
    (project / ".dragoman").mkdir()
    (project / ".dragoman" / "memory.db").write_text("no database at all, but long enough to be taken for one" * 40)
    run = dragoman("translate", "--to", "ps")
    assert run.status == 2
    assert "memory.db: is damaged" in run.errors
    assert (project / "locales/ps/LC_MESSAGES/snow.po").exists()
