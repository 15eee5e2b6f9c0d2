"""A phrase model on disk: `metadata.json` with `"type": "phrases"`, and a table a language;
beside it, how unknown names are spelled. A family as the other models are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dragoman.errors import ModelError
from dragoman.mt.loaders.loader import COPY_AGAIN, fingerprint, read_metadata
from dragoman.mt.phrases.search import Weights
from dragoman.mt.phrases.spelling import Speller
from dragoman.mt.phrases.table import PhraseTable

BUILT_IN = Path(__file__).parents[1] / "starter"
TYPE = "phrases"
PLACEHOLDERS = tuple(f"<x{number}>" for number in range(10))


class PhraseModel:
    """What `metadata.json` says, and the tables, each read when it is first asked for. Raises ModelError."""

    knows_dari = True
    max_length = 120  # words: time grows with the square, and no sentence of news is that long

    def __init__(self, folder: Path) -> None:
        metadata = read_metadata(folder)
        self._folder = folder
        try:
            self.name: str = metadata["name"]
            self.version: str = metadata["package_version"]
            self._targets: dict[str, dict[str, Any]] = dict(metadata["targets"])
            self._weights = {
                code: Weights(float(target["weights"]["model"]), float(target["weights"]["jump"]))
                for code, target in self._targets.items()
            }
            tables = [folder / target["table"] for target in self._targets.values()]
            self._spellings = {
                code: folder / target["spelling"]["file"] for code, target in self._targets.items() if "spelling" in target
            }
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"metadata.json lacks {error}", at=str(folder), hint=COPY_AGAIN) from error
        self.languages = tuple(self._targets)
        self.fingerprint = fingerprint(folder / "metadata.json", *tables, *self._spellings.values())
        self._tables: dict[str, PhraseTable] = {}
        self._spellers: dict[str, Speller] = {}

    def table(self, language: str) -> PhraseTable:
        """The table of a language that the model knows."""
        if language not in self._tables:
            self._tables[language] = PhraseTable(self._folder / self._targets[language]["table"])
        return self._tables[language]

    def speller(self, language: str) -> Speller | None:
        """What spells unknown names in a language by their sound; None where the model has nothing for that."""
        if language not in self._spellers and language in self._spellings:
            self._spellers[language] = Speller(self._spellings[language])
        return self._spellers.get(language)

    def weights(self, language: str) -> Weights:
        return self._weights[language]


def is_phrases(folder: Path) -> bool:
    """Whether the folder says that it holds a phrase model."""
    return (folder / "metadata.json").is_file() and read_metadata(folder).get("type") == TYPE


def has_network(folder: Path) -> bool:
    """Whether the model in `folder` says that it has a network, beside phrases or alone: then its files must be there."""
    targets = read_metadata(folder).get("targets")
    return isinstance(targets, dict) and any("target_prefix" in target for target in targets.values() if isinstance(target, dict))
