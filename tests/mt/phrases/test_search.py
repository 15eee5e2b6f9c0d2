from __future__ import annotations

from itertools import permutations

import pytest

from dragoman.mt.phrases.search import Option, Weights, search

WEIGHTS = Weights(model=1.0, jump=0.1)


def _option(start: int, end: int, words: str, score: float = 0.0, number: int = 3) -> Option:
    return Option(start, end, tuple(words.split()), tuple(number for _ in words.split()), score)


def _words(options: list[Option], walls: list[bool], paths: int = 1) -> list[str]:
    found = search(options, walls, WEIGHTS, lambda one, two, word: 0.0, lambda word: 0.0, beam=8, paths=paths)
    return [" ".join(word for option in path.options for word in option.words) for path in found]


def test_the_better_phrases_win() -> None:
    options = [_option(0, 1, "a", -1), _option(1, 2, "b", -1), _option(0, 2, "ab", -0.5)]
    assert _words(options, [False, False], paths=3)[0] == "ab"


def test_every_word_is_said_once() -> None:
    options = [_option(index, index + 1, str(index)) for index in range(6)]
    (said,) = _words(options, [False] * 6)
    assert sorted(said.split()) == ["0", "1", "2", "3", "4", "5"]


def test_the_model_may_turn_the_order_round() -> None:
    options = [Option(0, 1, ("red",), (3,), 0.0), Option(1, 2, ("house",), (4,), 0.0)]

    def score(one: int, two: int, word: int) -> float:
        return 0.0 if (two, word) in {(1, 4), (4, 3), (3, 2)} else -5.0

    (path,) = search(options, [False, False], WEIGHTS, score, lambda word: 0.0, beam=8)
    assert [option.words for option in path.options] == [("house",), ("red",)]


def test_no_word_crosses_a_wall() -> None:
    walls = [False, False, True, False, False]
    options = [Option(index, index + 1, (str(index),), (3 + index,), 0.0) for index in range(5)]
    for order in permutations(range(3, 8), 2):
        wanted = set(order)

        def score(one: int, two: int, word: int, wanted: set[int] = wanted) -> float:
            return 1.0 if {two, word} == wanted else 0.0

        (path,) = search(options, walls, WEIGHTS, score, lambda word: 0.0, beam=16)
        said = [option.start for option in path.options]
        assert said[2] == 2
        assert set(said[:2]) == {0, 1}


def test_a_phrase_may_be_dropped() -> None:
    options = [Option(0, 1, (), (), -0.3), Option(0, 1, ("the",), (3,), -2.0), _option(1, 2, "river")]
    assert _words(options, [False, False]) == ["river"]


@pytest.mark.parametrize("paths", [1, 4])
def test_as_many_ways_as_are_asked_for_the_best_first(paths: int) -> None:
    options = [Option(0, 1, (word,), (3 + index,), -index / 10) for index, word in enumerate("abcd")]
    assert _words(options, [False], paths) == list("abcd")[:paths]
