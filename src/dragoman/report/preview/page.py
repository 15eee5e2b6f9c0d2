"""What the preview shows, as values: articles, their sentences, and each sentence in each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dragoman.languages import Language
from dragoman.model import Finding, Span, Term, TermMatch, TermOutcome, UnitKind
from dragoman.report.postedit import Figures


class State(StrEnum):
    """How far the translation of a sentence is."""

    REVIEWED = "reviewed"  # accepted by a person
    EDITED = "edited"  # fuzzy, but not a machine's words any more
    DRAFT = "draft"  # fuzzy, as a machine wrote it
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class PlacedTerm:
    """A glossary term, found in a target text."""

    term: Term
    span: Span
    forbidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A sentence in one language. `draft` is what the machine wrote, where that is known; `origin` which machine.

    `remarks` are what a reader of the preview should know: translators' comments, what changed in the source.
    """

    language: str
    state: State
    target: str = ""
    terms: Sequence[PlacedTerm] = ()
    outcomes: Sequence[TermOutcome] = ()
    findings: Sequence[Finding] = ()
    origin: str = ""
    draft: str | None = None
    remarks: Sequence[str] = ()

    @property
    def misses_terms(self) -> bool:
        """Whether a rule on terms found something: no term is missing where a translator waived it."""
        return any(finding.rule.startswith("T1") for finding in self.findings)

    @property
    def edited_draft(self) -> bool:
        return self.draft is not None and bool(self.target) and self.draft != self.target


@dataclass(frozen=True, slots=True)
class Sentence:
    """A segment of the article, and a cell for each language of the preview, in its order."""

    source: str
    matches: Sequence[TermMatch]
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Block:
    """A unit of the article: a heading, a paragraph, a caption."""

    kind: UnitKind
    sentences: Sequence[Sentence]


@dataclass(frozen=True, slots=True)
class Page:
    """One article."""

    name: str
    original: str
    blocks: Sequence[Block]

    def cells(self, language: str) -> tuple[Cell, ...]:
        """All of one language, in the order of the article."""
        return tuple(
            cell for block in self.blocks for sentence in block.sentences for cell in sentence.cells if cell.language == language
        )


@dataclass(frozen=True, slots=True)
class EngineFigures:
    """What people made of the drafts of one engine and model."""

    language: Language
    engine: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Preview:
    """All that one file shows. `engines` is empty where no draft is known, or none can be measured."""

    languages: Sequence[Language]
    pages: Sequence[Page]
    engines: Sequence[EngineFigures] = ()

    @property
    def terms(self) -> Mapping[str, Term]:
        """The terms that stand in the articles, by id, in the order of their English."""
        found = {
            match.term.id: match.term
            for page in self.pages
            for block in page.blocks
            for sentence in block.sentences
            for match in sentence.matches
        }
        return dict(sorted(found.items(), key=lambda pair: (pair[1].source.casefold(), pair[0])))
