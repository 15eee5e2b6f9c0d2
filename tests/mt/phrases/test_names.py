"""Which unknown words are names: those whose capital says so."""

from __future__ import annotations

import pytest

from dragoman.mt.phrases.names import names
from dragoman.mt.phrases.words import split_words


@pytest.mark.parametrize(
    ("text", "unknown", "expected"),
    [
        ("The police met Zarlasht.", "Zarlasht", "Zarlasht"),
        ("The police met zarlasht.", "zarlasht", ""),
        # where any word may have a capital
        ("Reforestation is slow.", "Reforestation", ""),
        ('"Reforestation is slow."', "Reforestation", ""),
        ('He said: "Reforestation is slow."', "Reforestation", ""),
        ("It rained. Reforestation is slow.", "Reforestation", ""),
        # a quotation that is over, a title and an initial do not begin anything
        ('"It rained," Zarlasht knew.', "Zarlasht", "Zarlasht"),
        ("They saw Dr. Zarlasht and J. Wardaki.", "Zarlasht Wardaki", "Zarlasht Wardaki"),
        # what shows that it is no ordinary word
        ("Zarlasht was late, for Zarlasht had slept.", "Zarlasht", "Zarlasht Zarlasht"),
        ("Zarlasht Wardaki was late.", "Zarlasht Wardaki", "Zarlasht Wardaki"),
        ("Zarlasht Karim was late.", "Zarlasht", "Zarlasht"),
        ("Zarlasht said so.", "Zarlasht", "Zarlasht"),
        ("Zarlasht, 34, was late.", "Zarlasht", "Zarlasht"),
        ("Zarlasht's brother was late.", "Zarlasht's", "Zarlasht's"),
        ("Shopkeepers said so.", "Shopkeepers", ""),
        ("Shopkeepers Karim and Zarlasht were late.", "Shopkeepers Zarlasht", "Zarlasht"),
        # a heading
        ("Reforestation Comes Late to Bamyan", "Reforestation", ""),
        ("Mayor Zarlasht Wardaki Comes Late", "Zarlasht Wardaki", "Zarlasht Wardaki"),
        ("Mayor Zarlasht's House Comes Down", "Zarlasht's", "Zarlasht's"),
    ],
)
def test_which_unknown_words_are_names(text: str, unknown: str, expected: str) -> None:
    words = split_words(text)
    places = {place for place, word in enumerate(words) if word in unknown.split()}
    assert places
    assert [words[place] for place in sorted(names(words, places))] == expected.split()
