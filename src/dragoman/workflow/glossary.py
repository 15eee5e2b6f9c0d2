"""The glossary's own verbs: lint it, grow it from articles, exchange it with other programs, measure what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dragoman.checks import selected
from dragoman.config import Project
from dragoman.errors import DragomanError, GlossaryError
from dragoman.files import locked, read_text, write_atomically
from dragoman.glossary import SourceMatcher, parse_glossary
from dragoman.glossary.exchange import (
    FORMATS,
    Exported,
    Imported,
    format_of,
    read_catalog,
    read_omegat,
    read_table,
    read_tbx,
    write_catalog,
    write_omegat,
    write_table,
    write_tbx,
)
from dragoman.glossary.format import append_terms, format_glossary, format_terms
from dragoman.glossary.lint import RULES, lint
from dragoman.glossary.metrics import Metrics, measure
from dragoman.glossary.suggest import Suggestion, suggest
from dragoman.languages import get_language
from dragoman.model import Catalog, Glossary, Severity, Term
from dragoman.po import format_catalog, new_headers, parse_catalog
from dragoman.report import Run
from dragoman.workflow.articles import find_articles, read_articles, read_glossary
from dragoman.workflow.check import CheckResult, catalog_language, find_catalogs


@dataclass(frozen=True, slots=True)
class Grown:
    """Terms that are new to a glossary: as the YAML to append to it, and where it was appended, if so."""

    terms: tuple[Term, ...]
    text: str
    path: Path | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one PO file."""

    path: str
    language: str
    metrics: Metrics


def lint_glossary(
    project: Project,
    path: Path | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    fail_on: Severity = Severity.ERROR,
) -> CheckResult:
    """What is wrong with the project's glossary, or the one at `path`. Raises GlossaryError where it cannot be read at all."""
    path = path or project.glossary
    glossary = parse_glossary(read_text(path), path.as_posix(), allow_conflicts=True)
    rules = [rule for rule in RULES if selected(rule.code, select, ignore)]
    findings = lint(glossary, [get_language(code) for code in project.languages], rules)
    return CheckResult(findings, Run(paths=(path.as_posix(),), entries=len(glossary.terms), fail_on=fail_on))


def suggest_terms(
    project: Project,
    arguments: Sequence[str],
    glossary_path: Path | None,
    least: int,
    write: bool,
    problem: Callable[[DragomanError], None],
) -> Grown:
    """Names that articles have at least `least` times and the glossary lacks. `write` appends them to it.

    Targets are filled from what people accepted in the project's PO files. `problem` is told of an article that cannot be read.
    """
    matcher = SourceMatcher(read_glossary(project, glossary_path))
    articles = read_articles(find_articles(arguments, project), matcher, project, problem)
    sentences = [[segment.source for segment in article.document.segments] for article in articles]
    offers = [offer for offer in suggest(sentences, matcher, tuple(_reviewed(project))) if offer.count >= least]
    terms = tuple(offer.term for offer in offers)
    path = _append(project, glossary_path, terms) if write and terms else None
    return Grown(terms, "".join(_offer(offer, project) for offer in offers), path)


def import_terms(
    project: Project, path: Path, format_name: str | None, language: str | None, glossary_path: Path | None, write: bool
) -> Grown:
    """The terms of another program's glossary that ours lacks. `write` appends them to it; what it has is never changed."""
    imported = _read(path, _format(path, format_name), language, project)
    glossary = read_glossary(project, glossary_path)
    known = {form: term for term in glossary.terms for form in (term.source, *term.variants)}
    terms = tuple(term for term in imported.terms if term.source not in known)
    differing = [term.source for term in imported.terms if term.source in known and _adds(term, known[term.source])]
    notes = list(imported.notes)
    if same := len(imported.terms) - len(terms) - len(differing):
        notes.append(f"in the glossary already: {same}")
    if differing:
        notes.append(f"in the glossary with other targets, which stay as they are: {', '.join(differing)}")
    written = _append(project, glossary_path, terms) if write and terms else None
    return Grown(terms, format_terms(terms, project.languages), written, tuple(notes))


