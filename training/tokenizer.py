"""Train the SentencePiece model: one vocabulary, byte fallback, digits split, placeholders and language tags as symbols.

python training/tokenizer.py --data /tmp/training/data --pieces 12000
"""

from __future__ import annotations

import argparse
import pathlib
import random

import sentencepiece

from dragoman.mt.annotation import TAGS as ANNOTATION

PLACEHOLDERS = [f"<x{number}>" for number in range(10)]
# Control symbols: no text can smuggle one in, and they decode to nothing.
TAGS = ["<prs>", "<ps>", *ANNOTATION]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--pieces", type=int, default=12000)
    parser.add_argument("--monolingual", type=int, default=25000, help="sentences a language of monolingual text")
    arguments = parser.parse_args()
    generator = random.Random(1)
    lines: list[str] = []
    for line in (arguments.data / "train.tsv").open(encoding="utf-8"):
        name, _, source, target = line.rstrip("\n").split("\t")
        lines += [source, target] * (2 if name.startswith(("text.", "tico19.")) else 1)
    for language in ("prs", "ps"):
        text = (arguments.data / f"mono.{language}.txt").read_text(encoding="utf-8").splitlines()
        lines += generator.sample(text, min(len(text), arguments.monolingual))
    generator.shuffle(lines)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_prefix=str(arguments.data / "sentencepiece"),
        model_type="unigram",
        vocab_size=arguments.pieces,
        character_coverage=0.9999,
        byte_fallback=True,
        split_digits=True,
        normalization_rule_name="identity",
        user_defined_symbols=PLACEHOLDERS,
        control_symbols=TAGS,
        num_threads=2,
        minloglevel=1,
    )


if __name__ == "__main__":
    main()
