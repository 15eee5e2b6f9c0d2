"""Tiny real models of each family: CTranslate2 folders with random weights, and SentencePiece tokenizers trained here.

They translate nothing; but they load, decode and are fed exactly as the large ones are.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy
import sentencepiece
from ctranslate2.specs import common_spec, transformer_spec

DEPTH, HEADS, FEED_FORWARD = 16, 2, 32
POSITIONS = 128

ENGLISH = (
    "The baker on our street opens before dawn.",
    "She sold forty loaves of bread and kept two.",
    "Rain fell on the old bridge all afternoon.",
    "Nobody in the village could say where the goats had gone.",
    "The teacher wrote three words on the board and waited.",
    "A bus to the market leaves every hour, 7 to 18.",
    "My uncle repairs watches, radios and the hearts of his neighbours.",
    "They planted 120 apple trees on the hill in spring.",
    "The river is high; the boys must not swim today.",
    "Who left the gate open? The dog is in the kitchen.",
)
DARI = (
    "نانوای سرک ما پیش از طلوع آفتاب دکانش را باز کرد.",
    "او چهل نان فروخت و دو نان را نگاه کرد.",
    "تمام بعد از ظهر بالای پل کهنه باران بارید.",
    "هیچ کس در قریه خبر نداشت که بزها کجا رفتند.",
    "معلم سه کلمه را روی تخته نوشت و منتظر ماند.",
)
PASHTO = (
    "زموږ د کوڅې نانوای له سهاره مخکې دوکان پرانیزي.",
    "هغې څلوېښت ډوډۍ وپلورلې او دوه یې وساتلې.",
    "ټول ماسپښین په زاړه پله باران ووریده.",
    "په کلي کې هیچا نه پوهېدل چې وزې چېرته تللې دي.",
    "ښوونکي پر تخته درې کلمې ولیکلې او انتظار یې وکړ.",
)


def nllb(folder: Path) -> Path:
    pieces = _train(folder / "sentencepiece.bpe.model", model_type="bpe")
    languages = ["eng_Latn", "pes_Arab", "prs_Arab", "pbt_Arab", "fra_Latn"]
    vocabulary = ["<s>", "<pad>", "</s>", "<unk>", *pieces[3:], *languages, "<mask>"]
    return _save(folder, vocabulary, decoder_start_token="</s>")


def m2m(folder: Path) -> Path:
    pieces = _train(folder / "sentencepiece.bpe.model", model_type="bpe")
    vocabulary = ["<s>", "<pad>", "</s>", "<unk>", *pieces[3:], "__en__", "__fa__", "__ps__", "__fr__", "madeupword0"]
    return _save(folder, vocabulary, decoder_start_token="</s>")


def marian(folder: Path) -> Path:
    source = _train(folder / "source.spm", ENGLISH, model_type="unigram", bos_id=-1, eos_id=-1)
    target = _train(folder / "target.spm", (*DARI, *PASHTO), model_type="unigram", bos_id=-1, eos_id=-1)
    tags = [">>hin<<", ">>pes<<", ">>pus<<", ">>urd<<"]
    vocabulary = ["</s>", "<unk>", *dict.fromkeys([*source[1:], *target[1:]]), *tags]
    return _save(folder, vocabulary, pre_norm=False, start_from_zero_embedding=True, decoder_start_token="</s>")


def t5(folder: Path) -> Path:
    tags = ["<2fa>", "<2ps>", "<2de>"]
    options: dict[str, Any] = {"pad_id": 0, "eos_id": 1, "unk_id": 2, "bos_id": -1}
    pieces = _train(folder / "spiece.model", model_type="unigram", user_defined_symbols=tags, **options)
    vocabulary = [*pieces, "<extra_id_1>", "<extra_id_0>"]
    return _save(folder, vocabulary, t5=True, bos_token="<pad>", decoder_start_token="<pad>")


def argos(folder: Path) -> Path:
    pieces = _train(folder / "sentencepiece.model", model_type="unigram", byte_fallback=True)
    _save(folder / "model", pieces, add_source_eos=True)
    _write_json(folder / "metadata.json", {"from_code": "en", "to_code": "fa", "package_version": "1.9", "type": "translate"})
    return folder


def starter(folder: Path) -> Path:
    symbols: dict[str, Any] = {"user_defined_symbols": ["<x0>", "<x1>"], "control_symbols": ["<prs>", "<ps>"]}
    pieces = _train(folder / "sentencepiece.model", model_type="unigram", byte_fallback=True, **symbols)
    _save(folder / "model", pieces, add_source_eos=True)
    metadata = {
        "name": "tiny",
        "package_version": "0.1",
        "targets": {"fa_AF": {"target_prefix": "<prs>"}, "ps": {"target_prefix": "<ps>"}},
        "placeholders": ["<x0>", "<x1>"],
    }
    _write_json(folder / "metadata.json", metadata)
    return folder


MODELS: Mapping[str, Callable[[Path], Path]] = {
    "NLLB-200": nllb,
    "M2M-100": m2m,
    "OPUS-MT": marian,
    "MADLAD-400": t5,
    "Argos": argos,
    "Dragoman": starter,
}
"""Family → the function that makes one of it in a new folder, and returns the folder."""


def _train(path: Path, sentences: Sequence[str] = (*ENGLISH, *DARI, *PASHTO), **options: Any) -> list[str]:
    """Train a tokenizer, write it to `path`, and return its pieces in order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    proto = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_writer=proto,
        vocab_size=500 if options.get("byte_fallback") else 260,
        hard_vocab_limit=False,
        character_coverage=1.0,
        num_threads=1,
        minloglevel=2,
        **options,
    )
    path.write_bytes(proto.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=proto.getvalue())
    return [processor.id_to_piece(number) for number in range(processor.get_piece_size())]


