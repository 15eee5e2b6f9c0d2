"""Models of many languages that are told by tags: the source language stands before the source, the target language is what
each translation begins with. NLLB-200 and M2M-100 differ in how they write a tag, and in which languages they know.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.mt.loaders.converted import ending, find_tokenizer, source_vocabulary, target_vocabulary
from dragoman.mt.loaders.loader import fingerprint, name_and_version
from dragoman.mt.loaders.pieces import Pieces


@dataclass(frozen=True, slots=True)
class Tags:
    """How a family writes its languages. `targets` maps our codes to tags; `tag` fits any tag of the family."""

    source: str
    targets: Mapping[str, str]
    tag: re.Pattern[str]
    knows_dari: bool
    max_length: int


def recognizes(folder: Path, tags: Tags) -> bool:
    """Whether the model in `folder` knows the family's tags, of ours at least one."""
    return tags.source in source_vocabulary(folder) and not target_vocabulary(folder).isdisjoint(tags.targets.values())


class TaggedLoader:
    """A CTranslate2 folder with the SentencePiece model of its checkpoint beside it."""

    def __init__(self, folder: Path, tags: Tags) -> None:
        tokenizer = find_tokenizer(folder, "sentencepiece.bpe.model", "sentencepiece.model")
        known = target_vocabulary(folder) | source_vocabulary(folder)
        self.name, self.version = name_and_version(folder)
        self.model = folder
        self.fingerprint = fingerprint(folder / "model.bin", folder / "config.json", tokenizer)
        self.languages = tuple(code for code, tag in tags.targets.items() if tag in target_vocabulary(folder))
        self.placeholders: tuple[str, ...] = ()
        self.reserved = tuple(sorted({token for token in known if tags.tag.fullmatch(token)} | {"<mask>", "<pad>"}))
        self.max_length = tags.max_length
        self.knows_dari = tags.knows_dari
        self._tags = tags
        self._pieces = Pieces(tokenizer, self.reserved)
        self._symbols = frozenset(self.reserved)
        self._ending = ending(folder)

    def encode(self, text: str, language: str, placeholders: Collection[str] = ()) -> Sequence[str]:
        return (self._tags.source, *self._pieces.encode(text), *self._ending)

    def encode_target(self, text: str, language: str) -> Sequence[str]:
        return self._pieces.encode(text)

    def target_prefix(self, language: str) -> Sequence[str]:
        return (self._tags.targets[language],)

    def decode(self, tokens: Sequence[str]) -> str:
        return self._pieces.decode([token for token in tokens if token not in self._symbols])
