"""A language file is read strictly: whatever does not fit is named with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from dragoman.errors import LanguageError
from dragoman.languages.reading import read_yaml


@dataclass(frozen=True)
class Ending:
    letters: frozenset[str]
    forms: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Tongue:
    name: str
    words: tuple[str, ...]
    numbers: tuple[tuple[str, ...], ...]
    ratio: tuple[float, float]
    limit: int
    doubled: bool
    ending: Ending


WHOLE = """\
name: Dari
words: از در با
numbers: یک دو/دوم
ratio: 0.5 2
limit: 3
doubled: true
ending:
  letters: ابا
  forms: {ه: ې و}
"""


def test_the_types_say_how_a_file_is_read() -> None:
    assert read_yaml(Tongue, WHOLE, "fa_AF.yml") == Tongue(
        name="Dari",
        words=("از", "در", "با"),
        numbers=(("یک",), ("دو", "دوم")),
        ratio=(0.5, 2.0),
        limit=3,
        doubled=True,
        ending=Ending(letters=frozenset("اب"), forms={"ه": ("ې", "و")}),
    )


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("limit: 3\n", "", "x.yml:1:1: missing: limit"),
        (
            "limit: 3",
            "limits: 3",
            "x.yml:5:1: unknown key 'limits' (known are name, words, numbers, ratio, limit, doubled, ending)",
        ),
        ("limit: 3", "limit: three", "x.yml:5:8: cannot read 'three': invalid literal for int() with base 10: 'three'"),
        ("limit: 3", "name: Pashto", "x.yml:5:1: 'name' stands here twice"),
        ("doubled: true", "doubled: yes", "x.yml:6:10: cannot read 'yes': true or false belongs here"),
        ("ratio: 0.5 2", "ratio: 0.5", "x.yml:4:8: cannot read '0.5': not enough values to unpack (expected 2, got 1)"),
        ("words: از در با", "words: [از]", "x.yml:2:8: a single value belongs here"),
        ("{ه: ې و}", "ې و", "x.yml:9:10: a mapping belongs here"),
        ("  letters: ابا\n", "", "x.yml:8:3: missing: letters"),
        ("name: Dari", "name: 'Dari", "x.yml:10:1: this is not YAML: found unexpected end of stream"),
        (WHOLE, "", "x.yml:1: the file is empty"),
        (WHOLE, "# nothing\n", "x.yml:1: the file is empty"),
    ],
)
def test_what_does_not_fit_is_named_with_its_line(before: str, after: str, message: str) -> None:
    with pytest.raises(LanguageError) as raised:
        read_yaml(Tongue, WHOLE.replace(before, after), "x.yml")
    assert str(raised.value) == message
