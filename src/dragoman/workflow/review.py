"""The fuzzy mark in bulk, where a person says so: `accept` clears it, `reset` sets it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman import po
from dragoman.checks import check_catalog, new_context
from dragoman.config import Project
from dragoman.errors import DragomanError
from dragoman.files import locked, read_text, write_atomically
from dragoman.glossary import SourceMatcher
from dragoman.model import Catalog, Entry
from dragoman.workflow.articles import read_glossary
from dragoman.workflow.check import catalog_language, find_catalogs


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One PO file: how many of its entries were changed, and how many of their kind stay as they were."""

    path: Path
    changed: int
    left: int


def accept(
    project: Project,
    arguments: Sequence[str],
    clean: bool,
    glossary_path: Path | None = None,
    *,
    problem: Callable[[DragomanError], None],
) -> tuple[Reviewed, ...]:
    """Clear the fuzzy mark of the drafts in the PO files that `arguments` mean; with `clean`, of those without any finding.

    `problem` is told of a file that cannot be read or written; the others are done.
    """
    glossary = read_glossary(project, glossary_path)
    matcher = SourceMatcher(glossary) if glossary.terms else None

    def change(catalog: Catalog) -> Catalog:
        if not clean:
            return po.accept(catalog)
        context = new_context(project.language(catalog_language(catalog)), matcher, drafts=True)
        lines = {finding.location.line for finding in check_catalog(catalog, context) if finding.location}
        return po.accept(catalog, lambda entry: entry.location is not None and entry.location.line not in lines)

    return _each(project, arguments, change, lambda entry: entry.fuzzy and po.has_target(entry), problem)


def reset(
    project: Project, arguments: Sequence[str], from_omegat: bool, *, problem: Callable[[DragomanError], None]
) -> tuple[Reviewed, ...]:
    """Make reviewed entries drafts again; with `from_omegat`, those alone whose text is still the machine's.

    OmegaT writes PO files without fuzzy marks, and so makes every draft look accepted. `problem` is as for `accept`.
    """
    return _each(project, arguments, po.restore_drafts if from_omegat else po.reset, lambda entry: entry.reviewed, problem)


def _each(
    project: Project,
    arguments: Sequence[str],
    change: Callable[[Catalog], Catalog],
    counted: Callable[[Entry], bool],
    problem: Callable[[DragomanError], None],
) -> tuple[Reviewed, ...]:
    results = []
    for path in find_catalogs(arguments, project):
        with locked(project.root):  # where another run holds it, nothing more can be done: that stops the whole
            try:
                before = po.parse_catalog(read_text(path), path.as_posix())
                after = change(before)
                if after != before:
                    write_atomically(path, po.format_catalog(after))
            except DragomanError as error:
                problem(error)
                continue
        old, new = (sum(counted(entry) and not entry.obsolete for entry in catalog.entries) for catalog in (before, after))
        results.append(Reviewed(path, old - new, new))
    return tuple(results)
