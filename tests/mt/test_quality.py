"""What is no draft at all, and that human translations are."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from dragoman.languages import LANGUAGES, get_language
from dragoman.mt.quality import NOTHING, REPEATED, TOO_LONG, TOO_SHORT, runaway

SOURCE = "The farmers of the valley opened the gates of the old canal on Monday morning."
LOOP = "د کلي خلک راغلل او د کلي خلک راغلل او د کلي خلک راغلل او د کلي خلک راغلل"
CORPORA = Path(__file__).parents[3] / "shared" / "corpora"


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        (SOURCE, "د درې بزګرانو د دوشنبې په سهار د زاړه کانال دروازې پرانیستې.", None),
        (SOURCE, "", NOTHING),
        (SOURCE, " . «»", NOTHING),
        ("* * *", "* * *", None),
        (SOURCE, LOOP, REPEATED),
        ("No no no no no no no!", "نه نه نه نه نه نه نه!", None),  # the source repeats itself as much
        (SOURCE, "په 1.55555555555555 کې د درې بزګرانو زاړه دروازې پرانیستې.", REPEATED),
        ("Haaaaaaaaaa, said the farmer to his old donkey.", "هااااااااااا، بزګر خپل زوړ خر ته وویل.", None),
        (SOURCE, "بزګر.", TOO_SHORT),
        ("No.", "خیر، هیچ‌گاه نه.", None),  # short texts have long and short translations
        ("OK", "سمه ده", None),
        (SOURCE, " ".join(f"کلمه{number}" for number in range(60)), TOO_LONG),
    ],
)
def test_runaway(source: str, target: str, reason: str | None) -> None:
    assert runaway(source, target, get_language("ps")) == reason


def test_what_was_cut_at_the_longest_length_ran_away() -> None:
    assert runaway(SOURCE, "د درې بزګرانو د دوشنبې په سهار د زاړه کانال دروازې", get_language("ps"), finished=False) == TOO_LONG


@pytest.mark.skipif(not CORPORA.is_dir(), reason="no corpora here")
@pytest.mark.parametrize("code", LANGUAGES)
def test_human_translations_are_drafts(code: str) -> None:
    """Of the first thousand rows of TICO-19, at most two would be thrown away."""
    name = {"fa_AF": "prs", "ps": "ps"}[code]
    with lzma.open(CORPORA / f"tico19.en-{name}.tsv.xz", "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line, _ in zip(file, range(1000), strict=False)]
    thrown_away = [row[0] for row in rows if runaway(row[0], row[1], get_language(code))]
    assert len(thrown_away) <= 2, thrown_away
