from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.po import format_catalog, parse_catalog
from tests.cli.conftest import Dragoman


def test_the_article_stands_beside_its_translations(project: Path, dragoman: Dragoman) -> None:
    assert dragoman("translate", "--to", "ps").status == 0
    path = project / "locales" / "ps" / "LC_MESSAGES" / "snow.po"
    catalog = parse_catalog(path.read_text(encoding="utf-8"), str(path))
    draft = next(entry.target for entry in catalog.entries if entry.source == "CHARIKAR")
    text = format_catalog(catalog).replace(
        f'#, fuzzy\nmsgid "CHARIKAR"\nmsgstr "{draft}"', f'msgid "CHARIKAR"\nmsgstr "نوی {draft}"'
    )
    path.write_text(text, encoding="utf-8")
    run = dragoman("preview", "-o", "page.html")
    assert (run.status, run.output, run.errors) == (0, "page.html: 1 article\n", "")
    page = (project / "page.html").read_text(encoding="utf-8")
    assert 'lang="ps" dir="rtl"' in page
    assert "<ins>نوی</ins>" in page
    assert page.count('<td class="cell reviewed"') == 1
    assert page.count('<td class="cell empty"') == 6  # Dari, of which there is no file yet
    assert "What people made of the drafts" in page
    before = page
    assert dragoman("preview", "-o", "page.html").status == 0
    assert (project / "page.html").read_text(encoding="utf-8") == before


def test_only_the_languages_that_are_asked_for(project: Path, dragoman: Dragoman) -> None:
    assert dragoman("translate", "--to", "ps").status == 0
    assert dragoman("preview", "--to", "pashto").status == 0
    assert "fa-AF" not in (project / "preview.html").read_text(encoding="utf-8")


def test_an_article_that_cannot_be_read_is_named_and_the_others_are_shown(project: Path, dragoman: Dragoman) -> None:
    assert dragoman("translate", "--to", "ps").status == 0
    (project / "articles" / "broken.txt").write_bytes(b"\xff")
    run = dragoman("preview")
    assert (run.status, run.output) == (2, "preview.html: 1 article\n")
    assert "broken.txt" in run.errors


@pytest.mark.parametrize("arguments", [(), ("articles/none.txt",)], ids=["no PO file", "no article"])
def test_what_is_missing_is_said_and_nothing_written(project: Path, dragoman: Dragoman, arguments: tuple[str, ...]) -> None:
    run = dragoman("preview", *arguments)
    assert (run.status, run.output) == (2, "")
    assert ("run dragoman translate first" if not arguments else "articles/none.txt: there is no such file") in run.errors
    assert not (project / "preview.html").exists()
