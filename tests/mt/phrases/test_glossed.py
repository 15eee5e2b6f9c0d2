"""What the network reads: English with the phrases' rendering among it."""

from __future__ import annotations

from dragoman.mt.phrases.glossed import Stretch, glossed, word_pieces


def _encode(text: str) -> list[str]:
    return [f"▁{word}" for word in text.split()]


def test_each_stretch_is_followed_by_its_rendering() -> None:
    read = glossed([Stretch(("clean", "water"), ("پاکې", "اوبه")), Stretch(("flows",), ("بهیږي",))], _encode)
    assert read.pieces == ("▁clean", "▁water", "▁پاکې", "▁اوبه", "▁flows", "▁بهیږي")
    assert read.spans == ((range(2), range(2, 4)), (range(4, 5), range(5, 6)))


def test_what_stays_as_it_is_or_has_no_rendering_is_said_once() -> None:
    read = glossed([Stretch(("the",), ()), Stretch(("14",), ("14",))], _encode)
    assert read.pieces == ("▁the", "▁14")
    assert [rendering for _, rendering in read.spans] == [range(1, 1), range(2, 2)]


def test_a_term_stands_between_its_tags_even_if_it_stays() -> None:
    read = glossed([Stretch(("Salaam",), ("Salaam",), term=True)], _encode)
    assert read.pieces == ("<t>", "▁Salaam", "<m>", "▁Salaam", "</t>")
    assert read.spans == ((range(1, 2), range(3, 4)),)


def test_a_mark_follows_its_word_closely() -> None:
    assert word_pieces((",",), _encode) == [","]
    assert word_pieces(("(",), _encode) == ["▁("]
