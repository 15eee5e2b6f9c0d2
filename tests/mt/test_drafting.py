"""`draft` from end to end: with the built-in model as users have it, and with scripted ones for what holds in any case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.languages import LANGUAGES, get_language
from dragoman.model import Change, Rung, Span, TargetTerm, Term, TermMatch, TermOutcome, Translation
from dragoman.mt import Engine, Request, draft, open_engine
from dragoman.mt.cache import DraftCache
from tests.mt.scripted import ScriptedEngine

KABUL = Term("kabul", "Kabul", {"fa_AF": TargetTerm("کابل"), "ps": TargetTerm("کابل")})
DARI = get_language("fa_AF")


def _request(source: str) -> Request:
    start = source.find("Kabul")
    return Request(source, (TermMatch(KABUL, Span(start, start + 5), "Kabul"),) if start >= 0 else ())


@pytest.fixture(scope="module", params=LANGUAGES)
def opened(request: pytest.FixtureRequest) -> tuple[str, Engine]:
    return request.param, open_engine("starter", get_language(request.param))


def test_the_built_in_model_drafts_every_sentence(opened: tuple[str, Engine]) -> None:
    code, engine = opened
    requests = [_request(source) for source in ("Children in Kabul went to school.", "It is a cold morning.", "Kabul")]
    drafts = draft(requests, get_language(code), engine, beam_size=2)
    assert all(one.target and one.reason is None and one.origin == engine.signature for one in drafts)
    assert [[outcome.satisfied for outcome in one.terms] for one in drafts] == [[True], [], [True]]
    assert drafts[2].target == "کابل"


def test_a_long_sentence_loses_nothing(opened: tuple[str, Engine]) -> None:
    """It is longer than the model takes, and its one term stands at the far end."""
    code, engine = opened
    clauses = [f"village number {number} has asked for a school with {number + 3} rooms" for number in range(20)]
    source = f"According to the office, {', '.join(clauses)}, and the people of Kabul will pay."
    assert len(engine.encode(source, get_language(code))) > engine.max_length
    (one,) = draft([_request(source)], get_language(code), engine, beam_size=1)
    assert [outcome.satisfied for outcome in one.terms] == [True]


def test_equal_sentences_are_translated_once_and_progress_counts_each() -> None:
    engine = ScriptedEngine({"It rained.": ["باران بارید."], "It snowed.": ["برف بارید."]})
    done: list[int] = []
    requests = [Request("It rained."), Request("It snowed."), Request("It rained.")]
    drafts = draft(requests, DARI, engine, progress=done.append)
    assert [one.target for one in drafts] == ["باران بارید.", "برف بارید.", "باران بارید."]
    assert sum(done) == 3
    assert sorted(source for sources in engine.asked for source in sources) == ["It rained.", "It snowed."]


def test_a_sentence_with_a_term_and_the_same_without_are_two() -> None:
    engine = ScriptedEngine({"Kabul grew.": ["شهر بزرگ شد."]})
    with_term, without = draft([_request("Kabul grew."), Request("Kabul grew.")], DARI, engine)
    assert (with_term.target, without.target) == ("کابل بزرگ شد.", "شهر بزرگ شد.")


def test_the_language_s_orthography_and_what_it_changed() -> None:
    engine = ScriptedEngine({"12 came.": ["12 نفر آمدند."]})
    assert draft([Request("12 came.")], DARI, engine) == [
        Translation("۱۲ نفر آمدند.", "scripted 1", score=-1.0, changes=(Change("digits", "12", "۱۲"),))
    ]


def test_the_persian_of_iran_becomes_dari() -> None:
    says = {"The hospital is new.": ["بیمارستان جدید است."]}
    (foreign,) = draft([Request("The hospital is new.")], DARI, ScriptedEngine(says, knows_dari=False))
    (own,) = draft([Request("The hospital is new.")], DARI, ScriptedEngine(says))
    assert (foreign.target, foreign.changes) == ("شفاخانه جدید است.", (Change("adaptation", "بیمارستان", "شفاخانه"),))
    assert (own.target, own.changes) == ("بیمارستان جدید است.", ())


def test_adaptation_does_not_touch_a_term() -> None:
    term = Term("h", "Mellat Hospital", {"fa_AF": TargetTerm("بیمارستان ملت")})
    engine = ScriptedEngine({"Mellat Hospital is new.": ["بیمارستان ملت جدید است."]}, knows_dari=False)
    match = TermMatch(term, Span(0, 15), "Mellat Hospital")
    (one,) = draft([Request("Mellat Hospital is new.", (match,))], DARI, engine)
    assert one.target == "بیمارستان ملت جدید است."


def test_orthography_does_not_touch_what_a_term_wants() -> None:
    term = Term("f", "Flight 12", {"fa_AF": TargetTerm("پرواز 12")})
    engine = ScriptedEngine({"Flight 12 left.": ["پرواز 12 رفت."]})
    (one,) = draft([Request("Flight 12 left.", (TermMatch(term, Span(0, 9), "Flight 12"),))], DARI, engine)
    assert one.target == "پرواز 12 رفت."


def test_terms_of_a_long_sentence_are_counted_over_its_parts() -> None:
    engine = ScriptedEngine(
        {"In Kabul it rained;": ["در کابل باران شد؛"], "in Kabul it snowed.": ["در شهر برف بارید."]}, max_length=4
    )
    source = "In Kabul it rained; in Kabul it snowed."
    matches = tuple(TermMatch(KABUL, Span(start, start + 5), "Kabul") for start in (3, 23))
    (one,) = draft([Request(source, matches)], DARI, engine)
    assert one.target == "در کابل باران شد؛ در کابل برف بارید."
    assert one.terms == (TermOutcome("Kabul", "کابل", 2, 2, Rung.CONSTRAINED),)


def test_a_part_without_a_draft_leaves_the_whole_empty() -> None:
    engine = ScriptedEngine({"It rained;": ["باران شد؛"], "it snowed.": [""]}, max_length=2)
    (one,) = draft([Request("It rained; it snowed.")], DARI, engine)
    assert (one.target, one.reason) == ("", "the model gave nothing")


def test_a_term_alone_is_no_draft_of_a_sentence() -> None:
    (one,) = draft([_request("It rained all night, but Kabul slept.")], DARI, ScriptedEngine({}, otherwise=""))
    assert one == Translation(
        "", "scripted 1", terms=(TermOutcome("Kabul", "کابل", 1, 0, None),), reason="the model gave nothing"
    )


def test_what_the_cache_knows_is_not_asked_again(tmp_path: Path) -> None:
    says = {"It rained.": ["باران بارید."], "It snowed.": ["برف بارید."]}
    first, second = ScriptedEngine(says), ScriptedEngine(says)
    done: list[int] = []
    with DraftCache(tmp_path / "drafts.db") as cache:
        before = draft([Request("It rained.")], DARI, first, cache=cache)
        after = draft([Request("It rained."), Request("It snowed.")], DARI, second, progress=done.append, cache=cache)
    assert after[:1] == before
    assert [sources for sources in second.asked if sources] == [["It snowed."]]
    assert sum(done) == 2


class _Interrupted(ScriptedEngine):
    """^C comes while the second block is decoded."""

    def translate(self, tasks, *arguments, **options):  # type: ignore[no-untyped-def]  # as its parent's
        if tasks and len([sources for sources in self.asked if sources]) == 1:
            raise KeyboardInterrupt
        return super().translate(tasks, *arguments, **options)


def test_an_interrupted_run_goes_on_where_it_was(tmp_path: Path) -> None:
    requests = [Request(source) for source in _sources(5)]
    with DraftCache(tmp_path / "drafts.db") as cache, pytest.raises(KeyboardInterrupt):
        draft(requests, DARI, _Interrupted({}), cache=cache, block_size=2)
    engine = ScriptedEngine({})
    with DraftCache(tmp_path / "drafts.db") as cache:
        drafts = draft(requests, DARI, engine, cache=cache)
    assert [one.target for one in drafts] == ["هیچ"] * 5
    assert len([source for sources in engine.asked for source in sources]) == 3


def _sources(number: int) -> Iterator[str]:
    return (f"Day {'a' * index}." for index in range(number))
