"""Which unknown words of a sentence are names, to be spelled by sound. The others stay in Latin letters.

An unknown word with a capital is a name where only names have capitals: amid a sentence. Where any word may have one (at its
beginning, after a full stop, a colon or an opening quotation mark, in a heading whose words all have capitals), it must show that
it is no ordinary word, by one of these:

- it stands once more where only names have capitals,
- the next word has a capital, too (in a heading: the next or the one before is unknown as well), and it is no plural: Tawana
  Kochay,
- the genitive, an age or a verb of saying comes right after it: Kochay's house; Kochay, 34; Kochay said. Of a plural the last
  says nothing: Shopkeepers said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from dragoman.mt.phrases.spelling import Speller, without_genitive

_SAYING = frozenset(
    ["said", "says", "told", "adds", "added", "asked", "explained", "announced", "wrote", "warned", "insisted", "noted", "stated"]
)
_ENDS = frozenset(".?!:")
_ARTICLES = frozenset({"al", "el", "Al", "El"})
_TITLE = 4  # letters of a title or an initial, at most: Dr., Prof., J.
# What a heading in capitals writes without one.
_SMALL = frozenset({
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "nor",
    "with", "by", "from", "as", "into", "over", "per", "via", "vs", "amid", "after",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guess:
    """The words `start` to `end` of a sentence, as `source`, spelled by sound."""

    start: int
    end: int
    source: str
    target: str


def guesses(words: Sequence[str], unknown: Collection[int], speller: Speller) -> Iterator[Guess]:
    """The names among the `unknown` words (places in `words`), spelled; one with the Arabic article together with it."""
    for place in sorted(names(words, unknown)):
        start = place - 2 if place > 1 and words[place - 1] == "-" and words[place - 2] in _ARTICLES else place
        source = without_genitive("".join(words[start : place + 1]))
        target = speller.spell(source)
        if target:
            yield Guess(start, place + 1, source, target)


def names(words: Sequence[str], unknown: Collection[int]) -> frozenset[int]:
    """The places of those of the `unknown` words (places in `words`) that are names."""
    capital = {place for place in unknown if words[place][0].isupper()}
    heading = _is_heading(words)
    weak = {place for place in capital if heading or _begins(words, place)}
    sure = {without_genitive(words[place]) for place in capital - weak}

    def shows(place: int) -> bool:
        beside = not capital.isdisjoint((place - 1, place + 1)) if heading else _has_capital(words[place + 1 : place + 2])
        plural = words[place].endswith("s") and not words[place].endswith("'s")
        return without_genitive(words[place]) in sure or _acts(words, place) or (beside and not plural)

    return frozenset(place for place in capital if place not in weak or shows(place))


def _begins(words: Sequence[str], place: int) -> bool:
    """Whether any word would have a capital there."""
    before = list(words[:place])
    while before and before[-1] in "([":
        before.pop()
    if not any(word[0].isalnum() for word in before):
        return True
    if before[-1] == "'" or (before[-1] == '"' and before.count('"') % 2):
        return True
    if before[-1] == '"':  # it closes: what it encloses may be a sentence of its own
        before.pop()
    return before[-1] in _ENDS and not _is_abbreviated(before)


def _is_abbreviated(before: Sequence[str]) -> bool:
    """Whether the last full stop is that of a title or an initial: Dr., Prof., J."""
    return len(before) > 1 and before[-1] == "." and len(before[-2]) <= _TITLE and before[-2][0].isupper()


def _is_heading(words: Sequence[str]) -> bool:
    """Whether every word has a capital, small ones aside, and there are three of them at the least."""
    large = [word for word in words if word[0].isalpha() and word not in _SMALL]
    return len(large) > 2 and all(word[0].isupper() for word in large)


def _acts(words: Sequence[str], place: int) -> bool:
    word, after = words[place], list(words[place + 1 : place + 3])
    if word.endswith("'s") or (len(after) == 2 and after[0] == "," and after[1].isdigit()):
        return True
    return after[:1] != [] and after[0] in _SAYING and not word.endswith("s")


def _has_capital(words: Sequence[str]) -> bool:
    return any(word[0].isupper() for word in words)
