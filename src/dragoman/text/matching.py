"""Finding a glossary term in target text: the one tolerant matcher that drafts, checks, figures and previews share.

Text and term are folded (see fold.py), so that spelling does not matter. After each word an ending of the language may stand.
Between the words of a term there may be a space, a hyphen or nothing; or up to two other words, but no "and". A term never
matches inside a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from dragoman.languages import Language
from dragoman.model import Span, TargetTerm, TermMatch, TermOutcome
from dragoman.text.fold import Folded, fold


class Status(StrEnum):
    """How the glossary stands to a form (TBX administrative status)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class TargetMatch:
    """A form of a term, found in a target text. It is `inflected` where more than its spelling differs from the glossary's."""

    form: str
    status: Status
    inflected: bool
    span: Span


def find_term(target: TargetTerm, text: str, language: Language) -> tuple[TargetMatch, ...]:
    """Where the forms of `target` stand in `text`, in order. Of matches that overlap, the unbroken wins, then the longest."""
    folded = fold(text)
    forms = [form for form in _forms(target, language) if all(stem in folded.text for stem in form.stems)]
    if not forms:
        return ()
    unbroken = [match for form in forms for match in _matches(form, form.pattern, folded)]
    broken = [match for form in forms if form.broken for match in _matches(form, form.broken, folded)]
    return _without_overlaps((*sorted(unbroken, key=_rank), *sorted(broken, key=_rank)))


def _matches(form: _Form, pattern: str, folded: Folded) -> Iterator[TargetMatch]:
    for match in _compiled(pattern).finditer(folded.text):
        yield TargetMatch(form.text, form.status, _letters(match[0]) != form.letters, folded.unfolded(*match.span()))


def outcomes(matches: Sequence[TermMatch], text: str, language: Language) -> tuple[TermOutcome, ...]:
    """What became of each distinct term of a sentence in its translation `text`, in the order of the sentence.

    A term is expected as often as the source has it. One occurrence in `text` answers for one occurrence in the source: two
    terms with the same target need two, and a term does not count inside a longer one. Terms without a target have no outcome.
    """
    wanted: dict[tuple[str, str], _Wanted] = {}
    for match in matches:
        target = match.term.target(language.code, match.surface)
        if target is not None:
            source = match.term.source if match.term.translate else match.surface
            key = (match.term.id, target.preferred)
            wanted[key] = _Wanted(source, target, wanted[key].expected + 1 if key in wanted else 1)
    terms = list(wanted.values())
    found = _found(terms, text, language)
    return tuple(
        TermOutcome(term.source, term.target.preferred, term.expected, count, None)
        for term, count in zip(terms, found, strict=True)
    )


# --- forms as patterns --------------------------------------------------------------------------------------------------

_JOINT = re.compile("[\u200c‐‑–-]+")
_JOINED = "[ -]{0,3}"
_LATIN = "0-9A-Za-z"


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of a term, ready to be looked for. All its `stems` are in every folded text where it matches.

    `broken` is the pattern with other words between its own, of which the last alone may be inflected; empty for a single word,
    and for a form that does not inflect.
    """

    text: str
    status: Status
    letters: str
    stems: tuple[str, ...]
    pattern: str
    broken: str


@lru_cache(maxsize=65536)
def _forms(target: TargetTerm, language: Language) -> tuple[_Form, ...]:
    """The forms of a term; one that stands under several headings counts under the first."""
    texts = {target.preferred: Status.PREFERRED}
    for status, forms in ((Status.ADMITTED, target.admitted), (Status.FORBIDDEN, target.forbidden)):
        for form in forms:
            texts.setdefault(form, status)
    return tuple(
        _form(text, words, status, target.inflects, language) for text, status in texts.items() if (words := _words(text))
    )


def _form(text: str, words: Sequence[Sequence[str]], status: Status, inflects: bool, language: Language) -> _Form:
    parts = [part for word in words for part in word]
    stems = tuple(part[:-1] or part for part in parts)
    exact = [_JOINED.join(map(re.escape, word)) for word in words]
    patterns = [_JOINED.join(_inflected(part, language) for part in word) for word in words] if inflects else exact
    edges = (parts[0][0], parts[-1][-1])
    broken = _bounded(_gap(language).join((*exact[:-1], patterns[-1])), *edges) if inflects and len(words) > 1 else ""
    return _Form(text, status, "".join(parts), stems, _bounded(_JOINED.join(patterns), *edges), broken)


def _words(form: str) -> list[list[str]]:
    """The words of a form, each as its folded parts: a joiner or a hyphen is where a word may be written as two."""
    words = ([fold(part).text.strip() for part in _JOINT.split(word)] for word in form.split())
    return [parts for word in words if (parts := [part for part in word if part])]


def _letters(folded: str) -> str:
    return folded.replace(" ", "").replace("-", "")


def _gap(language: Language) -> str:
    """A pattern of nothing, or of one or two words that are not "and"."""
    conjunctions = "|".join(fold(word).text for word in language.inflection.conjunctions)
    return rf"(?:{_JOINED}|(?: (?!(?:{conjunctions}) )\w+){{1,2}}? )"


def _bounded(pattern: str, first: str, last: str) -> str:
    return f"(?<!{_neighbour(first)}){pattern}(?!{_neighbour(last)})"


@lru_cache(maxsize=65536)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiling costs more than all else, and most terms of a large glossary are never in the text."""
    return re.compile(pattern)


