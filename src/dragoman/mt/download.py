"""Fetching models: from the Hugging Face Hub, and from the Argos index. The only place in Dragoman that may open a socket;
`models install` and `models list --remote` alone come here.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import ModelError
from dragoman.mt.argos import import_package

_NO_NETWORK = "is there a network? docs/models.md tells how to install without one"
_SMALL = (".json", ".txt", ".model", ".spm", ".md", ".yml")  # configuration, vocabularies and tokenizers
_LICENCES = {"cc-by-nc-4.0": "CC BY-NC 4.0", "cc-by-4.0": "CC BY 4.0", "apache-2.0": "Apache-2.0", "mit": "MIT"}


@dataclass(frozen=True, slots=True)
class HubModel:
    """A repository as it is now. `files` are those that a model is made of, `size` their bytes."""

    repository: str
    revision: str
    licence: str
    files: tuple[str, ...]
    size: int


def look_up(repository: str, revision: str | None = None) -> HubModel:
    """What the Hub has under `repository`, at a revision or as it is now. Raises ModelError."""
    hub = _hub()
    with _explained(f"hf:{repository}"):
        info = hub.HfApi().model_info(repository, revision=revision, files_metadata=True)
    sizes = {file.rfilename: file.size or 0 for file in info.siblings or ()}
    files = tuple(_wanted(list(sizes)))
    if not files:
        raise ModelError("has no model that Dragoman can use", at=f"hf:{repository}", hint="type: dragoman models list --remote")
    licence = str(getattr(info.card_data, "license", None) or "")
    return HubModel(repository, info.sha, _LICENCES.get(licence, licence), files, sum(sizes[name] for name in files))


def download(model: HubModel, folder: Path) -> None:
    """Fetch the files of `model` into `folder`; what is there of an earlier try is gone on with. Raises ModelError."""
    hub = _hub()
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < model.size:
        needs = f"needs {model.size / 1e9:.1f} GB, and {free / 1e9:.1f} GB are free"
        raise ModelError(needs, at=str(folder), hint="let DRAGOMAN_MODELS name a folder with more room")
    with _explained(f"hf:{model.repository}"):
        hub.snapshot_download(model.repository, revision=model.revision, local_dir=folder, allow_patterns=list(model.files))


def argos_packages(codes: Sequence[str]) -> Iterator[Any]:
    """The packages of the Argos index from English into one of `codes`, the newest index asked. Raises ModelError."""
    package = import_package()
    from argostranslate import settings

    logging.getLogger("argostranslate").addHandler(logging.NullHandler())  # what it says of a network, we say
    index = settings.local_package_index
    before = index.stat().st_mtime_ns if index.is_file() else None
    package.update_package_index()  # says nothing where it fails, and leaves the old one
    if not index.is_file() or index.stat().st_mtime_ns == before:
        raise ModelError("the Argos index cannot be reached", hint=_NO_NETWORK)
    try:
        available = package.get_available_packages()
    except ValueError as error:
        raise ModelError(f"the Argos index cannot be read: {error}", hint="try again later") from error
    yield from (one for one in available if one.type == "translate" and one.from_code == "en" and one.to_code in codes)


def download_argos(code: str, folder: Path) -> Path:
    """Fetch the Argos package from English into `code` into `folder`, and return its file. Raises ModelError."""
    found = next(argos_packages([code]), None)
    if found is None:
        raise ModelError(f"the Argos index has no package from en to {code}", hint="type: dragoman models list --remote")
    try:
        kept = found.download()
    except Exception as error:  # argostranslate raises nothing narrower
        raise ModelError(f"the Argos package cannot be fetched: {error}", hint=_NO_NETWORK) from error
    target = folder / f"{found.from_code}_{found.to_code}.argosmodel"
    shutil.move(kept, target)  # a file that was cut short is never taken again
    return target


def _wanted(names: Sequence[str]) -> Iterator[str]:
    """Of a repository's files those that make a model: a converted one, or a checkpoint, and not both kinds of its weights."""
    top = [name for name in names if "/" not in name]
    weights = ["model.bin"] if "model.bin" in top else [name for name in top if name.endswith(".safetensors")]
    weights = weights or [name for name in top if name.startswith("pytorch_model") and name.endswith(".bin")]
    if weights:
        yield from weights
        yield from (name for name in top if name.endswith(_SMALL) or name.startswith("LICENSE"))


def _hub() -> Any:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # a model is asked for, and nothing else is told
    try:
        import huggingface_hub
    except ImportError:
        raise ModelError("the Hugging Face Hub needs huggingface-hub", hint='type: pip install "dragoman[models]"') from None
    return huggingface_hub


@contextmanager
def _explained(at: str) -> Iterator[None]:
    """What goes wrong with the Hub, as something that a user can act on."""
    from huggingface_hub import errors

    trouble: Any = (OSError, *errors.HfHubHTTPError.__bases__)  # the bases are what the library below raises without a network
    try:
        yield
    except errors.GatedRepoError as error:
        raise ModelError("must be asked for on the Hub first", at=at, hint="then type: hf auth login") from error
    except (errors.RepositoryNotFoundError, errors.HFValidationError) as error:
        raise ModelError("is not on the Hub", at=at, hint="write hf:owner/name") from error
    except errors.RevisionNotFoundError as error:
        raise ModelError("has no such revision", at=at, hint="leave @revision out for the newest") from error
    except trouble as error:
        complaint = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(f"cannot be fetched: {complaint}", at=at, hint=_NO_NETWORK) from error
