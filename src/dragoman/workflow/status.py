"""How far the work is: counts by article and language, and, where asked, what people made of the drafts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from dragoman.checks import check_catalog, new_context
from dragoman.checks.seen import Seen
from dragoman.config import Project
from dragoman.errors import DragomanError
from dragoman.files import read_text
from dragoman.glossary import SourceMatcher, document_matches
from dragoman.languages import Language
from dragoman.model import Catalog, Entry, Severity, TermMatch
from dragoman.po import has_target, parse_catalog
from dragoman.report.postedit import PostEdit
from dragoman.text.matching import outcomes
from dragoman.workflow.articles import read_glossary
from dragoman.workflow.check import catalog_language, find_catalogs
from dragoman.workflow.drafts import remembered

Key = tuple[str | None, str]  # Entry.key


@dataclass(frozen=True, slots=True)
class Counts:
    """What is in a PO file, or in several. Obsolete entries do not count; terms count in entries that have a text."""

    entries: int = 0
    drafts: int = 0  # fuzzy, with a text, whether a person has begun to edit it or not
    reviewed: int = 0
    untranslated: int = 0
    source_words: int = 0
    terms_satisfied: int = 0
    terms_wanted: int = 0
    errors: int = 0
    warnings: int = 0
    hints: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Counts)))


@dataclass(frozen=True, slots=True)
class ArticleStatus:
    """One article in one language. `post_edits` are its reviewed entries whose drafts are known, if they were asked for."""

    article: str
    language: str
    path: str
    counts: Counts
    post_edits: tuple[PostEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """The articles by name, each in its languages; `problems` are the PO files that could not be read."""

    articles: tuple[ArticleStatus, ...]
    problems: tuple[DragomanError, ...] = ()

    @property
    def languages(self) -> Mapping[str, Counts]:
        """The sums of each language."""
        sums: dict[str, Counts] = {}
        for article in self.articles:
            sums[article.language] = sums.get(article.language, Counts()) + article.counts
        return sums

    @property
    def all(self) -> Counts:
        return sum((article.counts for article in self.articles), Counts())

    @property
    def post_edits(self) -> tuple[PostEdit, ...]:
        return tuple(edit for article in self.articles for edit in article.post_edits)


def status(
    project: Project, arguments: Sequence[str] = (), glossary_path: Path | None = None, post_edits: bool = False
) -> Status:
    """How far the PO files are that `arguments` mean (default: all of the project's locales).

    A file that cannot be read is in `problems`. Raises DragomanError where there is no PO file, or no glossary can be read.
    """
    survey = _Survey(project, SourceMatcher(read_glossary(project, glossary_path)), post_edits)
    articles, problems = [], []
    for path in find_catalogs(arguments, project):
        try:
            articles.append(survey.look_at(path))
        except DragomanError as error:
            problems.append(error)
    order = {code: number for number, code in enumerate(project.languages)}
    articles.sort(key=lambda one: (one.article, order.get(one.language, len(order)), one.path))
    return Status(tuple(articles), tuple(problems))


@dataclass(slots=True)
class _Survey:
    project: Project
    matcher: SourceMatcher
    post_edits: bool
    seen: Seen = field(default_factory=Seen)

    def look_at(self, path: Path) -> ArticleStatus:
        catalog = parse_catalog(read_text(path), path.as_posix())
        language = self.project.language(catalog_language(catalog))
        entries = [entry for entry in catalog.entries if not entry.obsolete]
        matches = document_matches(self.matcher, [entry.source for entry in entries])
        post_edits = self._post_edits(path, catalog, language, dict(zip((entry.key for entry in entries), matches, strict=True)))
        counts = _count(entries, matches, language) + self._findings(catalog, language)
        return ArticleStatus(path.stem, language.code, path.as_posix(), counts, tuple(post_edits))

    def _findings(self, catalog: Catalog, language: Language) -> Counts:
        context = new_context(language, self.matcher if self.matcher.glossary.terms else None, seen=self.seen)
        severities = [finding.severity for finding in check_catalog(catalog, context)]
        return Counts(
            errors=severities.count(Severity.ERROR),
            warnings=severities.count(Severity.WARNING),
            hints=severities.count(Severity.HINT),
        )

    def _post_edits(
        self, path: Path, catalog: Catalog, language: Language, matches: Mapping[Key, Sequence[TermMatch]]
    ) -> Iterator[PostEdit]:
        if not self.post_edits:
            return
        drafts = remembered(self.project, path, catalog, language.code)
        for entry in catalog.entries:
            if entry.reviewed and entry.target and (draft := drafts.get(entry.source)):
                yield PostEdit(path.stem, language, entry.source, draft.target, entry.target, draft.origin, matches[entry.key])


def _count(entries: Sequence[Entry], matches: Sequence[Sequence[TermMatch]], language: Language) -> Counts:
    translated = [has_target(entry) for entry in entries]
    terms = [
        outcome
        for entry, found in zip(entries, matches, strict=True)
        for target in _targets(entry)
        for outcome in outcomes(found, target, language)
    ]
    return Counts(
        entries=len(entries),
        drafts=sum(entry.fuzzy and has_target(entry) for entry in entries),
        reviewed=sum(entry.reviewed for entry in entries),
        untranslated=translated.count(False),
        source_words=sum(len(entry.source.split()) for entry in entries),
        terms_satisfied=sum(min(outcome.found, outcome.expected) for outcome in terms),
        terms_wanted=sum(outcome.expected for outcome in terms),
    )


def _targets(entry: Entry) -> Iterable[str]:
    return (entry.target,) if entry.target else tuple(filter(None, entry.target_plurals))
