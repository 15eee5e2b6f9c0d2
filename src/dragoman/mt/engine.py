"""The engine: tokens through a CTranslate2 model, many sentences at once. What a model is fed and how its answer is read is the
loader's business, which terms a draft must have is the ladder's; here is only the decoding, as fast as this machine can.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol
from weakref import WeakValueDictionary

from dragoman.errors import ModelError
from dragoman.languages import Language
from dragoman.model import Guess
from dragoman.mt.annotation import TAGS, Told, annotated
from dragoman.mt.loaders.converted import target_vocabulary
from dragoman.mt.loaders.loader import COPY_AGAIN, Loader
from dragoman.mt.positions import positions

# Source tokens of a batch, padding included: on two cores 512 are as fast as 1,024, and 4,096 a fifth slower; a GPU wants many.
BATCH_TOKENS = {"cpu": 512, "cuda": 8192}
_POLL = 0.01  # seconds
_LONGEST = (2.5, 24)  # target tokens allowed: so many a source token, and so many more


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to search. `hypotheses` are returned best first, at most `beam_size`; attention costs a fifth of the speed.

    `length` above 1 likes long translations better, `coverage` those that looked at all of the source (Wu et al. 2016).
    """

    beam_size: int = 4
    hypotheses: int = 1
    no_repeat_ngram_size: int = 0
    repetition_penalty: float = 1.0
    length: float = 1.0
    coverage: float = 0.0
    shortest: float = 0.0  # target tokens a source token, at the least
    attention: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A sentence for the model: its tokens, what the target must begin with, and what it must not have in it.

    `meant` pairs each placeholder in it with the words that will take its place, for an engine that can look at them. `told`
    are terms to be annotated in the place of their placeholders; only an engine that `annotates` is given any.
    """

    source: tuple[str, ...]
    prefix: tuple[str, ...] = ()
    suppressed: tuple[tuple[str, ...], ...] = ()
    meant: tuple[tuple[str, str], ...] = ()
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A translation that the model proposes, `prefix` included. `attention` has a row a token, a column a source token.

    `guesses` are what the model made of words that it does not know.
    """

    tokens: tuple[str, ...]
    text: str
    score: float  # mean log-probability a token
    finished: bool  # False: it was stopped at the longest length allowed
    attention: Sequence[Sequence[float]] = ()
    guesses: tuple[Guess, ...] = ()


class Engine(Protocol):
    """What the ladder needs of a model. `Translator` is that of a network, the built-in model has its own; tests have others."""

    @property
    def signature(self) -> str:
        """Name and version, as the notes of an entry have it."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the model's files do."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of ours that it translates into."""

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What it was taught, or was found, to carry over unchanged. Empty where nothing is."""

    @property
    def max_length(self) -> int:
        """The longest source, in tokens, that it translates well."""

    @property
    def knows_dari(self) -> bool:
        """False where its `fa_AF` is the Persian of Iran."""

    @property
    def aligns(self) -> bool:
        """Whether its attention tells surely which source words a target word comes from."""

    @property
    def annotates(self) -> bool:
        """Whether it understands a term with its form beside it (`Task.told`)."""

    def encode(self, text: str, language: Language, placeholders: Collection[str] = ()) -> tuple[str, ...]:
        """The source tokens of `text`. Only the named placeholders are symbols; what looks like another is plain letters."""

    def encode_target(self, text: str, language: Language) -> tuple[str, ...]:
        """The target tokens of `text`, as in the middle of a sentence. Empty where the model cannot write it."""

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of target tokens."""

    def reserved(self, placeholders: Collection[str] = ()) -> tuple[tuple[str, ...], ...]:
        """The model's own symbols, which no translation may have in it, less the named placeholders."""

    def translate(
        self, tasks: Sequence[Task], language: Language, decoding: Decoding, progress: Callable[[int], None] | None = None
    ) -> list[tuple[Hypothesis, ...]]:
        """The hypotheses of each task, in order. `progress` is told how many more tasks are done."""

    def score(self, pairs: Sequence[tuple[Sequence[str], Sequence[str]]], language: Language) -> list[float]:
        """For each pair of source and target tokens, the mean log-probability of the target's tokens."""


