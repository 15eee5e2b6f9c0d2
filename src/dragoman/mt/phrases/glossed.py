"""How a network reads a sentence together with what the phrases make of it: stretch by stretch, English and then its rendering.

A network of this size, with so few pairs to learn from, does not know most words; the phrases know them and not their order,
endings or sense in the sentence. So the phrases propose and the network writes (pre-translation, Niehues et al. 2016).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dragoman.model import Guess
from dragoman.mt.annotation import MEANS, TERM, TERM_END
from dragoman.mt.phrases.words import is_tight, join_words

_SPACE = "▁"

Encode = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of the source and what they become. The form of a `term` is settled, and so is that of a `guess`: the network
    knows nothing better, and what it made of it could not be told to the translator."""

    words: tuple[str, ...]
    rendering: tuple[str, ...]
    term: bool = False
    guess: Guess | None = None


@dataclass(frozen=True, slots=True)
class Glossed:
    """The pieces that the network reads. For each stretch, where its source and its rendering stand (half-open, may be empty)."""

    pieces: tuple[str, ...]
    spans: tuple[tuple[range, range], ...]


def glossed(stretches: Iterable[Stretch], encode: Encode) -> Glossed:
    """The stretches as pieces. What stays as it is (a number, an unknown word) is said once."""
    pieces: list[str] = []
    spans = []
    for stretch in stretches:
        source = word_pieces(stretch.words, encode)
        same = stretch.words == stretch.rendering and not stretch.term
        rendering = [] if same or not stretch.rendering else word_pieces(stretch.rendering, encode)
        opening, middle, closing = ([TERM], [MEANS], [TERM_END]) if stretch.term else ([], [], [])
        start = len(pieces) + len(opening)
        end = start + len(source)
        pieces += [*opening, *source, *middle, *rendering, *closing]
        spans.append((range(start, end), range(end + len(middle), end + len(middle) + len(rendering))))
    return Glossed(tuple(pieces), tuple(spans))


def word_pieces(words: Sequence[str], encode: Encode) -> list[str]:
    """The pieces of words amid a sentence: before a mark that follows its word closely, there is no space."""
    pieces = list(encode(join_words(words)))
    if is_tight(words[0]) and pieces[0].startswith(_SPACE):
        pieces[0] = pieces[0][1:]
    return [piece for piece in pieces if piece]
