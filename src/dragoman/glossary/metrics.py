"""How well the translations of a PO file keep to the glossary, in figures that the field knows.

Exact-match accuracy, window overlap and 1-TERm: Alam et al., "On the Evaluation of Machine Translation for Terminology
Consistency" (2021), as in the terminology task of WMT21. Success rate and consistency are what a desk feels: each occurrence in
its place, with any ending, and one rendering for one concept throughout an article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from dragoman.glossary.match import SourceMatcher, document_matches
from dragoman.languages import Language
from dragoman.model import Catalog, Entry, Span, TargetTerm, TermMatch
from dragoman.text.fold import fold
from dragoman.text.matching import Status, find_term, outcomes

WINDOWS = (2, 3)  # words on each side, as in WMT21
TERM_COST = 2  # of an edit of a word that belongs to a term; all others cost 1
LONGEST_SHIFT = 10  # words; Snover et al. 2006, as in tercom
FARTHEST_SHIFT = 50  # words
_WORD = re.compile(r"[\w\u200c\u064b-\u0655\u0670]+")


@dataclass(frozen=True, slots=True)
class Metrics:
    """Shares from 0 to 1, and None where there was nothing to measure. What needs a reference is None without one."""

    entries: int  # with a target and a term
    occurrences: int  # of terms in the sources
    exact_match: float | None  # occurrences whose form stands in the target letter by letter
    success: float | None  # occurrences that the tolerant matcher finds
    consistency: float | None  # occurrences rendered as their concept mostly is; of concepts that occur twice or more
    window_overlap: Mapping[int, float] | None  # by size of the window
    one_minus_term: float | None


@dataclass(frozen=True, slots=True)
class _Pair:
    """A translation, the terms of its source that have a target, and its reference."""

    target: str
    matches: tuple[tuple[TermMatch, TargetTerm], ...]
    reference: str | None


def measure(catalog: Catalog, matcher: SourceMatcher, language: Language, reference: Catalog | None = None) -> Metrics:
    """The figures of all translated entries of `catalog`, drafts as well.

    `reference` is what is right, entry by entry, by msgctxt and msgid: perhaps the same file after review.
    """
    pairs = list(_pairs(catalog, matcher, language, reference))
    with_terms = [pair for pair in pairs if pair.matches]
    compared = [pair for pair in pairs if pair.reference is not None]
    return Metrics(
        len(with_terms),
        sum(len(pair.matches) for pair in with_terms),
        _share(_exact(pair) for pair in with_terms),
        _share(_success(pair, language) for pair in with_terms),
        _share(_consistent(with_terms, language)),
        {window: _window_overlap(compared, window, language) for window in WINDOWS} if compared else None,
        1 - sum(_term_rate(pair, language) for pair in compared) / len(compared) if compared else None,
    )


def _pairs(catalog: Catalog, matcher: SourceMatcher, language: Language, reference: Catalog | None) -> Iterator[_Pair]:
    entries = [entry for entry in catalog.entries if entry.target and not entry.obsolete]
    right: Mapping[tuple[str | None, str], Entry] = {entry.key: entry for entry in reference.entries} if reference else {}
    for entry, matches in zip(entries, document_matches(matcher, [entry.source for entry in entries]), strict=True):
        with_targets = tuple(
            (match, target) for match in matches if (target := match.term.target(language.code, match.surface)) is not None
        )
        other = right.get(entry.key)
        yield _Pair(entry.target, with_targets, other.target if other is not None and other.target else None)


def _share(counts: Iterable[tuple[int, int]]) -> float | None:
    """The parts of all wholes; None where there are no wholes."""
    pairs = list(counts)
    whole = sum(whole for _, whole in pairs)
    return sum(part for part, _ in pairs) / whole if whole else None


def _exact(pair: _Pair) -> tuple[int, int]:
    taken: list[Span] = []
    for _, target in sorted(pair.matches, key=lambda match: -len(match[1].preferred)):
        spans = (
            Span(*match.span())
            for form in (target.preferred, *target.admitted)
            for match in re.finditer(rf"(?<![\w\u200c]){re.escape(form)}(?![\w\u200c])", pair.target)
        )
        free = next((span for span in spans if not any(span.overlaps(other) for other in taken)), None)
        if free is not None:
            taken.append(free)
    return len(taken), len(pair.matches)


def _success(pair: _Pair, language: Language) -> tuple[int, int]:
    found = outcomes([match for match, _ in pair.matches], pair.target, language)
    return sum(min(outcome.found, outcome.expected) for outcome in found), sum(outcome.expected for outcome in found)


def _consistent(pairs: Sequence[_Pair], language: Language) -> Iterator[tuple[int, int]]:
    """For each concept that is rendered twice or more: how often in its most frequent form, and how often in all."""
    forms: dict[tuple[str, str], Counter[str]] = {}
    for pair in pairs:
        for match, target, form in _renderings(pair, language):
            concept = (match.term.concept or match.term.id, target.preferred)  # a surname is not its full name
            forms.setdefault(concept, Counter())[fold(form).text] += 1
    for counts in forms.values():
        if counts.total() > 1:
            yield counts.most_common(1)[0][1], counts.total()


def _renderings(pair: _Pair, language: Language) -> Iterator[tuple[TermMatch, TargetTerm, str]]:
    """The form that stands for each term of a sentence. A place stands for one term, best for one that prefers its form."""
    found = [
        (match.status is not Status.PREFERRED, -len(match.form), number, match)
        for number, (_, target) in enumerate(pair.matches)
        for match in find_term(target, pair.target, language)
    ]
    settled: set[int] = set()
    taken: list[Span] = []
    for _, _, number, match in sorted(found, key=lambda one: one[:3]):
        if number not in settled and not any(match.span.overlaps(span) for span in taken):
            settled.add(number)
            taken.append(match.span)
            yield (*pair.matches[number], match.form)


# --- against a reference ------------------------------------------------------------------------------------------------


def _window_overlap(pairs: Sequence[_Pair], size: int, language: Language) -> float:
    """The mean over sentences with terms: how many of the words around a term stand around it in the reference, too."""
    scores = []
    for pair in pairs:
        if pair.matches and pair.reference is not None:
            overlaps = [
                overlap
                for target in {match.term.id: target for match, target in pair.matches}.values()
                for overlap in _overlaps(target, pair.target, pair.reference, size, language)
            ]
            scores.append(sum(overlaps) / len(overlaps) if overlaps else 0.0)
    return sum(scores) / len(scores) if scores else 0.0


def _overlaps(target: TargetTerm, text: str, reference: str, size: int, language: Language) -> list[float]:
    """For each occurrence of a term in both texts, paired so that the best come first: the share of common neighbours."""
    there, here = ([_neighbours(one, span, size) for span in _spans(target, one, language)] for one in (reference, text))
    ranked = sorted(
        (
            (sum((one & other).values()) / max(1, one.total()), i, j)
            for i, one in enumerate(there)
            for j, other in enumerate(here)
        ),
        reverse=True,
    )
    result, used, used_here = [], set(), set()
    for overlap, i, j in ranked:
        if i not in used and j not in used_here:
            used.add(i)
            used_here.add(j)
            result.append(overlap)
    return result


def _spans(target: TargetTerm, text: str, language: Language) -> list[Span]:
    return [match.span for match in find_term(target, text, language) if match.status is not Status.FORBIDDEN]


def _neighbours(text: str, span: Span, size: int) -> Counter[str]:
    before = [fold(word[0]).text for word in _WORD.finditer(text, 0, span.start)][-size:]
    after = [fold(word[0]).text for word in _WORD.finditer(text, span.end)][:size]
    return Counter(before + after)


def _term_rate(pair: _Pair, language: Language) -> float:
    """TERm of one sentence: edits to make the reference of it, words of terms counted twice, by the reference's length."""
    assert pair.reference is not None
    spans = [span for _, target in pair.matches for span in _spans(target, pair.reference, language)]
    found = [(fold(word[0]).text, Span(*word.span())) for word in _WORD.finditer(pair.reference)]
    words = [word for word, _ in found]
    costs = [TERM_COST if any(place.overlaps(span) for span in spans) else 1 for _, place in found]
    hypothesis = [fold(word[0]).text for word in _WORD.finditer(pair.target)]
    return edit_cost(hypothesis, words, costs) / max(1, len(words))