def export_terms(
    project: Project, path: Path, format_name: str | None, languages: Sequence[str], glossary_path: Path | None
) -> Exported:
    """The glossary as another program wants it, written to `path` unless that is `-`."""
    glossary = read_glossary(project, glossary_path)
    exported = _write(glossary, _format(path, format_name), _languages(project, languages))
    if str(path) != "-":
        write_atomically(path, exported.text)
    return exported


def measure_catalogs(
    project: Project, arguments: Sequence[str], reference: Path | None, glossary_path: Path | None
) -> tuple[Measured, ...]:
    """How each PO file keeps to the glossary; against the entries of `reference`, where there is one."""
    matcher = SourceMatcher(read_glossary(project, glossary_path))
    right = _catalog(reference) if reference else None
    measured = []
    for path in find_catalogs(arguments, project):
        catalog = _catalog(path)
        language = get_language(catalog_language(catalog))
        measured.append(Measured(path.as_posix(), language.code, measure(catalog, matcher, language, right)))
    return tuple(measured)


def _reviewed(project: Project) -> Iterable[tuple[str, str, str]]:
    """What people accepted: language, source, target. A PO file that cannot be read is left out: `check` tells of it."""
    for path in sorted(project.locales.glob("*/LC_MESSAGES/*.po")):
        try:
            catalog = _catalog(path)
            language = catalog_language(catalog)
        except DragomanError:
            continue
        yield from ((language, entry.source, entry.target) for entry in catalog.entries if entry.reviewed and entry.target)


def _offer(offer: Suggestion, project: Project) -> str:
    times = f"{offer.count} time{'s' * (offer.count > 1)} in {offer.articles} article{'s' * (offer.articles > 1)}"
    return f"  # {times}: {offer.example}\n{format_terms((offer.term,), project.languages)}"


def _append(project: Project, glossary_path: Path | None, terms: Sequence[Term]) -> Path:
    path = glossary_path or project.glossary
    with locked(project.root):
        if path.exists():
            text = append_terms(read_text(path), str(path), terms, project.languages)
        else:
            text = format_glossary(Glossary(tuple(terms)), project.languages)
            parse_glossary(text, str(path))
        write_atomically(path, text)
    return path


def _adds(term: Term, known: Term) -> bool:
    """Whether an imported term says anything of its targets that the known one does not."""
    if term.translate != known.translate:
        return True
    for code, target in term.targets.items():
        ours = known.targets.get(code)
        if ours is None or ours.preferred != target.preferred:
            return True
        if set(target.admitted) - set(ours.admitted) or set(target.forbidden) - set(ours.forbidden):
            return True
    return False


def _format(path: Path, name: str | None) -> str:
    format_name = name or format_of(path.name)
    if format_name is None:
        raise DragomanError("has a name that tells no format", at=str(path), hint=f"say --format {'|'.join(FORMATS)}")
    return format_name


def _languages(project: Project, languages: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(get_language(code).code for code in languages or project.languages))


def _only(languages: Sequence[str], format_name: str) -> str:
    if len(languages) != 1:
        raise GlossaryError(f"{format_name} holds one language", hint="say which: --to fa_AF or --to ps")
    return languages[0]


def _read(path: Path, format_name: str, language: str | None, project: Project) -> Imported:
    text = read_text(path)
    if format_name in ("tbx", "tbx2"):
        return read_tbx(text, str(path))
    if format_name == "csv":
        return read_table(text, str(path))
    if format_name == "po":
        catalog = parse_catalog(text, str(path))
        return read_catalog(catalog, get_language(language).code if language else catalog_language(catalog))
    return read_omegat(text, str(path), _only(_languages(project, (language,) if language else ()), format_name))


def _write(glossary: Glossary, format_name: str, languages: Sequence[str]) -> Exported:
    if format_name in ("tbx", "tbx2"):
        return write_tbx(glossary, languages, 3 if format_name == "tbx" else 2)
    if format_name == "csv":
        return write_table(glossary, languages)
    language = _only(languages, format_name)
    if format_name == "po":
        exported = write_catalog(glossary, language)
        headers = new_headers(get_language(language), project="glossary")
        return Exported(format_catalog(replace(exported.catalog, headers=headers)), exported.notes)
    return write_omegat(glossary, language)


def _catalog(path: Path) -> Catalog:
    return parse_catalog(read_text(path), path.as_posix())
