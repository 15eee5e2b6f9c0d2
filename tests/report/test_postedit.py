from __future__ import annotations

import sys

import pytest

from dragoman.errors import DragomanError
from dragoman.languages import get_language
from dragoman.report.postedit import Figures, Measure, PostEdit, Replacement, grouped, replacements, tokens

PASHTO, DARI = get_language("ps"), get_language("fa_AF")


def _edit(draft: str, target: str, origin: str = "starter 0.1") -> PostEdit:
    return PostEdit("road", PASHTO, "The road is open.", draft, target, origin)


SAME = _edit("سړک خلاص دی.", "سړک خلاص دی.")
ONE_WORD = _edit("لار خلاص دی.", "سړک خلاص دی.")


def test_hter_is_edits_by_words_of_the_post_edit() -> None:
    pytest.importorskip("sacrebleu")
    assert Measure().figures([SAME]) == Figures(sentences=1, untouched=1, hter=0.0, chrf=100.0)
    figures = Measure().figures([SAME, ONE_WORD])
    assert (figures.sentences, figures.untouched, figures.hter) == (2, 1, 12.5)  # one of eight words and marks


def test_a_draft_in_another_unicode_form_is_untouched() -> None:
    assert _edit("آب", "ا\u0653ب").untouched


def test_groups_come_in_order_and_all_memory_hits_are_one_engine() -> None:
    edits = [_edit("ا", "ا", "starter 0.1"), _edit("ا", "ا", "memory 100 %, a.po"), _edit("ا", "ا", "memory 80 %, b.po")]
    found = {key: len(group) for key, group in grouped(edits, "language", "engine").items()}
    assert found == {("ps", "memory"): 2, ("ps", "starter 0.1"): 1}


def test_words_replaced_twice_are_told() -> None:
    other = _edit("دا لار اوږد دی.", "دا سړک اوږد دی.")
    assert replacements([ONE_WORD, other, SAME]) == (Replacement("ps", "لار", "سړک", 2),)
    assert replacements([ONE_WORD]) == ()


def test_marks_are_words_of_their_own_and_a_joiner_is_part_of_one() -> None:
    assert tokens("کتاب‌ها، ۴٫۵ متر.") == ["کتاب‌ها", "،", "۴", "٫", "۵", "متر", "."]


def test_without_sacrebleu_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sacrebleu.metrics.ter", None)
    with pytest.raises(DragomanError, match=r"pip install dragoman\[postedit\]"):
        Measure()