class Translator:
    """A CTranslate2 model with its loader, on a device. Raises ModelError where it cannot run there.

    `placeholders` are what this model was found to keep, where that is known better than the loader knows it.
    """

    aligns = False  # one head of the last layer: a hint

    def __init__(
        self,
        loader: Loader,
        *,
        device: str = "cpu",
        compute_type: str = "int8",
        threads: int | None = None,
        placeholders: Sequence[str] | None = None,
    ) -> None:
        self._loader = loader
        self._compute_type = compute_type
        self._placeholders = loader.placeholders if placeholders is None else tuple(placeholders)
        self._batch_tokens = BATCH_TOKENS[device] if device in BATCH_TOKENS else BATCH_TOKENS["cpu"]
        inter_threads, intra_threads = _threads(threads or _cores(), device)
        self._inter_threads = inter_threads
        self._translator = _open(loader, device, compute_type, inter_threads, intra_threads)
        self._vocabulary = target_vocabulary(loader.model)
        self._positions = positions(loader.model)
        self._reserved = self._vocabulary.intersection(loader.reserved)  # CTranslate2 raises at what it does not know

    @property
    def signature(self) -> str:
        return f"{self._loader.name} {self._loader.version}".rstrip()

    @property
    def fingerprint(self) -> str:
        return " ".join((self._loader.fingerprint, self._compute_type, *self._placeholders))

    @property
    def languages(self) -> tuple[str, ...]:
        return self._loader.languages

    @property
    def placeholders(self) -> tuple[str, ...]:
        return self._placeholders

    @property
    def max_length(self) -> int:
        most = self._loader.max_length
        return most if self._positions is None else min(most, self._positions - 2)  # <s> and </s>, which CTranslate2 may add

    @property
    def knows_dari(self) -> bool:
        return self._loader.knows_dari

    @property
    def annotates(self) -> bool:
        return self._reserved.issuperset(TAGS)

    def encode(self, text: str, language: Language, placeholders: Collection[str] = ()) -> tuple[str, ...]:
        return tuple(self._loader.encode(text, language.code, placeholders))

    def encode_target(self, text: str, language: Language) -> tuple[str, ...]:
        tokens = tuple(self._loader.encode_target(text, language.code))
        if not self._vocabulary.issuperset(tokens):  # a rare piece may still be said letter by letter
            tokens = tuple(part for token in tokens for part in ((token,) if token in self._vocabulary else token))
        return tokens if self._vocabulary.issuperset(tokens) else ()

    def decode(self, tokens: Sequence[str]) -> str:
        return self._loader.decode(tokens)

    def reserved(self, placeholders: Collection[str] = ()) -> tuple[tuple[str, ...], ...]:
        return tuple((symbol,) for symbol in sorted(self._reserved.difference(placeholders)))

    def translate(
        self, tasks: Sequence[Task], language: Language, decoding: Decoding, progress: Callable[[int], None] | None = None
    ) -> list[tuple[Hypothesis, ...]]:
        results: list[tuple[Hypothesis, ...]] = [()] * len(tasks)
        tasks = [self._annotated(task, language) if task.told else task for task in tasks]
        prefix = tuple(self._loader.target_prefix(language.code))
        running: list[tuple[list[int], list[Any]]] = []

        def collect() -> None:
            while not (done := [batch for batch in running if batch[1][-1].done()]):
                time.sleep(_POLL)  # to wait for a result would be deaf to ^C, for seconds if sentences are long
            for batch in done:
                running.remove(batch)
                for index, result in zip(*batch, strict=True):
                    results[index] = tuple(self._hypotheses(tasks[index], result.result(), len(prefix)))
                if progress:
                    progress(len(batch[0]))

        for indices in batches(tasks, self._batch_tokens):
            running.append((indices, self._submit([tasks[index] for index in indices], prefix, decoding)))
            if len(running) > self._inter_threads:  # one waits, so that no thread does; after ^C it is still decoded
                collect()
        while running:
            collect()
        return results

    def score(self, pairs: Sequence[tuple[Sequence[str], Sequence[str]]], language: Language) -> list[float]:
        prefix = list(self._loader.target_prefix(language.code))
        results = self._translator.score_batch(
            [list(source) for source, _ in pairs],
            [[*prefix, *target] for _, target in pairs],
            max_batch_size=self._batch_tokens,
            batch_type="tokens",
            max_input_length=0,
        )
        # What we gave as prefix the model did not choose: its probability says nothing about the translation.
        chosen = [result.log_probs[len(prefix) :] for result in results]
        return [sum(log_probabilities) / max(len(log_probabilities), 1) for log_probabilities in chosen]

    def _annotated(self, task: Task, language: Language) -> Task:
        return replace(task, source=annotated(task.source, task.told, lambda text: self.encode(text, language)), told=())

    def _submit(self, tasks: Sequence[Task], prefix: tuple[str, ...], decoding: Decoding) -> list[Any]:
        options: dict[str, Any] = {}
        beam_size = max(decoding.beam_size, decoding.hypotheses)
        if tasks[0].suppressed:
            options["suppress_sequences"] = [list(sequence) for sequence in tasks[0].suppressed]
        if prefix or any(task.prefix for task in tasks):
            options["target_prefix"] = [[*prefix, *task.prefix][: self._positions] for task in tasks]
        pending: list[Any] = self._translator.translate_batch(
            [list(task.source) for task in tasks],
            beam_size=beam_size,
            num_hypotheses=decoding.hypotheses,
            no_repeat_ngram_size=decoding.no_repeat_ngram_size,
            repetition_penalty=decoding.repetition_penalty,
            length_penalty=decoding.length,
            coverage_penalty=decoding.coverage if beam_size > 1 else 0.0,  # CTranslate2 4.8 crashes where there is no beam
            return_attention=decoding.attention,
            return_scores=True,
            disable_unk=True,
            max_input_length=0,  # we look at the length ourselves: this would cut without a word
            min_decoding_length=len(prefix) + int(decoding.shortest * min(len(task.source) for task in tasks)),
            max_decoding_length=len(prefix) + max(self._longest(task, len(prefix)) for task in tasks),
            asynchronous=True,
            **options,
        )
        return pending

    def _longest(self, task: Task, prefix: int) -> int:
        """The target tokens allowed for `task`, less those of the loader's prefix: what goes on after that has run away."""
        ratio, more = _LONGEST
        wanted = int(ratio * len(task.source)) + more + len(task.prefix)
        return wanted if self._positions is None else min(wanted, self._positions - prefix)

    def _hypotheses(self, task: Task, result: Any, skipped: int) -> Iterator[Hypothesis]:
        """The loader's prefix is left out of each hypothesis, and of its attention."""
        hypotheses, scores, attention = result.hypotheses, result.scores, result.attention  # each access copies from C++
        for number, tokens in enumerate(hypotheses):
            tokens = tuple(tokens[skipped:])
            rows = tuple(attention[number][skipped:]) if attention else ()
            finished = len(tokens) < self._longest(task, skipped)
            yield Hypothesis(tokens, self._loader.decode(tokens), scores[number], finished, rows)


