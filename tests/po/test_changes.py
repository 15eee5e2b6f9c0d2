from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.po.changes import describe_change, is_minor


@pytest.mark.parametrize(
    ("before", "after", "told", "minor"),
    [
        ("Water is back.", "Water  is back.", "spacing", True),
        ("Water is back", "Water is back!", "added “!”", True),
        ("He said: 'Go.'", "He said: “Go.”", "“'” → ““”; “'” → “””", True),
        ("the governor left.", "The governor left.", "“the” → “The”", True),
        ("The goverment left.", "The government left.", "“goverment” → “government”", True),
        ("He is here.", "He was here.", "“is” → “was”", False),
        ("It costs $5.", "It costs €5.", "“$” → “€”", False),
        ("It took 5 days.", "It took 50 days.", "“5” → “50” (number 5 → 50)", False),
        ("Ten men came.", "Men came.", "“Ten men” → “Men” (number gone: Ten)", False),
        ("It is safe.", "It is never safe.", "added “never” (now negated: never)", False),
        ("It isn't safe.", "It is safe.", "“isn't” → “is” (no longer negated: isn't)", False),
        ("A man saw Hasan.", "A man saw Husan.", "“Hasan” → “Husan” (name Hasan → Husan)", False),
        ("A man spoke.", "A man spoke in Herat.", "added “in Herat” (new name: Herat)", False),
        ("Karim Jan spoke.", "Rahim Jan spoke.", "“Karim” → “Rahim” (name Karim → Rahim)", False),
        ("NATO left.", "UN left.", "“NATO” → “UN” (name NATO → UN)", False),
        (
            "one two three a four b five c six d seven e",
            "a b c d e",
            "gone “one two three”; gone “four”; gone “five”; gone “six”; gone “seven” "
            "(number gone: one, two, three, four, five, six, seven)",
            False,
        ),
        ("He came.", "He came in 2 cars and 3 vans.", "added “in 2 cars and 3 vans” (new number: 2, 3)", False),
    ],
)
def test_what_a_change_is_called(before: str, after: str, told: str, minor: bool) -> None:
    assert describe_change(before, after) == told
    assert is_minor(before, after) is minor


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(before: str, after: str) -> None:
    assert describe_change(before, before) == "spacing"
    assert is_minor(before, before)
    assert describe_change(before, after)
    assert is_minor(before, after) == is_minor(after, before)
