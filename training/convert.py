"""A checkpoint of train.py → a folder that Dragoman and CTranslate2 read: model (int8), SentencePiece, metadata.json.

python training/convert.py --data /tmp/training/data --checkpoint /tmp/training/run/checkpoint.pt --out /tmp/training/starter
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pathlib
import shutil

import numpy
import torch
from ctranslate2.specs import common_spec, transformer_spec
from tokenizer import PLACEHOLDERS

from dragoman.mt.annotation import TAGS as ANNOTATION


def linear(spec: common_spec.LinearSpec, weights: dict[str, torch.Tensor], *names: str) -> None:
    """One linear layer of CTranslate2 from one or several of ours, one above the other (query, key, value)."""
    spec.weight = numpy.concatenate([weights[f"{name}.weight"].numpy() for name in names])
    spec.bias = numpy.concatenate([weights[f"{name}.bias"].numpy() for name in names])


def norm(spec: common_spec.LayerNormSpec, weights: dict[str, torch.Tensor], name: str) -> None:
    spec.gamma, spec.beta = weights[f"{name}.weight"].numpy(), weights[f"{name}.bias"].numpy()


def convert(weights: dict[str, torch.Tensor], shape: dict[str, int]) -> transformer_spec.TransformerSpec:
    """The specification of CTranslate2, filled. All heads of the last layer are alignment heads: supervised together."""
    spec = transformer_spec.TransformerSpec.from_config(
        (shape["encoder_layers"], shape["decoder_layers"]),
        shape["heads"],
        pre_norm=True,
        activation=common_spec.Activation.RELU,
        alignment_layer=shape["decoder_layers"] - 1,
        alignment_heads=shape["heads"],
    )
    spec.encoder.embeddings[0].weight = weights["source_embedding.weight"].numpy()
    spec.decoder.embeddings.weight = weights["target_embedding.weight"].numpy()
    linear(spec.decoder.projection, weights, "projection")
    spec.encoder.position_encodings.encodings = weights["source_positions"].numpy()
    spec.decoder.position_encodings.encodings = weights["target_positions"].numpy()
    norm(spec.encoder.layer_norm, weights, "encoder_norm")
    norm(spec.decoder.layer_norm, weights, "decoder_norm")
    for side, layers in (("encoder", spec.encoder.layer), ("decoder", spec.decoder.layer)):
        for at, layer in enumerate(layers):
            name = f"{side}.{at}"
            linear(layer.self_attention.linear[0], weights, *(f"{name}.attention.{part}" for part in ("query", "key", "value")))
            linear(layer.self_attention.linear[1], weights, f"{name}.attention.out")
            norm(layer.self_attention.layer_norm, weights, f"{name}.attention_norm")
            if side == "decoder":
                linear(layer.attention.linear[0], weights, f"{name}.cross.query")
                linear(layer.attention.linear[1], weights, f"{name}.cross.key", f"{name}.cross.value")
                linear(layer.attention.linear[2], weights, f"{name}.cross.out")
                norm(layer.attention.layer_norm, weights, f"{name}.cross_norm")
            linear(layer.ffn.linear_0, weights, f"{name}.feed_forward.first")
            linear(layer.ffn.linear_1, weights, f"{name}.feed_forward.second")
            norm(layer.ffn.layer_norm, weights, f"{name}.feed_forward_norm")
    return spec


def save(
    weights: dict[str, torch.Tensor], shape: dict[str, int], data: pathlib.Path, folder: pathlib.Path, quantization: str
) -> None:
    """Write the CTranslate2 model into `folder`."""
    spec = convert({name: value.float() for name, value in weights.items()}, shape)
    spec.config.decoder_start_token = "<s>"
    spec.config.add_source_eos = True
    for side in ("source", "target"):
        pieces = json.loads((data / f"{side}_pieces.json").read_text(encoding="utf-8"))
        getattr(spec, f"register_{side}_vocabulary")(pieces)
    spec.validate()
    spec.optimize(quantization=None if quantization == "float32" else quantization)
    spec.save(str(folder))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--checkpoint", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--weights", choices=("average", "network"), default="average")
    parser.add_argument("--quantization", default="int8", help="int8, int8_float16, float32 …")
    parser.add_argument("--package-version", default="0.1")
    parser.add_argument("--scores", default="{}", help="what was measured, as JSON, for metadata.json")
    arguments = parser.parse_args()
    state = torch.load(arguments.checkpoint, map_location="cpu", weights_only=False)
    model = arguments.out / "model"
    shutil.rmtree(model, ignore_errors=True)
    model.mkdir(parents=True)
    save(state[arguments.weights], state["shape"], arguments.data, model, arguments.quantization)
    shutil.copyfile(arguments.data / "sentencepiece.model", arguments.out / "sentencepiece.model")
    path = arguments.out / "metadata.json"
    packed = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"type": "translate", "targets": {}}
    metadata = {
        "name": "starter",
        "package_version": arguments.package_version,
        "type": packed["type"],  # "phrases" where pack.py was here: then the network writes what the phrases propose
        "from_code": "en",
        "from_name": "English",
        "targets": {
            code: {**packed["targets"].get(code, {}), "target_prefix": prefix, "name": name}
            for code, prefix, name in (("fa_AF", "<prs>", "Dari"), ("ps", "<ps>", "Pashto"))
        },
        "placeholders": PLACEHOLDERS,
        "annotation": ANNOTATION,
        "source_normalization": "NFC; typographic quotes to ASCII",
        "target_normalization": "digits ASCII, every quotation mark as ASCII, per cent as %, no direction marks: "
        "orthography restores the language's own",
        "alignment": {"layer": state["shape"]["decoder_layers"] - 1, "heads": "all, averaged: return_attention gives them"},
        "licence": "CC BY-SA 4.0",
        "scores": json.loads(arguments.scores),
        "sha256": {
            "model/model.bin": hashlib.sha256((model / "model.bin").read_bytes()).hexdigest(),
            "sentencepiece.model": hashlib.sha256((arguments.out / "sentencepiece.model").read_bytes()).hexdigest(),
        },
    }
    path.write_text(json.dumps(metadata, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{arguments.out}: {sum(file.stat().st_size for file in arguments.out.rglob('*') if file.is_file()) / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
