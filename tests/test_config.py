from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.config import Project, find_project, parse_project
from dragoman.errors import DragomanError


def test_a_folder_without_settings_is_a_project(tmp_path: Path) -> None:
    project = find_project(tmp_path)
    assert project == Project(
        root=tmp_path,
        articles=tmp_path / "articles",
        glossary=tmp_path / "glossary.yml",
        locales=tmp_path / "locales",
        exports=tmp_path / "export",
    )
    assert project.catalog_path("flood", "ps") == tmp_path / "locales" / "ps" / "LC_MESSAGES" / "flood.po"
    assert project.template_path("flood") == tmp_path / "locales" / "flood.pot"


def test_settings_are_found_from_a_folder_below(tmp_path: Path) -> None:
    (tmp_path / "dragoman.toml").write_text('languages = ["pashto", "prs", "ps"]\nlocales = "po"\nbeam_size = 2\n')
    (tmp_path / "articles" / "may").mkdir(parents=True)
    project = find_project(tmp_path / "articles" / "may")
    assert project.languages == ("ps", "fa_AF")
    assert project.locales.resolve() == (tmp_path / "po").resolve()
    assert project.beam_size == 2


def test_the_search_ends_at_the_repository(tmp_path: Path) -> None:
    (tmp_path / "dragoman.toml").write_text("beam_size = 2")
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    assert find_project(tmp_path / "repository").beam_size == 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "beam_size 3",
            "t.toml: is not TOML: Expected '=' after a key in a key/value pair (at line 1, column 11)"
            " (see docs/configuration.md)",
        ),
        ('\nlanguage = ["ps"]', "t.toml:2: unknown key 'language' (did you mean languages?)"),
        (
            'colour = "red"',
            "t.toml:1: unknown key 'colour' (the keys are languages, articles, glossary, locales, exports, model, beam_size,"
            " accept_context_matches, style)",
        ),
        ('languages = "ps"', 't.toml:1: languages is not a list (write languages = ["fa_AF", "ps"])'),
        ("languages = []", 't.toml:1: languages is not a list of codes (write languages = ["fa_AF", "ps"])'),
        ("beam_size = true", "t.toml:1: beam_size is not a whole number (write beam_size = 4)"),
        ("[style.ps]\ndigits = 'latn'", "t.toml:1: style.ps is not a style (its keys are numerals, quotation_marks, full_stop)"),
        (
            "[style.prs]\nnumerals = 'roman'",
            "t.toml:1: no numerals are called 'roman' (known are latn and arabext)",
        ),
        ("beam_size = 0", "t.toml:1: beam_size is 0 (between 1 and 32)"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(DragomanError) as caught:
        parse_project(text, "t.toml", Path())
    assert str(caught.value) == message


def test_a_project_writes_its_languages_in_its_own_style() -> None:
    project = parse_project("[style.pashto]\nnumerals = 'arabext'", "t.toml", Path())
    assert (project.language("ps").numerals, project.language("fa_AF").numerals) == ("arabext", "arabext")
    assert find_project(Path()).language("ps").numerals == "latn"


def test_an_unknown_language_is_told_with_its_line() -> None:
    with pytest.raises(DragomanError, match=r"t\.toml:1: .*'klingon'"):
        parse_project('languages = ["klingon"]', "t.toml", Path())
