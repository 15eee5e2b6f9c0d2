"""The preview: marks cut right, nothing injected, and, where there is a Chromium, what a reader sees of it."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.languages import get_language
from dragoman.model import Finding, Severity, Span, TargetTerm, Term, TermMatch, TermOutcome, UnitKind
from dragoman.report.postedit import Figures
from dragoman.report.preview import Block, Cell, EngineFigures, Page, PlacedTerm, Preview, Sentence, State, format_preview
from dragoman.report.preview.pieces import Difference, Mark, Piece, Run, cut, difference

HOSTILE = "\"'><img src=x onerror=alert(1)><script>alert(2)</script></style>{{ 7*7 }}&lt;"
LANGUAGES = (get_language("fa_AF"), get_language("ps"))
PARWAN = Term("parwan", "Parwan", {"fa_AF": TargetTerm("پروان"), "ps": TargetTerm("پروان")}, note="north of Kabul")


def _cell(language: str, state: State = State.DRAFT, **values: Any) -> Cell:
    return Cell(language=language, state=state, **{"target": "سړک خلاص دی.", "origin": "starter 0.1", **values})


def _finding(rule: str, message: str, span: Span | None = None) -> Finding:
    return Finding(rule, Severity.HINT, message, span=span)


def _preview() -> Preview:
    """Four sentences: a heading with a term; one with a finding in Pashto; one reviewed and edited; one not translated."""
    reviewed = _cell("ps", State.REVIEWED, target="د Salaam Times خبر.", draft="د Salaam Times خبرونه.")
    sentences = (
        Sentence(
            "Snow closes Parwan",
            (TermMatch(PARWAN, Span(12, 18), "Parwan"),),
            (
                _cell("fa_AF", target="برف پروان را بست", terms=(PlacedTerm(PARWAN, Span(4, 9)),)),
                _cell("ps", target="واوره", findings=(_finding("T101", "Parwan → پروان is missing"),)),
            ),
        ),
        Sentence("The road is open.", (), (_cell("fa_AF"), _cell("ps", findings=(_finding("S302", "odd", Span(0, 3)),)))),
        Sentence("News of Salaam Times.", (), (_cell("fa_AF", State.REVIEWED), reviewed)),
        Sentence("Nobody came.", (), (_cell("fa_AF", State.REVIEWED), Cell(language="ps", state=State.EMPTY))),
    )
    blocks = (Block(UnitKind.HEADING, sentences[:1]), Block(UnitKind.PARAGRAPH, sentences[1:]))
    return Preview(LANGUAGES, (Page("snow", "articles/snow.txt", blocks),))


class _Tags(HTMLParser):
    """The elements of a page, and the attributes that could run something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.running: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.running += [name for name, _ in attrs if name.startswith("on") or name in ("src", "style", "srcdoc")]
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.ids += [value or "" for name, value in attrs if name == "id"]


# --- pieces -------------------------------------------------------------------------------------------------------------


def test_a_latin_run_is_one_piece_of_direction_whatever_marks_cross_it() -> None:
    finding = _finding("S302", "left in Latin", Span(7, 12))
    assert cut("په Salaam Times کې", [Mark(Span(7, 12), finding=finding)], isolate=True) == (
        Run((Piece("په "),)),
        Run((Piece("Sala"), Piece("am Ti", findings=(finding,)), Piece("mes")), isolated=True),
        Run((Piece(" کې"),)),
    )


@given(st.text("ab پښتو12."), st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6))), st.booleans())
def test_the_pieces_are_the_text(text: str, spans: list[tuple[int, int]], isolate: bool) -> None:
    marks = [Mark(Span(start, start + length), term=PARWAN) for start, length in spans]
    assert "".join(piece.text for run in cut(text, marks, isolate) for piece in run.pieces) == text


def test_a_difference_word_by_word() -> None:
    assert difference("سړک خلاص دی", "سړک بند دی") == (
        Difference("kept", "سړک"),
        Difference("deleted", "خلاص"),
        Difference("inserted", "بند"),
        Difference("kept", "دی"),
    )


def test_what_was_written_anew_is_not_cut_to_shreds() -> None:
    assert difference("a b c d", "w x y d") == (Difference("deleted", "a b c d"), Difference("inserted", "w x y d"))


# --- the file -----------------------------------------------------------------------------------------------------------


def test_no_text_can_inject_markup() -> None:
    """Every text that comes from a file is hostile here; the page has the elements of one where none is."""
    term = Term(HOSTILE, HOSTILE, {"fa_AF": TargetTerm(HOSTILE, (HOSTILE,), (HOSTILE,))}, note=HOSTILE)
    finding = Finding("S302", Severity.ERROR, HOSTILE, span=Span(0, 9), suggestion=HOSTILE + "!")
    hostile = Cell(
        language="fa_AF",
        state=State.REVIEWED,
        target=HOSTILE,
        terms=(PlacedTerm(term, Span(3, 20), forbidden=True),),
        outcomes=(TermOutcome(HOSTILE, HOSTILE, 2, 1, None),),
        findings=(finding,),
        origin=HOSTILE,
        draft=HOSTILE + " x",
        remarks=(HOSTILE,),
    )
    sentence = Sentence(HOSTILE, (TermMatch(term, Span(0, 9), HOSTILE),), (hostile, replace(hostile, state=State.DRAFT)))
    page = Page(HOSTILE, HOSTILE, (Block(UnitKind.PARAGRAPH, (sentence,)),))
    engine = EngineFigures(LANGUAGES[0], HOSTILE, Figures(sentences=2, untouched=1, hter=120.0, chrf=40.0))
    text = format_preview(Preview(LANGUAGES, (page,), (engine,)))
    tags = _Tags(text)
    assert (tags.elements.count("script"), tags.elements.count("style"), tags.elements.count("img")) == (1, 1, 0)
    assert tags.running == []
    assert {link[:1] for link in tags.links} == {"#"}
    assert "49" not in re.sub(r"<style>.*?</style>|&#\d+;", "", text, flags=re.DOTALL)


