"""Argos packages: a folder with `model/`, a SentencePiece or BPE tokenizer and a `metadata.json` that has `to_code`; an
`.argosmodel` is a zip of one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from dragoman.errors import ModelError
from dragoman.mt.argos import import_package
from dragoman.mt.loaders.loader import COPY_AGAIN, fingerprint, read_metadata
from dragoman.mt.loaders.pieces import Pieces

# Argos' code of the target → ours, and whether it is the language itself. The index has Persian (of Iran) alone.
_TARGETS = {
    "fa": ("fa_AF", False),
    "fa-AF": ("fa_AF", True),
    "fa_AF": ("fa_AF", True),
    "prs": ("fa_AF", True),
    "ps": ("ps", True),
    "pbt": ("ps", True),
}
_MAX_LENGTH = 200  # source tokens; Argos itself says nothing of it, its training recipe cuts at 200


class ArgosLoader:
    """One package: English into one language."""

    def __init__(self, folder: Path) -> None:
        metadata = read_metadata(folder)
        source, target = metadata.get("from_code"), metadata.get("to_code")
        if source != "en" or target not in _TARGETS:
            raise ModelError(
                f"translates from {source} to {target}", at=str(folder), hint="Dragoman needs one from en to fa, prs or ps"
            )
        language, self.knows_dari = _TARGETS[target]
        self.languages: tuple[str, ...] = (language,)
        self.name = f"argos-{source}-{target}"
        self.version = str(metadata.get("package_version", ""))
        self.model = folder / "model"
        sentencepiece, bpe = folder / "sentencepiece.model", folder / "bpe.model"
        self.fingerprint = fingerprint(self.model / "model.bin", sentencepiece, bpe, folder / "metadata.json")
        self.max_length: int = metadata.get("max_length", _MAX_LENGTH)
        self._prefix: tuple[str, ...] = (metadata["target_prefix"],) if metadata.get("target_prefix") else ()
        # Packages of the index name no placeholders: the one shape tried in the field, [[TOKEN_0]], gave months of repairs.
        self.placeholders: tuple[str, ...] = tuple(metadata.get("placeholders", ()))
        self._tokenizer: Pieces | _BytePairs
        if bpe.is_file() and not sentencepiece.is_file():
            self._tokenizer = _BytePairs(bpe, source, target)
        else:  # not argostranslate's wrapper: it makes a space of every underscore, and so breaks names and addresses
            self._tokenizer = Pieces(sentencepiece)
        self.reserved = self._tokenizer.symbols

    def encode(self, text: str, language: str, placeholders: Collection[str] = ()) -> Sequence[str]:
        return self._tokenizer.encode(text, placeholders)

    def encode_target(self, text: str, language: str) -> Sequence[str]:
        return self._tokenizer.encode(text)

    def target_prefix(self, language: str) -> Sequence[str]:
        return self._prefix

    def decode(self, tokens: Sequence[str]) -> str:
        return self._tokenizer.decode([token for token in tokens if token not in self._prefix])


class _BytePairs:
    """The tokenizer of the older packages, words cut by byte pairs. argostranslate's own is what they were trained with."""

    symbols: tuple[str, ...] = ()

    def __init__(self, path: Path, source: str, target: str) -> None:
        self._tokenizer: Any = import_package().BPETokenizer(path, source, target)
        try:
            self._tokenizer.lazy_load()
        except (OSError, ValueError, IndexError, SystemExit) as error:  # in there, a line that is no pair ends the process
            raise ModelError(f"is missing or no BPE model: {error}", at=str(path), hint=COPY_AGAIN) from error

    def encode(self, text: str, symbols: Collection[str] = ()) -> list[str]:
        tokens: list[str] = self._tokenizer.encode(text)
        return tokens

    def decode(self, tokens: Sequence[str]) -> str:
        text: str = self._tokenizer.decode(list(tokens))
        return text.strip()
