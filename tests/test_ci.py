"""What the package ships for CI services fits together: the action, its script, the hooks, their page."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
STEP = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "check")


def test_every_input_of_the_action_reaches_its_script() -> None:
    script = (ROOT / "ci" / "github").read_text(encoding="utf-8")
    passed = {name: value for name, value in STEP["env"].items() if value.startswith("${{ inputs.")}
    assert [name for name in passed if not re.search(rf"\$\{{?{name}\b", script)] == []
    elsewhere = {"working-directory", "python-version"}
    assert {value.removeprefix("${{ inputs.").removesuffix(" }}") for value in passed.values()} | elsewhere == set(
        ACTION["inputs"]
    )


def test_no_input_is_text_of_a_script() -> None:
    assert [step["run"] for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")] == []


def test_every_input_is_on_the_page() -> None:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert [name for name in ACTION["inputs"] if f"`{name}`" not in page] == []


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_the_hooks_run_what_is_there(hook: dict[str, str]) -> None:
    script = ROOT / hook["entry"].split()[0]
    assert os.access(script, os.X_OK)
    assert re.search(hook["files"], "locales/ps/LC_MESSAGES/a.po" if hook["id"] == "dragoman-check" else "glossary.yml")


@pytest.mark.parametrize("name", ["dragoman", "github"])
def test_the_scripts_are_bash(name: str) -> None:
    assert subprocess.run(["bash", "-n", str(ROOT / "ci" / name)], capture_output=True, check=False).stderr == b""


@pytest.mark.parametrize("status", [0, 1, 2])
def test_the_step_passes_its_inputs_on_and_its_status_back(status: int, tmp_path: Path) -> None:
    (tmp_path / "github").write_bytes((ROOT / "ci" / "github").read_bytes())
    stand_in = tmp_path / "dragoman"
    stand_in.write_text(f'#!/bin/sh\nprintf "%s|" "$@"\nexit {status}\n', encoding="utf-8")
    stand_in.chmod(0o755)
    environment = {
        "PATH": os.environ["PATH"],
        "PATHS": "a.po lo*/x.po",
        "SELECT": "T,$(touch pwned)",
        "CHANGED_SINCE": "origin/main",
        "DRAFTS": "true",
        "GITHUB_OUTPUT": str(tmp_path / "output"),
    }
    done = subprocess.run(
        ["bash", str(tmp_path / "github")], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    wanted = (
        "check --fail-on error --select T,$(touch|pwned) --changed-since origin/main --drafts --format github -- a.po lo*/x.po"
    )
    assert done.stdout == wanted.replace(" ", "|").replace("(touch|", "(touch ") + "|"
    assert (done.returncode, (tmp_path / "output").read_text(encoding="utf-8")) == (status, f"status={status}\n")
