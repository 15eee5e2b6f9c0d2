"""Checkpoints as their makers publish them, converted; and what the converted model says is what the checkpoint says.

Those of Hugging Face need: uv run --group hf --extra convert pytest tests/mt/test_convert.py
"""

from __future__ import annotations

import json
import shutil
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy
import pytest

from dragoman.errors import ModelError
from dragoman.languages import get_language
from dragoman.mt.convert import convert, is_checkpoint
from dragoman.mt.engine import Decoding, Task, Translator
from dragoman.mt.loaders import find_family, load
from tests.mt.loaders import tiny
from tests.mt.loaders.tiny import ENGLISH

PASHTO = get_language("ps")
WIDTH = 16
MARIAN = """\
type: transformer
transformer-decoder-autoreg: self-attention
transformer-no-projection: false
transformer-ffn-activation: relu
transformer-preprocess: ""
transformer-postprocess: dan
transformer-postprocess-emb: d
transformer-guided-alignment-layer: last
transformer-heads: 2
enc-depth: 1
dec-depth: 1
"""


def opus_mt(folder: Path) -> Path:
    """An archive of OPUS-MT, unpacked: Marian's weights and vocabulary, and a SentencePiece model a side."""
    converted = tiny.marian(folder / "converted")
    tokens = json.loads((converted / "shared_vocabulary.json").read_text(encoding="utf-8"))
    random = numpy.random.default_rng(1)

    def matrix(height: int, width: int) -> Any:
        return random.standard_normal((height, width), dtype=numpy.float32)

    weights = {"Wemb": matrix(len(tokens), WIDTH), "decoder_ff_logit_out_b": matrix(1, len(tokens))}
    blocks = {"encoder_l1": ("self",), "decoder_l1": ("self", "context")}
    for layer, attentions in blocks.items():
        for name in attentions:
            for part in "qkvo":
                weights[f"{layer}_{name}_W{part}"] = matrix(WIDTH, WIDTH)
                weights[f"{layer}_{name}_b{part}"] = matrix(1, WIDTH)
        weights |= {f"{layer}_ffn_W1": matrix(WIDTH, 32), f"{layer}_ffn_b1": matrix(1, 32)}
        weights |= {f"{layer}_ffn_W2": matrix(32, WIDTH), f"{layer}_ffn_b2": matrix(1, WIDTH)}
        for name in (*(f"{one}_Wo" for one in attentions), "ffn_ffn"):
            weights |= {f"{layer}_{name}_ln_scale": matrix(1, WIDTH), f"{layer}_{name}_ln_bias": matrix(1, WIDTH)}
    weights["special:model.yml"] = numpy.frombuffer(f"{MARIAN}\0".encode(), dtype=numpy.int8)
    checkpoint = folder / "opus"
    checkpoint.mkdir()
    numpy.savez(checkpoint / "opus.npz", **weights)
    lines = [f"{json.dumps(token, ensure_ascii=False)}: {number}\n" for number, token in enumerate(tokens)]
    (checkpoint / "opus.vocab.yml").write_text("".join(lines), encoding="utf-8")
    (checkpoint / "decoder.yml").write_text("models: [opus.npz]\nvocabs: [opus.vocab.yml, opus.vocab.yml]\n")
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(converted / name, checkpoint / name)
    return checkpoint


@pytest.mark.parametrize("quantization", ["int8", "float32"])
def test_opus_mt(tmp_path: Path, quantization: str) -> None:
    checkpoint = opus_mt(tmp_path)
    assert is_checkpoint(checkpoint)
    convert(checkpoint, tmp_path / "new", quantization)
    assert find_family(tmp_path / "new").name == "OPUS-MT"
    loader = load(tmp_path / "new")
    assert loader.languages == ("fa_AF", "ps")
    source = loader.encode(ENGLISH[0], "ps")
    assert (source[0], source[-1] == "</s>") == (">>pus<<", False)  # CTranslate2 adds the end by itself
    ((hypothesis, *_),) = Translator(loader).translate([Task(tuple(source))], PASHTO, Decoding(beam_size=2))
    assert hypothesis.text


@pytest.mark.parametrize("family", ["NLLB-200", "M2M-100", "OPUS-MT", "MADLAD-400"])
def test_hugging_face(tmp_path: Path, family: str) -> None:
    """A checkpoint with random weights says the same sixteen tokens after its conversion, at beam 1."""
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    theirs = _saved(tmp_path, family)
    convert(tmp_path / "checkpoint", tmp_path / "new", "float32")
    assert find_family(tmp_path / "new").name == family
    translator = Translator(load(tmp_path / "new"), compute_type="float32")
    for sentence in ENGLISH:
        ((hypothesis,),) = translator.translate([Task(translator.encode(sentence, PASHTO))], PASHTO, Decoding(beam_size=1))
        ours = ["<unk>" if token.startswith("madeupword") else token for token in hypothesis.tokens]  # they have no name there
        wanted = theirs(sentence)
        assert ours[: len(wanted)] == wanted[: len(ours)]


@pytest.mark.skipif(find_spec("torch") is not None, reason="it can be converted here")
def test_what_converting_needs_is_told(tmp_path: Path) -> None:
    for name in ("config.json", "model.safetensors"):
        (tmp_path / name).touch()
    with pytest.raises(ModelError, match="is to be converted, which needs torch") as error:
        convert(tmp_path, tmp_path / "new")
    assert error.value.hint == 'type: pip install "dragoman[convert]"'


