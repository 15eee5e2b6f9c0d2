"""TBX: version 3 (ISO 30042:2019) in the style DCT, and version 2 (ISO 30042:2008, `martif`); also reads the style DCA.

A term of ours is an entry of theirs: the source form and its variants in the source language, each target form with its
administrative status. The kind stands as subject field, the note as note. What stays in Latin letters has itself as its target.

XML is read by expat as it comes, so that a file of 100 MB takes no more memory than its terms; a document type or an entity is
refused before it can do anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from dragoman.errors import GlossaryError, LanguageError
from dragoman.glossary.exchange.rows import Exported, Imported, forms_of, losses, target_of, without_target
from dragoman.languages import get_language
from dragoman.model import Glossary, Location, TargetTerm, Term, TermKind
from dragoman.text.matching import Status

# ISO 30042, administrativeStatus; TBX-Basic and TBX-Min have the same values, and older files the bare words.
_STATUS: Mapping[str, Status] = {
    "preferredTerm": Status.PREFERRED,
    "preferred": Status.PREFERRED,
    "admittedTerm": Status.ADMITTED,
    "admitted": Status.ADMITTED,
    "deprecatedTerm": Status.FORBIDDEN,
    "deprecated": Status.FORBIDDEN,
    "supersededTerm": Status.FORBIDDEN,
    "obsolete": Status.FORBIDDEN,
}
_ADMINISTRATIVE = {Status.PREFERRED: "preferredTerm", Status.ADMITTED: "admittedTerm", Status.FORBIDDEN: "deprecatedTerm"}
_HELD = frozenset({"also", "kind", "translate", "note", "admitted", "forbidden"})

_ENTRIES = frozenset({"termEntry", "conceptEntry"})
_LANGUAGES = frozenset({"langSet", "langSec"})
_TERMS = frozenset({"tig", "ntig", "termSec"})
_CHUNK = 1 << 16  # code points for expat at a time
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, section 2.2


def read_tbx(text: str, path: str, source_language: str = "en") -> Imported:
    """The terms of a TBX file, with their targets in the languages that Dragoman knows.

    Raises GlossaryError for what is not TBX, and for a document type, which no term needs and many attacks do.
    """
    reader = _Reader(path, source_language)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text.append
    text = text.removeprefix("\ufeff")
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_document_type(text, path)
    try:
        for start in range(0, len(text), _CHUNK):
            parser.Parse(text[start : start + _CHUNK], False)
        parser.Parse("", True)
    except expat.ExpatError as error:
        at = Location(path, error.lineno, error.offset + 1)
        raise GlossaryError(f"is not XML: {expat.ErrorString(error.code)}", at=at, hint="export it again, as TBX") from None
    if not reader.is_tbx:
        raise GlossaryError("is not TBX", at=path, hint="its first element should be “tbx” or “martif”")
    return Imported(tuple(reader.terms), tuple(reader.notes()))


def write_tbx(glossary: Glossary, languages: Sequence[str], version: int = 3) -> Exported:
    """The glossary in `languages`, as TBX-Basic of version 3 (style DCT) or 2."""
    dialect = _DIALECTS[version]
    lines = [
        *dialect.head(glossary.source_language),
        *(line for term in glossary.terms for line in _entry(term, glossary.source_language, languages, dialect)),
        *dialect.foot,
    ]
    broken = sum(1 for line in lines if _NOT_XML.search(line))
    notes = losses(glossary, languages, _HELD)
    if broken:
        notes += (f"characters that XML cannot hold are not in the file ({broken})",)
    return Exported("".join(f"{_NOT_XML.sub('', line)}\n" for line in lines), notes)


def _refuse_document_type(text: str, path: str) -> None:
    before = text[: text.find("<!DOCTYPE")]
    at = Location(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
    raise GlossaryError("has a document type", at=at, hint="remove “<!DOCTYPE …>”; entities are not read")


@dataclass(slots=True)
class _Form:
    """A term of a file with its status."""

    text: str = ""
    status: Status | None = None


@dataclass(slots=True)
class _Entry:
    """An entry of a file while it is read."""

    forms: dict[str, list[_Form]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    kind: TermKind = TermKind.CONCEPT


class _Reader:
    """What expat calls. Elements are known by their local names: the dialects differ in the rest."""

    def __init__(self, path: str, source_language: str) -> None:
        self.path = path
        self.source_language = source_language
        self.text: list[str] = []
        self.terms: list[Term] = []
        self.is_tbx = False
        self._depth = 0
        self._entry: _Entry | None = None
        self._language = ""
        self._type = ""
        self._left_out: Counter[str] = Counter()
        self._without: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        name = name.rpartition(" ")[2]
        self._depth += 1
        if self._depth == 1:
            self.is_tbx = name in ("tbx", "martif")
        elif name in _ENTRIES:
            self._entry = _Entry()
        elif name in _LANGUAGES:
            self._language = attributes.get("http://www.w3.org/XML/1998/namespace lang", attributes.get("lang", ""))
        elif name in _TERMS and self._entry is not None:
            self._entry.forms.setdefault(self._language, []).append(_Form())
        self._type = attributes.get("type", "")
        if name != "hi":  # emphasis inside a term
            self.text.clear()

    def end(self, name: str) -> None:
        name = name.rpartition(" ")[2]
        self._depth -= 1
        text = " ".join("".join(self.text).split())
        if self._entry is None or name == "hi":
            return
        if name in _ENTRIES:
            self._finish(self._entry)
            self._entry = None
        elif name == "term" and self._language:
            forms = self._entry.forms.setdefault(self._language, [])
            if not forms or forms[-1].text:
                forms.append(_Form())
            forms[-1].text = text
        elif name == "administrativeStatus" or (
            name == "termNote" and self._type in ("administrativeStatus", "normativeAuthorization")
        ):
            forms = self._entry.forms.get(self._language, [])
            if forms:
                forms[-1].status = _STATUS.get(text.removesuffix("-admn-sts"))
        elif name == "subjectField" or (name == "descrip" and self._type == "subjectField"):
            if text in TermKind.__members__.values():
                self._entry.kind = TermKind(text)
        elif name == "note" and text:
            self._entry.notes.append(text)
        self.text.clear()

    def notes(self) -> Iterator[str]:
        """What was left out."""
        for code, count in self._left_out.items():
            yield f"language {code or '(none)'} left out ({count:,} entries)"
        yield from without_target(self._without)

    def _finish(self, entry: _Entry) -> None:
        sources: list[_Form] = []
        targets: dict[str, list[_Form]] = {}
        for code, forms in entry.forms.items():
            forms = [form for form in forms if form.text]
            if _same_language(code, self.source_language):
                sources += forms
            elif (language := _known(code)) is not None:
                targets.setdefault(language, []).extend(forms)
            else:
                self._left_out[code] += 1
        if not sources:
            self._left_out[self.source_language] += 1
            return
        first, *others = dict.fromkeys(
            form.text for form in sorted(sources, key=lambda form: form.status is not Status.PREFERRED)
        )
        note = " ".join(dict.fromkeys(entry.notes)) or None
        if targets and all(form.text == first for forms in targets.values() for form in forms):
            self.terms.append(Term(first, first, {}, tuple(others), None, entry.kind, translate=False, note=note))
            return
        terms = {code: target_of((form.text, form.status) for form in forms) for code, forms in targets.items()}
        if any(target is None for target in terms.values()):
            self._without.append(first)
        known: dict[str, TargetTerm] = {code: target for code, target in terms.items() if target is not None}
        self.terms.append(Term(first, first, known, tuple(others), None, entry.kind, note=note))


def _same_language(code: str, other: str) -> bool:
    """Whether `en-US` is `en`."""
    return re.split("[-_]", code.lower())[0] == re.split("[-_]", other.lower())[0]


def _known(code: str) -> str | None:
    try:
        return get_language(code).code
    except LanguageError:
        return None


class _Dialect(NamedTuple):
    """How one version names what they all have."""

    head: Callable[[str], Iterable[str]]
    foot: Sequence[str]
    entry: str
    language: str
    term: str
    status: tuple[str, str]
    subject: tuple[str, str]


def _head_3(language: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<tbx type="TBX-Basic" style="dct" xml:lang={quoteattr(language)} xmlns="urn:iso:std:iso:30042:ed-2"'
    yield '     xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">'
    yield "  <tbxHeader><fileDesc><sourceDesc><p>Dragoman glossary</p></sourceDesc></fileDesc></tbxHeader>"
    yield "  <text><body>"


def _head_2(language: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<martif type="TBX-Basic" xml:lang={quoteattr(language)}>'
    yield "  <martifHeader><fileDesc><sourceDesc><p>Dragoman glossary</p></sourceDesc></fileDesc></martifHeader>"
    yield "  <text><body>"


_DIALECTS: Mapping[int, _Dialect] = {
    3: _Dialect(
        _head_3,
        ("  </body></text>", "</tbx>"),
        "conceptEntry",
        "langSec",
        "termSec",
        ("<min:administrativeStatus>", "</min:administrativeStatus>"),
        ("<min:subjectField>", "</min:subjectField>"),
    ),
    2: _Dialect(
        _head_2,
        ("  </body></text>", "</martif>"),
        "termEntry",
        "langSet",
        "tig",
        ('<termNote type="administrativeStatus">', "</termNote>"),
        ('<descrip type="subjectField">', "</descrip>"),
    ),
}


def _entry(term: Term, source_language: str, languages: Collection[str], dialect: _Dialect) -> Iterator[str]:
    yield f"    <{dialect.entry} id={quoteattr(_identifier(term.id))}>"
    if term.kind is not TermKind.CONCEPT:
        yield f"      {dialect.subject[0]}{term.kind}{dialect.subject[1]}"
    if term.note is not None:
        yield f"      <note>{escape(term.note)}</note>"
    sources = [(term.source, Status.PREFERRED), *((form, Status.ADMITTED) for form in term.variants)]
    yield from _language(source_language, sources, dialect)
    for code in languages:
        if (target := term.target(code)) is not None:
            yield from _language(get_language(code).bcp47, forms_of(target), dialect)
    yield f"    </{dialect.entry}>"


def _language(code: str, forms: Iterable[tuple[str, Status]], dialect: _Dialect) -> Iterator[str]:
    yield f"      <{dialect.language} xml:lang={quoteattr(code)}>"
    for form, status in forms:
        value = f"{_ADMINISTRATIVE[status]}-admn-sts"
        yield (
            f"        <{dialect.term}><term>{escape(form)}</term>{dialect.status[0]}{value}{dialect.status[1]}</{dialect.term}>"
        )
    yield f"      </{dialect.language}>"


def _identifier(identifier: str) -> str:
    """As an XML name, which begins with a letter."""
    return "t-" + re.sub(r"[^\w.-]", "-", identifier)
