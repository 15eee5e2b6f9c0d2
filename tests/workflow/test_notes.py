"""What stands beside a draft."""

from __future__ import annotations

from dragoman.model import Rung, TermOutcome, Translation
from dragoman.workflow.notes import draft_notes


def test_a_name_that_was_spelled_by_its_sound_is_told_between_the_terms_and_the_draft() -> None:
    translation = Translation(
        "توانا و کوچی در کابل",
        "starter 0.1",
        terms=(TermOutcome("Kabul", "کابل", 1, 1, Rung.PLACEHOLDER),),
        guesses=(("Tawana", "توانا"), ("Kochay", "کوچی")),
    )
    terms, spelled, draft = draft_notes(translation)
    assert terms == "Terms: Kabul → کابل (placeholder)"
    assert spelled == "Spelled by sound: Tawana → توانا · Kochay → کوچی"
    assert draft.startswith("Draft: starter 0.1 [")
