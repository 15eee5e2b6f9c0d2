"""Train the starter model; goes on from its checkpoint after any interruption.

    python training/train.py --data /tmp/training/data --out /tmp/training/run --mix text=3,tico19=3,back=1 --minutes 60

The same code runs on a GPU (`--device cuda`). The mix gives, for each kind of pair (by the beginning of its name), how often it
is drawn in a pass. Every `--save` minutes a checkpoint is written, with a moving average of the weights, which is what ships.
"""

from __future__ import annotations

import argparse
import collections
import math
import pathlib
import pickle
import random
import time
from collections.abc import Iterable, Iterator

import torch
from encode import BEGIN, END, SPECIAL, Example
from network import Dropout, Network, Shape
from terms import Pieces, read_pieces, with_terms
from torch import Tensor
from torch.nn import functional


def load(paths: list[pathlib.Path]) -> list[Example]:
    return [Example(*row) for path in paths for row in pickle.loads(path.read_bytes())]


def batches(
    examples: list[Example],
    mix: dict[str, float],
    size: int,
    share: float,
    generator: random.Random,
    pieces: Pieces,
) -> Iterator[list[Example]]:
    """One pass: every pair as often as its kind says, terms in `share` of the sentences, similar lengths together."""
    drawn = []
    for example in examples:
        times = mix.get(example.name, 0.0)
        for _ in range(int(times) + (generator.random() < times % 1)):
            if len(example.target) > 7 and generator.random() < share:
                drawn.append(with_terms(example, generator, pieces))
            else:
                drawn.append(example)
    drawn.sort(key=lambda example: (example.language, max(len(example.target), len(example.source)) + generator.random() * 4))
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


def translations(examples: list[Example], shape: Shape, names: dict[str, list[str]]) -> Tensor:
    """What each source piece was linked with, both languages of the same weight; pieces that differ in case help each other.

    Those of a rendering mean themselves.
    """
    source_pieces = names["source"]
    weights = {"text": 3.0, "tico19": 2.0, "docs": 0.5, "l10n": 0.5}
    lower = collections.defaultdict(list)
    for number, piece in enumerate(source_pieces):
        lower[piece.lower()].append(number)
    rows: dict[int, collections.Counter[int]] = collections.defaultdict(collections.Counter)
    for language in ("prs", "ps"):
        counts: dict[int, collections.Counter[int]] = collections.defaultdict(collections.Counter)
        for example in examples:
            if example.language == language and not example.renderings:
                weight = weights.get(example.name.partition(".")[0], 1.0)
                for j, i in example.links:
                    for number in lower[source_pieces[example.source[i]].lower()]:
                        counts[number][example.target[j]] += weight * (1.0 if number == example.source[i] else 0.3)
        for number, counter in counts.items():
            total = sum(counter.values()) + 1.0
            for target, count in counter.items():
                rows[number][target] += count / total
    said = {piece: number for number, piece in enumerate(names["target"])}
    for number, piece in enumerate(source_pieces):
        if piece in said and not any(map(str.isascii, piece.replace("▁", ""))) and piece != "▁":
            rows[number] = collections.Counter({said[piece]: 1.0})
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


def shares(names: Iterable[str], mix: str) -> dict[str, float]:
    """How often each kind of pair is drawn in a pass: what the longest beginning of its name in `mix` says."""
    kinds = {key: float(value) for key, value in (part.split("=") for part in mix.split(","))}
    longest_first = sorted(kinds, key=len, reverse=True)
    return {name: next((kinds[key] for key in longest_first if name.startswith(key)), 0.0) for name in names}


