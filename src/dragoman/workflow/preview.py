"""The preview: articles beside their translations, with terms and findings in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.checks import new_context
from dragoman.checks.run import check_entries
from dragoman.checks.seen import Seen
from dragoman.config import Project
from dragoman.errors import CatalogError, DragomanError
from dragoman.files import write_atomically
from dragoman.glossary import SourceMatcher, document_matches
from dragoman.languages import Language, get_language
from dragoman.memory import KeptDraft
from dragoman.model import Catalog, Entry, Finding, Segment, TermMatch
from dragoman.po import is_untouched_draft, read_draft_note
from dragoman.report.postedit import Measure, PostEdit, grouped
from dragoman.report.preview import Block, Cell, EngineFigures, Page, PlacedTerm, Preview, Sentence, State, format_preview
from dragoman.text.matching import Status, find_term, outcomes
from dragoman.workflow.articles import find_articles, read_glossary, read_one
from dragoman.workflow.drafts import remembered
from dragoman.workflow.translate import read_catalog

_NEEDLESS = frozenset({"L301"})  # "not translated yet": the page shows that anyway
_SOURCE_CHANGED = "Source changed: "


def write_preview(
    project: Project, arguments: Sequence[str], output: Path, languages: Sequence[str] = (), glossary_path: Path | None = None
) -> tuple[Preview, tuple[DragomanError, ...]]:
    """Write the preview of the articles that `arguments` mean (default: the project's) into the HTML file `output`.

    A sentence without an entry is shown as not translated. Articles that cannot be read, or whose PO files cannot, are left out
    and told of beside the preview. Raises DragomanError where none is left, or none has a PO file.
    """
    codes = dict.fromkeys(get_language(code).code for code in languages or project.languages)
    viewer = _Viewer(project, SourceMatcher(read_glossary(project, glossary_path)), [get_language(code) for code in codes])
    pages, problems = [], []
    for path in find_articles(arguments, project):
        try:
            pages.append(viewer.page(path))
        except DragomanError as error:
            problems.append(error)
    if not pages:
        raise problems[0]
    if not viewer.catalogs:
        raise CatalogError("has no PO file of these articles", at=str(project.locales), hint="run dragoman translate first")
    preview = Preview(tuple(viewer.languages), tuple(pages), tuple(_engines(viewer.post_edits)))
    write_atomically(output, format_preview(preview))
    return preview, tuple(problems)


@dataclass(slots=True)
class _Viewer:
    project: Project
    matcher: SourceMatcher
    languages: Sequence[Language]
    seen: Seen = field(default_factory=Seen)
    catalogs: int = 0  # read so far
    post_edits: list[PostEdit] = field(default_factory=list)

    def page(self, path: Path) -> Page:
        article = read_one(path, self.matcher, self.project)
        segments = article.document.segments
        matches = document_matches(self.matcher, [segment.source for segment in segments])
        found = {segment.id: match for segment, match in zip(segments, matches, strict=True)}
        columns = [self._column(article.name, language) for language in self.languages]

        def sentence(segment: Segment) -> Sentence:
            terms = found[segment.id]
            return Sentence(segment.source, terms, tuple(column.cell(segment.source, terms) for column in columns))

        blocks = [
            Block(unit.kind, tuple(map(sentence, unit.segments)))
            for unit in article.document.units
            if unit.translate and unit.segments
        ]
        return Page(article.name, article.document.original, tuple(blocks))

    def _column(self, article: str, language: Language) -> _Column:
        path = self.project.catalog_path(article, language.code)
        catalog = read_catalog(path)
        if catalog is None:
            return _Column(language, {}, {}, {})
        self.catalogs += 1
        entries = {entry.source: entry for entry in catalog.entries if not entry.obsolete and entry.context is None}
        drafts = remembered(self.project, path, catalog, language.code)
        self.post_edits += [
            PostEdit(article, language, source, drafts[source].target, entry.target, drafts[source].origin)
            for source, entry in entries.items()
            if source in drafts and entry.reviewed and entry.target
        ]
        return _Column(language, entries, self._findings(catalog, language), drafts)

    def _findings(self, catalog: Catalog, language: Language) -> Mapping[str, Sequence[Finding]]:
        """By the source of their entry."""
        context = new_context(language, self.matcher if self.matcher.glossary.terms else None, seen=self.seen)
        findings: dict[str, list[Finding]] = {}
        for entry, finding in check_entries(catalog, context):
            if entry is not None and finding.rule not in _NEEDLESS:
                findings.setdefault(entry.source, []).append(finding)
        return findings


@dataclass(frozen=True, slots=True)
class _Column:
    """What one language has for an article, by source."""

    language: Language
    entries: Mapping[str, Entry]
    findings: Mapping[str, Sequence[Finding]]
    drafts: Mapping[str, KeptDraft]

    def cell(self, source: str, matches: Sequence[TermMatch]) -> Cell:
        entry = self.entries.get(source)
        if entry is None:
            return Cell(language=self.language.code, state=State.EMPTY)
        note, draft = read_draft_note(entry), self.drafts.get(source)
        return Cell(
            language=self.language.code,
            state=_state(entry),
            target=entry.target,
            terms=tuple(_placed(matches, entry.target, self.language)),
            outcomes=outcomes(matches, entry.target, self.language),
            findings=self.findings.get(source, ()),
            origin=note.origin if note else "",
            draft=draft.target if draft else None,
            remarks=(*(one for one in entry.notes if one.startswith(_SOURCE_CHANGED)), *entry.comments),
        )


def _engines(edits: Iterable[PostEdit]) -> Iterator[EngineFigures]:
    """The figures of `status --postedit`, where sacreBLEU is installed."""
    with suppress(DragomanError):
        measure = Measure()
        for (_, engine), group in grouped(edits, "language", "engine").items():
            yield EngineFigures(group[0].language, engine, measure.figures(group))


def _state(entry: Entry) -> State:
    if not entry.target:
        return State.EMPTY
    if entry.reviewed:
        return State.REVIEWED
    return State.DRAFT if is_untouched_draft(entry) else State.EDITED


def _placed(matches: Iterable[TermMatch], target: str, language: Language) -> Iterator[PlacedTerm]:
    """Where the terms stand in a target, without those that lie in longer ones."""
    found = []
    for match in {match.term.id: match for match in matches}.values():
        if wanted := match.term.target(language.code, match.surface):
            found += [
                PlacedTerm(match.term, one.span, one.status is Status.FORBIDDEN) for one in find_term(wanted, target, language)
            ]
    taken: list[PlacedTerm] = []
    for placed in sorted(found, key=lambda one: (one.span.start - one.span.end, one.span)):
        if not any(placed.span.overlaps(other.span) for other in taken):
            taken.append(placed)
    yield from sorted(taken, key=lambda one: one.span)
