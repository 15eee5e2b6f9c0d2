"""Checkpoints of others made CTranslate2 folders, on this machine: those of transformers (Hugging Face), and of OPUS-MT.

transformers and PyTorch are needed for the first, and for nothing else in Dragoman: the extra `convert`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dragoman.errors import ModelError

QUANTIZATIONS = ("int8", "int8_float16", "int16", "float16", "float32")
# What a loader reads beside the model, and what tells whose it is.
_BESIDE = ("*.model", "*.spm", "tokenizer_config.json", "README.md", "LICENSE*", "metadata.json")


def is_checkpoint(folder: Path) -> bool:
    """Whether `folder` has a model that is still to be converted."""
    return not (folder / "model.bin").is_file() and (_is_hugging_face(folder) or _is_marian(folder))


def convert(checkpoint: Path, folder: Path, quantization: str = "int8") -> None:
    """Make `folder`, which must not be there, a CTranslate2 folder of the model in `checkpoint`. Raises ModelError."""
    if not is_checkpoint(checkpoint):
        hint = "name a folder with config.json and *.safetensors or pytorch_model.bin, or one of OPUS-MT with decoder.yml"
        raise ModelError("is no checkpoint that can be converted", at=str(checkpoint), hint=hint)
    if folder.exists():
        raise ModelError("is there already", at=str(folder), hint="name another folder")
    try:
        if _is_marian(checkpoint):
            _convert_marian(checkpoint, folder, quantization)
        else:
            _convert_hugging_face(checkpoint, folder, quantization)
        for path in _beside(checkpoint):
            if not (folder / path.name).exists():
                shutil.copyfile(path, folder / path.name)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        complaint = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(f"cannot be converted: {complaint}", at=str(checkpoint), hint="is it copied as a whole?") from error


def require_converter(at: str) -> None:
    """Raises ModelError where a checkpoint of Hugging Face, which lies `at`, could not be converted on this machine."""
    if missing := [name for name in ("torch", "transformers") if find_spec(name) is None]:
        hint = 'type: pip install "dragoman[convert]"'
        raise ModelError(f"is to be converted, which needs {' and '.join(missing)}", at=at, hint=hint)


def _convert_hugging_face(checkpoint: Path, folder: Path, quantization: str) -> None:
    require_converter(str(checkpoint))
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # the folder has all: nothing is looked up
    from ctranslate2.converters import TransformersConverter

    class Converter(TransformersConverter):  # type: ignore[misc]
        def load_tokenizer(self, *arguments: Any, **options: Any) -> Any:
            return _with_tags(super().load_tokenizer(*arguments, **options))

    Converter(str(checkpoint), low_cpu_mem_usage=True).convert(str(folder), quantization=_kind(quantization))


def _with_tags(tokenizer: Any) -> Any:
    """M2M-100's tokenizer with its language tags in the vocabulary: CTranslate2 4.8 does not find them in transformers 5."""
    if tags := getattr(tokenizer, "lang_token_to_id", None):
        vocabulary = {**tokenizer.get_vocab(), **tags}
        tokenizer.get_vocab = lambda: vocabulary
    return tokenizer


def _convert_marian(checkpoint: Path, folder: Path, quantization: str) -> None:
    from ctranslate2.converters import OpusMTConverter

    OpusMTConverter(str(checkpoint)).convert(str(folder), quantization=_kind(quantization))


def _kind(quantization: str) -> str | None:
    return None if quantization == "float32" else quantization


def _beside(checkpoint: Path) -> Iterator[Path]:
    for pattern in _BESIDE:
        yield from (path for path in checkpoint.glob(pattern) if path.is_file())


def _is_hugging_face(folder: Path) -> bool:
    weights = any(folder.glob("*.safetensors")) or any(folder.glob("pytorch_model*.bin"))
    return weights and (folder / "config.json").is_file()


def _is_marian(folder: Path) -> bool:
    return (folder / "decoder.yml").is_file()
