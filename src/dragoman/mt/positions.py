"""How many tokens a model has room for, read from its `model.bin`: CTranslate2 raises at one more, and does not tell before."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

_ENDING = b"position_encodings/encodings"  # of either side: where the two are equal, the decoder's is but an alias


def positions(model: Path) -> int | None:
    """The positions of the model in folder `model`; None where they have no end, or where the file cannot be read.

    The format (CTranslate2's `specs/model_spec.py`, version 6): version, name, revision, number of variables; for each its
    name, shape, type, size in bytes, and then the bytes, which are skipped.
    """
    try:
        with (model / "model.bin").open("rb") as file:
            _number(file, "<I")
            _name(file)
            _number(file, "<I")
            for _ in range(_number(file, "<I")):
                name = _name(file)
                shape = [_number(file, "<I") for _ in range(_number(file, "<B"))]
                _number(file, "<B")
                size = _number(file, "<I")
                if name.endswith(_ENDING):
                    return shape[0]
                file.seek(size, 1)
    except (OSError, struct.error, IndexError):
        return None  # opening the model says what is wrong with it
    return None


def _number(file: BinaryIO, kind: str) -> int:
    value: int
    (value,) = struct.unpack(kind, file.read(struct.calcsize(kind)))
    return value


def _name(file: BinaryIO) -> bytes:
    """A length, and so many bytes with a NUL at their end."""
    return file.read(_number(file, "<H")).rstrip(b"\0")
