"""Unpacking an `.argosmodel`, a zip from who knows where: no path outside, no link, no bomb, whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
import stat
import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from dragoman.errors import ModelError

LARGEST = 8 * 2**30  # bytes unpacked; the largest Argos packages have less than one GiB
_MOST_FILES = 1000
# What a model is. The rest of an Argos package cuts sentences (Stanza, spaCy): large, and not used here.
_WANTED = ("metadata.json", "sentencepiece.model", "bpe.model", "model", "README.md")


def unpack(archive: Path, cache: Path, largest: int = LARGEST) -> Path:
    """The folder of the model in `archive`, unpacked in `cache` under a name made of its content, once.

    Raises ModelError where it is no model, is broken, or tries to write outside its folder.
    """
    try:
        with archive.open("rb") as file:
            folder = cache / f"{archive.stem}-{hashlib.file_digest(file, 'sha256').hexdigest()[:16]}"
        if not folder.is_dir():
            cache.mkdir(parents=True, exist_ok=True)
            with zipfile.ZipFile(archive) as content, tempfile.TemporaryDirectory(dir=cache, prefix=".unpacking-") as temporary:
                _extract(content, Path(temporary), archive, largest)
                _move(Path(temporary), folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ModelError(f"is no Argos model, or half copied: {error}", at=str(archive), hint="copy it again") from error
    except OSError as error:
        hint = "let XDG_CACHE_HOME name a folder that can be written and has room"
        raise ModelError(f"cannot be unpacked: {error}", at=str(archive), hint=hint) from error
    return folder


def _extract(content: zipfile.ZipFile, folder: Path, archive: Path, largest: int) -> None:
    members = content.infolist()
    roots = {PurePosixPath(member.filename).parts[0] for member in members if PurePosixPath(member.filename).parts}
    if len(members) > _MOST_FILES or len(roots) != 1 or not any(_inside(member) == ("metadata.json",) for member in members):
        raise ModelError("is no Argos model: it has not one folder with a metadata.json", at=str(archive), hint="copy it again")
    room = largest
    for member in members:
        parts = _inside(member)
        if _unsafe(member):
            raise ModelError(f"is not safe to unpack: {member.filename!r}", at=str(archive), hint="get it from another source")
        if member.is_dir() or not parts or parts[0] not in _WANTED:
            continue
        path = folder.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        with content.open(member) as source, path.open("wb") as target:
            while chunk := source.read(2**20):  # what it says of its size may be a lie: count
                room -= len(chunk)
                if room < 0:
                    raise ModelError(
                        f"is larger than {largest // 2**20} MiB unpacked", at=str(archive), hint="is it a model at all?"
                    )
                target.write(chunk)


def _inside(member: zipfile.ZipInfo) -> tuple[str, ...]:
    """The path of a member below the archive's one folder."""
    return PurePosixPath(member.filename).parts[1:]


def _unsafe(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename)
    kind = stat.S_IFMT(member.external_attr >> 16)
    odd = any(character in member.filename for character in "\\:\0")
    return path.is_absolute() or ".." in path.parts or odd or kind not in (0, stat.S_IFREG, stat.S_IFDIR)


def _move(temporary: Path, folder: Path) -> None:
    """Put the whole folder in its place at once; another process may have done so first, and that is as good."""
    unpacked = temporary.with_name(f"{temporary.name}-whole")
    temporary.rename(unpacked)
    temporary.mkdir()  # its context manager wants it back
    try:
        unpacked.rename(folder)
    except OSError:
        shutil.rmtree(unpacked)
        if not folder.is_dir():
            raise
