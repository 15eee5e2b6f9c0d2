"""How far a checkpoint is: chrF++ of held-out rows by language, of plain English and with the phrases' renderings.

    python training/score.py --data /tmp/training/data --checkpoint /tmp/training/run/checkpoint.pt --rows 150

Needs glossed.dev.*.tsv (`glossed.py dev`). The first 150 rows of heldout were tuned on; figures for the model card come from
`benchmarks/quality.py`, on the others and through the whole package.
"""

from __future__ import annotations

import argparse
import pathlib
import tempfile

import ctranslate2
import sentencepiece
import torch
from convert import save
from encode_glossed import read_stretches
from sacrebleu.metrics import CHRF

from dragoman.mt.phrases.glossed import glossed
from dragoman.mt.phrases.words import join_words

PREFIXES = {"prs": "<prs>", "ps": "<ps>"}


def report(data: pathlib.Path, weights: dict[str, torch.Tensor], shape: dict[str, int], rows: int, beam: int = 2) -> str:
    """One line: chrF++ of plain and of glossed sentences, and of the phrases' renderings alone, by language."""
    processor = sentencepiece.SentencePieceProcessor(model_file=str(data / "sentencepiece.model"))
    parts = []
    with tempfile.TemporaryDirectory() as folder:
        save(weights, shape, data, pathlib.Path(folder), "int8")
        model = ctranslate2.Translator(folder, device="cpu", compute_type="int8", intra_threads=2)
        for language, tag in PREFIXES.items():
            lines = [row.rstrip("\n").split("\t") for row in (data / f"glossed.dev.{language}.tsv").open(encoding="utf-8")][:rows]
            references = [target for _, _, _, target, _, _ in lines]
            plain = [processor.encode(english, out_type=str) for _, _, english, *_ in lines]
            read, alone = [], []
            for _, _, english, _, segments, _ in lines:
                stretches, _ = read_stretches(english, segments)
                read.append(list(glossed(stretches, lambda text: processor.encode(text, out_type=str)).pieces))
                alone.append(join_words([word for one in stretches for word in one.rendering]))
            scores = [CHRF(word_order=2).corpus_score(alone, [references]).score]
            for sources in (plain, read):
                found = model.translate_batch(sources, target_prefix=[[tag]] * len(sources), beam_size=beam,
                                              max_batch_size=1024, batch_type="tokens", max_decoding_length=160)  # fmt: skip
                texts = [processor.decode_pieces(result.hypotheses[0][1:]) for result in found]
                scores.append(CHRF(word_order=2).corpus_score(texts, [references]).score)
            parts.append(f"{language} phrases {scores[0]:.2f} plain {scores[1]:.2f} glossed {scores[2]:.2f}")
    return "; ".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--checkpoint", type=pathlib.Path, required=True)
    parser.add_argument("--rows", type=int, default=150)
    parser.add_argument("--weights", choices=("average", "network"), default="average")
    arguments = parser.parse_args()
    state = torch.load(arguments.checkpoint, map_location="cpu", weights_only=False)
    print(f"step {state['step']}:", report(arguments.data, state[arguments.weights], state["shape"], arguments.rows))


if __name__ == "__main__":
    main()
