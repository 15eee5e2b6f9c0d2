"""G: what is wrong with a glossary, told before it is told a hundred times of the articles. No model is needed.

A rule is a generator of problems with a permanent code, and stands in RULES. Its docstring is its page in docs/rules.md: the
first line says what is wrong, the text after it why that matters; `Fires:` and `Silent:` give entries for each.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.glossary.lint import entries, forms
from dragoman.glossary.lint.rule import Rule, Subject
from dragoman.languages import Language
from dragoman.model import Finding, Glossary, Location

__all__ = ["RULES", "Rule", "lint"]

RULES: tuple[Rule, ...] = (
    entries.entry_doubled,
    entries.entries_conflict,
    entries.concept_contradicted,
    forms.letter_foreign,
    forms.letter_lookalike,
    forms.letter_borrowed,
    forms.mark_stray,
    forms.forbidden_allowed,
    forms.forbidden_overlaps,
    forms.form_doubled,
    entries.entry_unreachable,
    entries.surname_missing,
    entries.target_missing,
)


def lint(glossary: Glossary, languages: Sequence[Language], rules: Sequence[Rule] | None = None) -> tuple[Finding, ...]:
    """What the rules (default: all) find, in the order of the file. `languages`: those that the project translates into."""
    subject = Subject(glossary, languages)
    findings = [
        Finding(rule.code, rule.severity, problem.message, problem.location, suggestion=problem.suggestion)
        for rule in (RULES if rules is None else rules)
        for problem in rule.check(subject)
    ]
    return tuple(sorted(findings, key=lambda finding: (finding.location or Location(""), finding.rule)))
