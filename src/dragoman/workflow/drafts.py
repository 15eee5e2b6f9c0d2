"""Drafts as they were made, beside what people made of them: kept by `translate`, read by `status` and `preview`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dragoman.config import Project
from dragoman.files import STATE_FOLDER, state_folder
from dragoman.memory import KeptDraft, keep_drafts, kept_drafts
from dragoman.model import Catalog, Entry, Translation
from dragoman.po import checksum, read_draft_note

_FILE = "made.db"


def remember(project: Project, article: str, language: str, catalog: Catalog, made: Mapping[str, Translation]) -> None:
    """Keep those of the drafts `made`, by source, that stand in the article's PO file now. Where that is impossible, don't."""
    try:
        path = state_folder(project.root) / _FILE
    except OSError:
        return
    standing = {
        entry.source: KeptDraft(entry.target, made[entry.source].origin)
        for entry in catalog.entries
        if entry.source in made and _was_made_from(entry, entry.target)
    }
    keep_drafts(path, article, language, standing, {entry.source for entry in catalog.entries})


def remembered(project: Project, path: Path, catalog: Catalog, language: str) -> Mapping[str, KeptDraft]:
    """The drafts that the entries of a PO file were made from, by source, as far as they are known.

    The checksum in the entry's note decides: a draft that another machine made is not compared with one of ours.
    """
    kept = kept_drafts(project.root / STATE_FOLDER / _FILE, path.stem, language)
    return {
        entry.source: kept[entry.source]
        for entry in catalog.entries
        if entry.source in kept and _was_made_from(entry, kept[entry.source].target)
    }


def _was_made_from(entry: Entry, draft: str) -> bool:
    note = read_draft_note(entry)
    return not entry.obsolete and note is not None and note.checksum == checksum(draft)
