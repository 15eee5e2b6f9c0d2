"""Networks as `training/` makes them: one SentencePiece vocabulary for both sides, the target language as the first target
token, placeholders as symbols of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from dragoman.errors import ModelError
from dragoman.mt.loaders.loader import COPY_AGAIN, fingerprint, read_metadata
from dragoman.mt.loaders.pieces import Pieces

_MAX_LENGTH = 160  # source tokens, where the metadata says nothing: training/ leaves longer pairs out


class StarterLoader:
    """A folder with `model/`, `sentencepiece.model` and a `metadata.json` that has `targets`."""

    def __init__(self, folder: Path) -> None:
        metadata = read_metadata(folder)
        tokenizer = folder / "sentencepiece.model"
        self.model = folder / "model"
        self.fingerprint = fingerprint(self.model / "model.bin", tokenizer, folder / "metadata.json")
        self._pieces = Pieces(tokenizer)
        try:
            self.name: str = metadata["name"]
            self._prefixes = {code: str(target["target_prefix"]) for code, target in metadata["targets"].items()}
        except (KeyError, TypeError, AttributeError) as error:
            raise ModelError(f"metadata.json lacks {error}", at=str(folder), hint=COPY_AGAIN) from error
        self.version: str = metadata.get("package_version", "")
        self.languages = tuple(self._prefixes)
        self.knows_dari = True
        self.max_length: int = metadata.get("max_length", _MAX_LENGTH)
        self.placeholders: tuple[str, ...] = tuple(metadata.get("placeholders", ()))
        self.reserved = self._pieces.symbols
        if unknown := {*self._prefixes.values(), *self.placeholders}.difference(self.reserved):
            raise ModelError(f"the tokenizer has no {', '.join(sorted(unknown))}", at=str(folder), hint=COPY_AGAIN)

    def encode(self, text: str, language: str, placeholders: Collection[str] = ()) -> Sequence[str]:
        return self._pieces.encode(text, placeholders)

    def encode_target(self, text: str, language: str) -> Sequence[str]:
        return self._pieces.encode(text)  # bytes stand in for letters that the vocabulary lacks: it can write anything

    def target_prefix(self, language: str) -> Sequence[str]:
        return (self._prefixes[language],)

    def decode(self, tokens: Sequence[str]) -> str:
        return self._pieces.decode([token for token in tokens if token not in self._prefixes.values()])
