"""The main job: articles in, PO files of drafts out, nothing that a person wrote lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dragoman.article import is_hard_wrapped
from dragoman.checks import new_context
from dragoman.checks.annotation import annotated
from dragoman.config import Project
from dragoman.errors import DragomanError
from dragoman.files import locked, read_text, state_folder, write_atomically
from dragoman.glossary import SourceMatcher, document_matches
from dragoman.languages import Language, get_language
from dragoman.model import Catalog, Document, Entry, Location, Translation
from dragoman.mt import Engine, Request, draft, open_engine
from dragoman.mt.cache import DraftCache
from dragoman.po import entries_to_draft, format_catalog, format_template, merge, new_headers, parse_catalog
from dragoman.workflow.articles import Article, find_articles, read_articles, read_glossary
from dragoman.workflow.notes import draft_notes, term_hints


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """What became of one article in one language. Counts are of entries, those of terms of occurrences in drafts."""

    article: str
    language: str
    path: str
    sentences: int
    drafts: int
    kept: int  # a person's: reviewed, or a draft that was edited
    without_draft: int
    terms_satisfied: int
    terms_missing: int
    written: bool  # False: the file held just that already


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did, in the order of articles and languages. `problems` are the inputs that could not be used."""

    results: tuple[ArticleResult, ...]
    problems: tuple[DragomanError, ...]
    debris: tuple[tuple[Location, str], ...]  # left as it is, not translated
    hard_wrapped: tuple[str, ...]  # the articles whose lines break off amid sentences: each line was translated by itself
    origins: Mapping[str, str]  # language → engine and model that drafted
    glossary: str | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Listener:
    """Whom to tell while it runs. Each function may be left out."""

    started: Callable[[str, int], None] = lambda language, sentences: None
    advanced: Callable[[int], None] = lambda sentences: None
    finished: Callable[[], None] = lambda: None


@dataclass(slots=True)
class _Page:
    """An article on its way into one language's PO file."""

    article: Article
    path: Path
    requests: Mapping[str, Request]  # by source, in the order of the article
    wanted: tuple[str, ...]  # the sources that need a draft
    drafts: dict[str, Translation] = field(default_factory=dict)


def translate(
    project: Project,
    arguments: Sequence[str],
    languages: Sequence[str] = (),
    model: str | None = None,
    glossary_path: Path | None = None,
    minor_edit: bool = False,
    listener: Listener | None = None,
) -> Summary:
    """Draft the articles that `arguments` mean into `languages` (default: the project's), and write their PO files.

    With `minor_edit`, an accepted translation stays accepted where punctuation or spelling alone changed in its source.

    Raises DragomanError for what stops the run as a whole (no article, unknown language, broken glossary, no model,
    folder that cannot be written); what concerns one article is in the summary's `problems`, and the others go on.
    """
    started = time.monotonic()
    listener = listener or Listener()
    targets = tuple(dict.fromkeys(get_language(code).code for code in languages or project.languages))
    glossary = read_glossary(project, glossary_path)
    matcher = SourceMatcher(glossary)
    problems: list[DragomanError] = []
    articles = read_articles(find_articles(arguments, project), matcher, project, problems.append)

    results: list[ArticleResult] = []
    origins: dict[str, str] = {}
    if articles:
        engines = {code: open_engine(model or project.model, get_language(code)) for code in targets}
        for code in targets:
            _refuse_unwritable(project.catalog_path("", code).parent)
        for article in articles:
            write_atomically(project.template_path(article.name), format_template(_template(article.document)))
        for code, engine in engines.items():
            language = get_language(code)
            pages = _open_pages(project, articles, matcher, code, minor_edit, problems)
            _draft_pages(pages, language, engine, project, listener)
            origins[code] = engine.signature
            results += [_finish(page, language, matcher, minor_edit, project) for page in pages]

    order = {article.name: number for number, article in enumerate(articles)}
    results.sort(key=lambda result: order[result.article])  # stable: languages stay in the order asked for
    debris = tuple(
        (segment.location or Location(article.document.original), segment.source)
        for article in articles
        for unit in article.document.units
        if not unit.translate
        for segment in unit.segments
    )
    return Summary(
        results=tuple(results),
        problems=tuple(problems),
        debris=debris,
        hard_wrapped=tuple(article.document.original for article in articles if is_hard_wrapped(article.text)),
        origins=origins,
        glossary=glossary.path,
        seconds=time.monotonic() - started,
    )


def read_catalog(path: Path) -> Catalog | None:
    """The PO file at `path`, or None where there is none yet. Raises DragomanError where it cannot be read."""
    return parse_catalog(read_text(path), str(path)) if path.exists() else None


def _refuse_unwritable(folder: Path) -> None:
    """Say so before an hour of decoding that a folder cannot be written, not after it."""
    probe = folder / ".dragoman-probe"
    try:
        write_atomically(probe, "")
        probe.unlink()
    except DragomanError as error:
        raise DragomanError(error.message, at=str(folder), hint="make it writable; nothing was changed") from None