def edit_cost(hypothesis: Sequence[str], reference: Sequence[str], costs: Sequence[int]) -> int:
    """The least cost that TER's greedy search finds: insertions, deletions, substitutions, and shifts of phrases at 1.

    `costs` are those of the reference's words; a word that the reference lacks costs 1.
    """
    current = list(hypothesis)
    best = _distance(current, reference, costs)
    shifts = 0
    while best > 1:
        found = min(_shifted(current, reference), key=lambda one: _distance(one, reference, costs), default=None)
        if found is None or (distance := _distance(found, reference, costs)) + 1 >= best:
            break
        current, best, shifts = found, distance, shifts + 1
    return best + shifts


def _shifted(hypothesis: list[str], reference: Sequence[str]) -> Iterator[list[str]]:
    """The hypothesis with one phrase of it, which the reference has elsewhere, moved to where its words belong."""
    beside = _places(hypothesis, reference)
    for start in range(len(hypothesis)):
        for place in range(len(reference)):
            length = 0
            while (
                length < LONGEST_SHIFT
                and start + length < len(hypothesis)
                and place + length < len(reference)
                and hypothesis[start + length] == reference[place + length]
            ):
                length += 1
                for target in {beside[place], beside[place + length]}:
                    if not start <= target <= start + length and abs(target - start) <= FARTHEST_SHIFT:
                        phrase = hypothesis[start : start + length]
                        rest = hypothesis[:start] + hypothesis[start + length :]
                        target -= length if target > start else 0
                        yield rest[:target] + phrase + rest[target:]


def _places(hypothesis: Sequence[str], reference: Sequence[str]) -> list[int]:
    """For each gap of the reference, before its words and after the last, the gap of the hypothesis that lies there."""
    places = [0] * len(reference) + [len(hypothesis)]
    for part in Levenshtein.opcodes(hypothesis, reference):
        for offset in range(part.dest_end - part.dest_start):
            places[part.dest_start + offset] = min(part.src_start + offset, part.src_end)
    return places


def _distance(hypothesis: Sequence[str], reference: Sequence[str], costs: Sequence[int]) -> int:
    """Levenshtein's distance in words, weighted by the words of the reference."""
    row = [0]
    for cost in costs:
        row.append(row[-1] + cost)
    for word in hypothesis:
        left = row[0] + 1
        next_row = [left]
        for place, (other, cost) in enumerate(zip(reference, costs, strict=True)):
            left = min(left + cost, row[place + 1] + 1, row[place] + (0 if word == other else cost))
            next_row.append(left)
        row = next_row
    return row[-1]