def test_what_is_none(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is no checkpoint that can be converted"):
        convert(tmp_path, tmp_path / "new")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    checkpoint = opus_mt(tmp_path)
    (tmp_path / "new").mkdir()
    with pytest.raises(ModelError, match="is there already"):
        convert(checkpoint, tmp_path / "new")


def test_a_checkpoint_that_lacks_a_part(tmp_path: Path) -> None:
    checkpoint = opus_mt(tmp_path)
    (checkpoint / "opus.npz").unlink()
    with pytest.raises(ModelError, match="cannot be converted") as error:
        convert(checkpoint, tmp_path / "new")
    assert error.value.hint == "is it copied as a whole?"
    assert not (tmp_path / "new").exists()


def _saved(folder: Path, family: str) -> Any:
    """Save a checkpoint of the family in `folder`, and return what it says of a sentence: the first tokens of its Pashto."""
    torch: Any = import_module("torch")
    transformers: Any = import_module("transformers")
    torch.manual_seed(3)
    shape = {
        "d_model": 32,
        "encoder_layers": 1,
        "decoder_layers": 1,
        "encoder_attention_heads": 2,
        "max_position_embeddings": 128,
    }
    shape |= {"decoder_attention_heads": 2, "encoder_ffn_dim": 64, "decoder_ffn_dim": 64}
    tags: dict[str, Any] = {}
    before = ""
    if family == "NLLB-200":
        source = tiny.nllb(folder / "source")
        languages = ["eng_Latn", "prs_Arab", "pbt_Arab"]
        tokenizer = transformers.NllbTokenizer.from_pretrained(str(source), additional_special_tokens=languages)
        tokenizer.src_lang = "eng_Latn"
        tags = {"forced_bos_token_id": tokenizer.convert_tokens_to_ids("pbt_Arab")}
        ends = {"pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2, "decoder_start_token_id": 2}
        config = transformers.M2M100Config(vocab_size=len(tokenizer), init_std=0.5, **shape, **ends)
        model = transformers.M2M100ForConditionalGeneration(config)
    elif family == "M2M-100":
        source = tiny.m2m(folder / "source")
        tokens = json.loads((source / "shared_vocabulary.json").read_text(encoding="utf-8"))
        words = [token for token in tokens if not token.startswith(("__en", "__fa", "__ps", "__fr", "madeup"))]
        (source / "vocab.json").write_text(json.dumps({token: number for number, token in enumerate(words)}))
        tokenizer = transformers.M2M100Tokenizer.from_pretrained(str(source), src_lang="en", tgt_lang="ps")
        tags = {"forced_bos_token_id": tokenizer.get_lang_id("ps")}
        ends = {"pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2, "decoder_start_token_id": 2}
        size = len(words) + len(tokenizer.lang_token_to_id) + tokenizer.num_madeup_words
        model = transformers.M2M100ForConditionalGeneration(
            transformers.M2M100Config(vocab_size=size, init_std=0.5, **shape, **ends)
        )
    elif family == "OPUS-MT":
        source = tiny.marian(folder / "source")
        tokens = [*json.loads((source / "shared_vocabulary.json").read_text(encoding="utf-8")), "<pad>"]
        (source / "vocab.json").write_text(json.dumps({token: number for number, token in enumerate(tokens)}))
        tokenizer = transformers.MarianTokenizer.from_pretrained(str(source))
        pad = len(tokens) - 1
        ends = {"pad_token_id": pad, "eos_token_id": 0, "decoder_start_token_id": pad, "forced_eos_token_id": 0}
        model = transformers.MarianMTModel(transformers.MarianConfig(vocab_size=len(tokens), init_std=0.5, **shape, **ends))
        tags, before = {"bad_words_ids": [[pad]]}, ">>pus<< "
    else:
        source = tiny.t5(folder / "source")
        tokenizer = transformers.T5Tokenizer.from_pretrained(str(source))
        shape = {"d_model": 32, "d_kv": 16, "d_ff": 64, "num_layers": 2, "num_decoder_layers": 2, "num_heads": 2}
        ends = {"pad_token_id": 0, "eos_token_id": 1, "decoder_start_token_id": 0}
        config = transformers.T5Config(
            vocab_size=len(tokenizer) + 10, feed_forward_proj="gated-gelu", tie_word_embeddings=False, **shape, **ends
        )
        model = transformers.T5ForConditionalGeneration(config)
        before = "▁<2ps> "  # as SentencePiece has it, see test_hugging_face.py
    tokenizer.save_pretrained(str(folder / "checkpoint"))
    model.eval().save_pretrained(str(folder / "checkpoint"))
    for path in (*source.glob("*.model"), *source.glob("*.spm")):
        shutil.copyfile(path, folder / "checkpoint" / path.name)

    def says(sentence: str) -> list[str]:
        asked = tokenizer(before + sentence, return_tensors="pt")
        said = model.generate(**asked, num_beams=1, do_sample=False, max_new_tokens=16, **tags)[0].tolist()
        special = {"<s>", "</s>", "<pad>", "pbt_Arab", "__ps__"}
        return [token for token in tokenizer.convert_ids_to_tokens(said) if token not in special]

    return says
