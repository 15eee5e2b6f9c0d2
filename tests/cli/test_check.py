"""`dragoman check` as CI and translators run it: exit status, paths, waivers, baseline, git, notes, bad input."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from dragoman.cli import main
from tests.cli.conftest import Dragoman, Run

HEADER = 'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
GOOD = 'msgid "ISIS has 12 men."\nmsgstr "داعش ۱۲ مرد دارد."\n'
WRONG = 'msgid "ISIS has 12 men."\nmsgstr "داعش ۲۱ مرد دارد."\n'
WITHOUT_TERM = 'msgid "ISIS has 12 men."\nmsgstr "آن گروه ۱۲ مرد دارد."\n'


@pytest.fixture
def dragoman(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dragoman:
    """Run `dragoman ARGUMENTS…` in the project, in this process: no model is loaded, and there are many runs."""
    monkeypatch.chdir(project)

    def run(*arguments: str) -> Run:
        monkeypatch.setattr("sys.argv", ["dragoman", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Run(int(ended.value.code or 0), said.out, said.err)

    return run


def write(project: Path, body: str, name: str = "snow", language: str = "fa_AF") -> Path:
    path = project / "locales" / language / "LC_MESSAGES" / f"{name}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER.format(language=language) + body, encoding="utf-8")
    return path


def test_nothing_found_is_0(project: Path, dragoman: Dragoman) -> None:
    write(project, GOOD)
    run = dragoman("check")
    assert (run.status, run.output, run.errors) == (0, "nothing found (1 file, 1 entry checked)\n", "")


def test_a_finding_is_1_at_its_line_and_column(project: Path, dragoman: Dragoman) -> None:
    write(project, WRONG)
    run = dragoman("check", "--select", "N101")
    assert run.status == 1
    assert run.output == (
        "locales/fa_AF/LC_MESSAGES/snow.po:7:9: N101 error: 12 is missing (try: ۱۲)\n1 error (1 file, 1 entry checked)\n"
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--ignore", "N"], 0),
        (["--select", "P,S"], 0),
        (["--select", "N"], 1),
        (["--select", "T101"], 0),
        (["--select", "N102"], 0),
        (["--select", "N102", "--fail-on", "warning"], 1),
        (["--select", "X"], 2),
        (["--ignore", "N9"], 2),
        (["--format", "yaml"], 2),
        (["--update-baseline"], 2),
        (["nowhere.po"], 2),
        (["*.nothing"], 2),
        (["articles"], 2),
    ],
)
def test_status(project: Path, dragoman: Dragoman, arguments: list[str], status: int) -> None:
    write(project, WRONG)
    assert dragoman("check", *arguments).status == status


def test_a_gate_without_its_glossary_is_2_and_not_0(project: Path, dragoman: Dragoman) -> None:
    write(project, WITHOUT_TERM)
    (project / "glossary.yml").unlink()
    assert dragoman("check").status == 0
    run = dragoman("check", "--select", "T")
    assert (run.status, run.output) == (2, "")
    assert run.errors.startswith("dragoman: glossary.yml: --select T needs a glossary, and there is none (")


def test_a_broken_glossary_is_2(project: Path, dragoman: Dragoman) -> None:
    write(project, GOOD)
    (project / "glossary.yml").write_text("version: 1\nterms:\n  - {sorce: ISIS}\n", encoding="utf-8")
    run = dragoman("check")
    assert (run.status, run.output) == (2, "")
    assert "glossary.yml:3" in run.errors


def test_one_broken_file_does_not_hide_the_others(project: Path, dragoman: Dragoman) -> None:
    write(project, WRONG, "a")
    write(project, '<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n', "b")
    write(project, WRONG, "c")
    (project / "locales" / "fa_AF" / "LC_MESSAGES" / "d.po").write_bytes(b"\xff\xfe\x00")
    run = dragoman("check", "--select", "N101,E101")
    assert run.status == 2
    assert [line.split(": ")[0].rpartition("/")[2] for line in run.output.splitlines()[:-1]] == [
        "a.po:7:9", "b.po:6", "c.po:7:9", "d.po",
    ]  # fmt: skip


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_read_permission_is_2(project: Path, dragoman: Dragoman) -> None:
    write(project, GOOD).chmod(0)
    assert dragoman("check").status == 2


def test_a_file_in_no_language_is_named(project: Path, dragoman: Dragoman) -> None:
    (project / "stray.po").write_text(GOOD, encoding="utf-8")
    run = dragoman("check", "stray.po")
    assert run.status == 2
    assert run.output.startswith("stray.po: E101 error: says nowhere which language it is in (try: ")


def test_a_draft_gives_hints_and_errors_where_asked(project: Path, dragoman: Dragoman) -> None:
    write(project, "#, fuzzy\n" + WRONG)
    assert "N101 hint" in dragoman("check").output
    assert dragoman("check").status == 0
    assert dragoman("check", "--drafts").status == 1
    assert dragoman("check", "--fail-on", "hint").status == 1


def test_a_waiver_silences_and_an_old_one_is_found(project: Path, dragoman: Dragoman) -> None:
    write(project, f"# dragoman: ignore T101(ISIS)\n{WITHOUT_TERM}")
    assert dragoman("check").status == 0
    write(project, f"# dragoman: ignore T101(ISIS)\n{GOOD}")
    assert "W101 warning: the waiver T101(ISIS) covers nothing" in dragoman("check").output


def test_a_baseline_lets_old_findings_pass_and_new_ones_not(project: Path, dragoman: Dragoman) -> None:
    write(project, WRONG)
    assert dragoman("check", "--baseline", "base.json", "--update-baseline").status == 0
    write(project, f"# a line more\n\n{WRONG}")
    run = dragoman("check", "--baseline", "base.json")
    assert (run.status, run.output) == (0, "nothing found (1 file, 1 entry checked)\n2 findings of the baseline left out\n")
    write(project, WRONG.replace("۲۱", "۲۲"))
    assert dragoman("check", "--baseline", "base.json").status == 1
    write(project, GOOD)
    assert "2 findings of the baseline no longer found" in dragoman("check", "--baseline", "base.json").output
    assert dragoman("check", "--baseline", "missing.json").status == 2


def git(project: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(project), *identity, *arguments], check=True, capture_output=True)


def test_changed_since_compares_entries_and_not_lines(project: Path, dragoman: Dragoman) -> None:
    write(project, WRONG, "old")
    write(project, WRONG, "moved")
    git(project, "init", "-q")
    git(project, "add", ".")
    git(project, "commit", "-qm", "before")
    write(project, f"# a comment moves the lines\n\n{WRONG}", "moved")
    assert dragoman("check", "--changed-since", "HEAD").status == 0
    write(project, f'{WRONG}\nmsgid "Nobody saw 9 of them."\nmsgstr "کسی ۸ تن را ندید."\n', "moved")
    write(project, WRONG, "new")
    run = dragoman("check", "--changed-since", "HEAD", "--select", "N101")
    assert [line.rpartition("/")[2] for line in run.output.splitlines()] == [
        "moved.po:10:9: N101 error: 9 is missing (try: ۹)",
        "new.po:7:9: N101 error: 12 is missing (try: ۱۲)",
        "2 errors (2 files, 3 entries checked)",
    ]
    run = dragoman("check", "--changed-since", "nowhere")
    assert (run.status, run.output) == (2, "")
    assert "git knows no revision 'nowhere'" in run.errors


def test_changed_since_outside_a_repository_is_2(project: Path, dragoman: Dragoman) -> None:
    write(project, GOOD)
    run = dragoman("check", "--changed-since", "HEAD")
    assert run.status == 2
    assert "not a git repository" in run.errors


def test_annotate_refreshes_the_notes_alone(project: Path, dragoman: Dragoman) -> None:
    path = write(project, f"# mine\n#. Paragraph 1\n#. Check: N101 99 is missing\n{WRONG}")
    assert dragoman("check", "--annotate").status == 1
    once = path.read_text(encoding="utf-8")
    assert once == (
        HEADER.format(language="fa_AF")
        + f"# mine\n#. Paragraph 1\n#. Check: N101 12 is missing\n#. Check: N102 ۲۱ is not in the source\n{WRONG}"
    )
    dragoman("check", "--annotate")
    assert path.read_text(encoding="utf-8") == once


def test_a_report_into_a_file(project: Path, dragoman: Dragoman) -> None:
    write(project, WRONG)
    run = dragoman("check", "--format", "sarif", "--output", "report.sarif")
    assert (run.status, run.output, run.errors) == (1, "", "2 findings in report.sarif\n")
    assert json.loads((project / "report.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_a_report_into_a_dash_is_printed(project: Path, dragoman: Dragoman) -> None:
    write(project, GOOD)
    assert dragoman("check", "--format", "json", "-o", "-") == dragoman("check", "--format", "json")
    assert not (project / "-").exists()


def test_explain(dragoman: Dragoman) -> None:
    run = dragoman("check", "--explain", "n101")
    assert run.status == 0
    assert run.output.startswith("### N101 number-missing\n")
    assert dragoman("check", "--explain", "Z1").status == 2


def test_the_glossary_is_checked_with_the_files(project: Path, dragoman: Dragoman) -> None:
    write(project, GOOD)
    text = (project / "glossary.yml").read_text(encoding="utf-8")
    (project / "glossary.yml").write_text(f"{text}  - source: Herat\n    targets: {{fa_AF: هرات}}\n", encoding="utf-8")
    assert "glossary.yml:" in dragoman("check", "--select", "G").output


def test_no_escape_of_a_file_reaches_the_terminal(project: Path, dragoman: Dragoman) -> None:
    write(project, 'msgid "The bank \x1b]0;owned\x07 is closed."\nmsgstr "بانک \x1b[31m‮بسته است 7."\n')
    for name in ("text", "json", "sarif", "github", "junit", "gitlab"):
        run = dragoman("check", "--format", name)
        assert {"\x1b", "\x07", "\u202e"}.isdisjoint(run.output + run.errors)
