from __future__ import annotations

from pathlib import Path

from dragoman.memory import KeptDraft, keep_drafts, kept_drafts

ROAD = KeptDraft("سړک خلاص دی.", "starter 0.1")
RIVER = KeptDraft("سیند لوړ دی.", "memory 100 %")


def test_a_draft_is_kept_until_its_source_is_gone_or_another_takes_its_place(tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    keep_drafts(
        path, "road", "ps", {"The road is open.": ROAD, "The river is high.": RIVER}, {"The road is open.", "The river is high."}
    )
    keep_drafts(path, "road", "fa_AF", {"The road is open.": RIVER}, {"The road is open."})
    assert kept_drafts(path, "road", "ps") == {"The road is open.": ROAD, "The river is high.": RIVER}
    keep_drafts(path, "road", "ps", {"The road is open.": RIVER}, {"The road is open."})
    assert kept_drafts(path, "road", "ps") == {"The road is open.": RIVER}
    assert kept_drafts(path, "road", "fa_AF") == {"The road is open.": RIVER}
    assert kept_drafts(path, "river", "ps") == {}


def test_reading_makes_no_file(tmp_path: Path) -> None:
    assert kept_drafts(tmp_path / "made.db", "road", "ps") == {}
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    path.write_bytes(b"no database at all, " * 100)
    assert kept_drafts(path, "road", "ps") == {}
    keep_drafts(path, "road", "ps", {"The road is open.": ROAD}, {"The road is open."})
    assert kept_drafts(path, "road", "ps") == {"The road is open.": ROAD}
    assert (tmp_path / "made.db.damaged").exists()


def test_a_place_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    keep_drafts(tmp_path / "missing" / "made.db", "road", "ps", {"The road is open.": ROAD}, {"The road is open."})
    (tmp_path / "folder").mkdir()
    keep_drafts(tmp_path / "folder", "road", "ps", {"The road is open.": ROAD}, {"The road is open."})
    assert kept_drafts(tmp_path / "folder", "road", "ps") == {}
