from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import TranslationMemoryError
from dragoman.memory import Pair, TmxReader, format_tmx

GOLDEN = Path(__file__).parents[1] / "golden" / "memory"


def read(text: str | bytes) -> list[Pair]:
    return list(TmxReader(io.BytesIO(text.encode() if isinstance(text, str) else text), "a.tmx"))


def body(units: str) -> str:
    return f'<tmx version="1.4"><header segtype="sentence" srclang="en"/><body>{units}</body></tmx>'


filled = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), min_size=1, max_size=20).filter(str.strip)
pairs = st.builds(Pair, filled, filled, st.sampled_from(["ps", "fa_AF"]), filled, st.none() | filled)


@given(st.lists(pairs, max_size=5))
def test_what_was_written_is_read_back(known: list[Pair]) -> None:
    assert read("".join(format_tmx(known))) == known


def test_what_is_written() -> None:
    known = [
        Pair("He said: “5 < 6 & 7.”", "ویې ویل: «۵ < ۶ & ۷.»", "ps", "locales/ps/LC_MESSAGES/a b.po", "0123456789abcdef"),
        Pair("Two\r\nlines.\x07", "دو\tخط", "fa_AF"),
    ]
    assert "".join(format_tmx(known, version="0.1")) == (GOLDEN / "written.tmx").read_text(encoding="utf-8")
    assert read("".join(format_tmx(known)))[1] == Pair("Two\r\nlines.\ufffd", "دو\tخط", "fa_AF")


def test_the_tmx_of_another_program() -> None:
    with (GOLDEN / "other.tmx").open("rb") as stream:
        reader = TmxReader(stream, "other.tmx", origin="other.tmx")
        assert list(reader) == [
            Pair("The well is dry & deep.", "څاه وچ او ژور دی.", "ps", "other.tmx"),
            Pair("The well is dry & deep.", "چاه خشک و ژرف است.", "fa_AF", "other.tmx"),
            Pair("Old files say lang.", "زاړه فایلونه", "ps", "other.tmx"),
        ]
    assert (reader.units, reader.skipped, reader.segmentation) == (5, 3, "paragraph")


def test_the_encoding_is_the_file_s() -> None:
    unit = '<tu><tuv xml:lang="en"><seg>Well</seg></tuv><tuv xml:lang="ps"><seg>څاه</seg></tuv></tu>'
    text = f'<?xml version="1.0" encoding="UTF-16"?>{body(unit)}'
    assert read(text.encode("utf-16")) == [Pair("Well", "څاه", "ps")]


def test_a_long_file_is_read_as_a_stream() -> None:
    """The first pair comes before the file is read to its end."""

    class Endless(io.RawIOBase):
        started = False

        def read(self, size: int = -1) -> bytes:
            unit = '<tu><tuv xml:lang="en"><seg>Well</seg></tuv><tuv xml:lang="ps"><seg>څاه</seg></tuv></tu>'
            head = "" if self.started else '<tmx version="1.4"><header/><body>'
            self.started = True
            return (head + unit).encode()

    assert next(iter(TmxReader(Endless(), "a.tmx"))) == Pair("Well", "څاه", "ps")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a.tmx:1:1: is not TMX: no element found (export it again from the program that wrote it)"),
        ("prose", "a.tmx:1:1: is not TMX: syntax error (export it again from the program that wrote it)"),
        ("<html/>", "a.tmx:1: is not TMX: its root is <html> (was another file meant?)"),
        ("<tmx><body>", "a.tmx:1:12: is not TMX: no element found (export it again from the program that wrote it)"),
        (
            "<tmx>\n<body></tmx>",
            "a.tmx:2:9: is not TMX: mismatched tag (export it again from the program that wrote it)",
        ),
        (
            '<!DOCTYPE tmx [\n<!ENTITY a "aaaa">]><tmx>&a;</tmx>',
            "a.tmx:1: has a document type of its own (a TMX needs none: delete <!DOCTYPE …>)",
        ),
        (
            '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx>&a;</tmx>',
            "a.tmx:1: has a document type of its own (a TMX needs none: delete <!DOCTYPE …>)",
        ),
        (
            '<?xml version="1.0" encoding="UTF-8"?><tmx>\udcff</tmx>'.encode("utf-8", "surrogateescape"),
            "a.tmx:1:44: is not TMX: not well-formed (invalid token) (export it again from the program that wrote it)",
        ),
    ],
)
def test_what_is_refused(text: str | bytes, message: str) -> None:
    with pytest.raises(TranslationMemoryError) as caught:
        read(text)
    assert str(caught.value) == message
