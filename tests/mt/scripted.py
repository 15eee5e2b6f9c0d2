"""An engine that says what its script says: what the ladder makes of good, bad and odd models can be told in a case file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dragoman.languages import Language
from dragoman.mt.annotation import TAGS, annotated
from dragoman.mt.engine import Decoding, Hypothesis, Task

SPACE = "▁"


@dataclass
class ScriptedEngine:
    """Tokens are words. `says` has the hypotheses of each source, best first; any other source gets `otherwise`. A told term
    stands in its source with its form: `<t> Kabul <m> کابل </t>`.

    After a forced prefix it goes on with what its hypothesis has after the same number of words. A text with one of `dislikes`
    in it is unlikely. `asked` remembers the sources of each call of `translate`.
    """

    says: Mapping[str, Sequence[str]]
    placeholders: tuple[str, ...] = ()
    otherwise: str = "هیچ"
    dislikes: Collection[str] = ()
    max_length: int = 100
    knows_dari: bool = True
    aligns: bool = False
    annotates: bool = False
    languages: tuple[str, ...] = ("fa_AF", "ps")
    signature: str = "scripted 1"
    fingerprint: str = "1"
    asked: list[list[str]] = field(default_factory=list)

    def encode(self, text: str, language: Language, placeholders: Collection[str] = ()) -> tuple[str, ...]:
        return tuple(SPACE + word for word in text.split())

    def encode_target(self, text: str, language: Language) -> tuple[str, ...]:
        return self.encode(text, language)

    def decode(self, tokens: Sequence[str]) -> str:
        return "".join(tokens).replace(SPACE, " ").strip()

    def reserved(self, placeholders: Collection[str] = ()) -> tuple[tuple[str, ...], ...]:
        return ()

    def translate(
        self, tasks: Sequence[Task], language: Language, decoding: Decoding, progress: Callable[[int], None] | None = None
    ) -> list[tuple[Hypothesis, ...]]:
        if any(task.told for task in tasks):
            tasks = [replace(task, source=self._annotated(task, language), told=()) for task in tasks]
        self.asked.append([self.decode(task.source) for task in tasks])
        if progress:
            progress(len(tasks))
        return [tuple(self._hypotheses(task, language)[: decoding.hypotheses]) for task in tasks]

    def score(self, pairs: Sequence[tuple[Sequence[str], Sequence[str]]], language: Language) -> list[float]:
        return [self._likely(self.decode(target)) for _, target in pairs]

    def _annotated(self, task: Task, language: Language) -> tuple[str, ...]:
        told = [replace(one, placeholder=SPACE + one.placeholder) for one in task.told]
        tokens = annotated(task.source, told, lambda text: self.encode(text, language))
        return tuple(SPACE + token if token in TAGS else token for token in tokens)

    def _hypotheses(self, task: Task, language: Language) -> list[Hypothesis]:
        texts = self.says.get(self.decode(task.source), [self.otherwise])
        suppressed = {SPACE + self.decode(sequence) for sequence in task.suppressed}
        return [self._hypothesis(task, text, suppressed, language) for text in texts]

    def _hypothesis(self, task: Task, text: str, suppressed: Collection[str], language: Language) -> Hypothesis:
        rest = self.encode(text, language)[len(task.prefix) :]
        tokens = (*task.prefix, *(token for token in rest if token not in suppressed))
        # Each word looks at the source word at its own place.
        attention = tuple(
            tuple(float(place == min(row, len(task.source) - 1)) for place in range(len(task.source)))
            for row in range(len(tokens))
        )
        said = self.decode(tokens)
        return Hypothesis(tokens, said, self._likely(said), True, attention)

    def _likely(self, text: str) -> float:
        return -5.0 if any(word in text for word in self.dislikes) else -1.0
