"""The types that the parts share, in the words of XLIFF (segment, unit, inline code), TBX (preferred, admitted, forbidden)
and PO (entry, fuzzy, obsolete). Frozen values; the standard library only; no behaviour beyond what a value knows of itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """What of `text` lies in this span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file. Lines and columns count from 1; 0 is "not known"."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}" if self.column else f"{self.path}:{self.line}"


# --- articles (XLIFF) ---------------------------------------------------------------------------------------------------


class UnitKind(StrEnum):
    """What a unit is in its article. Debris is what a page leaves in a copy ("Share", "Reply1 Comment")."""

    HEADING = "heading"
    DATELINE = "dateline"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    ITEM = "item"
    CELL = "cell"
    CAPTION = "caption"
    COMMENT = "comment"
    DEBRIS = "debris"


@dataclass(frozen=True, slots=True)
class InlineCode:
    """Markup inside a segment. `span` is its stand-in in `Segment.source`, `data` the original markup."""

    id: str
    kind: str  # open, close, standalone (XLIFF 2: sc, ec, ph)
    data: str
    span: Span


@dataclass(frozen=True, slots=True)
class Segment:
    """What is translated in one piece: a sentence, a heading, a date line. `id` is unique in its document."""

    id: str
    source: str
    codes: tuple[InlineCode, ...] = ()
    location: Location | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A block of the article: its segments and, as plain `str`, what stands between and around them.

    The parts of all units, segments replaced by their sources, joined, are the article to the code point.
    """

    id: str
    kind: UnitKind
    parts: tuple[Segment | str, ...]
    translate: bool = True

    @property
    def segments(self) -> tuple[Segment, ...]:
        return tuple(part for part in self.parts if isinstance(part, Segment))


@dataclass(frozen=True, slots=True)
class Document:
    """One article. `original` is its path as the user gave it (XLIFF's `original`)."""

    original: str
    source_language: str
    units: tuple[Unit, ...]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments to translate, in the order of the article."""
        return tuple(segment for unit in self.units if unit.translate for segment in unit.segments)


# --- glossary (TBX) -----------------------------------------------------------------------------------------------------


class TermCase(StrEnum):
    """How a term's letters must stand in the source: as written; as written or capitalized; any."""

    EXACT = "exact"
    SMART = "smart"
    IGNORE = "ignore"


class TermKind(StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    EVENT = "event"
    TITLE = "title"
    CONCEPT = "concept"


@dataclass(frozen=True, slots=True)
class TargetTerm:
    """How a term is written in one target language (TBX administrative status)."""

    preferred: str
    admitted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    inflects: bool = True
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the glossary. `variants` are other source forms with the same targets (`also:` in the file).

    `targets` maps a language code of ours (`fa_AF`, `ps`) to its form. Where `translate` is false the source form itself stays.
    """

    id: str
    source: str
    targets: Mapping[str, TargetTerm] = field(default_factory=lambda: MappingProxyType({}))
    variants: tuple[str, ...] = ()
    concept: str | None = None
    kind: TermKind = TermKind.CONCEPT
    case: TermCase = TermCase.SMART
    translate: bool = True
    note: str | None = None
    location: Location | None = None

    def target(self, language: str, surface: str | None = None) -> TargetTerm | None:
        """The target form for `language`; None where the glossary has none. A do-not-translate term is its own target."""
        if not self.translate:
            return TargetTerm(surface or self.source, inflects=False, location=self.location)
        return self.targets.get(language)


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms in the order of the file. `path` is None for "no glossary"."""

    terms: tuple[Term, ...] = ()
    source_language: str = "en"
    path: str | None = None


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term found in a source text. `surface` is the text of `span`: the term without possessive, plural or compound."""

    term: Term
    span: Span
    surface: str


# --- drafts -------------------------------------------------------------------------------------------------------------


class Rung(StrEnum):
    """Which step of the ladder put a term into the draft."""

    PLAIN = "plain"
    ANNOTATION = "annotation"
    PLACEHOLDER = "placeholder"
    CONSTRAINED = "constrained"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class TermOutcome:
    """What became of one term of a sentence: wanted `expected` times, found `found` times, by `rung` if satisfied."""

    source: str
    target: str
    expected: int
    found: int
    rung: Rung | None

    @property
    def satisfied(self) -> bool:
        return self.found >= self.expected


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a step changed in a text, told so that a person can be shown why."""

    rule: str
    before: str
    after: str


class GuessKind(StrEnum):
    """How a word that the model does not know was rendered."""

    SOUND = "sound"  # a name, spelled as it sounds
    NEAR = "near"  # as another word that means about the same


@dataclass(frozen=True, slots=True)
class Guess:
    """A word of the source that the model does not know, and what stands for it in the target."""

    source: str
    target: str
    kind: GuessKind


@dataclass(frozen=True, slots=True)
class Translation:
    """A draft. An empty `target` has its `reason`. `origin` names engine and model, as in the entry's note.

    `guesses` are those that stand in `target`.
    """

    target: str
    origin: str
    terms: tuple[TermOutcome, ...] = ()
    rung: Rung = Rung.PLAIN
    score: float | None = None  # mean log-probability a token
    changes: tuple[Change, ...] = ()
    reason: str | None = None
    guesses: tuple[Guess, ...] = ()


# --- PO -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a PO file. `notes` are `#.` lines, `comments` `#` lines, `flags` those beside fuzzy.

    `location` is the line of its `msgstr` in the file that it was read from. Plural entries keep `source_plural` and
    `target_plurals` (index order) and have an empty `target`.
    """

    source: str
    target: str = ""
    context: str | None = None
    fuzzy: bool = False
    previous_source: str | None = None
    previous_context: str | None = None
    references: tuple[Location, ...] = ()
    notes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    obsolete: bool = False
    source_plural: str | None = None
    previous_source_plural: str | None = None
    target_plurals: tuple[str, ...] = ()
    location: Location | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        """What makes an entry unique in its file: msgctxt and msgid."""
        return (self.context, self.source)

    @property
    def reviewed(self) -> bool:
        """Whether a person accepted it: translated, not fuzzy, not obsolete."""
        return bool(self.target or any(self.target_plurals)) and not self.fuzzy and not self.obsolete


@dataclass(frozen=True, slots=True)
class Catalog:
    """A PO file, or a template where `language` is None. `headers` keep the order of the file; `comments` stand above them.

    `newline` is what ends its lines: "\\r\\n" in a file saved so on Windows.
    """

    language: str | None
    entries: tuple[Entry, ...] = ()
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    comments: tuple[str, ...] = ()
    path: str | None = None
    newline: str = "\n"


# --- findings -----------------------------------------------------------------------------------------------------------


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found. `span` lies in the target, where there is one.

    `source` and `target` are those of the entry; with the rule's code they say which finding this is, wherever its line moves.
    """

    rule: str
    severity: Severity
    message: str
    location: Location | None = None
    span: Span | None = None
    suggestion: str | None = None
    source: str = ""
    target: str = ""
