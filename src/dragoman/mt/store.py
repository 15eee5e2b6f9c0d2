"""Which models there are on this machine, and which of them translates: `open_engine`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import platformdirs

from dragoman.errors import ModelError
from dragoman.languages import Language
from dragoman.mt.archive import unpack
from dragoman.mt.argos import installed_packages
from dragoman.mt.engine import Engine, Translator
from dragoman.mt.loaders import BUILT_IN, Loader, load

STARTER = "starter"
"""What users call the built-in model, whatever its metadata calls it."""
MODELS_VARIABLE = "DRAGOMAN_MODELS"
"""Names the folder that holds models of one's own, a folder each."""
_ARCHIVE = ".argosmodel"
_USE_BUILT_IN = f"use the built-in model: dragoman translate --model {STARTER}"


def open_engine(reference: str | None, language: Language) -> Engine:
    """The engine that `reference` means: the name of an installed model, or the path of a model folder or `.argosmodel`.

    None means the best installed model that knows the language, else the built-in one. Raises ModelError where there is no
    such model, where it cannot be loaded, and where it does not know the language.
    """
    loader = _best(language) if reference is None else _named(reference)
    if language.code not in loader.languages:
        raise ModelError(
            f"{loader.name} does not know {language.name}; it translates into {', '.join(loader.languages)}", hint=_USE_BUILT_IN
        )
    return Translator(loader)


def installed() -> tuple[Loader, ...]:
    """The models that a user installed for our languages: those in `models_folder()`, then Argos packages."""
    return tuple(_installed())


def models_folder() -> Path:
    """Where models of one's own lie: `DRAGOMAN_MODELS`, or the place that the platform has for such."""
    named = os.environ.get(MODELS_VARIABLE)
    return Path(named) if named else platformdirs.user_data_path("dragoman") / "models"


def _installed() -> Iterator[Loader]:
    folder = models_folder()
    if folder.is_dir():
        yield from (load(path) for path in sorted(folder.iterdir()) if (path / "metadata.json").is_file())
    for path in installed_packages():
        try:
            yield load(path)
        except ModelError:
            continue  # a package for other languages is none of ours


def _best(language: Language) -> Loader:
    """An installed model comes before the built-in one: it was wanted. The language itself before a neighbour's."""
    fitting = [loader for loader in installed() if language.code in loader.languages]
    ranked = sorted(fitting, key=lambda loader: (not loader.knows_dari, -_size(loader)))
    return ranked[0] if ranked else load(BUILT_IN)


def _named(reference: str) -> Loader:
    if reference == STARTER:
        return load(BUILT_IN)
    path = Path(reference).expanduser()
    if path.suffix == _ARCHIVE or os.sep in reference or path.is_dir():
        return _at(path)
    models = installed()
    for loader in models:
        if reference in (loader.name, f"{loader.name} {loader.version}", loader.model.parent.name):
            return loader
    raise ModelError(f"no model is called {reference!r}", hint=f"installed: {_names(models)}; or give the path of one")


def _at(path: Path) -> Loader:
    if not path.exists():
        raise ModelError("there is no such model", at=str(path), hint=f"installed: {_names(installed())}")
    if path.is_file():
        if path.suffix != _ARCHIVE:
            raise ModelError("is no model", at=str(path), hint=f"a model is a folder, or a file that ends in {_ARCHIVE}")
        path = unpack(path, platformdirs.user_cache_path("dragoman") / "models")
    return load(path)


def _names(models: Sequence[Loader]) -> str:
    return ", ".join([STARTER, *dict.fromkeys(loader.name for loader in models)])


def _size(loader: Loader) -> int:
    model = loader.model / "model.bin"
    return model.stat().st_size if model.is_file() else 0
