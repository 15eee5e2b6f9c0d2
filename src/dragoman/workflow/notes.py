"""What the translator reads beside a draft: the `#.` lines of a PO entry, made anew at every run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.languages import Language
from dragoman.model import GuessKind, TermMatch, TermOutcome, Translation
from dragoman.po import draft_note
from dragoman.po.notes import NEAR_WORD, SPELLED
from dragoman.text import orthography

# How a language writes digits, quotation marks and the like is nothing to tell a translator; a changed word is.
ROUTINE = frozenset(name for name, _ in orthography.RULES)


def draft_notes(translation: Translation) -> tuple[str, ...]:
    """The notes of a draft: its terms, those it lacks, what it guesses, what was changed in it, and whence it comes or
    why it is not there."""
    return tuple(_draft_notes(translation))


def term_hints(matches: Iterable[TermMatch], language: Language) -> tuple[str, ...]:
    """The notes of an entry that a person wrote: what the glossary wants in it."""
    hints = {}
    for match in matches:
        if target := match.term.target(language.code, match.surface):
            hints[match.term.id] = f"{match.term.source} → {target.preferred}"
    return (f"Terms: {' · '.join(hints.values())}",) if hints else ()


def _draft_notes(translation: Translation) -> Iterator[str]:
    satisfied = [outcome for outcome in translation.terms if outcome.satisfied]
    if satisfied:
        yield "Terms: " + " · ".join(_satisfied(outcome) for outcome in satisfied)
    for outcome in translation.terms:
        if not outcome.satisfied:
            yield f"Term missing: {outcome.source} → {outcome.target}{_count(outcome)}"
    for kind, note in ((GuessKind.SOUND, SPELLED), (GuessKind.NEAR, NEAR_WORD)):
        if guesses := [guess for guess in translation.guesses if guess.kind is kind]:
            yield note + " · ".join(f"{guess.source} → {guess.target}" for guess in guesses)
    for change in translation.changes:
        if change.rule not in ROUTINE:
            yield f"Changed: {change.before} → {change.after} ({change.rule})"
    if translation.target:
        yield draft_note(translation.origin, translation.target)
    else:
        yield f"No draft: {translation.reason} ({translation.origin})"


def _satisfied(outcome: TermOutcome) -> str:
    rung = f" ({outcome.rung})" if outcome.rung is not None else ""
    return f"{outcome.source} → {outcome.target}{rung}"


def _count(outcome: TermOutcome) -> str:
    return f" ({outcome.found} of {outcome.expected})" if outcome.expected > 1 else ""
