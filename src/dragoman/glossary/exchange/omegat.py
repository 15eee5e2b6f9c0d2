"""OmegaT's glossary: a line of source, tab, target, tab, comment. UTF-8, and so a file called `.txt` or `.utf8`, never `.tsv`.

Forbidden forms stay out: OmegaT has no status, and would offer them. OmegaT manual 6, "Glossaries", Tab-separated format.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.errors import GlossaryError
from dragoman.glossary.exchange.rows import Exported, Imported, Row, gather, in_language, losses, plain, without_target
from dragoman.model import Glossary, Location

_HELD = frozenset({"also", "translate", "note", "admitted"})


def read_omegat(text: str, path: str, language: str) -> Imported:
    """The terms, in `language`. Lines of one source form are one term, the first form preferred, the others admitted."""
    terms, without = gather(_rows(text, path), language)
    return Imported(terms, tuple(without_target(without)))


def write_omegat(glossary: Glossary, language: str) -> Exported:
    """The file in `language`. Each source form has its own lines, so that OmegaT finds it."""
    lines = []
    hidden = 0
    for term, target in in_language(glossary.terms, language):
        for source in (term.source, *term.variants):
            hidden += source.startswith("#")
            for form in (target.preferred, *target.admitted) if term.translate else (source,):
                fields = (plain(source), plain(form), plain(term.note)) if term.note else (plain(source), plain(form))
                lines.append("\t".join(fields))
    notes = losses(glossary, (language,), _HELD)
    if hidden:
        notes += (f"OmegaT takes lines that begin with # for comments ({hidden})",)
    return Exported("".join(f"{line}\n" for line in lines), notes)


def _rows(text: str, path: str) -> Iterator[Row]:
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        source, *rest = (field.strip() for field in line.split("\t"))
        if not rest:
            raise GlossaryError("has no tab", at=Location(path, number), hint="write source, tab, target")
        if not source or not rest[0]:
            raise GlossaryError("a form is empty", at=Location(path, number), hint="write source, tab, target")
        note = rest[1] if len(rest) > 1 and rest[1] else None
        yield Row(source, rest[0], None, note, translate=source != rest[0])
