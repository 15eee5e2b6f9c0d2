"""SentencePiece, with a guard: what a text says about a symbol of the model never becomes that symbol."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from dragoman.errors import ModelError
from dragoman.mt.loaders.loader import COPY_AGAIN

_ENDS = frozenset({"<s>", "</s>", "<pad>", "<unk>"})  # these the engine itself adds and takes away


class Pieces:
    """The tokenizer at `path`. Raises ModelError where it is missing or broken.

    `symbols` are the model's own; left out, they are those of the tokenizer.
    """

    def __init__(self, path: Path, symbols: Collection[str] | None = None) -> None:
        import sentencepiece

        try:
            self._processor: Any = sentencepiece.SentencePieceProcessor(model_proto=path.read_bytes())
        except (OSError, RuntimeError) as error:
            raise ModelError(f"is missing or no SentencePiece model: {error}", at=str(path), hint=COPY_AGAIN) from error
        self.symbols = tuple(self._symbols() if symbols is None else symbols)
        self._is_symbol = frozenset(self.symbols)

    def encode(self, text: str, symbols: Collection[str] = ()) -> list[str]:
        """The pieces of `text`. A symbol in it is one only if `symbols` has it; another is spelled letter by letter."""
        tokens: list[str] = []
        for piece in self._processor.encode(text, out_type=str):
            if piece in self._is_symbol and piece not in symbols:
                tokens += self._spelled(piece)
            else:
                tokens.append(piece)
        return tokens

    def decode(self, tokens: Sequence[str]) -> str:
        text: str = self._processor.decode(list(tokens))
        return text.strip()

    def _symbols(self) -> Iterator[str]:
        """The pieces that stand for no text: `<x0>`, `<ps>`; not the bytes, `<0x3C>`."""
        for number in range(self._processor.get_piece_size()):
            piece: str = self._processor.id_to_piece(number)
            if piece.startswith("<") and piece.endswith(">") and piece not in _ENDS and not self._processor.is_byte(number):
                yield piece

    def _spelled(self, symbol: str) -> Iterator[str]:
        for letter in symbol:
            if self._processor.piece_to_id(letter) != self._processor.unk_id():
                yield letter
            else:
                yield from (f"<0x{byte:02X}>" for byte in letter.encode())
