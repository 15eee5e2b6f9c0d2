"""Batches at once, and threads for each: which is faster on this machine, for a model of the size of NLLB-200 600M?

    uv run python benchmarks/threads.py [--layers 12 --width 1024 --vocabulary 256206] [--sentences 48]

The weights are random and the length of each translation is fixed, so that the figures tell of the arithmetic alone: source
tokens a second, translated at beam 4, the best of three rounds, the settings taking turns.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import ctranslate2
import numpy
from ctranslate2.specs import common_spec, transformer_spec

LENGTH = 24  # tokens of a sentence, on both sides
HEADS = 16


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--layers", type=int, default=12, help="of encoder and decoder, each")
    parser.add_argument("--width", type=int, default=1024)
    parser.add_argument("--vocabulary", type=int, default=256206)
    parser.add_argument("--sentences", type=int, default=48)
    arguments = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    settings = sorted({(1, cores), (max(1, cores // 2), 2), (cores, 1)} if cores > 1 else {(1, 1)})
    with tempfile.TemporaryDirectory() as folder:
        size = make_model(Path(folder) / "model", arguments.layers, arguments.width, arguments.vocabulary)
        print(f"{arguments.layers} layers of {arguments.width}, {size / 1e6:.0f} MB in int8, {cores} processors")
        best = dict.fromkeys(settings, 0.0)
        for _ in range(3):
            for setting in settings:
                best[setting] = max(best[setting], speed(Path(folder) / "model", *setting, arguments.sentences))
    print("batches at once  threads for each  tokens a second")
    for (inter_threads, intra_threads), tokens in best.items():
        print(f"{inter_threads:15}  {intra_threads:16}  {tokens:15.0f}")


def speed(model: Path, inter_threads: int, intra_threads: int, sentences: int) -> float:
    """Source tokens a second."""
    translator = ctranslate2.Translator(str(model), compute_type="int8", inter_threads=inter_threads, intra_threads=intra_threads)
    source = [[str(100 + (7 * sentence + 13 * token) % 900) for token in range(LENGTH)] for sentence in range(sentences)]
    options: dict[str, Any] = {"beam_size": 4, "max_batch_size": 512, "batch_type": "tokens"}
    options |= {"min_decoding_length": LENGTH, "max_decoding_length": LENGTH}
    translator.translate_batch(source[:inter_threads], **options)  # memory is taken, caches are warm
    started = time.perf_counter()
    translator.translate_batch(source, **options)
    return sentences * LENGTH / (time.perf_counter() - started)


def make_model(folder: Path, layers: int, width: int, vocabulary: int) -> int:
    """A model with random weights in `folder`; its size in bytes."""
    random = numpy.random.default_rng(1)
    spec = transformer_spec.TransformerSpec.from_config((layers, layers), HEADS)
    embeddings = weights(random, vocabulary, width)
    for side in (spec.encoder, spec.decoder):
        first = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        first.weight = embeddings
        side.position_encodings.encodings = weights(random, 256, width)
        norm(side.layer_norm, width)
        for layer in side.layer:
            attentions = [layer.self_attention] + ([layer.attention] if side is spec.decoder else [])
            for attention in attentions:
                heights = (3 * width, width) if len(attention.linear) == 2 else (width, 2 * width, width)
                for part, height in zip(attention.linear, heights, strict=True):
                    linear(part, random, height, width)
                norm(attention.layer_norm, width)
            linear(layer.ffn.linear_0, random, 4 * width, width)
            linear(layer.ffn.linear_1, random, width, 4 * width)
            norm(layer.ffn.layer_norm, width)
    spec.decoder.projection.weight = embeddings
    tokens = ["<s>", "</s>", "<unk>", *map(str, range(3, vocabulary))]
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir()
    spec.save(str(folder))
    return (folder / "model.bin").stat().st_size


def linear(spec: common_spec.LinearSpec, random: numpy.random.Generator, height: int, width: int) -> None:
    spec.weight = weights(random, height, width)
    spec.bias = numpy.zeros(height, dtype=numpy.float32)


def norm(spec: common_spec.LayerNormSpec, width: int) -> None:
    spec.gamma = numpy.ones(width, dtype=numpy.float32)
    spec.beta = numpy.zeros(width, dtype=numpy.float32)


def weights(random: numpy.random.Generator, height: int, width: int) -> numpy.ndarray[Any, Any]:
    return random.standard_normal((height, width), dtype=numpy.float32) / numpy.float32(width**0.5)


if __name__ == "__main__":
    main()
