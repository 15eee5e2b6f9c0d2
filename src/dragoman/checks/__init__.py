"""The rules of `dragoman check`, and the running of them. To add a rule, write it in its family and put it into the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dragoman.checks import codes, consistency, length, numbers, punctuation, script, structure, terms, waivers
from dragoman.checks.rule import AnyRule, CatalogCheck, Context, EntryCheck, Rule
from dragoman.checks.run import check_catalog, check_entry
from dragoman.checks.seen import Seen
from dragoman.glossary.lint import RULES as GLOSSARY_RULES
from dragoman.languages import Language
from dragoman.model import Entry

if TYPE_CHECKING:
    from dragoman.checks.documentation import Documented
    from dragoman.glossary import SourceMatcher

__all__ = ["DOCUMENTED", "RULES", "Context", "Rule", "check_catalog", "check_entry", "new_context", "selected"]

ENTRY_RULES: tuple[Rule[EntryCheck], ...] = (
    terms.term_missing,
    terms.term_forbidden,
    terms.term_too_few,
    terms.term_translated,
    numbers.number_missing,
    numbers.number_added,
    numbers.arabic_digits,
    numbers.digits_mixed,
    numbers.digits_foreign,
    numbers.month_changed,
    punctuation.end_punctuation,
    punctuation.mark_foreign,
    punctuation.quotes_lost,
    punctuation.quotes_unbalanced,
    punctuation.quotes_foreign,
    punctuation.brackets_unbalanced,
    punctuation.brackets_lost,
    punctuation.space_before_mark,
    punctuation.space_doubled,
    punctuation.space_at_edge,
    codes.code_missing,
    codes.code_added,
    codes.address_missing,
    script.letter_foreign,
    script.letter_lookalike,
    script.letter_borrowed,
    script.presentation_form,
    script.script_foreign,
    script.zwnj_misplaced,
    script.direction_mark,
    script.direction_unbalanced,
    script.character_broken,
    script.latin_left,
    script.untranslated_word,
    script.language_wrong,
    script.other_standard,
    script.other_standard_hint,
    length.length_unusual,
    length.length_wrong,
    length.loop,
    length.repetition,
    length.word_doubled,
    length.blank,
    length.copied,
    length.sentence_dropped,
)
CATALOG_RULES: tuple[Rule[CatalogCheck], ...] = (
    terms.two_renderings,
    terms.two_renderings_over_files,
    punctuation.full_stops_mixed,
    length.untranslated,
    consistency.two_targets,
    consistency.two_spellings,
    structure.language_disagrees,
    structure.plural_forms,
    structure.draft_unreviewed,
)
# Those that something else than an entry or a catalog makes fire.
OTHER_RULES: tuple[AnyRule, ...] = (structure.unreadable, waivers.waiver_unused, waivers.waiver_unknown)

RULES: tuple[AnyRule, ...] = tuple(sorted((*ENTRY_RULES, *CATALOG_RULES, *OTHER_RULES), key=lambda rule: rule.code))
# All that has a code: the rules of PO files, and those of the glossary (G), which read another file.
DOCUMENTED: tuple[Documented, ...] = tuple(sorted((*RULES, *GLOSSARY_RULES), key=lambda rule: rule.code))


def selected(code: str, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> bool:
    """Whether a code is asked for. The longest prefix that fits decides, as in Ruff: `--select T --ignore T2 --select T201`."""
    wanted = max((len(prefix) for prefix in select if code.startswith(prefix)), default=-1 if select else 0)
    unwanted = max((len(prefix) for prefix in ignore if code.startswith(prefix)), default=-1)
    return wanted > unwanted


def new_context(
    language: Language,
    matcher: SourceMatcher | None = None,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    drafts: bool = False,
    changed: Callable[[Entry], bool] = lambda entry: True,
    seen: Seen | None = None,
) -> Context:
    """What `check_catalog` needs for files of one language. Without `matcher`, the rules that need a glossary stay silent."""

    def asked(rule: AnyRule) -> bool:
        return selected(rule.code, select, ignore) and (matcher is not None or not rule.needs_glossary)

    asked_codes = frozenset(rule.code for rule in RULES if asked(rule))
    return Context(
        language=language,
        entry_rules=tuple(rule for rule in ENTRY_RULES if asked(rule)),
        catalog_rules=tuple(rule for rule in CATALOG_RULES if asked(rule)),
        asked_codes=asked_codes,
        known_codes=frozenset(rule.code for rule in RULES),
        matcher=matcher if any(rule.needs_glossary for rule in RULES if rule.code in asked_codes) else None,
        drafts=drafts,
        changed=changed,
        seen=seen if seen is not None else Seen(),
    )
