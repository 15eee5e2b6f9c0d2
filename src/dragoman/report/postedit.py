"""What people made of the drafts, in figures: how much they changed, by which model, and which terms.

HTER is the translation edit rate of a draft against its own post-edit (Snover et al. 2006); chrF++ is Popović 2017. Both are
sacreBLEU's, over all sentences of a group as one corpus.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from dragoman.errors import DragomanError
from dragoman.languages import Language
from dragoman.model import TermMatch
from dragoman.text.matching import find_term

if TYPE_CHECKING:
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

# Words and marks apart, so that a moved comma is not a changed word; a ZWNJ belongs to its word.
_TOKEN = re.compile(r"[\w\u200c\u064b-\u065f\u0670]+|[^\w\s]")
_LONGEST_REPLACEMENT = 4  # words; longer ones are sentences written anew, and come but once


@dataclass(frozen=True, slots=True)
class PostEdit:
    """A draft, and what a person accepted in its place. `matches` are the glossary's terms in the source."""

    article: str
    language: Language
    source: str
    draft: str
    target: str
    origin: str
    matches: Sequence[TermMatch] = ()

    @property
    def untouched(self) -> bool:
        """Whether the person left it as it was; another Unicode form of the same letters is no change."""
        return unicodedata.normalize("NFC", self.draft) == unicodedata.normalize("NFC", self.target)

    @property
    def engine(self) -> str:
        """Engine and model; all hits of the memory are one engine."""
        return "memory" if self.origin.startswith("memory ") else self.origin


@dataclass(frozen=True, slots=True)
class Figures:
    """Of a group of post-edits: `hter` in edits for 100 words, `chrf` (chrF++) from 0 to 100."""

    sentences: int
    untouched: int
    hter: float
    chrf: float


@dataclass(frozen=True, slots=True)
class TermEdits:
    """A term of the glossary in one language: drafts that have it, and those in which people wrote it otherwise."""

    term: str
    language: str
    drafts: int
    edited: int


@dataclass(frozen=True, slots=True)
class Replacement:
    """Words that people put in the place of others, more than once: often a term that the glossary lacks."""

    language: str
    draft: str
    target: str
    times: int


class Measure:
    """Figures of post-edits. Raises DragomanError where sacreBLEU is not installed."""

    def __init__(self) -> None:
        self._ter, self._chrf = _metrics()
        self._edits: dict[tuple[str, str], tuple[float, float]] = {}

    def figures(self, edits: Sequence[PostEdit]) -> Figures:
        """Those of all `edits` together; there must be one at least."""
        counts = [self._count(edit) for edit in edits]
        words = sum(length for _, length in counts)
        chrf = self._chrf.corpus_score([edit.draft for edit in edits], [[edit.target for edit in edits]])
        return Figures(
            sentences=len(edits),
            untouched=sum(edit.untouched for edit in edits),
            hter=round(100 * sum(changed for changed, _ in counts) / words, 1) if words else 0.0,
            chrf=round(chrf.score, 1),
        )

    def _count(self, edit: PostEdit) -> tuple[float, float]:
        """Edits, and the words of the post-edit that they are counted against. TER is slow: once a pair is enough."""
        draft, target = tokens(edit.draft), tokens(edit.target)
        key = (" ".join(draft), " ".join(target))
        if key not in self._edits:
            if draft == target:
                self._edits[key] = (0.0, float(len(target)))
            else:
                score = self._ter.sentence_score(key[0], [key[1]])
                self._edits[key] = (score.num_edits, score.ref_length)
        return self._edits[key]


def grouped(edits: Iterable[PostEdit], *attributes: str) -> dict[tuple[str, ...], list[PostEdit]]:
    """Post-edits by the values of these attributes, in the order of those."""
    groups: dict[tuple[str, ...], list[PostEdit]] = {}
    for edit in edits:
        values = (edit.language.code if name == "language" else getattr(edit, name) for name in attributes)
        groups.setdefault(tuple(values), []).append(edit)
    return dict(sorted(groups.items()))


def edited_terms(edits: Iterable[PostEdit]) -> tuple[TermEdits, ...]:
    """The terms that people wrote otherwise than the draft did, the most often edited first."""
    drafts: Counter[tuple[str, str]] = Counter()
    edited: Counter[tuple[str, str]] = Counter()
    for edit in edits:
        for term, changed in _terms(edit):
            drafts[term, edit.language.code] += 1
            edited[term, edit.language.code] += changed
    found = (TermEdits(*key, drafts[key], count) for key, count in edited.items() if count)
    return tuple(sorted(found, key=lambda term: (-term.edited, term.term, term.language)))


def replacements(edits: Iterable[PostEdit]) -> tuple[Replacement, ...]:
    """What people put in the place of the same words in several sentences, the most frequent first."""
    times: Counter[tuple[str, str, str]] = Counter()
    for edit in edits:
        times.update({(edit.language.code, *pair) for pair in _replaced(tokens(edit.draft), tokens(edit.target))})
    found = (Replacement(*key, count) for key, count in times.items() if count > 1)
    return tuple(sorted(found, key=lambda one: (-one.times, one.language, one.draft, one.target)))


def tokens(text: str) -> list[str]:
    """Words and marks, in NFC."""
    return _TOKEN.findall(unicodedata.normalize("NFC", text))


def _terms(edit: PostEdit) -> Iterator[tuple[str, bool]]:
    """Each term of the source that has a form in the language, with whether the post-edit has another form of it, or none."""
    for match in {match.term.id: match for match in edit.matches}.values():
        target = match.term.target(edit.language.code, match.surface)
        if target is not None:
            before, after = ({one.form for one in find_term(target, text, edit.language)} for text in (edit.draft, edit.target))
            yield match.term.source, before != after


def _replaced(draft: Sequence[str], target: Sequence[str]) -> Iterator[tuple[str, str]]:
    for operation, start, end, other_start, other_end in SequenceMatcher(None, draft, target, autojunk=False).get_opcodes():
        before, after = draft[start:end], target[other_start:other_end]
        if operation == "replace" and max(len(before), len(after)) <= _LONGEST_REPLACEMENT and any(map(str.isalpha, after)):
            yield " ".join(before), " ".join(after)


def _metrics() -> tuple[TER, CHRF]:
    try:
        from sacrebleu.metrics.chrf import CHRF
        from sacrebleu.metrics.ter import TER
    except ImportError:
        raise DragomanError("figures of post-editing need sacreBLEU", hint="run: pip install dragoman[postedit]") from None
    return TER(case_sensitive=True), CHRF(word_order=2)
