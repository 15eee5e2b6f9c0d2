"""Train the starter model; goes on from its checkpoint after any interruption.

    python training/train.py --data /tmp/training/data --out /tmp/training/run --mix text=3,tico19=3,back=1 --minutes 60

The same code runs on a GPU (`--device cuda`). The mix gives, for each kind of pair (by the beginning of its name), how often it
is drawn in a pass. Every `--save` minutes a checkpoint is written, with a moving average of the weights, which is what ships.
"""

from __future__ import annotations

import argparse
import collections
import json
import math
import pathlib
import pickle
import random
import time
from collections.abc import Iterator

import torch
from encode import BEGIN, END, SPECIAL, Example
from network import Dropout, Network, Shape
from torch import Tensor
from torch.nn import functional

PLACEHOLDER = SPECIAL.index("<x0>")
SPACE = SPECIAL.index("▁")


def load(paths: list[pathlib.Path]) -> list[Example]:
    return [Example(*row) for path in paths for row in pickle.loads(path.read_bytes())]


def with_placeholders(example: Example, generator: random.Random, spaced: tuple[set[int], set[int]]) -> Example:
    """A copy of the pair in which one to three of its phrases are placeholders on both sides."""
    used = [number for number in (*example.source, *example.target) if PLACEHOLDER <= number < PLACEHOLDER + 10]
    chosen: list[tuple[int, int, int, int]] = []
    for phrase in generator.sample(example.phrases, min(len(example.phrases), generator.choice((1, 1, 2, 3, 4)))):
        if all((phrase[1] <= a or phrase[0] >= b) and (phrase[3] <= c or phrase[2] >= d) for a, b, c, d in chosen):
            chosen.append(phrase)
    if used or not chosen:
        return example
    start = generator.choice((0, 0, 0, generator.randrange(10)))
    chosen.sort()
    sides, moves = [], []
    for side, pieces in enumerate((example.source, example.target)):
        symbols = {phrase[2 * side]: (phrase[2 * side + 1], PLACEHOLDER + (start + n) % 10) for n, phrase in enumerate(chosen)}
        out: list[int] = []
        move: dict[int, int] = {}
        at = 0
        while at < len(pieces):
            if at in symbols:
                until, symbol = symbols[at]
                if pieces[at] in spaced[side]:
                    out.append(SPACE)
                out.append(symbol)
                move.update(dict.fromkeys(range(at, until), len(out) - 1))
                at = until
            else:
                move[at] = len(out)
                out.append(pieces[at])
                at += 1
        sides.append(tuple(out))
        moves.append(move)
    links = {(moves[1][j], moves[0][i]) for j, i in example.links}
    links |= {
        (j - 1, i - 1) for j, i in links if sides[1][j] >= PLACEHOLDER and sides[1][j - 1] == SPACE == sides[0][i - 1] and j and i
    }
    return Example(example.name, example.language, sides[0], sides[1], tuple(sorted(links)), ())


def batches(
    examples: list[Example],
    mix: dict[str, float],
    size: int,
    share: float,
    generator: random.Random,
    spaced: tuple[set[int], set[int]],
) -> Iterator[list[Example]]:
    """One pass: every pair as often as its kind says, placeholders in `share` of the sentences, similar lengths together."""
    drawn = []
    for example in examples:
        times = mix.get(example.name, 0.0)
        for _ in range(int(times) + (generator.random() < times % 1)):
            if len(example.target) > 7 and generator.random() < share:
                drawn.append(with_placeholders(example, generator, spaced))
            else:
                drawn.append(example)
    drawn.sort(key=lambda example: (example.language, len(example.target) + generator.random() * 4, len(example.source)))
    found: list[list[Example]] = []
    batch: list[Example] = []
    width = 0
    for example in drawn:
        width = max(width, len(example.target) + 2, len(example.source) + 1)
        if batch and (width * (len(batch) + 1) > size or batch[0].language != example.language):
            found.append(batch)
            batch, width = [], max(len(example.target) + 2, len(example.source) + 1)
        batch.append(example)
    found.append(batch)
    generator.shuffle(found)
    yield from found


