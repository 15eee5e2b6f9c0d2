"""`dragoman models`, as a user has it: real files, real processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Dragoman
from tests.mt.loaders.tiny import argos, starter


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for models of our own, and none of this machine's."""
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    monkeypatch.setenv("DRAGOMAN_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


def test_the_way_of_a_model(project: Path, dragoman: Dragoman, models: Path, tmp_path: Path) -> None:
    """Installed from a folder, listed, told, found, translating, noted, and removed."""
    source = starter(tmp_path / "from the trainer")
    run = dragoman("models", "install", str(source))
    assert (run.status, run.output) == (0, f"installed  tiny 0.1  {models / 'tiny'}\n")
    assert run.errors == f"Copying {source}\nTaking checksums\n"
    assert dragoman("models", "path", "tiny").output == f"{models / 'tiny'}\n"
    lines = dragoman("models", "list").output.splitlines()
    assert [line.split()[0] for line in lines[:4]] == ["model", "tiny", "starter", "nllb-200-3.3B"]
    assert f"folder:         {models / 'tiny'}, 5 files as they were installed" in dragoman("models", "info", "tiny").output
    assert dragoman("translate", "--to", "ps").status == 0
    assert "tiny 0.1" in (project / "locales/ps/LC_MESSAGES/snow.po").read_text(encoding="utf-8")
    assert dragoman("models", "remove", "tiny").output == f"removed  {models / 'tiny'}\n"
    assert "tiny" not in dragoman("models", "list").output


def test_another_model_touches_no_reviewed_entry(project: Path, dragoman: Dragoman, models: Path, tmp_path: Path) -> None:
    assert dragoman("translate", "--to", "ps").status == 0
    path = project / "locales/ps/LC_MESSAGES/snow.po"
    assert dragoman("accept", str(path), "--all").status == 0
    before = path.read_text(encoding="utf-8")
    assert dragoman("models", "install", str(starter(tmp_path / "tiny"))).status == 0
    assert dragoman("translate", "--to", "ps").status == 0
    assert _targets(path.read_text(encoding="utf-8")) == _targets(before)


def test_the_list_as_json(dragoman: Dragoman) -> None:
    rows = json.loads(dragoman("models", "list", "--json", "--to", "ps").output)
    assert [row["name"] for row in rows][:2] == ["starter", "nllb-200-3.3B"]
    assert "argos-en-fa" not in [row["name"] for row in rows]
    assert rows[1]["scores"] == {"fa_AF": {"NTREX-128": 41.7}, "ps": {"TICO-19": 46.8, "FLORES": 36.6}}


def test_a_model_that_is_not_here(dragoman: Dragoman) -> None:
    run = dragoman("models", "info", "m2m100-1.2B")
    assert run.status == 0
    assert "chrF++ Pashto:  32.6 TICO-19, 28.0 FLORES\n" in run.output
    assert run.errors == "Not installed. Next: dragoman models install m2m100-1.2B\n"


def test_probe(dragoman: Dragoman, models: Path, tmp_path: Path) -> None:
    argos(models / "by-hand")
    run = dragoman("models", "probe", "by-hand")
    assert run.status == 0, run.errors
    first, header, *rows = run.output.splitlines()
    assert first == "fa_AF: no placeholder is kept well; none is used"
    assert header.split() == ["placeholder", "kept", "doubled", "moved", "number", "lost", "cost", "in", "chrF"]
    assert sorted(row.split("  ")[0] for row in rows) == sorted(
        ["Latin names", "target forms", "__PH0__", "__0__", "[PH0]", "[X0X]", "XQZ0", "<x0>"]
    )
    assert "Not remembered" in run.errors


@pytest.mark.parametrize(
    ("arguments", "status", "line"),
    [
        (("info", "nothing"), 3, "dragoman: no model is called 'nothing' (installed: starter; or give the path of one)"),
        (("path", "m2m100-1.2B"), 3, "dragoman: m2m100-1.2B is not installed (type: dragoman models install m2m100-1.2B)"),
        (("install", "nothing"), 3, "dragoman: no model is called 'nothing' (type: dragoman models list)"),
        (
            ("install", "nllb-200-3.3B"),
            3,
            "dragoman: nllb-200-3.3B is under CC BY-NC 4.0: no commercial use "
            "(if that suits your use, type the same again with --accept-licence)",
        ),
        (("convert", "."), 3, "is no checkpoint that can be converted"),
        (("list", "--to", "klingon"), 2, "klingon"),
    ],
)
def test_one_clear_line(dragoman: Dragoman, arguments: tuple[str, ...], status: int, line: str) -> None:
    run = dragoman("models", *arguments)
    assert (run.status, run.output) == (status, "")
    assert run.errors.count("\n") == 1
    assert line in run.errors


def test_a_half_copied_model(dragoman: Dragoman, models: Path, tmp_path: Path) -> None:
    assert dragoman("models", "install", str(starter(tmp_path / "tiny"))).status == 0
    (models / "tiny" / "sentencepiece.model").unlink()
    run = dragoman("translate", "--to", "ps")
    assert run.status == 3
    assert run.errors == (
        f"dragoman: {models / 'tiny'}: has no sentencepiece.model (copy it again, or type: dragoman models remove tiny)\n"
    )
    assert dragoman("models", "remove", "tiny").status == 0
    assert dragoman("translate", "--to", "ps").status == 0


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--compute-type", "int3"), "cpu cannot compute in int3"),
        (("--device", "cuda"), "there is no CUDA device here (leave --device out: the processor does the work)"),
    ],
)
def test_what_this_machine_cannot_do(
    dragoman: Dragoman, models: Path, tmp_path: Path, arguments: tuple[str, ...], line: str
) -> None:
    import ctranslate2

    starter(models / "tiny")

    if "cuda" in arguments and ctranslate2.get_cuda_device_count():
        pytest.skip("it can")
    run = dragoman("translate", "--to", "ps", *arguments)
    assert run.status == 3
    assert line in run.errors


def _targets(catalog: str) -> list[str]:
    return [line for line in catalog.splitlines() if line.startswith(("msg", '"', "#, "))]
