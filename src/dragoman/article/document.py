"""What articles of every format share: naming the units and segments of a document, and writing one out again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from dragoman.model import Document, Segment, UnitKind

# How a unit's id begins, and what its place is called. Paragraphs and quotations count together, as a reader counts them.
_ID = {
    UnitKind.HEADING: "h",
    UnitKind.DATELINE: "d",
    UnitKind.PARAGRAPH: "p",
    UnitKind.QUOTE: "p",
    UnitKind.ITEM: "i",
    UnitKind.CELL: "cell",
    UnitKind.CAPTION: "caption",
    UnitKind.COMMENT: "comment",
    UnitKind.DEBRIS: "debris",
}
_PLACE = {
    UnitKind.HEADING: "Heading",
    UnitKind.DATELINE: "Dateline",
    UnitKind.PARAGRAPH: "Paragraph {number}",
    UnitKind.QUOTE: "Paragraph {number} (quotation)",
    UnitKind.ITEM: "List item {number}",
    UnitKind.CELL: "Table cell {number}",
    UnitKind.CAPTION: "Caption",
    UnitKind.COMMENT: "Reader's comment",
    UnitKind.DEBRIS: "Page debris",
}


def write_article(document: Document, targets: Mapping[str, str]) -> str:
    """The article with each segment replaced by `targets[segment.id]`; a segment without one keeps its source.

    With no targets at all it is the text that was read, to the code point.
    """
    return "".join(
        targets.get(part.id, part.source) if isinstance(part, Segment) else part for unit in document.units for part in unit.parts
    )


def number_units(kinds: Sequence[UnitKind]) -> list[tuple[str, int]]:
    """For each unit its id ("p3") and its number among those counted with it (3)."""
    seen: Counter[str] = Counter()
    numbered = []
    for kind in kinds:
        letter = _ID[kind]
        seen[letter] += 1
        numbered.append((f"{letter}{seen[letter]}", seen[letter]))
    return numbered


def place(kind: UnitKind, number: int, sentence: int, sentences: int) -> str:
    """Where a segment stands, in a translator's words.

    >>> place(UnitKind.PARAGRAPH, 3, 2, 4), place(UnitKind.HEADING, 1, 1, 1)
    ('Paragraph 3, sentence 2 of 4', 'Heading')
    """
    unit = _PLACE[kind].format(number=number)
    return f"{unit}, sentence {sentence} of {sentences}" if sentences > 1 else unit