def test_every_link_leads_somewhere_and_every_id_is_unique() -> None:
    tags = _Tags(format_preview(_preview()))
    assert {link.removeprefix("#") for link in tags.links} - set(tags.ids) == set()
    assert len(tags.ids) == len(set(tags.ids))


@pytest.mark.parametrize("element", ["style", "script"])
def test_the_policy_allows_this_style_and_this_script_alone(element: str) -> None:
    text = format_preview(_preview())
    content = re.search(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
    assert content is not None
    digest = base64.b64encode(hashlib.sha256(content[1].encode()).digest()).decode()
    assert f"{element}-src 'sha256-{digest}'" in text
    assert "default-src 'none'" in text


def test_nothing_is_fetched() -> None:
    assert re.findall(r"https?://|@import|url\(", format_preview(_preview())) == []


# --- in a browser -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="uv sync --group browser")
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("there is no Chromium")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """The preview, open; whatever the console says is an error at the end."""
    file = tmp_path / "preview.html"
    file.write_text(format_preview(_preview()), encoding="utf-8")
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    page.goto(file.as_uri())
    yield page
    page.close()
    assert said == []


def _shown(page: Any) -> list[str]:
    return [sentence.get_attribute("id") for sentence in page.locator(".sentence:visible").all()]


def test_text_runs_in_its_own_direction(page: Any) -> None:
    """In “د Salaam Times خبر.” the Latin stands left of the د, reads left to right, and the full stop is leftmost."""
    place = """(text) => {
        const walker = document.createTreeWalker(document.querySelector("#s1-3 td[lang=ps] .text"), NodeFilter.SHOW_TEXT);
        for (let node; (node = walker.nextNode());) {
            const start = node.data.indexOf(text);
            if (start < 0) continue;
            const range = new Range();
            range.setStart(node, start);
            range.setEnd(node, start + text.length);
            return range.getBoundingClientRect().left;
        }
    }"""
    left = {text: page.evaluate(place, text) for text in ("د", "Salaam", "Times", "خبر", ".")}
    assert sorted(left, key=lambda text: left[text]) == [".", "خبر", "Salaam", "Times", "د"]
    assert page.locator("#s1-3 bdi[dir=ltr]").all_inner_texts() == ["Salaam Times"]


@pytest.mark.parametrize(
    ("button", "key", "expected"),
    [
        ("draft", "1", ["s1-1", "s1-2"]),
        ("finding", "2", ["s1-1", "s1-2"]),
        ("missing", "3", ["s1-1"]),
        ("empty", "4", ["s1-4"]),
    ],
)
def test_filters_by_button_and_key(page: Any, button: str, key: str, expected: list[str]) -> None:
    everything = ["s1-1", "s1-2", "s1-3", "s1-4"]
    assert _shown(page) == everything
    page.click(f"[data-filter={button}]")
    assert _shown(page) == expected
    assert page.locator(f"[data-filter={button}] .count").inner_text() == str(len(expected))
    assert page.locator(".shown").inner_text() == f"{len(expected)} of 4 sentences"
    page.keyboard.press(key)
    assert _shown(page) == everything


def test_a_language_that_is_hidden_does_not_count(page: Any) -> None:
    page.click("[data-column=ps]")
    assert page.locator("td[data-language=ps]:visible").count() == 0
    page.click("[data-filter=finding]")
    assert _shown(page) == []


def test_the_keyboard_goes_from_sentence_to_sentence_and_finding_to_finding(page: Any) -> None:
    def focused(*keys: str) -> str:
        for key in keys:
            page.keyboard.press(key)
        identifier: str = page.evaluate("document.activeElement.id")
        return identifier

    assert [focused("j"), focused("j", "j"), focused("p"), focused("n"), focused("k")] == ["s1-1", "s1-3", "s1-2", "s1-2", "s1-1"]


def test_what_was_changed_in_a_draft_is_shown_when_asked_for(page: Any) -> None:
    assert page.locator("del:visible").count() == 0
    page.keyboard.press("c")
    assert [page.locator(f"{tag}:visible").inner_text().strip("\u2068\u2069") for tag in ("del", "ins")] == ["خبرونه.", "خبر."]


def test_without_script_everything_is_shown(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "preview.html"
    file.write_text(format_preview(_preview()), encoding="utf-8")
    page = browser.new_page(java_script_enabled=False)
    page.goto(file.as_uri())
    assert (page.locator(".sentence:visible").count(), page.locator(".toolbar:visible").count()) == (4, 0)
    page.close()
