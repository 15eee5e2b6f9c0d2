"""What stands beside a draft."""

from __future__ import annotations

from dragoman.model import Guess, GuessKind, Rung, TermOutcome, Translation
from dragoman.workflow.notes import draft_notes


def test_a_name_that_was_spelled_by_its_sound_is_told_between_the_terms_and_the_draft() -> None:
    translation = Translation(
        "توانا و کوچی در کابل",
        "starter 0.1",
        terms=(TermOutcome("Kabul", "کابل", 1, 1, Rung.PLACEHOLDER),),
        guesses=(
            Guess("Tawana", "توانا", GuessKind.SOUND),
            Guess("hastened", "رفتند", GuessKind.NEAR),
            Guess("Kochay", "کوچی", GuessKind.SOUND),
        ),
    )
    terms, spelled, near, draft = draft_notes(translation)
    assert terms == "Terms: Kabul → کابل (placeholder)"
    assert spelled == "Spelled by sound: Tawana → توانا · Kochay → کوچی"
    assert near == "By a near word: hastened → رفتند"
    assert draft.startswith("Draft: starter 0.1 [")
