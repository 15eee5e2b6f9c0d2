"""What an installation found: `installed.json` in the model's folder. So a list needs no model opened, and a file that was cut
short or changed on its way (a stick, a share) is told before it translates a word.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dragoman.errors import ModelError
from dragoman.mt.places import cache_folder

FILE_NAME = "installed.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file of a model. `changed` is its modification time in nanoseconds: a copy has another, the same content."""

    size: int
    changed: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Record:
    """One model. `placeholders` maps a language to what `models probe` found it to keep; `files` paths to what they hold."""

    name: str
    version: str
    family: str
    languages: tuple[str, ...]
    knows_dari: bool
    size: int  # bytes
    licence: str = ""
    source: str = ""  # what `models install` was given
    files: Mapping[str, FileRecord] = field(default_factory=lambda: MappingProxyType({}))
    placeholders: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def signature(self) -> str:
        return f"{self.name} {self.version}".rstrip()


def read_record(folder: Path) -> Record | None:
    """The record of the model in `folder`; None where there is none. Raises ModelError where it cannot be read."""
    path = folder / FILE_NAME
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if values.pop("format") > _FORMAT:
            raise ModelError("is of a newer Dragoman", at=str(path), hint="type: pip install --upgrade dragoman")
        values["languages"] = tuple(values["languages"])
        values["files"] = {name: FileRecord(**one) for name, one in values["files"].items()}
        values["placeholders"] = {code: tuple(shapes) for code, shapes in values["placeholders"].items()}
        return Record(**values)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        hint = f"delete {FILE_NAME}, or copy the model again"
        raise ModelError(f"is damaged: {error}", at=str(path), hint=hint) from error


def write_record(folder: Path, record: Record) -> None:
    """Write the record, whole or not at all. Raises ModelError where the folder cannot be written."""
    values = {"format": _FORMAT, **asdict(replace(record, files={}, placeholders={}))}
    values["files"] = {name: asdict(one) for name, one in record.files.items()}
    values["placeholders"] = dict(record.placeholders)
    try:
        _write(folder / FILE_NAME, values)
    except OSError as error:
        raise ModelError(f"cannot be written: {error.strerror}", at=str(folder), hint="is it shared? ask who keeps it") from error


def measured(folder: Path) -> Mapping[str, FileRecord]:
    """Every file of the model in `folder` as it is now."""
    return {path.relative_to(folder).as_posix(): _measure(path) for path in model_files(folder)}


def model_files(folder: Path) -> Iterator[Path]:
    """The files that make the model in `folder`, in order: our own record is none."""
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != FILE_NAME)


def verify(folder: Path, record: Record, told: Callable[[str], None] = lambda text: None) -> None:
    """See that the files of the model in `folder` are those that were installed. Raises ModelError.

    A file of the size and time that the record has, or had when it was last verified, is not read again.
    """
    stamps = _stamps(folder)
    fresh = dict(stamps)
    for name, recorded in record.files.items():
        path = folder / name
        try:
            now = path.stat()
        except FileNotFoundError:
            raise _damaged(record, f"has no {name}", folder) from None
        if now.st_size != recorded.size:
            raise _damaged(record, f"is half copied: {name} has {now.st_size:,} of {recorded.size:,} bytes", folder)
        if now.st_mtime_ns in (recorded.changed, stamps.get(name)):
            continue
        told(name)
        if _sha256(path) != recorded.sha256:
            raise _damaged(record, f"is damaged: {name} is not what was installed", folder)
        fresh[name] = now.st_mtime_ns
    if fresh != stamps:
        with suppress(OSError):  # it is only read once more the next time
            _write(_stamp_path(folder), fresh)


def _damaged(record: Record, message: str, folder: Path) -> ModelError:
    again = f"copy it again, or type: dragoman models remove {record.name}"
    return ModelError(message, at=str(folder), hint=again)


def _stamps(folder: Path) -> dict[str, int]:
    """The times of files that were read and found right: not in the model's folder, for that may be read-only."""
    try:
        stamps: Any = json.loads(_stamp_path(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamps if isinstance(stamps, dict) else {}


def _stamp_path(folder: Path) -> Path:
    return cache_folder() / "verified" / f"{hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]}.json"


def _measure(path: Path) -> FileRecord:
    status = path.stat()
    return FileRecord(status.st_size, status.st_mtime_ns, _sha256(path))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, values: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(descriptor, "w", encoding="utf-8") as file:  # noqa: PTH123  a descriptor, not a path
            json.dump(values, file, ensure_ascii=False, indent=2)
            file.write("\n")
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
