"""One loader a family of models. A new family is a new file here and a line in `FAMILIES`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import ModelError
from dragoman.mt.loaders.argos import ArgosLoader
from dragoman.mt.loaders.loader import Loader, read_metadata
from dragoman.mt.loaders.m2m import is_m2m, load_m2m
from dragoman.mt.loaders.marian import MarianLoader, is_marian
from dragoman.mt.loaders.nllb import is_nllb, load_nllb
from dragoman.mt.loaders.starter import StarterLoader
from dragoman.mt.loaders.t5 import T5Loader, is_t5


@dataclass(frozen=True, slots=True)
class Family:
    """Models that are fed alike. `fits` tells them by their files."""

    name: str
    fits: Callable[[Path], bool]
    load: Callable[[Path], Loader]


def _says(key: str) -> Callable[[Path], bool]:
    return lambda folder: (folder / "metadata.json").is_file() and key in read_metadata(folder)


FAMILIES: tuple[Family, ...] = (
    Family("Dragoman", _says("targets"), StarterLoader),
    Family("Argos", _says("to_code"), ArgosLoader),
    Family("OPUS-MT", is_marian, MarianLoader),
    Family("NLLB-200", is_nllb, load_nllb),
    Family("M2M-100", is_m2m, load_m2m),
    Family("MADLAD-400", is_t5, T5Loader),
)
"""The first that fits is taken."""

__all__ = ["FAMILIES", "Family", "Loader", "find_family", "load"]


def load(folder: Path) -> Loader:
    """The loader of the model in `folder`. Raises ModelError where there is no model, or one of a family unknown to us."""
    return find_family(folder).load(folder)


def find_family(folder: Path) -> Family:
    """The family of the model in `folder`. Raises ModelError as `load` does."""
    for family in FAMILIES:
        if family.fits(folder):
            return family
    if (folder / "model.bin").is_file() or (folder / "metadata.json").is_file():
        known = ", ".join(family.name for family in FAMILIES)
        raise ModelError("is of no family that Dragoman knows", at=str(folder), hint=f"known are {known}")
    if any(folder.glob("*.safetensors")) or (folder / "pytorch_model.bin").is_file():
        hint = f"type: dragoman models convert {folder}"
        raise ModelError("is a checkpoint, not converted to CTranslate2 yet", at=str(folder), hint=hint)
    raise ModelError("has no model in it", at=str(folder), hint="name the folder that has a model.bin or a metadata.json")
