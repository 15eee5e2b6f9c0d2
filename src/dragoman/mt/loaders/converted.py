"""What a folder that CTranslate2's converters made says of its model: vocabularies, configuration, tokenizer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.errors import ModelError
from dragoman.mt.loaders.loader import COPY_AGAIN

END = "</s>"


def source_vocabulary(model: Path) -> frozenset[str]:
    """The source tokens of the model in folder `model`; none where it has no vocabulary. Raises ModelError."""
    return _vocabulary(model, "source_vocabulary")


def target_vocabulary(model: Path) -> frozenset[str]:
    """The target tokens of the model in folder `model`; none where it has no vocabulary. Raises ModelError."""
    return _vocabulary(model, "target_vocabulary")


def ending(model: Path) -> tuple[str, ...]:
    """What must stand after the source's tokens: models of some converters add their `</s>` themselves."""
    return () if read_json(model / "config.json").get("add_source_eos") else (END,)


def find_tokenizer(folder: Path, *names: str) -> Path:
    """The first of `names` that is in `folder`. Raises ModelError where none is."""
    for name in names:
        if (folder / name).is_file():
            return folder / name
    also = "; tokenizer.json alone does not do" if (folder / "tokenizer.json").is_file() else ""
    raise ModelError(f"has no {names[0]}{also}", at=str(folder), hint=f"copy the {names[0]} of the original model there")


def read_json(path: Path) -> dict[str, Any]:
    """The JSON object in a file; an empty one where there is no file. Raises ModelError."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ModelError(f"cannot be read: {error}", at=str(path), hint=COPY_AGAIN) from error
    if not isinstance(value, dict):
        raise ModelError("is not a JSON object", at=str(path), hint=COPY_AGAIN)
    return value


def _vocabulary(model: Path, side: str) -> frozenset[str]:
    for name in ("shared_vocabulary", side):
        for suffix in (".json", ".txt"):  # a JSON list since CTranslate2 3.10, lines of text before
            path = model / f"{name}{suffix}"
            if path.is_file():
                return _tokens(path, path.stat().st_mtime_ns)
    return frozenset()


@lru_cache(maxsize=4)
def _tokens(path: Path, changed: int) -> frozenset[str]:
    """Kept, because several ask for the same 256,000; `changed` is there so that a new file is read anew."""
    try:
        text = path.read_text(encoding="utf-8")
        tokens: Sequence[str] = json.loads(text) if path.suffix == ".json" else text.split("\n")
        return frozenset(tokens)
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(f"cannot be read: {error}", at=str(path), hint=COPY_AGAIN) from error