def _open_pages(
    project: Project,
    articles: Iterable[Article],
    matcher: SourceMatcher,
    language: str,
    minor_edit: bool,
    problems: list[DragomanError],
) -> list[_Page]:
    pages = []
    for article in articles:
        path = project.catalog_path(article.name, language)
        undrafted = Catalog(language, tuple(_grouped(article.document)))
        try:
            existing = read_catalog(path)
        except DragomanError as error:
            problems.append(error)
            continue
        wanted = entries_to_draft(existing, undrafted, minor_edit=minor_edit, find_terms=_find_terms(matcher))
        pages.append(_Page(article, path, _requests(article.document, matcher), tuple(entry.source for entry in wanted)))
    return pages


def _find_terms(matcher: SourceMatcher) -> Callable[[str], list[str]]:
    """The terms in a source, for the note on what changed in it."""
    return lambda source: [match.term.source for match in matcher.matches(source)]


def _requests(document: Document, matcher: SourceMatcher) -> Mapping[str, Request]:
    """What to ask of the engine for each distinct source. Terms are matched on the article as a whole, for surnames' sake."""
    sources = [segment.source for segment in document.segments]
    requests: dict[str, Request] = {}
    for source, matches in zip(sources, document_matches(matcher, sources), strict=True):
        requests.setdefault(source, Request(source, matches))
    return requests


def _draft_pages(pages: Sequence[_Page], language: Language, engine: Engine, project: Project, listener: Listener) -> None:
    """Draft what all the pages need in one stream, and hand each page its own."""
    requests = [page.requests[source] for page in pages for source in page.wanted]
    listener.started(language.code, len(requests))
    try:
        with _open_cache(project) as cache:
            drafts = draft(requests, language, engine, beam_size=project.beam_size, progress=listener.advanced, cache=cache)
    finally:
        listener.finished()
    remaining = iter(drafts)
    for page in pages:
        page.drafts = {source: next(remaining) for source in page.wanted}


def _open_cache(project: Project) -> DraftCache:
    try:
        return DraftCache(state_folder(project.root) / "drafts.db")
    except OSError:
        return DraftCache(None)  # a folder that cannot be written: the run works, it is only not resumed


def _finish(page: _Page, language: Language, matcher: SourceMatcher, minor_edit: bool, project: Project) -> ArticleResult:
    """Merge the drafts with what is on disk now (someone may have saved it meanwhile), and write."""
    fresh = Catalog(
        language.code,
        tuple(_entries(page, language)),
        new_headers(language, project=page.article.name),
        path=str(page.path),
    )
    with locked(project.root):
        merged = merge(read_catalog(page.path), fresh, minor_edit=minor_edit, find_terms=_find_terms(matcher))
        merged = _annotate(merged, language, matcher)
        written = write_atomically(page.path, format_catalog(merged))
    entries = {entry.key: entry for entry in merged.entries if not entry.obsolete}
    outcomes = [outcome for translation in page.drafts.values() for outcome in translation.terms]
    drafted = sum(bool(translation.target) for translation in page.drafts.values())
    return ArticleResult(
        article=page.article.name,
        language=language.code,
        path=str(page.path),
        sentences=len(page.requests),
        drafts=drafted,
        kept=len(page.requests) - len(page.wanted),
        without_draft=sum(not entries[(None, source)].target for source in page.requests),
        terms_satisfied=sum(min(outcome.found, outcome.expected) for outcome in outcomes),
        terms_missing=sum(max(outcome.expected - outcome.found, 0) for outcome in outcomes),
        written=written,
    )


def _annotate(catalog: Catalog, language: Language, matcher: SourceMatcher) -> Catalog:
    """The catalog with what the rules of `check` find in it as notes. They need the lines of the file that it will be."""
    placed = parse_catalog(format_catalog(catalog), catalog.path or "")
    return annotated(placed, new_context(language, matcher if matcher.glossary.terms else None))


def _template(document: Document) -> Catalog:
    return Catalog(None, tuple(_grouped(document)), new_headers(None, project=Path(document.original).stem))


def _grouped(document: Document) -> Iterable[Entry]:
    """An entry for each distinct source of the article, at its first place, with every place in its references."""
    places: dict[str, list[Location]] = {}
    notes: dict[str, tuple[str, ...]] = {}
    for segment in document.segments:
        if segment.location is not None:
            places.setdefault(segment.source, []).append(Location(segment.location.path, segment.location.line))
        notes.setdefault(segment.source, segment.notes)
    for source, note in notes.items():
        yield Entry(source, references=tuple(dict.fromkeys(places.get(source, ()))), notes=note)


def _entries(page: _Page, language: Language) -> Iterable[Entry]:
    for entry in _grouped(page.article.document):
        translation = page.drafts.get(entry.source)
        if translation is None:
            yield replace(entry, notes=(*entry.notes, *term_hints(page.requests[entry.source].matches, language)))
        else:
            notes = (*entry.notes, *draft_notes(translation))
            yield replace(entry, target=translation.target, fuzzy=bool(translation.target), notes=notes)