class Training:
    """The network, what it learns from, and how far it is."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.pieces, names = read_pieces(arguments.data)
        self.examples = load([arguments.data / name for name in arguments.examples.split(",")])
        kinds = {example.name for example in self.examples}
        self.mix, self.last_mix = (shares(kinds, mix) for mix in (arguments.mix, arguments.last_mix or arguments.mix))
        self.shape = Shape(len(names["source"]), len(names["target"]), arguments.width, arguments.inner,
                           encoder_layers=arguments.encoder_layers, decoder_layers=arguments.decoder_layers)  # fmt: skip
        self.network = Network(self.shape)
        translated = translations(self.examples, self.shape, names)
        self.rivals = rivals(translated)
        if not arguments.plain_start:
            self.network.begin_as_gloss(translated)
        self.dropout = Dropout(arguments.dropout)
        # The layers compute in bfloat16, three times as fast on a processor that knows it; what a step adds is kept in float32.
        self.names = [name for name, _ in self.network.named_parameters()]
        self.positions = {name: value.clone() for name, value in self.network.named_buffers()}
        self.masters = [parameter.detach().clone().requires_grad_() for parameter in self.network.parameters()]
        self.average = [master.detach().clone() for master in self.masters]
        self.network.bfloat16()
        self.parameters = list(self.network.parameters())
        self.optimizer = torch.optim.Adam(self.masters, lr=arguments.rate, betas=(0.9, 0.98), eps=1e-8, fused=True)
        self.step, self.spent, self.passes, self.said = 0, 0.0, 0, 0
        self.checkpoint = arguments.out / "checkpoint.pt"
        if self.checkpoint.exists():
            self.resume()

    def resume(self) -> None:
        state = torch.load(self.checkpoint, weights_only=False)
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.spent, self.passes, self.said = (state[key] for key in ("step", "spent", "passes", "said"))
        with torch.no_grad():
            torch._foreach_copy_(self.masters, [state["network"][name] for name in self.names])
            torch._foreach_copy_(self.average, [state["average"][name] for name in self.names])
            torch._foreach_copy_(self.parameters, self.masters)
        print(f"going on after {self.step} steps, {self.spent / 60:.1f} minutes", flush=True)

    def save(self) -> None:
        state: dict[str, object] = {"optimizer": self.optimizer.state_dict(), "shape": self.shape.as_dict()}
        for name, values in (("network", self.masters), ("average", self.average)):
            state[name] = {**dict(zip(self.names, (value.detach() for value in values), strict=True)), **self.positions}
        state |= {"step": self.step, "spent": self.spent, "passes": self.passes, "said": self.said}
        new = self.checkpoint.with_suffix(".new")
        torch.save(state, new)
        new.replace(self.checkpoint)

    @property
    def progress(self) -> float:
        """The share of the time that is spent."""
        return self.spent / (self.arguments.minutes * 60)

    def run(self) -> None:
        arguments = self.arguments
        log = Log(arguments.save * 60, arguments.report * 60)
        began = time.time() - self.spent
        while self.progress < 1:
            self.passes += 1
            last = self.progress >= 1 - arguments.last
            generator = random.Random(arguments.seed * 1000 + self.passes)
            mix = self.last_mix if last else self.mix
            for batch in batches(self.examples, mix, arguments.batch, arguments.terms, generator, self.pieces):
                losses = self.learn(batch)
                self.spent = time.time() - began
                if log.add(losses, self.step):
                    print(f"{time.strftime('%H:%M:%S')} step {self.step} pass {self.passes} {log.means()}", flush=True)
                if log.is_time_to_save():
                    self.save()
                if arguments.report and log.is_time_to_report():
                    self.report()
                if self.progress >= (1 if last else 1 - arguments.last):
                    break
        self.save()

    def learn(self, batch: list[Example]) -> dict[str, float]:
        """One step; what was lost, and how many pieces were said."""
        arguments = self.arguments
        rate = arguments.end_rate + (1 - arguments.end_rate) * 0.5 * (1 + math.cos(math.pi * min(1.0, self.progress)))
        for group in self.optimizer.param_groups:
            group["lr"] = arguments.rate * rate * min(1.0, (self.step + 1) / arguments.warmup)
        losses, said = self.losses(batch)
        (losses["loss"] + arguments.guided * losses["guide"] + arguments.lexical * losses["word"]).backward()
        for master, parameter in zip(self.masters, self.parameters, strict=True):
            master.grad = None if parameter.grad is None else parameter.grad.float()
            parameter.grad = None
        torch.nn.utils.clip_grad_norm_(self.masters, 2.0)
        self.optimizer.step()
        self.step += 1
        self.said += said
        with torch.no_grad():
            torch._foreach_copy_(self.parameters, self.masters)
            if self.step % 4 == 0:
                torch._foreach_lerp_(self.average, self.masters, 1 - min(0.99, (self.step + 1) / (self.step + 40)))
        return {"pieces": said, **{name: float(loss.detach()) for name, loss in losses.items()}}

    def losses(self, batch: list[Example]) -> tuple[dict[str, Tensor], int]:
        """loss: of what is said; guide: of where attention looks; word: of what the encoder alone says."""
        source, target, wanted, alignment = tensors(batch)
        states, weights, memory = self.network(source, target, self.dropout)
        projection = self.network.projection
        real, full = wanted >= 0, wanted
        states, wanted = states[real], wanted[real]
        if self.arguments.others:
            chosen, wanted = restricted(wanted, source, self.rivals, self.shape, self.arguments.others)
            logits = functional.linear(states, projection.weight[chosen], projection.bias[chosen])
        else:
            logits = projection(states)
        aligned = alignment.sum(-1) > 0
        # What stands at a place of the memory must already say what was written from there, in this language.
        which, row, column = alignment.nonzero(as_tuple=True)
        part, spoken = torch.unique(full[which, row], return_inverse=True)
        lexical = functional.linear(functional.layer_norm(memory[which, column], (self.shape.width,)), projection.weight[part])
        losses = {
            "loss": functional.cross_entropy(logits.float(), wanted, label_smoothing=self.arguments.smoothing),
            "guide": -(alignment * weights.float())[aligned].sum() / aligned.sum().clamp_min(1),
            "word": functional.cross_entropy(lexical.float(), spoken),
        }
        return losses, wanted.numel()

    def report(self) -> None:
        weights = {**dict(zip(self.names, self.average, strict=True)), **self.positions}
        from score import report  # CTranslate2 and sacrebleu, which only a report needs

        print(f"  step {self.step}: {report(self.arguments.data, weights, self.shape.as_dict(), rows=60)}", flush=True)


class Log:
    """Sums between two lines of the log, and the time since checkpoint and report."""

    def __init__(self, save: float, report: float) -> None:
        self.save, self.report = save, report
        self.saved = self.reported = self.told = time.time()
        self.sums = collections.Counter[str]()

    def add(self, losses: dict[str, float], step: int) -> bool:
        """Whether it is time for a line."""
        self.sums.update({**losses, "steps": 1})
        return step % 100 == 0 or step == 5

    def means(self) -> str:
        sums, seconds = self.sums, time.time() - self.told
        self.sums, self.told = collections.Counter(), time.time()
        means = " ".join(f"{name} {sums[name] / sums['steps']:.3f}" for name in ("loss", "guide", "word"))
        return f"{means} {sums['pieces'] / seconds:.0f} pieces/s"

    def is_time_to_save(self) -> bool:
        if time.time() - self.saved <= self.save:
            return False
        self.saved = time.time()
        return True

    def is_time_to_report(self) -> bool:
        if time.time() - self.reported <= self.report:
            return False
        self.reported = time.time()
        return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--examples", default="train.pickle", help="files of encode.py in --data, by commas")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--mix", default="text=2,tico19=2,docs=0.3,l10n=0.3,health=0.5,lexicon=0.3,names=0.3")
    parser.add_argument("--last-mix", help="the mix of the end, for example the human pairs alone")
    parser.add_argument("--last", type=float, default=0.0, help="share of the time that --last-mix gets")
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
    parser.add_argument("--terms", type=float, default=0.4, help="share of sentences in which some phrases are terms")
    parser.add_argument("--others", type=int, default=800, help="random pieces beside rivals in the softmax; 0: all pieces")
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--inner", type=int, default=1024)
    parser.add_argument("--encoder-layers", type=int, default=4)
    parser.add_argument("--decoder-layers", type=int, default=2)
    parser.add_argument("--plain-start", action="store_true", help="ablation: random vectors instead of the gloss")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", type=float, default=5, help="minutes between checkpoints")
    parser.add_argument("--report", type=float, default=0, help="minutes between chrF++ of held-out rows (score.py); 0: never")
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.set_flush_denormal(True)  # six times as fast as with them
    torch.manual_seed(arguments.seed)
    torch.set_default_device(arguments.device)
    arguments.out.mkdir(parents=True, exist_ok=True)
    training = Training(arguments)
    training.run()
    print(f"done: {training.step} steps, {training.said:,} pieces, {training.spent / 60:.1f} minutes", flush=True)


if __name__ == "__main__":
    main()
