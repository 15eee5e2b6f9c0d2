"""The main job: articles in, PO files of drafts out, nothing that a person wrote lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from dragoman.article import is_hard_wrapped
from dragoman.checks import new_context
from dragoman.checks.annotation import annotated
from dragoman.config import Project
from dragoman.errors import DragomanError, TranslationMemoryError
from dragoman.files import locked, read_text, state_folder, write_atomically
from dragoman.glossary import SourceMatcher, document_matches
from dragoman.languages import Language, get_language
from dragoman.memory import Hit, HitKind
from dragoman.model import Catalog, Document, Entry, Location, Translation
from dragoman.mt import Engine, Request, adequacy, draft, open_engine
from dragoman.mt.cache import DraftCache
from dragoman.po import entries_to_draft, format_catalog, format_template, merge, new_headers, parse_catalog
from dragoman.po.notes import SOURCE_CHANGED
from dragoman.text.matching import outcomes
from dragoman.workflow import drafts
from dragoman.workflow.articles import Article, find_articles, read_articles, read_glossary
from dragoman.workflow.memory import neighbours, open_memory, recall, update_memory
from dragoman.workflow.notes import draft_notes, term_hints


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """What became of one article in one language. Counts are of entries, those of terms of occurrences in drafts."""

    article: str
    language: str
    path: str
    sentences: int
    drafts: int
    from_memory: int  # of the drafts
    kept: int  # a person's: reviewed, or a draft that was edited
    changed: int  # of the kept: fuzzy, for their source was edited
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
class Options:
    """What a run was asked to do beside its articles and languages. None means: as the project has it."""

    model: str | None = None
    glossary: Path | None = None
    minor_edit: bool = False  # accepted stays accepted where punctuation or spelling alone changed in a source
    keep_all_drafts: bool = False  # also those that seem to speak of something else than their source
    device: str = "cpu"
    compute_type: str = "int8"  # what CTranslate2 computes in
    threads: int | None = None  # None: a thread for each processor


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
    hits: dict[str, Hit] = field(default_factory=dict)  # what of the drafts the memory gave


def translate(
    project: Project,
    arguments: Sequence[str],
    languages: Sequence[str] = (),
    options: Options | None = None,
    listener: Listener | None = None,
) -> Summary:
    """Draft the articles that `arguments` mean into `languages` (default: the project's), and write their PO files.

    Raises DragomanError for what stops the run as a whole (no article, unknown language, broken glossary, no model,
    folder that cannot be written); what concerns one article is in the summary's `problems`, and the others go on.
    """
    started = time.monotonic()
    options = options or Options()
    targets = tuple(dict.fromkeys(get_language(code).code for code in languages or project.languages))
    glossary = read_glossary(project, options.glossary)
    run = _Run(project, SourceMatcher(glossary), options, listener or Listener())
    articles = read_articles(find_articles(arguments, project), run.matcher, project, run.problems.append)
    results: list[ArticleResult] = []
    origins: dict[str, str] = {}
    if articles:
        engines = {code: _open(options, project, project.language(code)) for code in targets}
        for code in targets:
            _refuse_unwritable(project.catalog_path("", code).parent)
        for article in articles:
            write_atomically(project.template_path(article.name), format_template(_template(article.document)))
        run.fill_memory()
        for code, engine in engines.items():
            results += run.translate(articles, project.language(code), engine)
            origins[code] = engine.signature
    order = {article.name: number for number, article in enumerate(articles)}
    results.sort(key=lambda result: order[result.article])  # stable: languages stay in the order asked for
    return Summary(
        results=tuple(results),
        problems=tuple(run.problems),
        debris=tuple(_debris(articles)),
        hard_wrapped=tuple(article.document.original for article in articles if is_hard_wrapped(article.text)),
        origins=origins,
        glossary=glossary.path,
        seconds=time.monotonic() - started,
    )


class _Run:
    """One call of `translate`: what all its languages and articles share."""

    def __init__(self, project: Project, matcher: SourceMatcher, options: Options, listener: Listener) -> None:
        self.project, self.matcher, self.options, self.listener = project, matcher, options, listener
        self.problems: list[DragomanError] = []

    def translate(self, articles: Sequence[Article], language: Language, engine: Engine) -> list[ArticleResult]:
        """The articles into one language: from the memory, then by the engine in one stream, then into their files."""
        pages = [page for article in articles if (page := self._open(article, language))]
        self._recall(pages, language)
        self._draft(pages, language, engine)
        return [self._finish(page, language) for page in pages]

    def fill_memory(self) -> None:
        """Remember what people accepted since the last run. Without a memory that can be used, the run goes on without one."""
        try:
            update_memory(self.project, self.matcher)
        except TranslationMemoryError as error:
            self.problems.append(error)

    def _open(self, article: Article, language: Language) -> _Page | None:
        path = self.project.catalog_path(article.name, language.code)
        undrafted = Catalog(language.code, tuple(_grouped(article.document)))
        try:
            existing = read_catalog(path)
        except DragomanError as error:
            self.problems.append(error)
            return None
        wanted = entries_to_draft(existing, undrafted, minor_edit=self.options.minor_edit, find_terms=self._find_terms)
        requests = _requests(article.document, self.matcher)
        return _Page(article, path, requests, tuple(entry.source for entry in wanted))

    def _recall(self, pages: Sequence[_Page], language: Language) -> None:
        """Take from the memory what it has of the sentences that need a draft."""
        if any(isinstance(problem, TranslationMemoryError) for problem in self.problems):
            return
        with open_memory(self.project) as memory:
            for page in pages:
                contexts = neighbours(tuple(page.requests))
                for source in page.wanted:
                    request = page.requests[source]
                    found = recall(memory, request, language, contexts[source], self.project.accept_context_matches)
                    if found is not None:
                        page.drafts[source], page.hits[source] = found

    def _draft(self, pages: Sequence[_Page], language: Language, engine: Engine) -> None:
        """Draft what all the pages still need in one stream, and hand each page its own."""
        requests = [page.requests[source] for page in pages for source in page.wanted if source not in page.hits]
        self.listener.started(language.code, len(requests))
        try:
            with _open_cache(self.project) as cache:
                made = draft(
                    requests,
                    language,
                    engine,
                    beam_size=self.project.beam_size,
                    progress=self.listener.advanced,
                    cache=cache,
                )
        finally:
            self.listener.finished()
        remaining = map(partial(self._offered, language), requests, made)
        for page in pages:
            page.drafts.update((source, next(remaining)) for source in page.wanted if source not in page.hits)

    def _offered(self, language: Language, request: Request, translation: Translation) -> Translation:
        """The draft, or none where it seems to speak of something else: fluent and wrong is the worst that an editor can get."""
        if self.options.keep_all_drafts or not translation.target:
            return translation
        score = adequacy.score(request.source, translation.target, language.code)
        if score >= adequacy.THRESHOLD:
            return translation
        reason = f"what the model wrote seems to speak of something else (adequacy {score:.2f}); --keep-all-drafts keeps it"
        missing = outcomes(request.matches, "", language)
        return replace(translation, target="", terms=missing, changes=(), reason=reason, guesses=())

    def _finish(self, page: _Page, language: Language) -> ArticleResult:
        """Merge the drafts with what is on disk now (someone may have saved it meanwhile), and write."""
        headers = new_headers(language, project=page.article.name)
        fresh = Catalog(language.code, tuple(self._entries(page, language)), headers, path=str(page.path))
        with locked(self.project.root):
            on_disk = read_catalog(page.path)
            merged = merge(on_disk, fresh, minor_edit=self.options.minor_edit, find_terms=self._find_terms)
            annotated = _annotate(merged, language, self.matcher)
            written = write_atomically(page.path, format_catalog(annotated))
            drafts.remember(self.project, page.article.name, language.code, annotated, page.drafts)
        return _result(page, annotated, written)

    def _entries(self, page: _Page, language: Language) -> Iterable[Entry]:
        for entry in _grouped(page.article.document):
            translation = page.drafts.get(entry.source)
            if translation is None:
                hints = term_hints(page.requests[entry.source].matches, language)
                yield replace(entry, notes=(*entry.notes, *hints))
                continue
            hit = page.hits.get(entry.source)
            accepted = hit is not None and hit.kind is HitKind.CONTEXT and self.project.accept_context_matches
            yield replace(
                entry,
                target=translation.target,
                fuzzy=bool(translation.target) and not accepted,
                previous_source=hit.pair.source if hit is not None and hit.kind is HitKind.FUZZY else None,
                notes=(*entry.notes, *draft_notes(translation)),
            )

    def _find_terms(self, source: str) -> list[str]:
        """The terms in a source, for the note on what changed in it."""
        return [match.term.source for match in self.matcher.matches(source)]


def read_catalog(path: Path) -> Catalog | None:
    """The PO file at `path`, or None where there is none yet. Raises DragomanError where it cannot be read."""
    return parse_catalog(read_text(path), str(path)) if path.exists() else None


def _open(options: Options, project: Project, language: Language) -> Engine:
    model = options.model or project.model
    return open_engine(model, language, device=options.device, compute_type=options.compute_type, threads=options.threads)


def _refuse_unwritable(folder: Path) -> None:
    """Say so before an hour of decoding that a folder cannot be written, not after it."""
    probe = folder / ".dragoman-probe"
    try:
        write_atomically(probe, "")
        probe.unlink()
    except DragomanError as error:
        raise DragomanError(error.message, at=str(folder), hint="make it writable; nothing was changed") from None


def _open_cache(project: Project) -> DraftCache:
    try:
        return DraftCache(state_folder(project.root) / "drafts.db")
    except OSError:
        return DraftCache(None)  # a folder that cannot be written: the run works, it is only not resumed


def _requests(document: Document, matcher: SourceMatcher) -> Mapping[str, Request]:
    """What to ask of the engine for each distinct source. Terms are matched on the article as a whole, for surnames' sake."""
    sources = [segment.source for segment in document.segments]
    requests: dict[str, Request] = {}
    for source, matches in zip(sources, document_matches(matcher, sources), strict=True):
        requests.setdefault(source, Request(source, matches))
    return requests


def _annotate(catalog: Catalog, language: Language, matcher: SourceMatcher) -> Catalog:
    """The catalog with what the rules of `check` find in it as notes. They need the lines of the file that it will be."""
    placed = parse_catalog(format_catalog(catalog), catalog.path or "")
    return annotated(placed, new_context(language, matcher if matcher.glossary.terms else None))


def _result(page: _Page, catalog: Catalog, written: bool) -> ArticleResult:
    entries = {entry.key: entry for entry in catalog.entries if not entry.obsolete}
    outcomes = [outcome for translation in page.drafts.values() for outcome in translation.terms]
    return ArticleResult(
        article=page.article.name,
        language=catalog.language or "",
        path=str(page.path),
        sentences=len(page.requests),
        drafts=sum(bool(translation.target) for translation in page.drafts.values()),
        from_memory=len(page.hits),
        kept=len(page.requests) - len(page.wanted),
        changed=sum(any(note.startswith(SOURCE_CHANGED) for note in entry.notes) for entry in entries.values()),
        without_draft=sum(not entries[(None, source)].target for source in page.requests),
        terms_satisfied=sum(min(outcome.found, outcome.expected) for outcome in outcomes),
        terms_missing=sum(max(outcome.expected - outcome.found, 0) for outcome in outcomes),
        written=written,
    )


def _debris(articles: Iterable[Article]) -> Iterable[tuple[Location, str]]:
    for article in articles:
        for unit in article.document.units:
            if not unit.translate:
                for segment in unit.segments:
                    yield segment.location or Location(article.document.original), segment.source


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
