"""The article in another language: what people accepted, in the article's own structure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from pathlib import Path

from dragoman.article import write_article
from dragoman.config import Project
from dragoman.errors import ArticleError, CatalogError, DragomanError, ExitStatus
from dragoman.files import read_text, write_atomically
from dragoman.glossary import SourceMatcher
from dragoman.languages import Language, get_language
from dragoman.model import Entry, Location, Segment
from dragoman.po import parse_catalog
from dragoman.text.direction import isolate_latin
from dragoman.workflow.articles import STANDARD_INPUT, SUFFIX, Article, find_articles, read_articles, read_glossary


class Untranslated(StrEnum):
    """What stands where a segment has no translation yet."""

    SOURCE = "source"
    BLANK = "blank"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Export:
    """One article in one language. `missing` are the segments without a translation; `path` is None if it was only returned."""

    article: str
    language: str
    text: str
    missing: tuple[Segment, ...]
    segments: int
    path: Path | None


def export(
    project: Project,
    arguments: Sequence[str],
    languages: Sequence[str] = (),
    untranslated: Untranslated = Untranslated.SOURCE,
    drafts: bool = False,
    output: Path | None = None,
    glossary_path: Path | None = None,
    *,
    problem: Callable[[DragomanError], None] | None = None,
) -> tuple[Export, ...]:
    """Write `<article>.<language>.txt` for each article and language into `output` (default: the project's export folder).

    Only reviewed entries count; `drafts` takes fuzzy ones too. `output` may be `-`: nothing is written, the caller prints.
    `problem` is told of an article or a PO file that cannot be read; the others are written. Where nobody is to be told, or
    `untranslated` is `fail`, that raises DragomanError before anything is written; with `fail`, a missing translation too.
    """
    matcher = SourceMatcher(read_glossary(project, glossary_path))
    targets = tuple(dict.fromkeys(get_language(code).code for code in languages or project.languages))
    folder = None if str(output) == STANDARD_INPUT else output or project.exports
    problems: list[DragomanError] = []
    articles = read_articles(find_articles(arguments, project), matcher, project, problems.append)
    exports = []
    for article, code in product(articles, targets):
        try:
            exports.append(_export(article, get_language(code), project, untranslated, drafts, folder))
        except DragomanError as error:
            problems.append(error)
    for trouble in problems:
        if problem is None or untranslated is Untranslated.FAIL:
            raise trouble
        problem(trouble)
    if untranslated is Untranslated.FAIL:
        _refuse_missing(exports)
    for result in exports:
        if result.path is not None:
            write_atomically(result.path, result.text)
    return tuple(exports)


def _export(
    article: Article, language: Language, project: Project, untranslated: Untranslated, drafts: bool, folder: Path | None
) -> Export:
    if write_article(article.document, {}) != article.text:  # the promise of every export, proved at every export
        raise AssertionError(f"{article.document.original} does not survive reading and writing: please report this")
    entries = _entries(project.catalog_path(article.name, language.code), article.name, language)
    targets: dict[str, str] = {}
    missing = []
    for segment in article.document.segments:
        entry = entries.get(segment.source)
        if entry is not None and entry.target and (drafts or not entry.fuzzy):
            targets[segment.id] = isolate_latin(entry.target)
            continue
        missing.append(segment)
        if untranslated is Untranslated.BLANK:
            targets[segment.id] = ""
    return Export(
        article=article.name,
        language=language.code,
        text=write_article(article.document, targets),
        missing=tuple(missing),
        segments=len(article.document.segments),
        path=folder / f"{article.name}.{language.code}{SUFFIX}" if folder is not None else None,
    )


def _entries(path: Path, article: str, language: Language) -> Mapping[str, Entry]:
    if not path.exists():
        hint = f"run: dragoman translate … --to {language.code}"
        raise CatalogError(f"there is no {language.name} PO file of {article}", at=str(path), hint=hint)
    catalog = parse_catalog(read_text(path), str(path))
    return {entry.source: entry for entry in catalog.entries if not entry.obsolete and entry.context is None}


def _refuse_missing(exports: Sequence[Export]) -> None:
    for result in exports:
        if result.missing:
            first = result.missing[0].location or Location(result.article)
            raise ArticleError(
                f"{len(result.missing)} of {result.segments} segments have no {get_language(result.language).name} translation",
                at=first,
                hint="review the PO file, or let --untranslated be source or blank; nothing was written",
                exit_status=ExitStatus.FINDINGS,
            )
