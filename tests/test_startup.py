"""`dragoman --help` answers at once: it loads click, and nothing heavy of ours or others."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from dragoman.cli import COMMANDS, LazyGroup, cli

HEAVY = (
    "ahocorasick_rs",
    "argostranslate",
    "ctranslate2",
    "filelock",
    "jinja2",
    "numpy",
    "polib",
    "rich",
    "ruamel",
    "sacrebleu",
    "sentencepiece",
    "sqlite3",
    "yaml",
)
REPORT = """
import json, sys
from click.testing import CliRunner
from dragoman.cli import cli
result = CliRunner().invoke(cli, sys.argv[1:])
assert result.exit_code == 0, result.output
print(json.dumps(sorted(sys.modules)))
"""


def _modules_after(*arguments: str) -> set[str]:
    run = subprocess.run([sys.executable, "-c", REPORT, *arguments], capture_output=True, text=True, check=True)
    return set(json.loads(run.stdout))


def test_help_loads_click_alone() -> None:
    modules = _modules_after("--help")
    assert {name.split(".")[0] for name in modules} & set(HEAVY) == set()
    assert {name for name in modules if name.split(".")[0] == "dragoman"} == {
        "dragoman",
        "dragoman.cli",
        "dragoman.cli.output",
        "dragoman.errors",
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_loads_nothing_heavy(name: str) -> None:
    assert {module.split(".")[0] for module in _modules_after(name, "--help")} & set(HEAVY) == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_list_is_the_command_s_own(name: str) -> None:
    group = cli
    assert isinstance(group, LazyGroup)
    command = group.get_command(None, name)  # type: ignore[arg-type]  # the group does not look at it
    assert command is not None
    assert (command.help or "").splitlines()[0] == COMMANDS[name][1]


def test_an_unknown_command_is_a_usage_error() -> None:
    result = CliRunner().invoke(cli, ["transalte"])
    assert result.exit_code == 2
    assert "No such command 'transalte'" in result.output
