"""OPUS-MT (Helsinki-NLP), trained with Marian: a SentencePiece model a side. One of several targets has the language, such as
`>>pus<<`, before the source; one of a single target says in `tokenizer_config.json` which it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from dragoman.mt.loaders.converted import ending, read_json, source_vocabulary
from dragoman.mt.loaders.loader import fingerprint, name_and_version
from dragoman.mt.loaders.pieces import Pieces

# Our code → the model's, the best first. `prs` comes last: OPUS has hardly any text in it.
_CODES: Mapping[str, tuple[str, ...]] = {"fa_AF": ("pes", "fas", "fa", "prs"), "ps": ("pus", "pbt", "ps", "pbu")}
_TAG = re.compile(r">>.+<<")
_MAX_LENGTH = 200  # source tokens; positions end at 512, its training at about 200


def is_marian(folder: Path) -> bool:
    return (folder / "source.spm").is_file() and (folder / "target.spm").is_file()


class MarianLoader:
    """A CTranslate2 folder with `source.spm` and `target.spm` beside it."""

    def __init__(self, folder: Path) -> None:
        source, target = folder / "source.spm", folder / "target.spm"
        self.name, self.version = name_and_version(folder)
        self.model = folder
        self.fingerprint = fingerprint(folder / "model.bin", folder / "config.json", source, target)
        tags = frozenset(token for token in source_vocabulary(folder) if _TAG.fullmatch(token))
        self._symbols = tags
        self._tags = _tags(folder, tags)
        self.languages = tuple(self._tags)
        self.placeholders: tuple[str, ...] = ()
        self.reserved = tuple(sorted(tags))
        self.max_length = _MAX_LENGTH
        self.knows_dari = self._tags.get("fa_AF") == (">>prs<<",)
        self._source, self._target = Pieces(source, self.reserved), Pieces(target, self.reserved)
        self._ending = ending(folder)

    def encode(self, text: str, language: str, placeholders: Collection[str] = ()) -> Sequence[str]:
        return (*self._tags[language], *self._source.encode(text), *self._ending)

    def encode_target(self, text: str, language: str) -> Sequence[str]:
        return self._target.encode(text)

    def target_prefix(self, language: str) -> Sequence[str]:
        return ()

    def decode(self, tokens: Sequence[str]) -> str:
        return self._target.decode([token for token in tokens if token not in self._symbols])


def _tags(folder: Path, known: Collection[str]) -> dict[str, tuple[str, ...]]:
    """What stands before the source, for each language of ours that the model knows: a tag, or nothing."""
    if known:
        best = {code: [f">>{name}<<" for name in names if f">>{name}<<" in known] for code, names in _CODES.items()}
        return {code: (tags[0],) for code, tags in best.items() if tags}
    only = read_json(folder / "tokenizer_config.json").get("target_lang")
    return {code: () for code, names in _CODES.items() if only in names}
