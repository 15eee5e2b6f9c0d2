"""The models worth knowing: `catalog.yml`, with licences, published figures and sources. No network is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dragoman.languages import LANGUAGES


@dataclass(frozen=True, slots=True)
class CatalogModel:
    """One model. `scores` maps a language to test sets and the chrF++ that was published for each."""

    name: str
    family: str
    licence: str
    best_for: str
    languages: tuple[str, ...]
    dari: bool
    parameters: int | None
    repository: str | None  # owner/name on the Hugging Face Hub
    argos: str | None  # target code in the Argos index
    scores: Mapping[str, Mapping[str, float]]

    @property
    def source(self) -> str | None:
        """What `models install` takes it from; None where a person must fetch it."""
        return f"hf:{self.repository}" if self.repository else f"argos:en-{self.argos}" if self.argos else None


@cache
def catalog() -> tuple[CatalogModel, ...]:
    """The catalog in its order, the best first."""
    from ruamel.yaml import YAML

    text = files("dragoman.mt").joinpath("catalog.yml").read_text(encoding="utf-8")
    return tuple(
        CatalogModel(
            name=entry["name"],
            family=entry["family"],
            licence=entry["licence"],
            best_for=entry["best_for"],
            languages=tuple(entry.get("languages", " ".join(LANGUAGES)).split()),
            dari=entry.get("dari", False),
            parameters=int(entry["parameters"]) if "parameters" in entry else None,
            repository=entry.get("repository"),
            argos=entry.get("argos"),
            scores=entry.get("scores", {}),
        )
        for entry in YAML(typ="safe", pure=True).load(text)["models"]
    )


def find_model(name: str) -> CatalogModel | None:
    """The model of the catalog that `name` is, or a conversion of: `nllb-200-distilled-600M-ct2-int8`."""
    wanted = _plain(name)
    fitting = [model for model in catalog() if wanted.startswith(_plain(model.name))]
    return max(fitting, key=lambda model: len(model.name), default=None)


def rank(name: str) -> int:
    """The place of a model in the catalog, from 0; one that is not there comes after all that are."""
    model = find_model(name)
    return catalog().index(model) if model else len(catalog())


def usual_licence(name: str, family: str = "") -> str:
    """The licence of the model of that name, or else that of its whole family; empty where neither is known."""
    if model := find_model(name):
        return model.licence
    licences = {model.licence for model in catalog() if model.family == family}
    return licences.pop() if len(licences) == 1 else ""


def needs_consent(licence: str) -> bool:
    """Whether a licence forbids commercial use, so that a person must say yes to it."""
    return "-nc" in f"-{_plain(licence)}-"


def _plain(name: str) -> str:
    return name.casefold().replace("_", "-").replace(" ", "-")
