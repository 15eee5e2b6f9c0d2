"""Installing a model: fetched or copied, looked at, measured, and only then put in its place, whole, under its name."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from dragoman.errors import ModelError
from dragoman.languages import Language, get_language
from dragoman.mt import probe
from dragoman.mt.archive import unpack
from dragoman.mt.catalog import CatalogModel, catalog, needs_consent, usual_licence
from dragoman.mt.convert import convert, is_checkpoint, require_converter
from dragoman.mt.download import HubModel, download, download_argos, look_up
from dragoman.mt.engine import Engine
from dragoman.mt.places import models_folder
from dragoman.mt.record import FILE_NAME, measured, read_record, verify, write_record
from dragoman.mt.store import ARCHIVE, Installed, describe, open_folder

_HUB = re.compile(r"hf:(?P<repository>[\w.-]+/[\w.-]+)(?:@(?P<revision>[\w./-]+))?")
_MODEL_FILES = ("model.bin", "*.json", "*.txt", "*.model", "*.spm", "*.npz", "README.md", "LICENSE*")
_STALE = 24 * 3600  # seconds: an installation that was killed so long ago will not come back for its folder


@dataclass(frozen=True, slots=True)
class Listener:
    """Whom to tell what is done. `advanced` is told a step, how much of it is done, and of how much in all."""

    said: Callable[[str], None] = lambda text: None
    advanced: Callable[[str, int, int], None] = lambda step, done, count: None


@dataclass(frozen=True, slots=True)
class _Fetched:
    """A model in a folder that is to be put in its place. Empty strings are not known."""

    folder: Path
    name: str = ""
    version: str = ""
    licence: str = ""
    source: str = ""


def install(reference: str, *, accept_licence: bool = False, measure: bool = True, listener: Listener | None = None) -> Installed:
    """Install what `reference` means: a name of the catalog, `hf:owner/repository[@revision]`, a folder (of a converted model
    or of a checkpoint) or an `.argosmodel`. A model of the same name is replaced.

    Raises ModelError where it cannot be had or is no model of ours, and where its licence must be accepted first.
    """
    listener = listener or Listener()
    place = _writable(models_folder())
    with tempfile.TemporaryDirectory(prefix=".installing-", dir=place) as staging:
        fetched = _fetch(reference, Path(staging), accept_licence, listener)
        model = describe(fetched.folder)
        name = fetched.name or model.record.name
        licence = fetched.licence or model.record.licence or usual_licence(name, model.record.family)
        _ask(name, licence, accept_licence)
        fetched = replace(fetched, name=name, licence=licence)
        _name(fetched)
        return _put(_recorded(fetched, measure, listener), place)


def _fetch(reference: str, staging: Path, accept_licence: bool, listener: Listener) -> _Fetched:
    if hub := _HUB.fullmatch(reference):
        return _from_hub(hub["repository"], hub["revision"], staging, accept_licence, listener)
    path = Path(reference).expanduser()
    if path.is_file() and path.suffix == ARCHIVE:
        listener.said(f"Unpacking {path}")
        return _Fetched(unpack(path, staging), source=str(path.resolve()))
    if path.is_dir():
        return _from_folder(path, staging, accept_licence, listener)
    known = next((model for model in catalog() if model.name == reference), None)
    if known:
        return _from_catalog(known, staging, accept_licence, listener)
    if os.sep in reference or path.suffix == ARCHIVE:
        raise ModelError("there is no such file or folder", at=reference, hint="look at the spelling of the path")
    raise ModelError(f"no model is called {reference!r}", hint="type: dragoman models list")


def _from_catalog(known: CatalogModel, staging: Path, accept_licence: bool, listener: Listener) -> _Fetched:
    _ask(known.name, known.licence, accept_licence)
    if known.repository:
        fetched = _from_hub(known.repository, None, staging, accept_licence, listener)
        return replace(fetched, name=known.name, licence=known.licence)
    if known.argos:
        listener.said("Asking the Argos index")
        archive = download_argos(known.argos, staging)
        return _Fetched(unpack(archive, staging), licence=known.licence, source=known.name)
    raise ModelError(f"{known.name} cannot be fetched by itself", hint=known.best_for)


def _from_hub(repository: str, revision: str | None, staging: Path, accept_licence: bool, listener: Listener) -> _Fetched:
    model = look_up(repository, revision)
    name = repository.partition("/")[2]
    _ask(name, model.licence or usual_licence(name), accept_licence)
    if "model.bin" not in model.files:
        require_converter(f"hf:{repository}")  # before gigabytes are fetched
    listener.said(
        f"Fetching {model.size / 1e9:.2f} GB: {repository} at {model.revision[:8]} ({model.licence or 'no licence told'})"
    )
    files = _download(model)
    folder = staging / "model"
    if is_checkpoint(files):
        listener.said("Converting to int8; this takes some minutes, and as much memory as the checkpoint has bytes")
        convert(files, folder)
    else:
        _copy(files, folder)
    shutil.rmtree(files)
    return _Fetched(folder, name, model.revision[:8], model.licence, f"hf:{repository}@{model.revision}")


def _download(model: HubModel) -> Path:
    """The files of the model, in a folder that outlives an interrupted run, so that the next one goes on."""
    folder = models_folder() / ".downloads" / f"{model.repository.replace('/', '--')}@{model.revision[:8]}"
    folder.parent.mkdir(exist_ok=True)
    try:
        with FileLock(folder.with_name(f"{folder.name}.lock"), timeout=0):
            download(model, folder)
    except Timeout:
        raise ModelError(f"another dragoman is fetching {model.repository}", hint="wait for it") from None
    return folder


def _from_folder(path: Path, staging: Path, accept_licence: bool, listener: Listener) -> _Fetched:
    folder = staging / path.resolve().name
    if is_checkpoint(path):
        _ask(folder.name, usual_licence(folder.name), accept_licence)
        listener.said(f"Converting {path} to int8")
        convert(path, folder)
        return _Fetched(folder, source=str(path.resolve()))
    describe(path)  # says what is wrong before gigabytes are copied
    listener.said(f"Copying {path}")
    _copy(path, folder)
    source = read_record(path)
    return _Fetched(folder, source=source.source if source else str(path.resolve()))


def _copy(source: Path, folder: Path) -> None:
    """Copy the files that make a model, and none of what else lies there."""
    try:
        for place, target in ((source, folder), (source / "model", folder / "model")):
            files = [path for pattern in _MODEL_FILES for path in sorted(place.glob(pattern)) if path.is_file()]
            if files:
                target.mkdir(parents=True, exist_ok=True)
            for path in files:
                shutil.copyfile(path, target / path.name)
    except OSError as error:
        raise ModelError(f"cannot be copied: {error.strerror}", at=str(source), hint="is there room?") from error


def _ask(name: str, licence: str, accepted: bool) -> None:
    if needs_consent(licence) and not accepted:
        hint = "if that suits your use, type the same again with --accept-licence"
        raise ModelError(f"{name} is under {licence}: no commercial use", hint=hint)


def _name(fetched: _Fetched) -> None:
    """Give the folder a `metadata.json` that names its model, where it has none."""
    path = fetched.folder / "metadata.json"
    if not path.is_file():
        metadata = {"name": _plain(fetched.name), "package_version": fetched.version, "licence": fetched.licence}
        path.write_text(json.dumps(metadata, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _recorded(fetched: _Fetched, measure: bool, listener: Listener) -> Installed:
    """The model with its record: every file hashed, and the placeholders that it keeps best in each language."""
    folder = fetched.folder
    earlier = read_record(folder)
    if earlier:
        listener.said("Comparing checksums")
        verify(folder, earlier)
        (folder / FILE_NAME).unlink()
    engine = open_folder(folder)  # what cannot be opened is not installed
    placeholders = earlier.placeholders if earlier else {}
    if measure and not placeholders:
        placeholders = measured_placeholders(engine, listener)
    listener.said("Taking checksums")
    record = replace(
        describe(folder).record,
        licence=fetched.licence,
        source=fetched.source,
        files=measured(folder),
        placeholders=placeholders,
    )
    write_record(folder, record)
    return Installed(folder, record)


def measured_placeholders(engine: Engine, listener: Listener) -> Mapping[str, tuple[str, ...]]:
    """For each language of the model the placeholders that it keeps best; nothing for a model that was taught its own."""
    if engine.placeholders:
        return {}
    return {code: probe.best_placeholders(probe_language(engine, get_language(code), listener)) for code in engine.languages}


def probe_language(engine: Engine, language: Language, listener: Listener) -> tuple[probe.Measure, ...]:
    """`probe.probe`, with a listener who is told how far it is."""
    done, count = 0, probe.sentences(engine)

    def advanced(more: int) -> None:
        nonlocal done
        done += more
        listener.advanced(f"Measuring placeholders, {language.name}", done, count)

    return probe.probe(engine, language, advanced)


def _put(model: Installed, place: Path) -> Installed:
    """Move the model to its place at once. Who translates with the old one meanwhile has it in memory."""
    target = place / _plain(model.record.name)
    with _locked(place):
        old = place / f".removed-{target.name}-{os.getpid()}"
        if target.exists():
            target.rename(old)
        model.folder.chmod(0o755)  # a temporary folder is its owner's alone; models are often shared
        model.folder.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    return Installed(target, model.record)


def _plain(name: str) -> str:
    """A name that a folder may have, and that a user can type."""
    return re.sub(r"[^\w.-]+", "-", name).strip(".-") or "model"


@contextmanager
def _locked(place: Path) -> Iterator[None]:
    try:
        with FileLock(place / ".lock", timeout=60):
            yield
    except Timeout:
        raise ModelError("another dragoman is installing there", at=str(place), hint="wait for it, or stop it") from None


def _writable(place: Path) -> Path:
    """The folder of models, made if need be; what killed installations left in it goes. Raises ModelError."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryDirectory(prefix=".installing-", dir=place).cleanup()
    except OSError as error:
        hint = "let DRAGOMAN_MODELS name a folder of yours first"
        raise ModelError(f"cannot be written: {error.strerror}", at=str(place), hint=hint) from error
    for left in (*place.glob(".installing-*"), *place.glob(".removed-*")):
        with suppress(OSError):  # another process may have swept it away
            if left.stat().st_mtime < time.time() - _STALE:
                shutil.rmtree(left)
    return place
