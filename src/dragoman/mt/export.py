"""A network of ours as Argos packages, which Argos Translate and LibreTranslate install: one for each language.

Argos strips the target prefix of the first sentence alone; so ours are control symbols, which decode to nothing.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.errors import ModelError
from dragoman.mt.loaders.loader import read_metadata
from dragoman.mt.phrases import has_network
from dragoman.mt.store import ARCHIVE, Installed

_ARGOS_VERSION = "1.9"  # the first that knows target_prefix
_CODES = {"fa_AF": ("prs", "Dari"), "ps": ("ps", "Pashto")}


def export_argos(model: Installed, folder: Path) -> Iterator[Path]:
    """Write a package for each language of `model` into `folder`, and yield its path. Raises ModelError."""
    if model.record.family not in ("Dragoman", "phrases") or not has_network(model.folder):
        raise ModelError(
            f"{model.record.name} cannot be made an Argos package",
            at=str(model.folder),
            hint="only networks that training/ made can",
        )
    ours = read_metadata(model.folder)
    for code, target in ours["targets"].items():
        argos_code, name = _CODES[code]
        version = model.record.version or "1.0"
        root = f"translate-en_{argos_code}-{version.replace('.', '_')}"
        metadata = {
            "package_version": version,
            "argos_version": _ARGOS_VERSION,
            "from_code": "en",
            "from_name": "English",
            "to_code": argos_code,
            "to_name": name,
            "target_prefix": target["target_prefix"],
            "type": "translate",
            "placeholders": ours.get("placeholders", []),  # Dragoman's own, which Argos does not look at
            "licence": model.record.licence,
        }
        path = folder / f"{root}{ARCHIVE}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write(path, root, metadata, model)
        except OSError as error:
            raise ModelError(f"cannot be written: {error.strerror}", at=str(path), hint="name another folder") from error
        yield path


def _write(path: Path, root: str, metadata: dict[str, Any], model: Installed) -> None:
    readme = f"# {model.record.signature}: English to {metadata['to_name']}\n\nLicence: {model.record.licence or 'not told'}\n"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{root}/metadata.json", json.dumps(metadata, ensure_ascii=False, indent=2))
        archive.writestr(f"{root}/README.md", readme)
        archive.write(model.folder / "sentencepiece.model", f"{root}/sentencepiece.model")
        for file in sorted((model.folder / "model").iterdir()):
            archive.write(file, f"{root}/model/{file.name}")
