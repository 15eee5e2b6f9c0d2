"""The `#.` lines that say where a draft came from, and so whether a person has touched it since."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from dragoman.model import Entry

# The kinds of note, by their first words, in the order in which they follow the place in the article.
TERMS = "Terms: "
TERM_MISSING = "Term missing: "
SPELLED = "Spelled by sound: "
NEAR_WORD = "By a near word: "
CHANGED = "Changed: "
DRAFT = "Draft: "
NO_DRAFT = "No draft: "
SOURCE_CHANGED = "Source changed: "
REVIEWED = "Reviewed: "
CHECK = "Check: "

_REVIEWED_NOTE = re.compile(rf"{REVIEWED}as translation of the previous source \[(?P<checksum>[0-9a-f]{{8}})\]")
_DRAFT_NOTE = re.compile(rf"{DRAFT}(?P<origin>.+) \[(?P<checksum>[0-9a-f]{{8}})\]")


@dataclass(frozen=True, slots=True)
class DraftNote:
    """What a `Draft:` note says: engine and model, and the checksum of what they wrote."""

    origin: str
    checksum: str


def checksum(target: str) -> str:
    """Eight hex digits of the SHA-256 of `target` in NFC, so that an editor that normalizes is not taken for a person."""
    return hashlib.sha256(unicodedata.normalize("NFC", target).encode()).hexdigest()[:8]


def draft_note(origin: str, target: str) -> str:
    """The note that goes with a draft: "Draft: starter 0.1 [8f3a2c41]"."""
    return f"{DRAFT}{origin} [{checksum(target)}]"


def read_draft_note(entry: Entry) -> DraftNote | None:
    """What the entry's `Draft:` note says, or None where it has none: a person translated it from nothing."""
    for note in entry.notes:
        if match := _DRAFT_NOTE.fullmatch(note.strip()):
            return DraftNote(match["origin"], match["checksum"])
    return None


def reviewed_note(target: str) -> str:
    """The note of a reviewed text that became fuzzy because its source changed: if the source changes back, it is reviewed."""
    return f"{REVIEWED}as translation of the previous source [{checksum(target)}]"


def was_reviewed(entry: Entry) -> bool:
    """Whether the target is still, as its note says, the one that was reviewed for the previous source."""
    marks = [match["checksum"] for note in entry.notes if (match := _REVIEWED_NOTE.fullmatch(note.strip()))]
    return entry.fuzzy and checksum(entry.target) in marks


def has_target(entry: Entry) -> bool:
    """Whether anything is translated, by whomever."""
    return bool(entry.target or any(entry.target_plurals))


def is_untouched_draft(entry: Entry) -> bool:
    """Whether the target is still what the machine wrote. Anything else with a target is a person's work."""
    if not entry.fuzzy or not entry.target:
        return False
    note = read_draft_note(entry)
    return note is not None and note.checksum == checksum(entry.target)


def needs_draft(entry: Entry | None) -> bool:
    """Whether a draft would find its place: there is no entry yet, or no target, or only what a machine wrote."""
    return entry is None or not has_target(entry) or is_untouched_draft(entry)
