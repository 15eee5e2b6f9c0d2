"""Real runs of the program in a folder of their own, as a user has them: the built-in model, real files, the exit status."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ARTICLE = """\
Snow closes the Salang pass

CHARIKAR -- Heavy snow closed the Salang pass on Monday, the governor of Parwan said.

"We opened two shelters for the drivers," said Abdul Qadir Rahimi, who leads the road office. "Nobody has to sleep in his car."

ISIS said nothing about the road.

Share
"""
GLOSSARY = """\
version: 1
source_language: en
terms:
  - source: Parwan
    kind: place
    targets: {fa_AF: پروان, ps: پروان}
  - source: ISIS
    kind: organization
    case: exact
    targets: {fa_AF: داعش, ps: داعش}
"""


@dataclass(frozen=True)
class Run:
    status: int
    output: str
    errors: str


Dragoman = Callable[..., Run]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one article, `snow`, and a glossary of two terms."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "snow.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "glossary.yml").write_text(GLOSSARY, encoding="utf-8")
    return tmp_path


@pytest.fixture
def dragoman(project: Path) -> Dragoman:
    """Run `dragoman ARGUMENTS…` in the project."""

    def run(*arguments: str, stdin: bytes = b"", cwd: Path = project) -> Run:
        command = [sys.executable, "-m", "dragoman", *arguments]
        done = subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, timeout=300, check=False)
        return Run(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
