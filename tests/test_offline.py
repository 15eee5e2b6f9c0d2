"""Offline is a promise: with every socket refused, the commands work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.mt.loaders.tiny import argos

DENIED = """
import sys
def refuse(event, arguments):
    if event.startswith("socket."):
        raise RuntimeError(f"{event} {arguments}")
sys.addaudithook(refuse)
from dragoman.cli import main
main()
"""


def _run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", DENIED, *arguments], cwd=cwd, capture_output=True, text=True, check=False)


def test_the_hook_refuses_sockets() -> None:
    program = DENIED.replace("from dragoman.cli import main\nmain()", "import socket; socket.socket()")
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "RuntimeError: socket.__new__" in run.stderr


@pytest.fixture
def project(tmp_path: Path) -> Path:
    assert _run("init", cwd=tmp_path).returncode == 0
    (tmp_path / "articles" / "bread.txt").write_text("Bread costs more in Kabul this week.\n")
    assert _run("translate", cwd=tmp_path).returncode == 0
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ("translate",),
        ("export",),
        ("check",),
        ("status",),
        ("preview",),
        ("glossary", "lint"),
        ("glossary", "suggest", "articles/bread.txt"),
        ("models", "list"),
        ("models", "info", "starter"),
        ("models", "info", "m2m100-1.2B"),
        ("models", "path", "starter"),
    ],
    ids=" ".join,
)
def test_a_command_opens_no_socket(project: Path, arguments: tuple[str, ...]) -> None:
    run = _run(*arguments, cwd=project)
    assert (run.returncode, "RuntimeError" in run.stderr) == (0, False), run.stderr


def test_a_model_comes_from_a_stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Installed from a folder, measured, told, and removed; no socket is opened."""
    monkeypatch.setenv("DRAGOMAN_MODELS", str(tmp_path / "models"))
    stick = argos(tmp_path / "stick")
    for arguments in (("install", str(stick)), ("probe", "argos-en-fa"), ("info", "argos-en-fa"), ("remove", "argos-en-fa")):
        run = _run("models", *arguments, cwd=tmp_path)
        assert (run.returncode, "RuntimeError" in run.stderr) == (0, False), run.stderr


def test_a_model_of_the_hub_comes_through_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said the other way round, so that the tests above are known to see one."""
    monkeypatch.setenv("DRAGOMAN_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    assert "RuntimeError: socket." in _run("models", "install", "hf:desk/model", cwd=tmp_path).stderr
