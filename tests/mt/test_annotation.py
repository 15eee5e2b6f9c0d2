"""Terms told to a model beside their source."""

from __future__ import annotations

from dragoman.mt.annotation import Told, annotated


def _words(text: str) -> tuple[str, ...]:
    return tuple(f"▁{word}" for word in text.split())


def test_a_told_term_takes_the_place_of_its_placeholder() -> None:
    tokens = ("▁In", "▁", "<x0>", "▁and", "▁", "<x1>", ".")
    told = [Told("<x1>", "Wardak Province", "ولایت وردک")]
    expected = ("▁In", "▁", "<x0>", "▁and", "<t>", "▁Wardak", "▁Province", "<m>", "▁ولایت", "▁وردک", "</t>", ".")
    assert annotated(tokens, told, _words) == expected


def test_what_was_not_told_stays() -> None:
    assert annotated(("▁", "<x0>"), [Told("<x3>", "Herat", "هرات")], _words) == ("▁", "<x0>")
