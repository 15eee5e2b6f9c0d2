from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Dragoman


def test_a_new_project_works_at_once(tmp_path: Path, dragoman: Dragoman) -> None:
    folder = tmp_path / "desk"
    run = dragoman("init", str(folder))
    assert run.status == 0
    assert sorted(path.name for path in folder.iterdir()) == ["articles", "dragoman.toml", "glossary.yml", "locales"]
    (folder / "articles" / "bread.txt").write_text("Bread costs more in Kabul this week.\n")
    assert dragoman("translate", cwd=folder).status == 0
    assert len(list((folder / "locales").rglob("bread.po"))) == 2


def test_what_is_there_stays(project: Path, dragoman: Dragoman) -> None:
    glossary = (project / "glossary.yml").read_text(encoding="utf-8")
    run = dragoman("init")
    assert run.status == 0
    assert "kept  glossary.yml" in run.output
    assert (project / "glossary.yml").read_text(encoding="utf-8") == glossary
