"""PO files: read, written, and merged with what a person has done to them."""

from dragoman.po.catalog import format_catalog, format_template, new_headers
from dragoman.po.merge import entries_to_draft, merge
from dragoman.po.notes import DraftNote, checksum, draft_note, has_target, is_untouched_draft, needs_draft, read_draft_note
from dragoman.po.reading import parse_catalog
from dragoman.po.review import accept, reset, restore_drafts

__all__ = [
    "DraftNote",
    "accept",
    "checksum",
    "draft_note",
    "entries_to_draft",
    "format_catalog",
    "format_template",
    "has_target",
    "is_untouched_draft",
    "merge",
    "needs_draft",
    "new_headers",
    "parse_catalog",
    "read_draft_note",
    "reset",
    "restore_drafts",
]