def tensors(batch: list[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Source, decoder input (start, language tag, pieces), what it must say, and the alignment as a distribution a row."""
    tags = {"prs": SPECIAL.index("<prs>"), "ps": SPECIAL.index("<ps>")}
    height, across = max(len(example.target) for example in batch) + 2, max(len(example.source) for example in batch) + 1
    source = torch.full((len(batch), across), -1)
    target = torch.full((len(batch), height), -1)
    wanted = torch.full((len(batch), height), -1)
    places: list[tuple[int, int, int]] = []
    for at, example in enumerate(batch):
        source[at, : len(example.source) + 1] = torch.tensor([*example.source, END])
        said = [tags[example.language], *example.target, END]
        target[at, : len(said)] = torch.tensor([BEGIN, *said[:-1]])
        wanted[at, 1 : len(said)] = torch.tensor(said[1:])  # the tag itself is given, never learned
        places.extend((at, j + 1, i) for j, i in example.links)
        places.append((at, len(said) - 1, len(example.source)))
    alignment = torch.zeros(len(batch), height, across)
    index = torch.tensor(places).T
    alignment[index[0], index[1], index[2]] = 1.0
    return source, target, wanted, alignment / alignment.sum(-1, keepdim=True).clamp_min(1.0)


def translations(examples: list[Example], shape: Shape, source_pieces: list[str]) -> Tensor:
    """What each source piece was linked with, both languages of the same weight; pieces that differ in case help each other."""
    weights = {"text": 3.0, "tico19": 2.0, "docs": 0.5, "l10n": 0.5}
    lower = collections.defaultdict(list)
    for number, piece in enumerate(source_pieces):
        lower[piece.lower()].append(number)
    rows: dict[int, collections.Counter[int]] = collections.defaultdict(collections.Counter)
    for language in ("prs", "ps"):
        counts: dict[int, collections.Counter[int]] = collections.defaultdict(collections.Counter)
        for example in examples:
            if example.language == language and not example.name.endswith(":bt"):
                weight = weights.get(example.name.partition(".")[0], 1.0)
                for j, i in example.links:
                    for number in lower[source_pieces[example.source[i]].lower()]:
                        counts[number][example.target[j]] += weight * (1.0 if number == example.source[i] else 0.3)
        for number, counter in counts.items():
            total = sum(counter.values()) + 1.0
            for target, count in counter.items():
                rows[number][target] += count / total
    entries = [
        (number, target, weight) for number, counter in rows.items() for target, weight in counter.items() if weight > 0.02
    ]
    index = torch.tensor([(number, target) for number, target, _ in entries]).T
    values = torch.tensor([weight for _, _, weight in entries])
    return torch.sparse_coo_tensor(index, values, (shape.source_pieces, shape.target_pieces)).coalesce()


def rivals(translated: Tensor, most: int = 8) -> Tensor:
    """For each source piece its likeliest translations, of both languages: what the output must choose between."""
    table = torch.zeros(translated.size(0), most, dtype=torch.long)
    index, values = translated.indices(), translated.values()
    order = torch.argsort(values, descending=True)
    taken = collections.Counter[int]()
    for row, column in index[:, order].T.tolist():
        if taken[row] < most:
            table[row, taken[row]] = column
            taken[row] += 1
    return table


def restricted(wanted: Tensor, source: Tensor, table: Tensor, shape: Shape, others: int) -> tuple[Tensor, Tensor]:
    """A part of the vocabulary for this batch: what it says, what its source words may mean, and random others."""
    meant = table[source[source >= 0].unique()].flatten()
    chosen = torch.cat([wanted.unique(), meant, torch.randint(shape.target_pieces, (others,))]).unique()
    return chosen, torch.searchsorted(chosen, wanted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--examples", default="train.pickle", help="files of encode.py in --data, by commas")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--mix", default="text=2,tico19=2,docs=0.3,l10n=0.3,health=0.5,lexicon=0.3,names=0.3")
    parser.add_argument(
        "--minutes", type=float, default=60, help="stop after so long; the schedule of the learning rate ends there"
    )
    parser.add_argument("--batch", type=int, default=1800, help="pieces a batch, padding included")
    parser.add_argument("--rate", type=float, default=1.2e-3)
    parser.add_argument("--end-rate", type=float, default=0.1, help="the learning rate of the end, as a share")
    parser.add_argument("--warmup", type=int, default=300)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--smoothing", type=float, default=0.1)
    parser.add_argument("--guided", type=float, default=0.5, help="weight of the alignment loss")
    parser.add_argument("--lexical", type=float, default=0.3, help="weight of the loss of words said by the encoder itself")
    parser.add_argument("--placeholders", type=float, default=0.4, help="share of running text that gets placeholders")
    parser.add_argument("--others", type=int, default=800, help="random pieces beside rivals in the softmax; 0: all pieces")
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--inner", type=int, default=1024)
    parser.add_argument("--encoder-layers", type=int, default=4)
    parser.add_argument("--decoder-layers", type=int, default=2)
    parser.add_argument("--plain-start", action="store_true", help="ablation: random vectors instead of the gloss")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", type=float, default=5, help="minutes between checkpoints")
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    torch.set_default_device(arguments.device)
    data, out = arguments.data, arguments.out
    out.mkdir(parents=True, exist_ok=True)
    pieces = {side: json.loads((data / f"{side}_pieces.json").read_text(encoding="utf-8")) for side in ("source", "target")}
    spaced = tuple({n for n, piece in enumerate(pieces[side]) if piece.startswith("▁")} for side in ("source", "target"))
    examples = load([data / name for name in arguments.examples.split(",")])
    kinds = {key: float(value) for key, value in (part.split("=") for part in arguments.mix.split(","))}
    longest_first = sorted(kinds, key=len, reverse=True)
    names = {example.name for example in examples}
    mix = {name: next((kinds[key] for key in longest_first if name.startswith(key)), 0.0) for name in names}

    shape = Shape(len(pieces["source"]), len(pieces["target"]), arguments.width, arguments.inner,
                  encoder_layers=arguments.encoder_layers, decoder_layers=arguments.decoder_layers)  # fmt: skip
    network = Network(shape)
    translated = translations(examples, shape, pieces["source"])
    table = rivals(translated)
    if not arguments.plain_start:
        network.begin_as_gloss(translated)
    optimizer = torch.optim.Adam(network.parameters(), lr=arguments.rate, betas=(0.9, 0.98), eps=1e-8, fused=True)
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    step, spent, passes, said = 0, 0.0, 0, 0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        average, step, spent, passes, said = (state[key] for key in ("average", "step", "spent", "passes", "said"))
        print(f"going on after {step} steps, {spent / 60:.1f} minutes", flush=True)
    dropout = Dropout(arguments.dropout)

    def save() -> None:
        state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "average": average}
        state |= {"shape": shape.as_dict(), "step": step, "spent": spent, "passes": passes, "said": said}
        torch.save(state, out / "checkpoint.new")
        (out / "checkpoint.new").replace(checkpoint)

    sums = collections.Counter[str]()
    began = saved = told = time.time() - 0.0
    already = spent
    while spent < arguments.minutes * 60:
        passes += 1
        generator = random.Random(arguments.seed * 1000 + passes)
        for batch in batches(examples, mix, arguments.batch, arguments.placeholders, generator, spaced):
            progress = min(1.0, spent / (arguments.minutes * 60))
            rate = arguments.rate * (arguments.end_rate + (1 - arguments.end_rate) * 0.5 * (1 + math.cos(math.pi * progress)))
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1.0, (step + 1) / arguments.warmup)
            source, target, wanted, alignment = tensors(batch)
            states, weights, memory = network(source, target, dropout)
            real, full = wanted >= 0, wanted
            states, wanted = states[real], wanted[real]
            if arguments.others:
                chosen, wanted = restricted(wanted, source, table, shape, arguments.others)
                logits = functional.linear(states, network.projection.weight[chosen], network.projection.bias[chosen])
            else:
                logits = network.projection(states)
            loss = functional.cross_entropy(logits, wanted, label_smoothing=arguments.smoothing)
            aligned = alignment.sum(-1) > 0
            # what stands at a place of the memory must already say what was written from there, in this language
            which, row, column = alignment.nonzero(as_tuple=True)
            spoken = full[which, row]
            part, spoken = torch.unique(spoken, return_inverse=True)
            lexical = functional.linear(
                functional.layer_norm(memory[which, column], (shape.width,)), network.projection.weight[part]
            )
            word = functional.cross_entropy(lexical, spoken)
            guide = -(alignment * weights)[aligned].sum() / aligned.sum().clamp_min(1)
            (loss + arguments.guided * guide + arguments.lexical * word).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
            optimizer.zero_grad()
            step += 1
            said += wanted.numel()
            spent = already + time.time() - began
            with torch.no_grad():
                if step % 4 == 0:
                    decay = min(0.99, (step + 1) / (step + 40))
                    now = network.state_dict()
                    torch._foreach_lerp_(list(average.values()), [now[name] for name in average], 1 - decay)
            sums.update(
                loss=float(loss.detach()),
                guide=float(guide.detach()),
                word=float(word.detach()),
                steps=1,
                pieces=wanted.numel(),
            )
            if step % 100 == 0 or step == 5:
                n = sums["steps"]
                speed = sums["pieces"] / (time.time() - told)
                means = " ".join(f"{name} {sums[name] / n:.3f}" for name in ("loss", "guide", "word"))
                print(
                    f"{time.strftime('%H:%M:%S')} step {step} pass {passes} {means} rate {rate:.5f} {speed:.0f} pieces/s",
                    flush=True,
                )
                sums.clear()
                told = time.time()
            if time.time() - saved > arguments.save * 60:
                save()
                saved = time.time()
            if spent >= arguments.minutes * 60:
                break
    save()
    print(f"done: {step} steps, {said:,} pieces, {spent / 60:.1f} minutes", flush=True)


if __name__ == "__main__":
    main()
