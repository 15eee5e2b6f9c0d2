"""`Catalog` in, PO text out: byte for byte as `msgcat --no-wrap` writes it, so that no editor makes noise by saving."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.metadata import version
from types import MappingProxyType

import polib

from dragoman.languages import Language
from dragoman.model import Catalog, Entry, Location

_WIDTH = 79  # gettext's
_LINE_ENDS = re.compile(r"\r\n|[\r\n]")


def format_catalog(catalog: Catalog) -> str:
    """The PO file of `catalog`: header, entries in their order, obsolete ones last. `parse_catalog` reads back the same."""
    header = "".join(f"{name}: {value}\n" for name, value in catalog.headers.items())
    blocks = [_format_entry(Entry("", header, comments=catalog.comments))] if header or catalog.comments else []
    blocks += [_format_entry(entry) for entry in catalog.entries if not entry.obsolete]
    blocks += [_format_entry(entry) for entry in catalog.entries if entry.obsolete]
    return "\n".join(blocks).replace("\n", catalog.newline)


def format_template(catalog: Catalog) -> str:
    """The template (POT) of `catalog`: its sources, without what belongs to one language or to one translator."""
    entries = tuple(
        Entry(
            entry.source,
            context=entry.context,
            references=entry.references,
            notes=entry.notes,
            flags=entry.flags,
            source_plural=entry.source_plural,
            target_plurals=("", "") if entry.source_plural is not None else (),
        )
        for entry in catalog.entries
        if not entry.obsolete
    )
    return format_catalog(replace(catalog, language=None, entries=entries))


def new_headers(language: Language | None, project: str) -> Mapping[str, str]:
    """The header of a new PO file for `language`, or of a template where it is None.

    Without dates, so that the same article gives the same bytes. The empty fields are those that `msgfmt -c` asks for; an
    editor fills them in.
    """
    headers = {
        "Project-Id-Version": project,
        "PO-Revision-Date": "",
        "Last-Translator": "",
        "Language-Team": "",
        "Language": language.code if language else "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": language.plural_forms if language else "",
        "X-Generator": f"Dragoman {'.'.join(version('dragoman').split('.')[:2])}",
        "X-Source-Language": "en",
    }
    if language is None:
        del headers["Plural-Forms"]
    return MappingProxyType(headers)


class _Message(polib.POEntry):  # type: ignore[misc]  # polib is untyped
    """A message as polib writes it, but cut into lines after "\\n" alone, as gettext does; polib cuts at U+2028 and more."""

    def _str_field(self, fieldname: str, delflag: str, plural_index: str, field: str, wrapwidth: int = 0) -> list[str]:
        pieces = re.findall(r"[^\n]*\n|[^\n]+", field)
        name = f"{fieldname.removeprefix('previous_')}{plural_index}"
        strings = [f'"{_escape(piece)}"' for piece in (pieces if len(pieces) == 1 else ["", *pieces])]
        return [f"{delflag}{name} {strings[0]}", *(delflag + string for string in strings[1:])]


def _escape(text: str) -> str:
    escaped: str = polib.escape(text)
    return escaped.replace("\a", r"\a")


def _format_entry(entry: Entry) -> str:
    message = _Message(
        msgid=entry.source,
        msgstr=entry.target,
        msgctxt=entry.context,
        msgid_plural=entry.source_plural or "",
        msgstr_plural=dict(enumerate(entry.target_plurals)),
        previous_msgctxt=entry.previous_context,
        previous_msgid=entry.previous_source,
        previous_msgid_plural=entry.previous_source_plural,
        flags=[*(["fuzzy"] if entry.fuzzy else []), *entry.flags],
        obsolete=entry.obsolete,
    )
    lines = [*_comments("#", entry.comments), *_comments("#.", entry.notes), *_references(entry.references)]
    return "".join(f"{line}\n" for line in lines) + str(message.__unicode__(wrapwidth=0))


def _comments(mark: str, comments: tuple[str, ...]) -> Iterator[str]:
    for comment in comments:
        for line in _LINE_ENDS.split(comment):
            if line.endswith("\\"):
                line += " "  # else gettext joins the next line to the comment
            yield f"{mark} {line}" if line else mark


def _references(references: tuple[Location, ...]) -> Iterator[str]:
    """`#:` lines. gettext breaks them where it leaves strings alone (--no-wrap), and so must we. Its width counts bytes."""
    line = "#:"
    for reference in map(_format_reference, references):
        if line != "#:" and len(f"{line} {reference}".encode()) > _WIDTH:
            yield line
            line = "#:"
        line += f" {reference}"
    if references:
        yield line


def _format_reference(location: Location) -> str:
    path = re.sub(r"\s", " ", location.path)
    if " " in path:
        path = f"\u2068{path}\u2069"  # as gettext 0.22 writes a path with a space
    return f"{path}:{location.line}" if location.line else path
