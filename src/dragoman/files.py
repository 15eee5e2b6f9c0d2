"""The one place that reads and writes the user's text files: UTF-8, strictly; whole files or none."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dragoman.errors import DragomanError
from dragoman.model import Location

STATE_FOLDER = ".dragoman"  # in the project: locks, the cache of drafts, the memory; git ignores it
LARGEST = 256 * 1024 * 1024  # bytes: no article, glossary or PO file is that long; a disk image is
LOCK_TIMEOUT = 60.0  # seconds

_BYTE_ORDER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def read_text(path: Path) -> str:
    """The text of a UTF-8 file to the code point: newlines and a byte order mark stay as they are.

    Raises DragomanError where the file is missing, unreadable, too large, binary, or in another encoding.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise DragomanError("is a folder, not a file", at=str(path), hint="name the files in it")
        if size > LARGEST:
            raise DragomanError(
                f"is {size // 2**20} MiB long, and {LARGEST // 2**20} MiB is the limit", at=str(path), hint="cut it into parts"
            )
        content = path.read_bytes()
    except FileNotFoundError:
        raise DragomanError("there is no such file", at=str(path), hint="look at the spelling of the path") from None
    except OSError as error:
        raise DragomanError(f"cannot be read: {reason(error)}", at=str(path), hint="look at its permissions") from None
    return decode(content, str(path))


def decode(content: bytes, path: str) -> str:
    """`content` as UTF-8; DragomanError, with the line and column of the first byte that is not, otherwise."""
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            raise DragomanError(f"is {encoding}, not UTF-8", at=path, hint="save it as UTF-8")
    if (null := content.find(b"\0")) >= 0:
        raise DragomanError(f"is binary: byte {null + 1} is NUL", at=path, hint="only text can be translated")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line_start = before.rfind(b"\n") + 1
        at = Location(path, before.count(b"\n") + 1, len(before[line_start:].decode("utf-8")) + 1)
        hint = "save it as UTF-8; if it came from an old Windows program: iconv -f WINDOWS-1252 -t UTF-8"
        raise DragomanError(f"is not UTF-8: byte 0x{content[error.start]:02x}", at=at, hint=hint) from None


def find_files(folder: Path, suffix: str) -> list[Path]:
    """The files below `folder` whose names end with `suffix`, sorted; nothing hidden.

    Raises DragomanError where a folder is closed to us: to pass over what cannot be seen would be to say that it is well.
    """

    def refuse(error: OSError) -> None:
        raise DragomanError(f"cannot be read: {reason(error)}", at=str(error.filename), hint="look at its permissions")

    found = []
    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(parent, name) for name in names if name.endswith(suffix) and not name.startswith(".")]
    return sorted(found)


def write_atomically(path: Path, text: str) -> bool:
    """Make `path` hold `text`, whole or not at all; False where it held just that already and was left alone.

    Written to a temporary file beside it, synced, then renamed over it. A link stays a link, permissions stay.
    Raises DragomanError where it cannot be written; the old file is then untouched.
    """
    content = text.encode("utf-8")
    path = Path(os.path.realpath(path))
    temporary: str | None = None
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        with open(descriptor, "wb") as file:  # noqa: PTH123  a descriptor, not a path
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode(path))
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(13, "it is read-only")
        os.replace(temporary, path)  # noqa: PTH105  a str, not a Path
        temporary = None
        _sync_folder(path.parent)
    except OSError as error:
        raise DragomanError(
            f"cannot be written: {reason(error)}", at=str(path), hint="nothing was changed; mend it and run again"
        ) from None
    finally:
        if temporary is not None:
            with suppress(OSError):
                Path(temporary).unlink()
    return True


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the project's lock, so that two runs do not write its files at once. Waits a minute, then DragomanError.

    A folder that cannot be written needs no lock: whoever writes there next is told so by the write itself.
    """
    from filelock import FileLock, Timeout

    try:
        lock = FileLock(state_folder(root) / "lock", timeout=LOCK_TIMEOUT)
        lock.acquire()
    except Timeout:
        raise DragomanError(
            "another dragoman holds the lock of this project", at=str(root), hint="wait for it, or stop it"
        ) from None
    except OSError:
        yield
        return
    try:
        yield
    finally:
        lock.release()


def state_folder(root: Path) -> Path:
    """The project's `.dragoman`, made if need be, which tells git to ignore it. Raises OSError where it cannot be made."""
    folder = root / STATE_FOLDER
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    return folder


def reason(error: OSError) -> str:
    """What the system said, as the middle of a sentence."""
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]


def _mode(path: Path) -> int:
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut. Not every file system can; then there is no more to do."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
