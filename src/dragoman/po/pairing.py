"""Which old sentence a new one comes from, where no source is the same: edited, split in two, or joined from two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from dragoman.model import Entry

_Group = tuple[int, ...]

EDITED = 70.0  # percent of characters in common (rapidfuzz's ratio): below, a translation is of more harm than help
REGROUPED = 80.0  # the same, for a sentence against two or three in a row
LONGEST_GROUP = 3
NEAREST = 5  # candidates that are weighed for each sentence
UNDONE = 101.0  # the article went back to the very source that the translation was made for


@dataclass(frozen=True, slots=True)
class Pairing:
    """Sentences by their number in the two sequences. One old and one new: edited. Several new: split; several old: joined."""

    old: _Group
    new: _Group


def pair(old: Sequence[Entry], new: Sequence[Entry], free_old: Sequence[int], free_new: Sequence[int]) -> list[Pairing]:
    """Pair the entries of `old` numbered `free_old` with those of `new` numbered `free_new`: the most alike first, each once.

    The others are the same in both: they are the neighbours that decide between candidates that are equally alike.
    """
    if not free_old or not free_new:
        return []
    ranked = sorted(
        (-round(score), -_neighbours(old, new, pairing), len(pairing.old) + len(pairing.new), pairing.new, pairing.old)
        for score, pairing in _candidates(old, new, free_old, free_new)
    )
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    pairings = []
    for *_, new_numbers, old_numbers in ranked:
        if taken_old.isdisjoint(old_numbers) and taken_new.isdisjoint(new_numbers):
            taken_old.update(old_numbers)
            taken_new.update(new_numbers)
            pairings.append(Pairing(old_numbers, new_numbers))
    return sorted(pairings, key=lambda pairing: pairing.new)


def _candidates(
    old: Sequence[Entry], new: Sequence[Entry], free_old: Sequence[int], free_new: Sequence[int]
) -> Iterator[tuple[float, Pairing]]:
    singles_old, singles_new = [(number,) for number in free_old], [(number,) for number in free_new]
    yield from _alike(old, new, singles_old, singles_new, EDITED)
    yield from _alike(old, new, singles_old, _groups(new, free_new), REGROUPED)
    yield from _alike(old, new, _groups(old, free_old), singles_new, REGROUPED)
    made_for = {old[number].previous_source: number for number in free_old if old[number].fuzzy}
    for number in free_new:
        if (known := made_for.get(new[number].source)) is not None and old[known].context == new[number].context:
            yield UNDONE, Pairing((known,), (number,))


def _alike(
    old: Sequence[Entry], new: Sequence[Entry], old_groups: Sequence[_Group], new_groups: Sequence[_Group], least: float
) -> Iterator[tuple[float, Pairing]]:
    """The pairings of a group with a group whose sources, joined, are alike by `least` percent or more."""
    choices = [" ".join(old[number].source for number in group) for group in old_groups]
    for new_group in new_groups:
        query = " ".join(new[number].source for number in new_group)
        for _, score, position in process.extract(query, choices, scorer=fuzz.ratio, score_cutoff=least, limit=NEAREST):
            old_group = old_groups[position]
            if old[old_group[0]].context == new[new_group[0]].context:
                yield score, Pairing(old_group, new_group)


def _groups(entries: Sequence[Entry], free: Sequence[int]) -> list[_Group]:
    """Runs of two or three free entries that follow each other in the article."""
    known = {number for number in free if not entries[number].obsolete}
    return [
        tuple(range(start, start + size))
        for start in sorted(known)
        for size in range(2, LONGEST_GROUP + 1)
        if known.issuperset(range(start, start + size))
    ]


def _neighbours(old: Sequence[Entry], new: Sequence[Entry], pairing: Pairing) -> int:
    """How many of the two neighbours, before and after, are the same in both; the ends of the article count as the same."""
    if old[pairing.old[0]].obsolete:
        return 0  # obsolete entries stand in no article
    before = _key(old, pairing.old[0] - 1) == _key(new, pairing.new[0] - 1)
    after = _key(old, pairing.old[-1] + 1) == _key(new, pairing.new[-1] + 1)
    return before + after


def _key(entries: Sequence[Entry], number: int) -> tuple[str | None, str] | None:
    return entries[number].key if 0 <= number < len(entries) and not entries[number].obsolete else None
