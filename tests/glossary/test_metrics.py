from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.glossary import SourceMatcher
from dragoman.glossary.metrics import Metrics, edit_cost, measure
from dragoman.languages import get_language
from dragoman.model import Catalog, Entry, Glossary, TargetTerm, Term

DARI = get_language("fa_AF")
GLOSSARY = Glossary(
    (
        Term("isis", "ISIS", {"fa_AF": TargetTerm("داعش", ("گروه داعش",), ("ایسیس",))}),
        Term("school", "school", {"fa_AF": TargetTerm("مکتب", ("مدرسه",))}),
    )
)
MATCHER = SourceMatcher(GLOSSARY)


def _catalog(*pairs: tuple[str, str]) -> Catalog:
    return Catalog("fa_AF", tuple(Entry(source, target) for source, target in pairs))


def test_a_file_without_terms_has_no_figures() -> None:
    assert measure(_catalog(("Rain.", "باران.")), MATCHER, DARI) == Metrics(0, 0, None, None, None, None, None)


def test_every_occurrence_counts() -> None:
    catalog = _catalog(
        ("ISIS fought ISIS.", "داعش جنگید."),  # one of two
        ("Two schools closed.", "دو مکتب‌ها بسته شد."),  # inflected: found, but not letter by letter
        ("A school opened.", "یک مدرسه باز شد."),
        ("A school burned.", "یک مکتب سوخت."),
        ("The school.", "آن مکتب."),
        ("ISIS left.", ""),  # not translated: not counted
    )
    assert measure(catalog, MATCHER, DARI) == Metrics(
        entries=5,
        occurrences=6,
        exact_match=4 / 6,
        success=5 / 6,
        consistency=3 / 4,  # three times مکتب, once مدرسه; داعش stands but once
        window_overlap=None,
        one_minus_term=None,
    )


def test_a_translation_like_its_reference_is_perfect() -> None:
    catalog = _catalog(("ISIS left the school today.", "داعش امروز مکتب را ترک کرد."), ("Rain.", "باران."))
    metrics = measure(catalog, MATCHER, DARI, catalog)
    assert (metrics.window_overlap, metrics.one_minus_term) == ({2: 1.0, 3: 1.0}, 1.0)


def test_a_wrong_term_costs_twice() -> None:
    reference = _catalog(("The school is old.", "این مکتب کهنه است."))
    wrong_term = measure(_catalog(("The school is old.", "این لیسه کهنه است.")), MATCHER, DARI, reference)
    wrong_word = measure(_catalog(("The school is old.", "این مکتب پیر است.")), MATCHER, DARI, reference)
    assert (wrong_term.one_minus_term, wrong_word.one_minus_term) == (1 - 2 / 4, 1 - 1 / 4)
    assert (wrong_term.window_overlap, wrong_word.window_overlap) == ({2: 0.0, 3: 0.0}, {2: 2 / 3, 3: 2 / 3})


@pytest.mark.parametrize(
    ("hypothesis", "reference", "cost"),
    [
        ("", "", 0),
        ("", "a B", 3),
        ("a b", "", 2),
        ("a x c", "a B c", 2),
        ("a x c", "A b c", 3),
        ("c d a b", "a b c d", 1),  # one shift
        ("x c d a b", "a b c d", 2),
    ],
)
def test_edits_cost_by_the_words_of_the_reference(hypothesis: str, reference: str, cost: int) -> None:
    words = reference.split()
    costs = [2 if word.isupper() else 1 for word in words]
    assert edit_cost(hypothesis.split(), words, costs) == cost


words = st.lists(st.sampled_from("abcd"), max_size=7)


@given(words, words)
def test_no_cost_means_no_difference(hypothesis: list[str], reference: list[str]) -> None:
    cost = edit_cost(hypothesis, reference, [1] * len(reference))
    assert (cost == 0) == (hypothesis == reference)
    assert cost <= max(len(hypothesis), len(reference))
