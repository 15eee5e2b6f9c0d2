"""TMX 1.4b (LISA OSCAR), the exchange format of translation memories: written and read as a stream, so of any length."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Protocol
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from dragoman.errors import LanguageError, TranslationMemoryError
from dragoman.languages import get_language
from dragoman.memory.pairs import Pair
from dragoman.model import Location

_CHUNK = 1 << 20  # bytes
_ORIGIN, _CONTEXT = "x-origin", "x-context"
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})  # what they hold is markup, not text
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Stream(Protocol):
    """A binary file, open for reading."""

    def read(self, size: int, /) -> bytes: ...


def format_tmx(pairs: Iterable[Pair], version: str = "") -> Iterator[str]:
    """The pieces of a TMX file of `pairs`, one unit a pair. Characters that XML cannot hold become U+FFFD."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
    yield (
        f'  <header creationtool="Dragoman" creationtoolversion={_attribute(version or "unknown")} segtype="sentence" '
        'o-tmf="PO" adminlang="en" srclang="en" datatype="plaintext"/>\n  <body>\n'
    )
    for pair in pairs:
        language = get_language(pair.language).bcp47
        properties = [(_ORIGIN, pair.origin)] if pair.origin else []
        properties += [(_CONTEXT, pair.context)] if pair.context is not None else []
        yield "    <tu>\n"
        for kind, value in properties:
            yield f"      <prop type={_attribute(kind)}>{_text(value)}</prop>\n"
        yield f'      <tuv xml:lang="en"><seg>{_text(pair.source)}</seg></tuv>\n'
        yield f"      <tuv xml:lang={_attribute(language)}><seg>{_text(pair.target)}</seg></tuv>\n    </tu>\n"
    yield "  </body>\n</tmx>\n"


class TmxReader:
    """The pairs of a TMX file, from English into languages that we know, as an iterator over `stream`.

    `units` counts the units that were read, `skipped` those that gave no pair; `segmentation` is the file's segtype, for a file
    of paragraphs seldom helps with sentences. Raises TranslationMemoryError, with the line, for what is not TMX; entities and
    a document type of the file's own are refused. `origin` goes into pairs that name none.
    """

    def __init__(self, stream: Stream, path: str, origin: str = "") -> None:
        self.units = 0
        self.skipped = 0
        self.segmentation = ""
        self._stream, self._path, self._origin = stream, path, origin
        self._found: list[Pair] = []
        self._open: list[str] = []  # the elements around the place that is read
        self._texts: list[tuple[str, str]] = []  # language and text of the unit's segments
        self._properties: dict[str, str] = {}
        self._language = self._property = ""
        self._text: list[str] | None = None
        self._line: Callable[[], int] = lambda: 0

    def __iter__(self) -> Iterator[Pair]:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._document_type
        parser.EntityDeclHandler = self._entity
        self._line = lambda: parser.CurrentLineNumber
        try:
            while chunk := self._stream.read(_CHUNK):
                parser.Parse(chunk, False)
                yield from self._found
                self._found.clear()
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            at = Location(self._path, error.lineno, error.offset + 1)
            message = f"is not TMX: {expat.errors.messages[error.code]}"
            raise TranslationMemoryError(message, at=at, hint="export it again from the program that wrote it") from None
        yield from self._found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open and name != "tmx":
            raise self._error(f"is not TMX: its root is <{name}>", "was another file meant?")
        self._open.append(name)
        if name == "header":
            self.segmentation = attributes.get("segtype", "")
        elif name == "tu":
            self._texts, self._properties = [], {}
        elif name == "tuv":
            self._language = attributes.get("xml:lang") or attributes.get("lang", "")
        elif name == "prop" and self._open[-2] == "tu":
            self._property, self._text = attributes.get("type", ""), []
        elif name == "seg":
            self._text = []

    def _end(self, name: str) -> None:
        self._open.pop()
        if name == "seg" and self._text is not None:
            self._texts.append((self._language, "".join(self._text)))
            self._text = None
        elif name == "prop" and self._text is not None:
            self._properties[self._property] = "".join(self._text)
            self._text = None
        elif name == "tu":
            pairs = list(self._pairs())
            self.units += 1
            self.skipped += not pairs
            self._found += pairs

    def _characters(self, text: str) -> None:
        if self._text is not None and _CODES.isdisjoint(self._open):
            self._text.append(text)

    def _pairs(self) -> Iterator[Pair]:
        """Of the first English text of the unit, with each text in a language of ours."""
        source = next((text for language, text in self._texts if _is_english(language)), "")
        for language, target in self._texts:
            code = _our_code(language)
            if source.strip() and target.strip() and code:
                origin = self._properties.get(_ORIGIN, self._origin)
                yield Pair(source, target, code, origin, self._properties.get(_CONTEXT))

    def _document_type(self, name: str, system: str | None, public: str | None, has_internal_subset: bool) -> None:
        if has_internal_subset:
            raise self._error("has a document type of its own", "a TMX needs none: delete <!DOCTYPE …>")

    def _entity(self, name: str, *_: object) -> None:
        raise self._error(f"declares an entity: {name}", "a TMX needs none: delete <!ENTITY …>")

    def _error(self, message: str, hint: str) -> TranslationMemoryError:
        return TranslationMemoryError(message, at=Location(self._path, self._line()), hint=hint)


def _is_english(language: str) -> bool:
    return language.lower().replace("_", "-").split("-")[0] == "en"


@lru_cache
def _our_code(language: str) -> str | None:
    try:
        return get_language(language).code
    except LanguageError:
        return None


def _text(text: str) -> str:
    return escape(_NOT_IN_XML.sub("\ufffd", text), {"\r": "&#13;"})


def _attribute(text: str) -> str:
    return quoteattr(_NOT_IN_XML.sub("\ufffd", text))
