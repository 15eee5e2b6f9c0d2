from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from dragoman.errors import DragomanError
from dragoman.files import decode, find_files, locked, read_text, state_folder, write_atomically


@pytest.mark.parametrize("text", ["", "one\n", "one\r\ntwo\rthree", "\ufeffBOM", "دری او پښتو\u2028"])
def test_reading_gives_what_was_written(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a" / "b.txt"
    assert write_atomically(path, text)
    assert read_text(path) == text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"caf\xe9\n", "x.txt:1:4: is not UTF-8: byte 0xe9 (save it as UTF-8; if it came from an old Windows program: "
                       "iconv -f WINDOWS-1252 -t UTF-8)"),
        ("دری\nab".encode() + b"\xff", "x.txt:2:3: is not UTF-8: byte 0xff (save it as UTF-8; if it came from an old Windows "
                                       "program: iconv -f WINDOWS-1252 -t UTF-8)"),
        (b"\xff\xfeK\x00", "x.txt: is UTF-16, not UTF-8 (save it as UTF-8)"),
        (b"GIF\x00", "x.txt: is binary: byte 4 is NUL (only text can be translated)"),
    ],
)  # fmt: skip
def test_what_is_not_utf8_text_is_told_with_its_place(content: bytes, message: str) -> None:
    with pytest.raises(DragomanError) as caught:
        decode(content, "x.txt")
    assert str(caught.value) == message


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(DragomanError, match="there is no such file"):
        read_text(tmp_path / "none.txt")
    with pytest.raises(DragomanError, match="is a folder, not a file"):
        read_text(tmp_path)


def test_the_same_text_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    write_atomically(path, "text")
    os.utime(path, (1, 1))
    assert write_atomically(path, "text") is False
    assert path.stat().st_mtime == 1


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.po", tmp_path / "link.po"
    write_atomically(real, "old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_atomically(link, "new")
    assert link.is_symlink()
    assert (real.read_text(), real.stat().st_mode & 0o777) == ("new", 0o640)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_no_other(tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.po"
    write_atomically(path, "what a person wrote")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, step, full)
    with pytest.raises(DragomanError, match="cannot be written: no space left on device"):
        write_atomically(path, "less")
    assert path.read_text() == "what a person wrote"
    assert [file.name for file in tmp_path.iterdir()] == ["a.po"]


def test_the_state_folder_is_ignored_by_git(tmp_path: Path) -> None:
    assert (state_folder(tmp_path) / ".gitignore").read_text() == "*\n"


def test_a_lock_is_held_and_released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.files.LOCK_TIMEOUT", 0.05)
    with locked(tmp_path), pytest.raises(DragomanError, match="another dragoman holds the lock"), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


def test_files_are_found_at_any_depth_and_hidden_ones_are_not(tmp_path: Path) -> None:
    for name in ("b.po", "a/c.po", ".git/d.po", "a/.e.po", "a/f.pot"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert find_files(tmp_path, ".po") == [tmp_path / "a" / "c.po", tmp_path / "b.po"]


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(DragomanError, match="cannot be read: no such file or directory"):
        find_files(tmp_path / "none", ".po")
