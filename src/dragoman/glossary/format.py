"""Terms → glossary.yml: a whole file, or entries at the end of one that people keep by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from dragoman.errors import GlossaryError
from dragoman.glossary import nodes
from dragoman.glossary.load import parse_glossary
from dragoman.model import Glossary, Location, TargetTerm, Term, TermCase, TermKind

# Needs no quotes anywhere, not even in brackets. Of marks only those that mean nothing to YAML inside a text.
_PLAIN = re.compile(r"[^\W\d_](?:[\w\u200c\u064b-\u0655.'’“”«»()/&+؟؛–-]| (?![ #]))*", re.UNICODE)
_NOT_IN_YAML = re.compile(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def format_glossary(glossary: Glossary, languages: Sequence[str] = ()) -> str:
    """The file. A term without a target in one of `languages` gets a commented line to fill."""
    head = f"version: 1\nsource_language: {glossary.source_language}\nterms:"
    return f"{head}\n{format_terms(glossary.terms, languages)}" if glossary.terms else f"{head} []\n"


def format_terms(terms: Iterable[Term], languages: Sequence[str] = (), indent: int = 2) -> str:
    """The entries alone, `indent` spaces before each dash."""
    margin = " " * indent
    return "".join(f"{margin}{line}\n" for term in terms for line in _entry(term, languages))


def append_terms(text: str, path: str, terms: Sequence[Term], languages: Sequence[str] = ()) -> str:
    """`text`, a glossary, with `terms` at the end of its list. Nothing above them changes, not by a byte.

    Raises GlossaryError where `text` is no glossary, or has its terms in brackets on one line.
    """
    before = parse_glossary(text, path, allow_conflicts=True)
    if not terms:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    row, indent = _end_of_terms(lines, text, path)
    entries = format_terms(terms, languages, indent).replace("\n", newline)
    above = "".join(lines[:row])
    if above and not above.endswith(("\n", "\r")):
        above += newline
    result = above + entries + "".join(lines[row:])
    after = parse_glossary(result, path, allow_conflicts=True)
    expected = [term.source for term in (*before.terms, *terms)]
    if [term.source for term in after.terms] != expected:
        raise GlossaryError("cannot be appended to", at=path, hint="move “terms:” to its end")
    return result


def _end_of_terms(lines: Sequence[str], text: str, path: str) -> tuple[int, int]:
    """The row after the last term, and how far the dashes are indented."""
    root = nodes.compose(text, path)
    assert isinstance(root, nodes.MappingNode)
    keys = [(key.value, key.start_mark.line, value) for key, value in root.value]
    start, terms = next((line, value) for key, line, value in keys if key == "terms")
    if isinstance(terms, nodes.SequenceNode) and terms.flow_style:
        at = Location(path, terms.start_mark.line + 1, terms.start_mark.column + 1)
        hint = "remove the brackets, and write each entry below the other with a dash before it"
        raise GlossaryError("terms stand in brackets, so that none can be appended", at=at, hint=hint)
    indent = terms.start_mark.column if isinstance(terms, nodes.SequenceNode) else 2
    row = min((line for _, line, _ in keys if line > start), default=len(lines))
    while row < len(lines) and row > start + 1 and re.match(r"\s*(?:#|$)", lines[row - 1]):
        row -= 1  # a comment above the next key belongs to it
    return row, indent


def _entry(term: Term, languages: Sequence[str]) -> Iterator[str]:
    yield f"- source: {_scalar(term.source)}"
    if term.variants:
        yield f"  also: {_list(term.variants)}"
    if term.concept is not None:
        yield f"  concept: {_scalar(term.concept)}"
    if term.kind is not TermKind.CONCEPT:
        yield f"  kind: {term.kind}"
    if term.case is not TermCase.SMART:
        yield f"  case: {term.case}"
    if not term.translate:
        yield "  translate: false"
    if term.note is not None:
        yield f"  note: {_scalar(term.note)}"
    missing = [language for language in languages if language not in term.targets] if term.translate else []
    if term.targets or missing:
        yield "  targets:"
        yield from (f"    {language}: {_target(target)}" for language, target in term.targets.items())
        yield from (f"    # {language}:" for language in missing)


def _target(target: TargetTerm) -> str:
    fields = [f"preferred: {_scalar(target.preferred)}"]
    if target.admitted:
        fields.append(f"admitted: {_list(target.admitted)}")
    if target.forbidden:
        fields.append(f"forbidden: {_list(target.forbidden)}")
    if not target.inflects:
        fields.append("inflects: false")
    return _scalar(target.preferred) if len(fields) == 1 else f"{{{', '.join(fields)}}}"


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_scalar, texts))}]"


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and not text.endswith(" ") and nodes.other_type(text) is None:
        return text
    # a string of JSON is one of YAML, but for characters that YAML does not take as they are
    return _NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))
