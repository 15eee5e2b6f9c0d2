from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import CatalogError
from dragoman.languages import get_language
from dragoman.model import Catalog, Entry, Location
from dragoman.po import format_catalog, format_template, has_target, new_headers, parse_catalog
from tests.po.strategies import catalogs

GOLDEN = Path(__file__).parents[1] / "golden" / "po"


def gettext(*command: str, text: str) -> str:
    """What the program writes, given `text` on standard input; the test is skipped where it is not installed."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    result = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
    assert result.returncode == 0, result.stderr.decode()
    return result.stdout.decode()


def without_places(catalog: Catalog) -> Catalog:
    return replace(catalog, path=None, entries=tuple(replace(entry, location=None) for entry in catalog.entries))


@given(catalogs())
def test_what_was_written_is_read_back_whole(catalog: Catalog) -> None:
    assert without_places(parse_catalog(format_catalog(catalog), "a.po")) == catalog


@given(st.lists(st.sampled_from((GOLDEN / "pieces.txt").read_text(encoding="utf-8").splitlines()), max_size=12))
def test_lines_in_any_order_are_an_error_or_are_kept(lines: list[str]) -> None:
    try:
        catalog = parse_catalog("\n".join(lines), "a.po")
    except CatalogError:
        return
    written = format_catalog(catalog)
    assert format_catalog(parse_catalog(written, "a.po")) == written
    for line in lines:
        if line not in ("", "#~") and "fuzzy" not in line:
            assert line.strip("#~.:,=| ").removeprefix("msg").split('"')[-2:][0] in written


@pytest.mark.parametrize("name", ["poedit", "omegat"])
def test_a_file_of_another_program_settles_at_the_first_writing(name: str) -> None:
    text = (GOLDEN / f"{name}.po").read_bytes().decode()
    expected = (GOLDEN / f"{name}.expected.po").read_bytes().decode()
    assert format_catalog(parse_catalog(text, f"{name}.po")) == expected
    assert format_catalog(parse_catalog(expected, f"{name}.po")) == expected


def test_everything_that_a_file_holds_has_its_field() -> None:
    text = (GOLDEN / "everything.po").read_text(encoding="utf-8")
    catalog = parse_catalog(text, "everything.po")
    assert catalog == Catalog(
        language="fa_AF",
        headers={
            "Project-Id-Version": "water",
            "X-Zone": "kept in its place",
            "Language": "fa_AF",
            "Content-Type": "text/plain; charset=UTF-8",
        },
        comments=("Water in Kabul.", "", "Translators: see the desk's rules."),
        path="everything.po",
        entries=(
            Entry(
                "Two wells\nwere dug.",
                "دو چاه\nکنده شد.",
                context="headline",
                fuzzy=True,
                previous_source="One well was dug.",
                previous_context="title",
                references=(
                    Location("articles/water.txt", 3),
                    Location("articles/two words.txt", 9),
                    Location("C:\\water.txt", 1),
                ),
                notes=("Paragraph 1", "  indented"),
                comments=("asked the mayor", ""),
                flags=("no-wrap",),
                location=Location("everything.po", 23),
            ),
            Entry(
                "{} well",
                source_plural="{} wells",
                previous_source="{} pit",
                previous_source_plural="{} pits",
                target_plurals=("{} چاه", "{} چاه‌ها"),
                references=(Location("articles/water.txt"),),
                location=Location("everything.po", 32),
            ),
            Entry('Say "no".', location=Location("everything.po", 36)),
            Entry(
                "The pump broke.",
                "پمپ شکست.",
                obsolete=True,
                fuzzy=True,
                previous_source="The pump works.",
                comments=("keep",),
                notes=("Draft: starter 0.1 [00000000]",),
                location=Location("everything.po", 43),
            ),
        ),
    )
    assert format_catalog(catalog) == text


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(catalogs())
def test_msgcat_changes_nothing(catalog: Catalog) -> None:
    written = format_catalog(plain(catalog))
    assert gettext("msgcat", "--no-wrap", "--force-po", "-", text=written) == written


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(catalogs())
def test_wrapping_changes_no_value(catalog: Catalog) -> None:
    catalog = plain(catalog)
    wrapped = gettext("msgcat", "--width=40", "--force-po", "-", text=format_catalog(catalog))
    assert without_places(parse_catalog(wrapped, "a.po")) == catalog


def plain(catalog: Catalog) -> Catalog:
    """`catalog` without what gettext 0.21 drops: isolates around paths, fuzzy marks and obsolete entries without a target."""
    entries = [
        replace(
            entry,
            references=tuple(place for place in entry.references if " " not in place.path),
            fuzzy=entry.fuzzy and has_target(entry),
        )
        for entry in catalog.entries
        if has_target(entry) or not entry.obsolete
    ]
    return replace(catalog, newline="\n", entries=tuple(entries))


@pytest.mark.parametrize("code", ["fa_AF", "ps", None])
def test_gettext_and_i18nspector_find_no_fault_in_a_new_file(code: str | None, tmp_path: Path) -> None:
    language = get_language(code) if code else None
    entry = Entry("Water is back.", "اوبه" if code else "", fuzzy=bool(code), references=(Location("articles/water.txt", 1),))
    catalog = Catalog(code, (entry,), new_headers(language, project="water"))
    written = format_catalog(catalog) if language else format_template(catalog)
    assert gettext("msgfmt", "-c", "-o", str(tmp_path / "water.mo"), "-", text=written) == ""
    path = tmp_path / ("water.po" if language else "water.pot")
    path.write_text(written, encoding="utf-8")
    report = gettext("i18nspector", str(path), text="")
    assert [line for line in report.splitlines() if line.startswith("E:")] == []


def test_new_headers() -> None:
    assert dict(new_headers(get_language("ps"), project="water")) == {
        "Project-Id-Version": "water",
        "PO-Revision-Date": "",
        "Last-Translator": "",
        "Language-Team": "",
        "Language": "ps",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
        "X-Generator": "Dragoman 0.1",
        "X-Source-Language": "en",
    }


def test_a_template_has_sources_alone() -> None:
    entry = Entry("Water.", "آب.", fuzzy=True, references=(Location("a.txt", 1),), notes=("Heading",), comments=("mine",))
    gone = Entry("Gone.", "رفته.", obsolete=True)
    catalog = Catalog("fa_AF", (entry, gone), {"Language": "", "MIME-Version": "1.0"})
    assert format_template(catalog) == (
        'msgid ""\nmsgstr ""\n"Language: \\n"\n"MIME-Version: 1.0\\n"\n\n#. Heading\n#: a.txt:1\nmsgid "Water."\nmsgstr ""\n'
    )


def test_a_note_with_a_newline_cannot_break_the_file() -> None:
    catalog = Catalog(None, (Entry("Water.", notes=("one\ntwo\r\n\rthree",), references=(Location("a\nb.txt", 1),)),))
    assert format_catalog(catalog) == ('#. one\n#. two\n#.\n#. three\n#: \u2068a b.txt\u2069:1\nmsgid "Water."\nmsgstr ""\n')


def test_a_comment_that_ends_with_a_backslash_does_not_swallow_the_next_line() -> None:
    written = format_catalog(Catalog(None, (Entry("Water.", comments=("C:\\",), notes=("D:\\",)),)))
    assert written == '# C:\\ \n#. D:\\ \nmsgid "Water."\nmsgstr ""\n'
    assert gettext("msgcat", "--no-wrap", "-", text=written) == written
