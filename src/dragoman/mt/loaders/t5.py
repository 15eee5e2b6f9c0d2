"""MADLAD-400 (Google, 2023), a T5: the target language, `<2fa>` or `<2ps>`, stands before the source, `</s>` after it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from dragoman.mt.loaders.converted import ending, find_tokenizer, target_vocabulary
from dragoman.mt.loaders.loader import fingerprint, name_and_version
from dragoman.mt.loaders.pieces import Pieces

_TAGS = {"fa_AF": "<2fa>", "ps": "<2ps>"}  # its Persian is that of Iran
_SYMBOL = re.compile(r"<2[A-Za-z_-]+>|<extra_id_[0-9]+>|<pad>|<s>")
_MAX_LENGTH = 256  # source tokens: what it was trained with


def is_t5(folder: Path) -> bool:
    return not target_vocabulary(folder).isdisjoint(_TAGS.values())


class T5Loader:
    """A CTranslate2 folder with the checkpoint's `spiece.model` beside it."""

    def __init__(self, folder: Path) -> None:
        tokenizer = find_tokenizer(folder, "spiece.model", "sentencepiece.model")
        self.name, self.version = name_and_version(folder)
        self.model = folder
        self.fingerprint = fingerprint(folder / "model.bin", folder / "config.json", tokenizer)
        self.languages = tuple(code for code, tag in _TAGS.items() if tag in target_vocabulary(folder))
        self.placeholders: tuple[str, ...] = ()
        self.reserved = tuple(sorted(token for token in target_vocabulary(folder) if _SYMBOL.fullmatch(token)))
        self.max_length = _MAX_LENGTH
        self.knows_dari = False
        self._pieces = Pieces(tokenizer, self.reserved)
        self._symbols = frozenset(self.reserved)
        self._ending = ending(folder)

    def encode(self, text: str, language: str, placeholders: Collection[str] = ()) -> Sequence[str]:
        tag = _TAGS[language]
        return (*self._pieces.encode(tag, [tag]), *self._pieces.encode(text), *self._ending)

    def encode_target(self, text: str, language: str) -> Sequence[str]:
        return self._pieces.encode(text)

    def target_prefix(self, language: str) -> Sequence[str]:
        return ()

    def decode(self, tokens: Sequence[str]) -> str:
        return self._pieces.decode([token for token in tokens if token not in self._symbols])
