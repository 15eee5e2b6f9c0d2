"""What a loader is: how one family of models is fed with text and how its answer is read. All else is the engine's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Protocol

from dragoman.errors import ModelError

COPY_AGAIN = "copy the model again, or use the built-in one: dragoman translate --model starter"
_SAMPLE = 1 << 20  # bytes from each end of a model file: enough to tell two apart, and fast for one of gigabytes


class Loader(Protocol):
    """A model's tokenizer and what must stand around its tokens. Languages are codes of ours: `fa_AF`, `ps`."""

    name: str
    version: str
    model: Path  # the CTranslate2 folder
    fingerprint: str
    languages: tuple[str, ...]
    placeholders: tuple[str, ...]  # in the order of use; a sentence with more terms leaves the rest unmasked
    reserved: tuple[str, ...]  # pieces that stand for something in the model, and never for text
    max_length: int  # source tokens
    knows_dari: bool

    def encode(self, text: str, language: str, placeholders: Collection[str] = ()) -> Sequence[str]:
        """Source tokens, whatever the model wants at either end included. Text never becomes a reserved piece."""

    def encode_target(self, text: str, language: str) -> Sequence[str]:
        """Target tokens of words amid a sentence; none where the vocabulary lacks a piece of them."""

    def target_prefix(self, language: str) -> Sequence[str]:
        """What each translation begins with, and which is no part of it."""

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of target tokens."""


def read_metadata(folder: Path) -> dict[str, Any]:
    """The `metadata.json` of a model folder. Raises ModelError."""
    path = folder / "metadata.json"
    try:
        metadata = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError("is no model: it has no metadata.json", at=str(folder), hint="name the folder that has one") from None
    except (OSError, ValueError) as error:
        raise ModelError(f"cannot be read: {error}", at=str(path), hint=COPY_AGAIN) from error
    if not isinstance(metadata, dict):
        raise ModelError("is not a JSON object", at=str(path), hint=COPY_AGAIN)
    return metadata


def name_and_version(folder: Path) -> tuple[str, str]:
    """What `metadata.json` calls the model in `folder`; where it has none, the folder's name, and no version."""
    metadata = read_metadata(folder) if (folder / "metadata.json").is_file() else {}
    return str(metadata.get("name") or folder.resolve().name), str(metadata.get("package_version", ""))


def fingerprint(*paths: Path) -> str:
    """Sixteen hexadecimal digits that change when one of the files does: of their sizes and of both ends of each."""
    digest = hashlib.sha256()
    for path in paths:
        try:
            size = path.stat().st_size
            with path.open("rb") as file:
                digest.update(f"{path.name} {size}\n".encode())
                digest.update(file.read(_SAMPLE))
                file.seek(max(0, size - _SAMPLE))
                digest.update(file.read(_SAMPLE))
        except FileNotFoundError:
            continue  # opening the model says so, and says what to do
    return digest.hexdigest()[:16]