def _save(
    folder: Path,
    vocabulary: Sequence[str],
    pre_norm: bool = True,
    t5: bool = False,
    start_from_zero_embedding: bool = False,
    **config: Any,
) -> Path:
    """A model of one layer a side with random weights, always the same, as a CTranslate2 folder."""
    random = numpy.random.default_rng(1)
    spec = transformer_spec.TransformerSpec.from_config(
        (1, 1), HEADS, pre_norm=pre_norm, ffn_glu=t5, rms_norm=t5, relative_attention_bias=t5
    )
    for side in (spec.encoder, spec.decoder):
        embeddings = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        embeddings.weight = _random(random, len(vocabulary), DEPTH)
        side.scale_embeddings = not t5
        if not t5:
            side.position_encodings.encodings = _random(random, POSITIONS, DEPTH)
        if pre_norm:
            _norm(side.layer_norm, t5)
        for layer in side.layer:
            attentions = [layer.self_attention] + ([layer.attention] if side is spec.decoder else [])
            for attention in attentions:
                _attention(attention, random, t5)
            if t5:
                layer.self_attention.relative_attention_bias = _random(random, 32, HEADS)
                layer.self_attention.relative_attention_max_distance = numpy.dtype("int32").type(128)
            _linear(layer.ffn.linear_0, random, FEED_FORWARD, DEPTH)
            _linear(layer.ffn.linear_1, random, DEPTH, FEED_FORWARD)
            if t5:
                _linear(layer.ffn.linear_0_noact, random, FEED_FORWARD, DEPTH)
            _norm(layer.ffn.layer_norm, t5)
    spec.decoder.start_from_zero_embedding = start_from_zero_embedding
    _linear(spec.decoder.projection, random, len(vocabulary), DEPTH)
    spec.decoder.projection.bias[vocabulary.index("</s>")] = 8  # it soon comes to an end
    for key, value in config.items():
        setattr(spec.config, key, value)
    spec.register_source_vocabulary(list(vocabulary))
    spec.register_target_vocabulary(list(vocabulary))
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    return folder


def _attention(spec: Any, random: numpy.random.Generator, t5: bool) -> None:
    widths = (3 * DEPTH, DEPTH) if len(spec.linear) == 2 else (DEPTH, 2 * DEPTH, DEPTH)
    for linear, width in zip(spec.linear, widths, strict=True):
        _linear(linear, random, width, DEPTH)
    if t5:
        spec.queries_scale = 1.0
    _norm(spec.layer_norm, t5)


def _linear(spec: common_spec.LinearSpec, random: numpy.random.Generator, height: int, width: int) -> None:
    spec.weight = _random(random, height, width)
    spec.bias = numpy.zeros(height, dtype=numpy.float32)


def _norm(spec: common_spec.LayerNormSpec, t5: bool) -> None:
    spec.gamma = numpy.ones(DEPTH, dtype=numpy.float32)
    if not t5:
        spec.beta = numpy.zeros(DEPTH, dtype=numpy.float32)


def _random(random: numpy.random.Generator, *shape: int) -> Any:
    return random.standard_normal(shape, dtype=numpy.float32)


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value), encoding="utf-8")
