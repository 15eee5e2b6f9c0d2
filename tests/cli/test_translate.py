from __future__ import annotations

import json
from pathlib import Path

from dragoman.model import Entry
from dragoman.po import format_catalog, parse_catalog
from tests.cli.conftest import Dragoman
from tests.models import FIRST

SOURCES = [
    "Snow closes the Salang pass",
    "CHARIKAR",
    "Heavy snow closed the Salang pass on Monday, the governor of Parwan said.",
    '"We opened two shelters for the drivers," said Abdul Qadir Rahimi, who leads the road office.',
    '"Nobody has to sleep in his car."',
    "ISIS said nothing about the road.",
]


def _path(project: Path, language: str) -> Path:
    return project / "locales" / language / "LC_MESSAGES" / "snow.po"


def _entries(project: Path, language: str) -> list[Entry]:
    path = _path(project, language)
    return list(parse_catalog(path.read_text(encoding="utf-8"), str(path)).entries)


def test_an_article_becomes_a_po_file_in_each_language(project: Path, dragoman: Dragoman) -> None:
    run = dragoman("translate", "articles/snow.txt", "--to", "fa_AF", "--to", "ps")
    assert (run.status, run.errors.count("left as it is")) == (0, 1)
    for language in ("fa_AF", "ps"):
        entries = _entries(project, language)
        assert [entry.source for entry in entries] == SOURCES
        assert all(entry.fuzzy for entry in entries if entry.target)
        assert [str(entry.references[0]) for entry in entries] == [f"articles/snow.txt:{line}" for line in (1, 3, 3, 5, 5, 7)]
    assert (project / "locales" / "snow.pot").exists()


def test_every_term_is_in_the_draft_or_named_as_missing(project: Path, dragoman: Dragoman) -> None:
    dragoman("translate", "--to", "ps")
    for term, form, source in (("Parwan", "پروان", SOURCES[2]), ("ISIS", "داعش", SOURCES[5])):
        entry = next(entry for entry in _entries(project, "ps") if entry.source == source)
        notes = [note for note in entry.notes if f"{term} → {form}" in note]
        assert len(notes) == 1
        assert notes[0].startswith("Terms: ") == (form in entry.target)
        assert notes[0].startswith("Term missing: ") == (form not in entry.target)


def test_a_second_run_changes_no_byte(project: Path, dragoman: Dragoman) -> None:
    dragoman("translate")
    before = {path: path.read_bytes() for path in (project / "locales").rglob("*.po*")}
    assert len(before) == 3
    run = dragoman("translate", "articles")
    assert run.status == 0
    assert {path: path.read_bytes() for path in (project / "locales").rglob("*.po*")} == before
    assert "2 PO files, 0 of them changed" in run.errors


def test_what_a_person_wrote_stays(project: Path, dragoman: Dragoman) -> None:
    dragoman("translate", "--to", "prs")
    path = _path(project, "fa_AF")
    catalog = parse_catalog(path.read_text(encoding="utf-8"), str(path))
    first, second, third, *rest = catalog.entries
    from dataclasses import replace

    reviewed = replace(first, target="برف راه سالنگ را بست", fuzzy=False, comments=("Agreed with Laila.",))
    edited = replace(second, target="چاریکار", fuzzy=True)
    path.write_text(format_catalog(replace(catalog, entries=(reviewed, edited, third, *rest))), encoding="utf-8")
    (project / "glossary.yml").write_text("version: 1\nsource_language: en\nterms: []\n")

    assert dragoman("translate", "--to", "fa_AF").status == 0
    after = _entries(project, "fa_AF")
    assert (after[0].target, after[0].fuzzy, after[0].comments) == ("برف راه سالنگ را بست", False, ("Agreed with Laila.",))
    assert (after[1].target, after[1].fuzzy) == ("چاریکار", True)


def test_what_left_the_article_is_obsolete_and_comes_back(project: Path, dragoman: Dragoman) -> None:
    dragoman("translate", "--to", "ps")
    path, article = _path(project, "ps"), project / "articles" / "snow.txt"
    first = path.read_text(encoding="utf-8")
    text = article.read_text()
    article.write_text(text.replace("ISIS said nothing about the road.\n", ""))
    dragoman("translate", "--to", "ps")
    assert [entry.source for entry in _entries(project, "ps") if entry.obsolete] == [SOURCES[5]]
    article.write_text(text)
    dragoman("translate", "--to", "ps")
    assert path.read_text(encoding="utf-8") == first


def test_the_summary_can_be_read_by_a_program(project: Path, dragoman: Dragoman) -> None:
    run = dragoman("translate", "--to", "ps", "--json")
    summary = json.loads(run.output)
    (result,) = summary["results"]
    assert (result["article"], result["language"], result["sentences"], result["kept"]) == ("snow", "ps", 6, 0)
    assert result["drafts"] + result["without_draft"] == 6
    assert result["terms_satisfied"] + result["terms_missing"] == 2
    assert summary["debris"] == [{"at": "articles/snow.txt:9", "text": "Share"}]
    assert (summary["status"], summary["problems"]) == (0, [])


def test_quiet_says_nothing(dragoman: Dragoman) -> None:
    run = dragoman("translate", "--to", "ps", "--quiet")
    assert (run.status, run.output, run.errors) == (0, "", "")


def test_standard_input_is_an_article(project: Path, dragoman: Dragoman) -> None:
    run = dragoman("translate", "-", "--to", "ps", stdin=b"The road is open again.\n")
    assert run.status == 0
    assert "The road is open again." in (project / "locales/ps/LC_MESSAGES/stdin.po").read_text(encoding="utf-8")


def test_a_folder_without_a_glossary_works_and_says_so(project: Path, dragoman: Dragoman) -> None:
    (project / "glossary.yml").unlink()
    run = dragoman("translate", "--to", "ps")
    assert run.status == 0
    assert "No glossary.yml" in run.errors


def test_it_works_from_a_folder_below_and_by_a_glob(project: Path, dragoman: Dragoman) -> None:
    (project / "dragoman.toml").write_text('languages = ["ps"]\n')
    assert dragoman("translate", "sn*.txt", cwd=project / "articles").status == 0
    (entry, *_) = _entries(project, "ps")
    assert str(entry.references[0]) == "articles/snow.txt:1"


def test_a_draft_has_the_style_of_the_project(project: Path, dragoman: Dragoman) -> None:
    (project / "articles" / "snow.txt").write_text("It snowed for 14 days.\n")
    (project / "dragoman.toml").write_text('[style.ps]\nnumerals = "arabext"\n')
    dragoman("translate", "--to", "ps")
    (entry,) = _entries(project, "ps")
    assert "۱۴" in entry.target


def test_a_draft_about_something_else_is_none_unless_asked_for(project: Path, dragoman: Dragoman) -> None:
    """The small network of the tests speaks fluently of other things."""
    article = "Farmers sold their harvest of wheat and apricots at the market of the district.\n"
    (project / "articles" / "snow.txt").write_text(article)
    dragoman("translate", "--to", "ps", "--model", str(FIRST))
    (entry,) = _entries(project, "ps")
    assert entry.target == ""
    assert any(note.startswith("No draft: what the model wrote seems to speak of something else") for note in entry.notes)
    dragoman("translate", "--to", "ps", "--model", str(FIRST), "--keep-all-drafts")
    (entry,) = _entries(project, "ps")
    assert entry.target
    assert entry.fuzzy
