"""Which models there are on this machine, and which of them translates: `open_engine`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import ModelError
from dragoman.languages import Language
from dragoman.mt.archive import unpack
from dragoman.mt.argos import installed_packages
from dragoman.mt.catalog import find_model, rank
from dragoman.mt.engine import Engine, Translator
from dragoman.mt.loaders import find_family, load
from dragoman.mt.loaders.converted import read_json
from dragoman.mt.loaders.starter import StarterLoader
from dragoman.mt.phrases import BUILT_IN, GlossedEngine, PhraseEngine, PhraseModel, has_network, is_phrases
from dragoman.mt.places import cache_folder, models_folders
from dragoman.mt.record import Record, model_files, read_record, verify

STARTER = "starter"
"""What users call the built-in model, whatever its metadata calls it."""
ARCHIVE = ".argosmodel"
_USE_BUILT_IN = f"use the built-in model: dragoman translate --model {STARTER}"


@dataclass(frozen=True, slots=True)
class Installed:
    """A model on this machine. `ours`: it lies in a folder of ours, so that `models remove` may take it away."""

    folder: Path
    record: Record
    ours: bool = True


def open_engine(
    reference: str | None,
    language: Language,
    *,
    device: str = "cpu",
    compute_type: str = "int8",
    threads: int | None = None,
) -> Engine:
    """The engine that `reference` means: the name of an installed model, or the path of a model folder or `.argosmodel`.

    None means the best installed model that knows the language, else the built-in one. `threads` are all that it may use;
    None is every processor that this process has. Raises ModelError where there is no such model, where it cannot be loaded,
    where it does not know the language, and where there is no such device.
    """
    model = best(language) if reference is None else find(reference)
    if language.code not in model.record.languages:
        known = ", ".join(model.record.languages)
        raise ModelError(f"{model.record.name} does not know {language.name}; it translates into {known}", hint=_USE_BUILT_IN)
    verify(model.folder, model.record)
    return open_folder(
        model.folder,
        device=device,
        compute_type=compute_type,
        threads=threads,
        placeholders=model.record.placeholders.get(language.code),
    )


def open_folder(
    folder: Path,
    *,
    device: str = "cpu",
    compute_type: str = "int8",
    threads: int | None = None,
    placeholders: Sequence[str] | None = None,
) -> Engine:
    """The engine over the model in `folder`. Raises ModelError where it cannot be opened."""
    if is_phrases(folder):
        phrases = PhraseEngine(PhraseModel(folder))  # on the processor, whatever device was asked for: it is no network
        if not has_network(folder):
            return phrases
        loader = StarterLoader(folder)
        return GlossedEngine(phrases, Translator(loader, device=device, compute_type=compute_type, threads=threads), loader)
    return Translator(load(folder), device=device, compute_type=compute_type, threads=threads, placeholders=placeholders)


def installed() -> tuple[Installed, ...]:
    """The models that a user installed for our languages: those in `models_folders()`, then Argos packages.

    One that an earlier folder has hides its namesakes. Raises ModelError where one cannot be read.
    """
    models: dict[str, Installed] = {}
    for folder in model_folders():
        if folder.name not in models:
            try:
                models[folder.name] = describe(folder)
            except ModelError as error:
                hint = f"copy it again, or type: dragoman models remove {folder.name}"
                raise ModelError(error.message, at=error.at, hint=hint) from error
    return *models.values(), *_argos_packages()


def model_folders() -> Iterator[Path]:
    """The folders in `models_folders()` that a model may be in; what begins with a dot is an installation at work."""
    for place in models_folders():
        if os.access(place, os.R_OK | os.X_OK) and place.is_dir():  # a service may run with the home of another user
            yield from (path for path in sorted(place.iterdir()) if path.is_dir() and not path.name.startswith("."))


def built_in() -> Installed:
    """The model in the package."""
    return describe(BUILT_IN, ours=False)


def best(language: Language) -> Installed:
    """An installed model comes before the built-in one: it was wanted. The language itself before a neighbour's, then the
    order of the catalog, then the larger.
    """
    fitting = [model for model in installed() if language.code in model.record.languages]

    def order(model: Installed) -> tuple[bool, int, int]:
        foreign = language.code == "fa_AF" and not model.record.knows_dari
        return foreign, rank(model.record.name), -model.record.size

    return min(fitting, key=order, default=None) or built_in()


def find(reference: str) -> Installed:
    """The model of that name, or at that path. Raises ModelError."""
    if reference == STARTER:
        return built_in()
    if reference.startswith("hf:"):
        raise ModelError("is not installed by that name", at=reference, hint=f"type: dragoman models install {reference}")
    path = Path(reference).expanduser()
    if path.suffix == ARCHIVE or os.sep in reference:
        return _at(path)
    models = installed()
    for model in models:
        if reference in (model.record.name, model.record.signature, model.folder.name):
            return model
    if path.is_dir():
        return _at(path)
    if find_model(reference):
        raise ModelError(f"{reference} is not installed", hint=f"type: dragoman models install {reference}")
    raise ModelError(f"no model is called {reference!r}", hint=f"installed: {_names(models)}; or give the path of one")


def describe(folder: Path, *, ours: bool = True) -> Installed:
    """The model in `folder`: from its record or, where it has none, from the model itself. Raises ModelError."""
    if record := read_record(folder):
        return Installed(folder, record, ours)
    family, loader = ("phrases", PhraseModel(folder)) if is_phrases(folder) else (find_family(folder).name, load(folder))
    record = Record(
        name=loader.name,
        version=loader.version,
        family=family,
        languages=loader.languages,
        knows_dari=loader.knows_dari,
        size=sum(path.stat().st_size for path in model_files(folder)),
        licence=str(read_json(folder / "metadata.json").get("licence", "")),
    )
    return Installed(folder, record, ours)


def remove(name: str) -> Path:
    """Take an installed model away, and return the folder where it was. Raises ModelError where it is none of ours."""
    folder = next((folder for folder in model_folders() if folder.name == name), None)  # even one that cannot be read
    if folder is None:
        model = find(name)
        if not model.ours:
            hint = "it comes with Dragoman" if name == STARTER else "remove it with the program that installed it"
            raise ModelError(f"{name} is not Dragoman's to remove", at=str(model.folder), hint=hint)
        folder = model.folder
    if folder.parent not in models_folders():
        raise ModelError("is not installed", at=str(folder), hint="delete the folder yourself")
    try:
        gone = folder.with_name(f".removed-{folder.name}-{os.getpid()}")
        folder.rename(gone)  # at once: another process sees the whole model, or none
        shutil.rmtree(gone)
    except OSError as error:
        raise ModelError(f"cannot be removed: {error.strerror}", at=str(folder), hint="look at its permissions") from error
    return folder


def _at(path: Path) -> Installed:
    if not path.exists():
        raise ModelError("there is no such model", at=str(path), hint=f"installed: {_names(installed())}")
    if path.is_file():
        if path.suffix != ARCHIVE:
            raise ModelError("is no model", at=str(path), hint=f"a model is a folder, or a file that ends in {ARCHIVE}")
        path = unpack(path, cache_folder())
    return describe(path)


def _argos_packages() -> Iterator[Installed]:
    for path in installed_packages():
        try:
            yield describe(path, ours=False)
        except ModelError:
            continue  # a package for other languages is none of ours


def _names(models: Sequence[Installed]) -> str:
    return ", ".join([STARTER, *dict.fromkeys(model.record.name for model in models)])
