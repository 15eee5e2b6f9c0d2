"""Our loaders feed a model just what the tokenizers of Hugging Face feed it. Needs them:

uv run --group hf pytest tests/mt/loaders/test_hugging_face.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.mt.loaders import load
from dragoman.mt.loaders.converted import source_vocabulary
from tests.mt.loaders.tiny import ENGLISH, m2m, marian, nllb, t5

transformers: Any = pytest.importorskip("transformers")

SENTENCES = (
    *ENGLISH,
    'ISIS-K said: "No comment" (15 %) … ok?',
    "A <b>bold</b> word, __PH0__, x_y and #1.",
    "Zhowandai Ünal’s café – «naïve»",
)


def _ours(folder: Path, sentence: str) -> list[str]:
    """The tokens as CTranslate2 takes them: what is not in the vocabulary is `<unk>`."""
    known = source_vocabulary(folder)
    return [token if token in known else "<unk>" for token in load(folder).encode(sentence, "ps")]


def _theirs(tokenizer: Any, text: str) -> list[str]:
    tokens: list[str] = tokenizer.convert_ids_to_tokens(tokenizer(text).input_ids)
    return tokens


def _write_vocabulary(folder: Path, *, less: tuple[str, ...] = (), more: tuple[str, ...] = ()) -> None:
    """`vocab.json` as the checkpoint had it before it was converted."""
    tokens = json.loads((folder / "shared_vocabulary.json").read_text(encoding="utf-8"))
    kept = [token for token in tokens if not token.startswith(less)] if less else tokens
    vocabulary = {token: number for number, token in enumerate((*kept, *more))}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")


def test_nllb(tmp_path: Path) -> None:
    folder = nllb(tmp_path / "nllb")
    tags = ["eng_Latn", "prs_Arab", "pbt_Arab"]
    tokenizer = transformers.NllbTokenizer.from_pretrained(str(folder), additional_special_tokens=tags)
    tokenizer.src_lang = "eng_Latn"
    for sentence in SENTENCES:
        assert _ours(folder, sentence) == _theirs(tokenizer, sentence)


def test_m2m(tmp_path: Path) -> None:
    folder = m2m(tmp_path / "m2m")
    _write_vocabulary(folder, less=("__en__", "__fa__", "__ps__", "__fr__", "madeupword"))
    tokenizer = transformers.M2M100Tokenizer.from_pretrained(str(folder), src_lang="en")
    for sentence in SENTENCES:
        assert _ours(folder, sentence) == _theirs(tokenizer, sentence)


def test_marian(tmp_path: Path) -> None:
    folder = marian(tmp_path / "marian")
    _write_vocabulary(folder, more=("<pad>",))
    tokenizer = transformers.MarianTokenizer.from_pretrained(str(folder))
    for sentence in SENTENCES:
        assert _ours(folder, sentence) == _theirs(tokenizer, f">>pus<< {sentence}")


def test_t5(tmp_path: Path) -> None:
    """SentencePiece, which MADLAD-400 was trained with, has a ▁ before the tag; Hugging Face's remake of it has not."""
    folder = t5(tmp_path / "t5")
    tokenizer = transformers.T5Tokenizer.from_pretrained(str(folder))
    for sentence in SENTENCES:
        assert _ours(folder, sentence) == ["▁", *_theirs(tokenizer, f"<2ps> {sentence}")]
