from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.po import parse_catalog
from tests.cli.conftest import Dragoman

DRAFTED = """\
msgid ""
msgstr ""
"Language: ps\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#, fuzzy
msgid "The road is open."
msgstr "سړک خلاص دی."

#, fuzzy
msgid "The road to Parwan has 14 bridges."
msgstr "سړک ۱۵ پلونه لري"

#, fuzzy
msgid "Nobody came."
msgstr ""
"""


@pytest.fixture
def path(project: Path) -> Path:
    path = project / "locales" / "ps" / "LC_MESSAGES" / "road.po"
    path.parent.mkdir(parents=True)
    path.write_text(DRAFTED, encoding="utf-8")
    return path


def _fuzzy(path: Path) -> list[bool]:
    return [entry.fuzzy for entry in parse_catalog(path.read_text(encoding="utf-8"), str(path)).entries]


def test_accept_clean_takes_what_check_finds_nothing_in(path: Path, dragoman: Dragoman) -> None:
    run = dragoman("accept", str(path), "--clean")
    assert (run.status, _fuzzy(path)) == (0, [False, True, True])
    assert run.output.endswith("1 accepted, 1 drafts left\n")


def test_accept_all_and_reset_all_are_each_other_s_undoing(path: Path, dragoman: Dragoman) -> None:
    assert dragoman("accept", "locales", "--all").status == 0
    assert _fuzzy(path) == [False, False, True]
    assert dragoman("reset", str(path), "--all").status == 0
    assert path.read_text(encoding="utf-8") == DRAFTED


@pytest.mark.parametrize("command", ["accept", "reset"])
def test_a_broken_file_stops_no_other(path: Path, dragoman: Dragoman, command: str) -> None:
    (path.parent / "broken.po").write_text("<<<<<<< ours\n", encoding="utf-8")
    run = dragoman(command, "locales", "--all")
    assert run.status == 2
    assert run.output.startswith("locales/ps/LC_MESSAGES/road.po: ")
    assert run.errors.startswith("dragoman: locales/ps/LC_MESSAGES/broken.po:1: a merge conflict is left in the file")


@pytest.mark.parametrize("command", ["accept", "reset"])
def test_which_has_to_be_said(path: Path, dragoman: Dragoman, command: str) -> None:
    run = dragoman(command, str(path))
    assert run.status == 2
    assert "Say which" in run.errors
    assert path.read_text(encoding="utf-8") == DRAFTED


def test_what_omegat_saved_is_told_from_what_a_person_accepted(project: Path, dragoman: Dragoman) -> None:
    dragoman("translate", "--to", "ps")
    path = project / "locales" / "ps" / "LC_MESSAGES" / "snow.po"
    drafted = path.read_text(encoding="utf-8")
    without_marks = drafted.replace("#, fuzzy\n", "").replace('msgid "CHARIKAR"\nmsgstr "', 'msgid "CHARIKAR"\nmsgstr "نوی ')
    path.write_text(without_marks, encoding="utf-8")
    assert dragoman("reset", str(path), "--from-omegat").status == 0
    expected = {"CHARIKAR": False}
    catalog = parse_catalog(path.read_text(encoding="utf-8"), str(path))
    assert all(entry.fuzzy == expected.get(entry.source, True) for entry in catalog.entries if entry.target)
