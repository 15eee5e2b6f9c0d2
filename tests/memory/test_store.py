from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import TranslationMemoryError
from dragoman.memory import Hit, HitKind, Memory, Pair, context_of

FLOOD = "The flood in Baghlan destroyed twelve houses and two bridges on Monday."
PUMPS = "Two pumps broke."


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory(tmp_path / "state" / "memory.db") as memory:
        yield memory


def pair(source: str, target: str, origin: str = "water.po", language: str = "ps", context: str | None = None) -> Pair:
    return Pair(source, target, language, origin, context)


def test_the_same_source_is_found_whatever_its_quotation_marks_and_spaces(memory: Memory) -> None:
    said = pair("He said: “Go — now.”", "ویې ویل: «ځه.»")
    assert memory.remember([said]) == 1
    assert memory.lookup('He said:  "Go - now."', "ps") == (Hit(said, HitKind.EXACT, 100),)
    assert memory.lookup('He said:  "Go - now."', "fa_AF") == ()


def test_a_similar_source_is_found_with_its_percent(memory: Memory) -> None:
    flood = pair(FLOOD, "سېلاب")
    memory.remember([flood, pair(PUMPS, "پمپونه"), pair("Rain fell.", "باران")])
    assert memory.lookup(FLOOD.replace("twelve", "fifteen"), "ps") == (Hit(flood, HitKind.FUZZY, 95),)
    assert memory.lookup("the flood in baghlan destroyed twelve houses and two bridges on monday.", "ps")[0].percent == 99
    assert memory.lookup("A flood killed many.", "ps") == ()
    assert memory.lookup(FLOOD.replace("twelve", "fifteen"), "ps", least=97) == ()


def test_of_equals_the_same_neighbours_win_then_the_newest(memory: Memory) -> None:
    here = context_of("Rain fell.", None)
    old, mine, new = pair(PUMPS, "زوړ", "a.po"), pair(PUMPS, "دلته", "b.po", context=here), pair(PUMPS, "نوی", "c.po")
    memory.remember([old, mine, new])
    near = pair("Two pumps broke", "نږدې", "d.po")
    memory.remember([near])
    assert memory.lookup(PUMPS, "ps", here, limit=9) == (
        Hit(mine, HitKind.CONTEXT, 100),
        Hit(new, HitKind.EXACT, 100),
        Hit(old, HitKind.EXACT, 100),
        Hit(near, HitKind.FUZZY, 96),
    )
    assert [hit.pair.target for hit in memory.lookup(PUMPS, "ps", limit=2)] == ["نوی", "دلته"]


def test_each_target_comes_once_as_its_best(memory: Memory) -> None:
    here = context_of(None, None)
    memory.remember([pair(PUMPS, "پمپونه", "a.po", context=here), pair(PUMPS, "پمپونه", "b.po")])
    assert memory.lookup(PUMPS, "ps", here) == (Hit(pair(PUMPS, "پمپونه", "a.po", context=here), HitKind.CONTEXT, 100),)


def test_who_corrects_himself_is_heard(memory: Memory) -> None:
    assert memory.remember([pair(PUMPS, "غلط")]) == 1
    assert memory.remember([pair(PUMPS, "سم")]) == 1
    assert memory.remember([pair(PUMPS, "سم")]) == 0
    assert list(memory.pairs()) == [pair(PUMPS, "سم")]


def test_a_file_of_another_program_keeps_all_its_translations(memory: Memory) -> None:
    both = [pair(PUMPS, "یو", "old.tmx"), pair(PUMPS, "دوه", "old.tmx")]
    assert memory.remember(both, supersede=False) == 2
    assert memory.remember(both, supersede=False) == 0
    assert list(memory.pairs("ps")) == both
    assert list(memory.pairs("fa_AF")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [("pumps", [PUMPS]), ("PUMPS", [PUMPS]), ("پمپ", [PUMPS]), ("100%", ["It is 100% dry."]), ("_", []), ("x", [])],
)
def test_search_looks_at_both_sides(memory: Memory, text: str, found: list[str]) -> None:
    memory.remember([pair(PUMPS, "پمپونه"), pair("It is 100% dry.", "وچ")])
    assert [hit.source for hit in memory.search(text)] == found
    assert memory.search(text, "fa_AF") == ()


