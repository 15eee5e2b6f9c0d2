"""Unpacking archives of strangers."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from dragoman.errors import ModelError
from dragoman.mt.archive import unpack

METADATA = ("translate-en_ps/metadata.json", b"{}")
WEIGHTS = ("translate-en_ps/model/model.bin", bytes(1000))


def _zip(path: Path, members: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def test_unpack_takes_what_a_model_is(tmp_path: Path) -> None:
    extra = [
        ("translate-en_ps/stanza/en.pt", b"large"),
        ("translate-en_ps/", b""),
        ("translate-en_ps/sentencepiece.model", b"s"),
    ]
    archive = _zip(tmp_path / "en_ps.argosmodel", [METADATA, WEIGHTS, *extra])
    folder = unpack(archive, tmp_path / "cache")
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files == {"metadata.json", "model/model.bin", "sentencepiece.model"}
    assert list((tmp_path / "cache").iterdir()) == [folder]


def test_it_is_unpacked_once_for_each_content(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "en_ps.argosmodel", [METADATA])
    first = unpack(archive, tmp_path / "cache")
    (first / "kept").touch()
    assert unpack(archive, tmp_path / "cache") == first
    assert (first / "kept").exists()
    _zip(archive, [METADATA, WEIGHTS])
    assert unpack(archive, tmp_path / "cache") != first


def _link() -> zipfile.ZipInfo:
    link = zipfile.ZipInfo("translate-en_ps/model/model.bin")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return link


@pytest.mark.parametrize(
    "member",
    ["translate-en_ps/../../escaped", "translate-en_ps/model/../../../escaped", "translate-en_ps/model\\..\\escaped", _link()],
    ids=["up", "further up", "backslash", "link"],
)
def test_nothing_leaves_the_folder(tmp_path: Path, member: str | zipfile.ZipInfo) -> None:
    archive = _zip(tmp_path / "bad.argosmodel", [METADATA, (member, b"/etc/passwd")])
    with pytest.raises(ModelError, match="not safe to unpack"):
        unpack(archive, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []
    assert not (tmp_path / "escaped").exists()


def test_an_absolute_path_is_no_model(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "bad.argosmodel", [METADATA, (str(tmp_path / "escaped"), b"x")])
    with pytest.raises(ModelError, match="is no Argos model"):
        unpack(archive, tmp_path / "cache")
    assert not (tmp_path / "escaped").exists()


def test_a_bomb_is_stopped(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "bomb.argosmodel", [METADATA, ("translate-en_ps/model/model.bin", bytes(5_000_000))])
    with pytest.raises(ModelError, match="is larger than 1 MiB unpacked"):
        unpack(archive, tmp_path / "cache", largest=2**20)
    assert list((tmp_path / "cache").iterdir()) == []


def _contents() -> dict[str, bytes]:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(*METADATA)
        archive.writestr("translate-en_ps/model/model.bin", bytes(range(256)) * 100)
    damaged = bytearray(whole.getvalue())
    damaged[150:160] = b"\xff" * 10
    return {"half": whole.getvalue()[:-60], "empty": b"", "text": b"hello", "damaged": bytes(damaged)}


@pytest.mark.parametrize("kind", ["half", "empty", "text", "damaged"])
def test_what_is_no_whole_archive(tmp_path: Path, kind: str) -> None:
    archive = tmp_path / "half.argosmodel"
    archive.write_bytes(_contents()[kind])
    with pytest.raises(ModelError, match="is no Argos model, or half copied"):
        unpack(archive, tmp_path / "cache")


def test_no_room_in_the_cache(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be unpacked"):
        unpack(_zip(tmp_path / "en_ps.argosmodel", [METADATA]), tmp_path / "cache")