def _neighbour(edge: str) -> str:
    """What may not stand beside the edge of a term. A Latin word may have letters of the language joined to it: its endings."""
    return f"[{_LATIN}]" if edge.isascii() else r"\w"


@lru_cache(maxsize=65536)
def _inflected(word: str, language: Language) -> str:
    """A pattern of the folded `word` with the endings that the language may give it."""
    endings = _alternatives(language.inflection.suffixes)
    changed = language.inflection.final_letters
    ends = {fold(letter).text: forms for letter, forms in changed.items()}.get(word[-1], ()) if len(word) > 2 else ()
    plain = f"{re.escape(word)}(?:{endings})?"
    return f"(?:{plain}|{re.escape(word[:-1])}(?:{_alternatives(ends)}))" if ends else plain


def _alternatives(endings: Iterable[str]) -> str:
    return "|".join(sorted({fold(ending).text for ending in endings}, key=lambda ending: (-len(ending), ending)))


# --- which match counts -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A term of the sentence, and how often its translation is expected."""

    source: str
    target: TargetTerm
    expected: int


_STANDING = {Status.PREFERRED: 0, Status.ADMITTED: 1, Status.FORBIDDEN: 2}


def _rank(match: TargetMatch) -> tuple[int, bool, int, int]:
    """The longest first; of equally long ones what is not inflected, then the better standing, then the place."""
    return (match.span.start - match.span.end, match.inflected, _STANDING[match.status], match.span.start)


def _without_overlaps(ranked: Iterable[TargetMatch]) -> tuple[TargetMatch, ...]:
    """The matches in the order of the text, without those that overlap one ranked above them."""
    kept: list[TargetMatch] = []
    for match in ranked:
        if not any(match.span.overlaps(other.span) for other in kept):
            kept.append(match)
    return tuple(sorted(kept, key=lambda match: match.span))


def _found(terms: Sequence[_Wanted], text: str, language: Language) -> list[int]:
    """How often each term is found, when each occurrence answers for one term alone."""
    candidates: dict[Span, list[int]] = {}
    for index, term in enumerate(terms):
        for match in find_term(term.target, text, language):
            if match.status is not Status.FORBIDDEN:
                candidates.setdefault(match.span, []).append(index)
    spans: list[Span] = []
    for span in sorted(candidates, key=lambda span: (span.start - span.end, span)):
        if not any(span.overlaps(other) for other in spans):
            spans.append(span)
    return _shared_out([candidates[span] for span in sorted(spans)], [term.expected for term in terms])


def _shared_out(occurrences: Sequence[Sequence[int]], expected: Sequence[int]) -> list[int]:
    """How many occurrences each term gets, so that as many as can be are satisfied (augmenting paths, Kuhn 1955).

    `occurrences` names for each one the terms that it could stand for. What no term needs goes to the first that could have it.
    """
    holders: list[list[int]] = [[] for _ in expected]

    def place(occurrence: int, tried: set[int]) -> bool:
        for term in occurrences[occurrence]:
            if term in tried:
                continue
            tried.add(term)
            if len(holders[term]) < expected[term]:
                holders[term].append(occurrence)
                return True
            for held in holders[term]:
                if place(held, tried):
                    holders[term].remove(held)
                    holders[term].append(occurrence)
                    return True
        return False

    found = [0] * len(expected)
    for occurrence, terms in enumerate(occurrences):
        if not place(occurrence, set()):
            found[terms[0]] += 1
    return [extra + len(held) for extra, held in zip(found, holders, strict=True)]
