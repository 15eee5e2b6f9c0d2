"""The pure parts of the recipe. What needs its dependency group (numba, PyTorch) is skipped where that is not installed."""

from __future__ import annotations

import random
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TRAINING = Path(__file__).parents[2] / "training"


def recipe(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module of training/, as its scripts see one another; skipped where what it imports is not installed."""
    monkeypatch.syspath_prepend(str(TRAINING))
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if (TRAINING / f"{error.name}.py").exists() or error.name in sys.modules:
            raise
        pytest.skip(f"no {error.name}: uv sync --group training")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("«۱۲٫۵٪» كتاب\u200cها", "prs", '"12.5%" کتاب\u200cها'),
        ("په کښې گل ،او یو", "ps", "په کې ګل ،او یو"),
        ("يو ښار ۔", "ps", "يو ښار."),
    ],
)
def test_a_target_is_written_in_one_way(text: str, language: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert recipe("text", monkeypatch).normalize_target(text, language) == expected


def test_words_are_words_numbers_placeholders_and_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "In <x0>, 1,200 didn't."
    found = [text[start:end] for start, end in recipe("text", monkeypatch).words(text)]
    assert found == ["In", "<x0>", ",", "1,200", "didn't", "."]


def test_variables_become_placeholders_on_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare = recipe("prepare", monkeypatch)
    assert prepare.with_placeholders("Copy %s to {name}", "{name} ته %s") == ("Copy <x0> to <x1>", "<x1> ته <x0>")
    assert prepare.with_placeholders("Copy %s", "کاپی") is None


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Good morning", "صبح بخیر", None),
        ("Good morning", "", "empty"),
        ("Good morning", "Guten Morgen", "target script"),
        ("A long sentence about nothing at all, really", "نه", "length"),
    ],
)
def test_noise_has_a_name(source: str, target: str, expected: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert recipe("prepare", monkeypatch).reason_to_drop(source, target) == expected


def test_links_of_words_become_links_of_their_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    encode = recipe("encode", monkeypatch)
    assert encode.piece_links([0, 0, 1], [0, 1, 1], [(0, 1), (1, 0)]) == [(0, 2), (1, 0), (2, 1)]


def test_a_phrase_keeps_its_links_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    phrase = recipe("phrase", monkeypatch)
    found = set(phrase.extract(["white", "house"], ["سپینه", "ماڼۍ"], [(0, 0), (1, 1)]))
    assert found == {
        (("white",), ("سپینه",)),
        (("house",), ("ماڼۍ",)),
        (("white", "house"), ("سپینه", "ماڼۍ")),
    }


def _term(monkeypatch: pytest.MonkeyPatch, seed: int) -> tuple[ModuleType, Any]:
    """A pair whose first two source pieces are a phrase, as a term."""
    terms, encode = recipe("terms", monkeypatch), recipe("encode", monkeypatch)
    example = encode.Example("text", "ps", (100, 101, 102), (200, 201), ((0, 2), (1, 0), (1, 1)), ((0, 2, 1, 2),))
    pieces = terms.Pieces((frozenset(), frozenset()), tuple(range(1000, 1300)), {(201,): (55, 56)})
    return terms, terms.with_terms(example, random.Random(seed), pieces)


def test_placeholders_replace_a_phrase_and_its_translation(monkeypatch: pytest.MonkeyPatch) -> None:
    terms, made = _term(monkeypatch, 0)
    symbol = made.source[0]
    assert terms.PLACEHOLDER <= symbol < terms.PLACEHOLDER + 10
    assert (made.source, made.target, made.links) == ((symbol, 102), (200, symbol), ((0, 1), (1, 0)))


def test_a_told_term_has_its_form_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    terms, made = _term(monkeypatch, 1)
    assert made.source == (terms.TERM, 100, 101, terms.MEANS, 1201, terms.TERM_END, 102)
    assert (made.target, made.links, made.renderings) == ((200, 201), ((0, 6), (1, 4)), (4,))


def test_a_told_term_may_be_a_base_form_that_the_network_must_bend(monkeypatch: pytest.MonkeyPatch) -> None:
    terms, made = _term(monkeypatch, 4)
    assert made.source == (terms.TERM, 100, 101, terms.MEANS, 55, 56, terms.TERM_END, 102)
    assert (made.target, made.links, made.renderings) == ((200, 201), ((0, 7), (1, 4)), (4, 5))


def test_a_word_is_linked_with_its_rendering_in_any_form_else_with_the_english(monkeypatch: pytest.MonkeyPatch) -> None:
    glossed = recipe("encode_glossed", monkeypatch)
    stretches, firsts = glossed.read_stretches("two old bridges", "0 1=دوه|1 2=پخوانی|2 3=پلونه")
    laid = glossed.lay(stretches, firsts, lambda text: [f"▁{word}" for word in text.split()])
    assert laid.read.pieces == ("▁two", "▁دوه", "▁old", "▁پخوانی", "▁bridges", "▁پلونه")
    links = glossed.find_links(laid, {0: 0, 1: 1, 2: 2}, ["دوه", "زاړه", "پلونه"], [0, 1, 2], [(0, 0), (1, 1), (2, 2)])
    assert links == [(0, 1), (1, 2), (2, 5)]


def test_a_clause_is_put_out_of_order_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    glossed = recipe("glossed", monkeypatch)
    segments = [(n, n + 1, (word,)) for n, word in enumerate(["هلک", "په", "ښار", "کې", "اوسي", "."])]
    orders = [glossed.disordered(segments, random.Random(seed)) for seed in range(20)]
    assert all(sorted(order) == segments and order[-1] == segments[-1] for order in orders)
    assert any(order != segments for order in orders)


@pytest.mark.parametrize(
    ("latin", "target", "alike"),
    [
        ("rahimi", "رحیمی", True),
        ("shuhada", "شهدا", True),
        ("georgia", "گرجستان", False),
        ("columbian", "کولمبیایی", False),
        ("akbar", "بکر", False),
    ],
)
def test_names_sound_alike(latin: str, target: str, alike: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    assert recipe("transliterate", monkeypatch).sound_alike(latin, target) is alike


def test_linked_words_that_sound_alike_are_names(monkeypatch: pytest.MonkeyPatch) -> None:
    transliterate = recipe("transliterate", monkeypatch)
    rows = [("ps", "Today Karimi saw a bus in Shinkay.", "نن کریمی په شینکی کې بس ولید.")]
    found = {tuple(name) for name in transliterate.names_of_text(rows, ["0-0 1-1 2-6"])}
    assert found == {("karimi", "کریمي", "ps", "text"), ("shinkay", "شینکی", "ps", "text")}


def test_what_was_learned_is_spelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    transliterate = recipe("transliterate", monkeypatch)
    pairs = {
        ("kamal", "کمال"): 3.0,
        ("jamal", "جمال"): 3.0,
        ("karim", "کریم"): 3.0,
        ("rahim", "رحیم"): 3.0,
        ("jalal", "جلال"): 3.0,
    }
    path = tmp_path / "spelling.ps.npz"
    transliterate.train(pairs, ["کمال"], path, 0.0)
    speller = transliterate.Speller(path)
    assert [speller.spell(name) for name in ("Kamal", "Rahim", "Jarim")] == ["کمال", "رحیم", "جریم"]


def _wordnet(folder: Path) -> Path:
    """Four words in the format of wndb(5WN): a hovel is a shack and a building, ran is a form of run."""
    for name in ("noun", "verb", "adj", "adv"):
        for kind in ("data", "index"):
            (folder / f"{kind}.{name}").write_text("  1 A licence is indented.\n", encoding="utf-8")
        (folder / f"{name}.exc").write_text("", encoding="utf-8")
    with (folder / "data.noun").open("a") as data, (folder / "index.noun").open("a") as index:
        data.write("00000100 06 n 02 hovel 0 shack 0 001 @ 00000200 n 0000 | a poor house\n")
        data.write("00000200 06 n 01 building 0 000 | what is built\n")
        index.write("hovel n 1 1 @ 1 0 00000100\nshack n 1 1 @ 1 0 00000100\nbuilding n 1 0 1 0 00000200\n")
    (folder / "verb.exc").write_text("ran run\n", encoding="utf-8")
    return folder


def test_an_unknown_word_has_near_words_and_forms_but_no_more_general_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    near = recipe("near_words", monkeypatch)
    net = near.WordNet(_wordnet(tmp_path))
    assert list(near.near_words(net, {"shack", "building", "run"}.__contains__)) == [
        ("hovel", [(near.SYNONYM, "shack")]),
        ("ran", [(near.FORM, "run")]),
    ]
    assert list(near.near_words(net, {"building"}.__contains__)) == []
