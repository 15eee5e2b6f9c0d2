"""CSV: a row a term, a column a field, and for each language `fa_AF`, `fa_AF admitted`, `fa_AF forbidden`, `fa_AF inflects`.

Several forms in one cell are parted by `|`. A cell that a spreadsheet would take for a formula is written with an apostrophe in
front, as spreadsheets do themselves, and read as the text that it is (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from dragoman.errors import GlossaryError, LanguageError
from dragoman.glossary.exchange.rows import Exported, Imported
from dragoman.languages import get_language
from dragoman.model import Glossary, Location, TargetTerm, Term, TermCase, TermKind

_FIELDS = ("source", "also", "concept", "kind", "case", "translate", "note")
_OTHER_NAMES = {"en": "source", "english": "source", "term": "source", "comment": "note", "notes": "note", "variants": "also"}
_PARTS = ("admitted", "forbidden", "inflects")
_FORMULA = "=+-@\t\r'"
_NO = ("false", "no", "0")
_SEPARATOR = re.compile(r"(?<!\\)((?:\\\\)*)\|")


Choice = TypeVar("Choice", TermKind, TermCase)


def read_table(text: str, path: str) -> Imported:
    """The terms of a table with a head row. Commas, semicolons or tabs part the cells, whichever the head has most of."""
    text = text.removeprefix("\ufeff")
    head_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=head_line.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        head = next(rows, [])
        columns, unknown = _columns(head, path)
        terms = [
            _term({name: _cell(row[place]) for place, name in columns.items() if place < len(row)}, Location(path, rows.line_num))
            for row in rows
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise GlossaryError(f"is not CSV: {error}", at=Location(path, rows.line_num), hint="look at the quotes there") from None
    notes = (f"unknown columns left out: {', '.join(unknown)}",) if unknown else ()
    return Imported(tuple(terms), notes)


def write_table(glossary: Glossary, languages: Sequence[str]) -> Exported:
    """Everything that the glossary has in `languages`."""
    head = [*_FIELDS, *(name for code in languages for name in (code, *(f"{code} {part}" for part in _PARTS)))]
    result = io.StringIO(newline="")
    writer = csv.writer(result, lineterminator="\r\n")  # RFC 4180
    writer.writerow(head)
    for term in glossary.terms:
        writer.writerow([_shielded(cell) for cell in _row(term, languages)])
    return Exported(result.getvalue())


def _columns(head: Sequence[str], path: str) -> tuple[Mapping[int, str], list[str]]:
    """What each column holds: a field of a term, or `CODE` or `CODE PART` of a target; and the columns that hold neither."""
    columns: dict[int, str] = {}
    unknown = []
    for place, cell in enumerate(head):
        name = _column(cell.strip())
        if name is None:
            unknown.append(cell.strip() or f"column {place + 1}")
        elif name in columns.values():
            raise GlossaryError(f"has two columns {name!r}", at=Location(path, 1), hint="keep one of the two")
        else:
            columns[place] = name
    if "source" not in columns.values():
        hint = "name the columns in the first row: source, fa_AF, ps, note"
        raise GlossaryError("has no column “source”", at=Location(path, 1), hint=hint)
    return columns, unknown


def _column(name: str) -> str | None:
    lower = name.lower()
    if (field := _OTHER_NAMES.get(lower, lower)) in _FIELDS:
        return field
    code, _, part = name.partition(" ")
    if part and part not in _PARTS:
        return None
    try:
        return " ".join((get_language(code).code, part)).strip()
    except LanguageError:
        return None


def _term(cells: Mapping[str, str], at: Location) -> Term:
    source = cells.get("source", "")
    if not source.strip():
        raise GlossaryError("a row has no source", at=at, hint="write the English form there, or remove the row")
    codes = dict.fromkeys(name.split()[0] for name in cells if name not in _FIELDS)
    targets = {code: target for code in codes if (target := _target(cells, code)) is not None}
    return Term(
        source,
        source,
        targets,
        _several(cells.get("also", "")),
        cells.get("concept") or None,
        _choice(cells.get("kind"), TermKind.CONCEPT, TermKind, at),
        _choice(cells.get("case"), TermCase.SMART, TermCase, at),
        _truth(cells.get("translate"), at),
        cells.get("note") or None,
        at,
    )


def _target(cells: Mapping[str, str], code: str) -> TargetTerm | None:
    preferred = cells.get(code, "")
    if not preferred.strip():
        return None
    admitted, forbidden = _several(cells.get(f"{code} admitted", "")), _several(cells.get(f"{code} forbidden", ""))
    return TargetTerm(preferred, admitted, forbidden, cells.get(f"{code} inflects", "").strip().lower() not in _NO)


def _choice(cell: str | None, default: Choice, choices: Iterable[Choice], at: Location) -> Choice:
    wanted = (cell or default.value).strip().lower()
    for choice in choices:
        if choice.value == wanted:
            return choice
    raise GlossaryError(f"{cell!r} is none of {', '.join(choices)}", at=at, hint="mend the cell, or empty it")


def _truth(cell: str | None, at: Location) -> bool:
    value = (cell or "true").strip().lower()
    if value in ("true", "yes", "1"):
        return True
    if value in _NO:
        return False
    raise GlossaryError(f"{cell!r} is neither true nor false", at=at, hint="write true or false")


def _row(term: Term, languages: Sequence[str]) -> Iterator[str]:
    yield from (term.source, _joined(term.variants), term.concept or "", term.kind, term.case)
    yield from ("" if term.translate else "false", term.note or "")
    for code in languages:
        target = term.targets.get(code)
        if target is None:
            yield from ("", "", "", "")
        else:
            yield from (target.preferred, _joined(target.admitted), _joined(target.forbidden))
            yield "" if target.inflects else "false"


def _joined(forms: Iterable[str]) -> str:
    return "|".join(form.replace("\\", "\\\\").replace("|", "\\|") for form in forms)


def _several(cell: str) -> tuple[str, ...]:
    parts = _SEPARATOR.sub("\\1\0", cell).split("\0")
    return tuple(re.sub(r"\\([\\|])", r"\1", part) for part in parts if part.strip())


def _shielded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(tuple(_FORMULA)) else cell


def _cell(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:2] and cell[1] in _FORMULA else cell
