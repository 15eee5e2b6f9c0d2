"""Whatever a user gets wrong: one clear line, the right exit status, nothing lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Dragoman, Run


def _refused(run: Run, status: int, *words: str) -> None:
    assert run.status == status, run.errors
    (line,) = [line for line in run.errors.splitlines() if line.startswith("dragoman: ")]
    for word in words:
        assert word in line
    assert "Traceback" not in run.errors


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", ("empty.txt", "has no sentence to translate")),
        ("blank.txt", b" \n\n", ("blank.txt", "has no sentence to translate")),
        ("picture.txt", b"\x89PNG\r\n\0\0", ("picture.txt", "is binary")),
        ("latin.txt", "Café prices rose.\n".encode("latin-1"), ("latin.txt:1:4", "is not UTF-8", "WINDOWS-1252")),
        ("wide.txt", "Prices rose.".encode("utf-16"), ("wide.txt", "is UTF-16")),
        ("page.html", b"<p>Prices rose.</p>", ("page.html", "plain text")),
    ],
)
def test_an_article_that_is_none(project: Path, dragoman: Dragoman, name: str, content: bytes, words: tuple[str, ...]) -> None:
    (project / name).write_bytes(content)
    _refused(dragoman("translate", name, "--to", "ps"), 2, *words)
    assert not list(project.rglob("*.po"))


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("nothing.txt",), 2, ("nothing.txt", "there is no such file")),
        (("*.text",), 2, ("*.text", "matches no file")),
        (("locales",), 2, ("locales", "has no article")),
        (("glossary.yml",), 2, ("glossary.yml", "is not an article")),
        (("--to", "klingon"), 2, ("klingon", "fa_AF", "ps")),
        (("--model", "no-such-model"), 3, ("no-such-model",)),
        (("--model", "no-such-model.argosmodel"), 3, ("no-such-model.argosmodel",)),
        (("--glossary", "no.yml"), 2, ("no.yml", "there is no such file")),
    ],
)
def test_arguments_that_mean_nothing(
    project: Path, dragoman: Dragoman, arguments: tuple[str, ...], status: int, words: tuple[str, ...]
) -> None:
    (project / "locales").mkdir()
    _refused(dragoman("translate", *arguments), status, *words)


def test_a_bad_article_stops_no_other(project: Path, dragoman: Dragoman) -> None:
    (project / "articles" / "picture.txt").write_bytes(b"\0")
    _refused(dragoman("translate", "--to", "ps"), 2, "articles/picture.txt", "is binary")
    assert (project / "locales/ps/LC_MESSAGES/snow.po").exists()


def test_two_articles_of_one_name(project: Path, dragoman: Dragoman) -> None:
    (project / "articles" / "may").mkdir()
    (project / "articles" / "may" / "snow.txt").write_text("It snowed again.\n")
    _refused(dragoman("translate"), 2, "articles/snow.txt", "articles/may/snow.txt", "same name")


def test_a_broken_glossary(project: Path, dragoman: Dragoman) -> None:
    (project / "glossary.yml").write_text("version: 1\nsource_language: en\nterms:\n  - source: [ISIS\n")
    _refused(dragoman("translate", "--to", "ps"), 2, "glossary.yml:")


def test_broken_settings(project: Path, dragoman: Dragoman) -> None:
    (project / "dragoman.toml").write_text("beam = 3\n")
    _refused(dragoman("translate", "--to", "ps"), 2, "dragoman.toml:1", "unknown key 'beam'", "beam_size")


def test_a_glossary_that_the_settings_name_and_that_is_not_there(project: Path, dragoman: Dragoman) -> None:
    (project / "dragoman.toml").write_text('glossary = "terms/glosary.yml"\n')
    _refused(dragoman("translate", "--to", "ps"), 2, "terms/glosary.yml", "there is no such file")


def test_a_po_file_that_is_none_is_left_alone(project: Path, dragoman: Dragoman) -> None:
    path = project / "locales/ps/LC_MESSAGES/snow.po"
    path.parent.mkdir(parents=True)
    path.write_text("Dear desk, the translation is in the mail.\n")
    _refused(dragoman("translate", "--to", "ps"), 2, "snow.po")
    assert path.read_text() == "Dear desk, the translation is in the mail.\n"


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/usr/bin/setpriv").exists(), reason="root writes everywhere")
def test_a_folder_that_cannot_be_written(project: Path) -> None:
    locales = project / "locales"
    locales.mkdir()
    locales.chmod(0o555)
    for path in [project, *project.parents][:4]:
        path.chmod(path.stat().st_mode | 0o055)
    command = [sys.executable, "-m", "dragoman", "translate", "--to", "ps"]
    if os.geteuid() == 0:
        command = ["/usr/bin/setpriv", "--bounding-set=-all", "--inh-caps=-all", *command]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    _refused(Run(done.returncode, done.stdout, done.stderr), 2, "locales", "cannot be written", "ermission denied")
    assert list(locales.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/usr/bin/setpriv").exists(), reason="root reads everything")
def test_a_home_of_another_user_has_no_models(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A container that runs as another user often keeps the HOME of root."""
    home = tmp_path_factory.mktemp("home")
    home.chmod(0)
    command = [sys.executable, "-m", "dragoman", "models", "list"]
    if os.geteuid() == 0:
        command = ["/usr/bin/setpriv", "--bounding-set=-all", "--inh-caps=-all", *command]
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "DRAGOMAN_MODELS")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    done = subprocess.run(
        command, cwd=project, env={**environment, "HOME": str(home)}, capture_output=True, text=True, check=False
    )
    home.chmod(0o700)
    assert (done.returncode, "starter" in done.stdout, done.stderr.count("Traceback")) == (0, True, 0)


def test_a_line_of_fifty_megabytes_is_no_hang(project: Path, dragoman: Dragoman) -> None:
    (project / "articles" / "huge.txt").write_bytes(b"water " * (50 * 2**20 // 6))
    started = time.monotonic()
    _refused(dragoman("translate", "articles/huge.txt", "--to", "ps"), 2, "huge.txt", "long")
    assert time.monotonic() - started < 120  # seconds: refused, not decoded for hours


def test_an_interrupted_run_leaves_whole_files_alone(project: Path) -> None:
    (project / "articles" / "long.txt").write_text(
        "".join(f"The {number} houses of the village lost their roofs in the storm of Sunday.\n" for number in range(3000))
    )
    command = [sys.executable, "-m", "dragoman", "translate", "articles/long.txt", "--to", "ps"]
    process = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not (project / "locales" / "long.pot").exists():
        assert process.poll() is None
        time.sleep(0.1)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "interrupted" in errors
    assert "Traceback" not in errors
    assert [path.name for path in (project / "locales").rglob("*") if path.is_file()] == ["long.pot"]
