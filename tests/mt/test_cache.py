"""The cache of drafts: it gives back what it was given, and never stands in the way."""

from __future__ import annotations

import multiprocessing
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.languages import get_language
from dragoman.model import Change, Guess, GuessKind, Rung, TermOutcome, Translation
from dragoman.mt.cache import DraftCache, recipe
from dragoman.mt.request import Identity

PASHTO = get_language("ps")
FULL = Translation(
    target="په کابل کې",
    origin="starter 0.1",
    terms=(TermOutcome("Kabul", "کابل", 1, 1, Rung.PLACEHOLDER), TermOutcome("Shinwar", "شینوار", 2, 1, None)),
    rung=Rung.PLACEHOLDER,
    score=-1.25,
    changes=(Change("digits", "۱", "1"),),
    guesses=(Guess("Tawana", "توانا", GuessKind.SOUND),),
)
EMPTY = Translation("", "starter 0.1", reason="the model gave nothing")
ONE, OTHER = ("In Kabul.", ((3, 8, "kabul", "Kabul", "کابل", (), (), True),)), ("It rained.", ())


def test_what_was_kept_is_found_again(tmp_path: Path) -> None:
    path = tmp_path / "state" / "drafts.db"
    with DraftCache(path) as cache:
        cache.keep({ONE: FULL, OTHER: EMPTY}, "recipe")
    with DraftCache(path) as cache:
        assert cache.find([ONE, OTHER, ("Unknown.", ())], "recipe") == {ONE: FULL, OTHER: EMPTY}


def test_another_recipe_or_another_term_is_another_draft(tmp_path: Path) -> None:
    with DraftCache(tmp_path / "drafts.db") as cache:
        cache.keep({ONE: FULL}, "recipe")
        assert cache.find([ONE], "another") == {}
        assert cache.find([(ONE[0], ())], "recipe") == {}


def test_everything_that_decides_a_draft_is_in_the_recipe() -> None:
    same = recipe("starter 0.1", "abc", "beam 4", PASHTO)
    assert recipe("starter 0.1", "abc", "beam 4", get_language("pashto")) == same
    others = {
        recipe("starter 0.2", "abc", "beam 4", PASHTO),
        recipe("starter 0.1", "abd", "beam 4", PASHTO),
        recipe("starter 0.1", "abc", "beam 5", PASHTO),
        recipe("starter 0.1", "abc", "beam 4", get_language("fa_AF")),
        recipe("starter 0.1", "abc", "beam 4", replace(PASHTO, numerals="arabext")),
    }
    assert len(others - {same}) == 5


def test_more_keys_than_sqlite_takes_at_once(tmp_path: Path) -> None:
    drafts: dict[Identity, Translation] = {
        (f"Sentence {number}.", ()): replace(EMPTY, target=str(number)) for number in range(1700)
    }
    with DraftCache(tmp_path / "drafts.db") as cache:
        cache.keep(drafts, "recipe")
        assert cache.find(drafts, "recipe") == drafts


def test_without_a_path_it_keeps_nothing() -> None:
    with DraftCache(None) as cache:
        cache.keep({ONE: FULL}, "recipe")
        assert cache.find([ONE], "recipe") == {}


@pytest.mark.parametrize("damage", [b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_set_aside(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "drafts.db"
    path.write_bytes(damage)
    with DraftCache(path) as cache:
        cache.keep({ONE: FULL}, "recipe")
        assert cache.find([ONE], "recipe") == {ONE: FULL}
    assert (tmp_path / "drafts.db.damaged").read_bytes() == damage


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE drafts (sentence TEXT)")
    connection.close()
    before = path.read_bytes()
    with DraftCache(path) as cache:
        cache.keep({ONE: FULL}, "recipe")
        assert cache.find([ONE], "recipe") == {}
    assert path.read_bytes() == before


def test_a_row_that_is_not_understood_is_not_found(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    with DraftCache(path) as cache:
        cache.keep({ONE: FULL, OTHER: EMPTY}, "recipe")
    with sqlite3.connect(path) as connection:
        connection.execute("""UPDATE drafts SET translation = '{"target": "?"}'""")
    connection.close()
    with DraftCache(path) as cache:
        assert cache.find([ONE, OTHER], "recipe") == {}


def test_a_place_that_cannot_be_written_works_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way of a folder", encoding="utf-8")
    with DraftCache(tmp_path / "file" / "drafts.db") as cache:
        cache.keep({ONE: FULL}, "recipe")
        assert cache.find([ONE], "recipe") == {}


def _keep_many(path: Path, name: str) -> None:
    with DraftCache(path) as cache:
        for number in range(20):
            cache.keep({(f"{name} {number}", ()): replace(EMPTY, target=name)}, "recipe")


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_keep_many, args=(path, name)) for name in ("one", "two")]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    wanted = [(f"{name} {number}", ()) for name in ("one", "two") for number in range(20)]
    with DraftCache(path) as cache:
        assert len(cache.find(wanted, "recipe")) == 40