def test_what_is_forgotten_is_not_found(memory: Memory) -> None:
    memory.remember([pair(FLOOD, "سېلاب"), pair(FLOOD, "سیل", language="fa_AF"), pair(PUMPS, "پمپونه")])
    assert memory.forget(source=FLOOD, language="ps") == 1
    assert memory.lookup(FLOOD, "ps") == ()
    assert len(memory.lookup(FLOOD + ".", "fa_AF")) == 1
    assert memory.forget(origin="water.po") == 2
    assert (len(memory), memory.lookup(FLOOD + ".", "fa_AF")) == (0, ())
    with pytest.raises(ValueError, match="condition"):
        memory.forget()


def test_a_changed_letter_anywhere_is_still_found(memory: Memory) -> None:
    memory.remember([pair(FLOOD, "سېلاب"), *(pair(f"{FLOOD[:n]} other words {n} follow here", str(n)) for n in range(40))])
    for place in range(len(FLOOD)):
        (hit, *_) = memory.lookup(f"{FLOOD[:place]}#{FLOOD[place + 1 :]}", "ps")
        assert hit.pair.target == "سېلاب"


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(st.lists(st.builds(pair, texts, texts, st.sampled_from("ab"), st.sampled_from(["ps", "fa_AF"])), max_size=8), texts)
def test_any_text_can_be_kept_found_and_forgotten(pairs: list[Pair], question: str) -> None:
    with Memory(Path(":memory:")) as memory:
        memory.remember(pairs, supersede=False)
        assert set(memory.pairs()) == set(pairs)
        for known in pairs:
            assert known.target in {hit.pair.target for hit in memory.lookup(known.source, known.language, limit=99)}
        memory.lookup(question, "ps")
        memory.search(question)
        assert memory.forget(language="ps") + memory.forget(language="fa_AF") == len(set(pairs))


def test_what_one_process_remembers_another_finds(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    script = (
        "import sys; from pathlib import Path; from dragoman.memory import Memory, Pair\n"
        "name = sys.argv[2]\n"
        "with Memory(Path(sys.argv[1])) as memory:\n"
        "    for i in range(50):\n"
        "        memory.remember([Pair(f'Sentence {i} of {name}.', name, 'ps', name)])\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", script, str(path), name]) for name in ("one", "two")]
    assert [process.wait() for process in both] == [0, 0]
    with Memory(path) as memory:
        assert len(memory) == 100
        assert memory.lookup("Sentence 7 of two.", "ps")[0].pair.target == "two"


# --- files that cannot be used ------------------------------------------------------------------------------------------


def test_a_locked_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    Memory(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Memory(path, patience=0.05) as memory:
        assert memory.lookup(PUMPS, "ps") == ()
        with pytest.raises(TranslationMemoryError) as caught:
            memory.remember([pair(PUMPS, "پمپونه")])
    other.close()
    assert str(caught.value) == f"{path}: is locked by another program (wait for it, or stop it)"


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("PRAGMA user_version = 2", "was written by a newer Dragoman (upgrade Dragoman: pip install --upgrade dragoman)"),
        (
            "PRAGMA application_id = 7",
            "is not a translation memory of Dragoman (name another file, or move this one away)",
        ),
    ],
)
def test_a_file_that_is_not_ours_is_told(tmp_path: Path, statement: str, message: str) -> None:
    path = tmp_path / "memory.db"
    Memory(path).close()
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.close()
    with pytest.raises(TranslationMemoryError) as caught:
        Memory(path)
    assert str(caught.value) == f"{path}: {message}"


def test_a_database_of_another_program_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE mine (x)")
    connection.close()
    with pytest.raises(TranslationMemoryError, match="is not a translation memory of Dragoman"):
        Memory(path)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("mine",)]
    connection.close()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    path.write_bytes(b"not a database at all, but long enough to look at" * 50)
    with pytest.raises(TranslationMemoryError) as caught:
        Memory(path)
    hint = "move it away; `dragoman memory update` makes it anew from the PO files"
    assert str(caught.value) == f"{path}: is damaged, or not a translation memory ({hint})"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(TranslationMemoryError, match="cannot be used"):
        Memory(tmp_path / "file" / "memory.db")
