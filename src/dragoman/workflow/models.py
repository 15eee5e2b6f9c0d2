"""The models of this machine: which there are and could be, how to get one, what it keeps, how to take it away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dragoman.errors import ModelError
from dragoman.languages import LANGUAGES, get_language
from dragoman.mt import store
from dragoman.mt.catalog import CatalogModel, catalog, find_model
from dragoman.mt.install import Listener, probe_language
from dragoman.mt.probe import Measure, best_placeholders
from dragoman.mt.record import read_record, verify, write_record

Scores = Mapping[str, Mapping[str, float]]
"""Language → test set → chrF++."""


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model, installed or not. `size` is in bytes, of one not installed that of its int8 weights; 0 is not known."""

    name: str
    version: str
    languages: tuple[str, ...]
    knows_dari: bool
    size: int
    licence: str
    scores: Scores
    installed: bool
    best_for: str = ""
    source: str = ""
    remote: str = ""  # what is there now, where the network was asked


@dataclass(frozen=True, slots=True)
class Probed:
    """What a model was found to keep in one language. `stored`: it will be used from now on."""

    language: str
    measures: tuple[Measure, ...]
    placeholders: tuple[str, ...]
    stored: bool


def list_models(languages: Sequence[str] = (), remote: bool = False) -> tuple[ModelRow, ...]:
    """The built-in model, those installed, and those of the catalog that are not, the best first.

    `remote` asks the Argos index and the Hub what they have now. Raises ModelError where the index cannot be reached.
    """
    wanted = {get_language(code).code for code in languages or LANGUAGES}
    here = sorted(map(_row, store.installed()), key=_order)
    there = [_offered(model) for model in catalog() if model.name not in {row.name for row in here}]
    rows = (*here, _row(store.built_in()), *(_asked(there) if remote else there))
    return tuple(row for row in rows if wanted.intersection(row.languages))


def show_model(name: str) -> tuple[ModelRow, store.Installed | None]:
    """What is known of a model, and where it lies if it is installed. Raises ModelError for one that is not known."""
    try:
        model = store.find(name)
    except ModelError:
        known = next((model for model in catalog() if model.name == name), None)
        if known is None:
            raise
        return _offered(known), None
    verify(model.folder, model.record)
    return _row(model), model


def model_path(name: str) -> Path:
    """The folder of an installed model. Raises ModelError."""
    return store.find(name).folder


def probe_model(name: str | None, languages: Sequence[str] = (), listener: Listener | None = None) -> Iterator[Probed]:
    """Measure which placeholders a model keeps (default: the one that would translate), and store the best beside it.

    One that was not installed, or that lies in a shared folder, is only measured.
    """
    for code in languages or (store.find(name).record.languages if name else LANGUAGES):
        language = get_language(code)
        model = store.find(name) if name else store.best(language)
        engine = store.open_engine(str(model.folder), language)
        measures = probe_language(engine, language, listener or Listener())
        placeholders = best_placeholders(measures)
        yield Probed(language.code, measures, placeholders, _store(model.folder, language.code, placeholders))


def _store(folder: Path, language: str, placeholders: tuple[str, ...]) -> bool:
    record = read_record(folder)
    if record is None:
        return False
    try:
        write_record(folder, replace(record, placeholders={**record.placeholders, language: placeholders}))
    except ModelError:
        return False
    return True


def _row(model: store.Installed) -> ModelRow:
    record, known = model.record, find_model(model.record.name)
    return ModelRow(
        name=record.name if model != store.built_in() else store.STARTER,
        version=record.version,
        languages=record.languages,
        knows_dari=record.knows_dari,
        size=record.size,
        licence=record.licence or (known.licence if known else ""),
        scores=known.scores if known else {},
        installed=True,
        best_for=known.best_for if known else "",
        source=record.source,
    )


def _offered(model: CatalogModel) -> ModelRow:
    return ModelRow(
        name=model.name,
        version="",
        languages=model.languages,
        knows_dari=model.dari,
        size=model.parameters or 0,
        licence=model.licence,
        scores=model.scores,
        installed=False,
        best_for=model.best_for,
        source=model.source or "",
    )


def _order(row: ModelRow) -> tuple[int, str]:
    known = find_model(row.name)
    return (catalog().index(known) if known else len(catalog())), row.name


def _asked(rows: Sequence[ModelRow]) -> Iterator[ModelRow]:
    """The rows with what the Hub and the Argos index have now, and the packages of the index that the catalog lacks."""
    from dragoman.mt.download import argos_packages

    packages = {f"argos-en-{one.to_code}": one for one in argos_packages(["fa", "prs", "ps"])}
    for row in rows:
        if row.source.startswith("hf:"):
            yield replace(row, remote=_at_hub(row.source.removeprefix("hf:")))
        elif package := packages.pop(row.name, None):
            yield replace(row, remote=f"version {package.package_version}")
        else:
            yield row
    for name, package in packages.items():
        code = get_language("ps" if package.to_code == "ps" else "fa_AF").code
        yield ModelRow(
            name, package.package_version, (code,), package.to_code != "fa", 0, "", {}, False, remote="in the Argos index"
        )


def _at_hub(repository: str) -> str:
    from dragoman.mt.download import look_up

    try:
        found = look_up(repository)
    except ModelError as error:
        return error.message  # one that is gone hides no other
    return f"{found.size / 1e9:.1f} GB at {found.revision[:8]}"
