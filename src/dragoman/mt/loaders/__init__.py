"""One loader a family of models. A new family is a new file here and a line in `LOADERS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from dragoman.errors import ModelError
from dragoman.mt.loaders.argos import ArgosLoader
from dragoman.mt.loaders.loader import Loader, read_metadata
from dragoman.mt.loaders.starter import BUILT_IN, StarterLoader

LOADERS: Mapping[str, Callable[[Path], Loader]] = {"targets": StarterLoader, "to_code": ArgosLoader}
"""What of its `metadata.json` tells a family → its loader. The first that fits is taken."""

__all__ = ["BUILT_IN", "LOADERS", "Loader", "load"]


def load(folder: Path) -> Loader:
    """The loader of the model in `folder`. Raises ModelError where there is no model, or one of a family unknown to us."""
    metadata = read_metadata(folder)
    for key, loader in LOADERS.items():
        if key in metadata:
            return loader(folder)
    raise ModelError("is of no family that Dragoman knows", at=str(folder), hint="known are its own models and Argos packages")