def batches(tasks: Sequence[Task], limit: int) -> Iterator[list[int]]:
    """The indices of the tasks in batches of at most `limit` source tokens, padding included; the longest sentences first.

    Sentences of about one length waste no padding; those of one batch suppress the same sequences, for CTranslate2 takes them
    for the batch as a whole.
    """
    order = sorted(range(len(tasks)), key=lambda index: (tasks[index].suppressed, -len(tasks[index].source)))
    batch: list[int] = []
    for index in order:
        if batch:
            first = tasks[batch[0]]
            full = len(first.source) * (len(batch) + 1) > limit
            if full or tasks[index].suppressed != first.suppressed:
                yield batch
                batch = []
        batch.append(index)
    if batch:
        yield batch


def _cores() -> int:
    """The processors that this process may use: a container's or `taskset`'s, not the machine's."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _threads(threads: int, device: str) -> tuple[int, int]:
    """How many batches at once, and how many threads for each.

    Two batches with a thread each are nearly three times as fast as one batch with two (benchmarks/speed.py): small matrices
    share badly. Beyond eight at once the memory for their beams costs more than the waiting. A GPU does one after another.
    """
    inter_threads = min(threads, 8) if device == "cpu" else 1
    return inter_threads, max(1, threads // inter_threads)


_opened: WeakValueDictionary[tuple[str | int, ...], Any] = WeakValueDictionary()
"""The models that are in memory: a run into two languages has a model of gigabytes there once."""


def _open(loader: Loader, device: str, compute_type: str, inter_threads: int, intra_threads: int) -> Any:
    _refuse_impossible(device, compute_type)
    missing = [name for name in ("model.bin", "config.json") if not (loader.model / name).is_file()]
    if missing:
        raise ModelError(f"has no {' and no '.join(missing)}", at=str(loader.model), hint=COPY_AGAIN)
    key = (str(loader.model.resolve()), loader.fingerprint, device, compute_type, inter_threads, intra_threads)
    model = _opened.get(key)
    if model is None:
        model = _opened[key] = _load(loader, device, compute_type, inter_threads, intra_threads)
    return model


def _load(loader: Loader, device: str, compute_type: str, inter_threads: int, intra_threads: int) -> Any:
    import ctranslate2

    try:
        return ctranslate2.Translator(
            str(loader.model),
            device=device,
            compute_type=compute_type,
            inter_threads=inter_threads,
            intra_threads=intra_threads,
        )
    except (RuntimeError, ValueError) as error:
        raise _explained(error, loader) from error


def _refuse_impossible(device: str, compute_type: str) -> None:
    """Say what this machine cannot do before CTranslate2 says it of the model."""
    import ctranslate2

    if device not in BATCH_TOKENS:
        raise ModelError(f"no device is called {device!r}", hint=f"type --device {' or --device '.join(BATCH_TOKENS)}")
    if device == "cuda" and not ctranslate2.get_cuda_device_count():
        raise ModelError("there is no CUDA device here", hint="leave --device out: the processor does the work")
    possible = {"default", "auto", *ctranslate2.get_supported_compute_types(device)}
    if compute_type not in possible:
        raise ModelError(f"{device} cannot compute in {compute_type}", hint=f"it can in {', '.join(sorted(possible))}")


def _explained(error: Exception, loader: Loader) -> ModelError:
    """CTranslate2's complaint about a model's files, as something that a user can act on."""
    complaint = str(error).splitlines()[0] if str(error) else type(error).__name__
    if "later version of CTranslate2" in complaint and _plausible_version(loader):
        return ModelError(
            "was made for a newer CTranslate2 than the one installed",
            at=str(loader.model),
            hint="type: pip install --upgrade ctranslate2",
        )
    return ModelError(f"is half copied or no CTranslate2 model: {complaint}", at=str(loader.model), hint=COPY_AGAIN)


def _plausible_version(loader: Loader) -> bool:
    """Whether the file begins with a version number at all: CTranslate2 takes the first bytes of any file for one."""
    with (loader.model / "model.bin").open("rb") as file:
        return int.from_bytes(file.read(4), "little") < 1000
