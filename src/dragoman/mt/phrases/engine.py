"""The engine over a phrase model: the same Protocol as a neural model's, so that the ladder asks one like the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from dragoman.languages import Language
from dragoman.model import Guess, GuessKind
from dragoman.mt.engine import Decoding, Hypothesis, Task
from dragoman.mt.phrases.glossed import Stretch
from dragoman.mt.phrases.loader import PLACEHOLDERS, PhraseModel
from dragoman.mt.phrases.names import guesses
from dragoman.mt.phrases.search import REACH, Option, Path, search
from dragoman.mt.phrases.spelling import Speller
from dragoman.mt.phrases.table import BEGINNING, LONGEST, UNKNOWN, PhraseTable, Translation
from dragoman.mt.phrases.words import is_fixed, is_wall, join_words, lookup_forms, split_words, stems

_ENDING = re.compile(r"(?<=<x\d>)(?:'s|s'|es|s|')(?!\w)")
_BEAM = 1.5  # hypotheses a stack for each of the beam that is asked for: at 6, more changes no figure
_TRANSLATIONS = 5  # of each phrase
_SPELLED = 0.0  # log10: so that no name that is spelled stays Latin
_PARTICLE = 2  # letters, at most
_LONG_NUMBER = 3  # characters: with 2, more placeholders get lost than numbers are saved
_AS_IT_IS = -1.0  # log10: what a word costs that stays as it is; more than any translation that there is


class PhraseEngine:
    """A phrase model as an engine. It never runs away, leaves out no word, and keeps each placeholder just once."""

    placeholders = PLACEHOLDERS
    aligns = True
    annotates = False

    def __init__(self, model: PhraseModel) -> None:
        self._model = model

    @property
    def signature(self) -> str:
        return f"{self._model.name} {self._model.version}"

    @property
    def fingerprint(self) -> str:
        return self._model.fingerprint

    @property
    def languages(self) -> tuple[str, ...]:
        return self._model.languages

    @property
    def max_length(self) -> int:
        return self._model.max_length

    @property
    def knows_dari(self) -> bool:
        return self._model.knows_dari

    def encode(self, text: str, language: Language, placeholders: Collection[str] = ()) -> tuple[str, ...]:
        if placeholders:  # English endings of what it stands for: `<x0>s`, `<x0>'s`
            text = _ENDING.sub("", text)
        return tuple(
            part
            for word in split_words(text)
            for part in (word if word in PLACEHOLDERS and word not in placeholders else (word,))
        )

    def encode_target(self, text: str, language: Language) -> tuple[str, ...]:
        return tuple(split_words(text))

    def decode(self, tokens: Sequence[str]) -> str:
        return join_words(tokens)

    def reserved(self, placeholders: Collection[str] = ()) -> tuple[tuple[str, ...], ...]:
        return ()  # nothing comes out that did not go in

    def translate(
        self, tasks: Sequence[Task], language: Language, decoding: Decoding, progress: Callable[[int], None] | None = None
    ) -> list[tuple[Hypothesis, ...]]:
        results = []
        for task in tasks:
            results.append(tuple(self._translate(task, language, decoding)))
            if progress:
                progress(1)
        return results

    def score(self, pairs: Sequence[tuple[Sequence[str], Sequence[str]]], language: Language) -> list[float]:
        table = self._model.table(language.code)
        return [_fluency([table.number(word) for word in target], table) for _, target in pairs]

    def stretches(self, task: Task, language: Language) -> tuple[Stretch, ...]:
        """The phrases that cover the source, in its own order, and what each becomes: what a network may read. Placeholders and
        long numbers stand by themselves."""
        alone = [
            option
            for option in self._options(task, language)
            if option.end - option.start == 1 or not any(map(stands_alone, task.source[option.start : option.end]))
        ]
        (path,) = self._search(alone, task, language, Decoding(), reach=0)
        return tuple(
            Stretch(task.source[option.start : option.end], option.words, option.guess is not None, option.guess)
            for option in path.options
        )

    def _options(self, task: Task, language: Language) -> list[Option]:
        return list(_options(task, self._model.table(language.code), self._model.speller(language.code)))

    def _search(
        self, options: Sequence[Option], task: Task, language: Language, decoding: Decoding, reach: int = REACH
    ) -> list[Path]:
        table = self._model.table(language.code)
        return search(
            options,
            [is_wall(word) for word in task.source],
            self._model.weights(language.code),
            table.score,
            table.unigram,
            beam=max(1, round(_BEAM * decoding.beam_size)),
            paths=decoding.hypotheses,
            reach=reach,
        )

    def _translate(self, task: Task, language: Language, decoding: Decoding) -> Iterator[Hypothesis]:
        for path in self._search(self._options(task, language), task, language, decoding):
            words = tuple(word for option in path.options for word in option.words)
            yield Hypothesis(
                tokens=words,
                text=join_words(words),
                score=path.score / max(len(words), 1),
                finished=True,
                attention=tuple(_alignment(path, len(task.source))) if decoding.attention else (),
                guesses=tuple(option.guess for option in path.options if option.guess),
            )


def _options(task: Task, table: PhraseTable, speller: Speller | None) -> Iterator[Option]:
    """What each stretch of the source may become. A word that no phrase has is tried in its other forms, or stays as it is; if it
    is a name, it is spelled by its sound."""
    source = task.source
    small = lookup_forms(source)
    spans = [(start, end) for start in range(len(source)) for end in range(start + 1, min(start + LONGEST, len(source)) + 1)]
    found = table.translations(small[start:end] for start, end in spans)
    meant = dict(task.meant)
    unknown = set()
    for (start, end), translations in zip(spans, found, strict=True):
        form = None
        if end - start == 1:
            form, translations = _of_word(source[start], small[start], translations, table)
        allowed = [one for one in translations if not _has_any(one.words, task.suppressed)] if task.suppressed else translations
        near = form is not None and table.is_near(form)
        if near:  # a particle says nothing of what the word means, and half a sentence more than it does
            allowed = [one for one in allowed if len(one.words) == 1 and len(one.words[0]) > _PARTICLE]
        for one in allowed[:_TRANSLATIONS]:
            guess = Guess(source[start], join_words(one.words), GuessKind.NEAR) if near else None
            yield Option(start, end, one.words, one.numbers, one.score, guess)
        if end - start == 1 and not allowed:
            # The model judges the words that a placeholder stands for, and so puts it where they fit.
            numbers = tuple(table.number(word) for word in split_words(meant.get(source[start], source[start])))
            yield Option(start, end, (source[start],), numbers, _AS_IT_IS)
            if not translations and source[start][0].isalpha():
                unknown.add(start)
    for name in guesses(source, unknown, speller) if speller else ():
        if not _has_any((name.target,), task.suppressed):
            words = tuple(name.target.split())
            guess = Guess(name.source, name.target, GuessKind.SOUND)
            yield Option(name.start, name.end, words, tuple(map(table.number, words)), _SPELLED, guess)


def _of_word(
    word: str, small: str, translations: tuple[Translation, ...], table: PhraseTable
) -> tuple[str | None, tuple[Translation, ...]]:
    """The form in which the phrases know a word, and its translations. A form that a pair has comes before a near word."""
    if _stays(word):
        return None, ()
    if is_fixed(word) or (translations and not table.is_near(small)):
        return small, translations
    forms = [small, *stems(small), small.lower()]
    found = zip(forms, table.translations([form] for form in forms), strict=True)
    known = [(form, renderings) for form, renderings in found if renderings]
    return min(known, key=lambda pair: table.is_near(pair[0]), default=(None, ()))


def stands_alone(word: str) -> bool:
    """Whether a word is a stretch by itself for the network: a placeholder, a number so long that it will be behind one, and a
    quotation mark, at which a sentence may be cut."""
    return word == '"' or word in PLACEHOLDERS or (word[0].isdigit() and len(word) >= _LONG_NUMBER)


def _stays(word: str) -> bool:
    return word in PLACEHOLDERS or word[0].isdigit()


def _has_any(words: Sequence[str], sequences: Collection[Sequence[str]]) -> bool:
    text = f" {' '.join(words)} "
    return any(f" {' '.join(sequence)} " in text for sequence in sequences)


def _alignment(path: Path, length: int) -> Iterator[tuple[float, ...]]:
    """For each target word, how much of it comes from each source word: of a phrase's words, all from all alike."""
    for option in path.options:
        share = 1 / (option.end - option.start)
        row = tuple(share if option.start <= index < option.end else 0.0 for index in range(length))
        yield from (row for _ in option.words)


def _fluency(numbers: Sequence[int], table: PhraseTable) -> float:
    """Mean log10 of the words' probabilities; those of unknown words are left out."""
    words = [BEGINNING, BEGINNING, *numbers]
    known = [index for index in range(2, len(words)) if words[index] != UNKNOWN]
    return sum(table.score(*words[index - 2 : index + 1]) for index in known) / max(len(known), 1)
