"""The preview as one HTML file: template, style and script joined, nothing fetched from anywhere.

The file says so itself: its content security policy allows this style and this script, by their checksums, and nothing else. So
even markup that found its way through the escaping could not run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from dragoman.checks import DOCUMENTED
from dragoman.checks.showing import visible
from dragoman.model import Finding, Severity, Term
from dragoman.report.preview.page import Cell, Page, Preview, Sentence, State
from dragoman.report.preview.pieces import Mark, Run, cut, difference
from dragoman.text.direction import isolate_latin

STATES: Mapping[State, str] = {
    State.REVIEWED: "reviewed",
    State.EDITED: "draft, edited",
    State.DRAFT: "draft",
    State.EMPTY: "not translated",
}
# What a finding is drawn as where several stand at one place.
_GRAVEST = (Severity.ERROR, Severity.WARNING, Severity.HINT)


@dataclass(frozen=True, slots=True)
class Progress:
    """An article in one language, or all of them, in numbers of sentences."""

    states: Mapping[State, int]
    unchanged: int  # of the reviewed, those left as a machine drafted them, as far as that is known
    terms_satisfied: int
    terms_wanted: int
    findings: Mapping[Severity, int]

    @property
    def sentences(self) -> int:
        return sum(self.states.values())


def format_preview(preview: Preview) -> str:
    """The whole file."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("dragoman.report", "preview"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = (_resource(name) for name in ("preview.css", "preview.js"))
    anchors = {identifier: f"term-{number}" for number, identifier in enumerate(preview.terms, 1)}
    functions: dict[str, Any] = {
        "anchor": lambda term: anchors[term.id],
        "difference": difference,
        "gravest": _gravest,
        "isolate_latin": isolate_latin,
        "rules": _rules(preview),
        "source_runs": _source_runs,
        "tags": _tags,
        "target_runs": _target_runs,
        "term_title": _term_title,
        "visible": visible,
    }
    return environment.get_template("page.html.jinja").render(
        preview=preview,
        states=STATES,
        progress=_progress,
        style=style,
        script=script,
        style_hash=_checksum(style),
        script_hash=_checksum(script),
        **functions,
    )


def _resource(name: str) -> str:
    return (files("dragoman.report.preview") / name).read_text(encoding="utf-8")


def _checksum(text: str) -> str:
    """As a content security policy has it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _source_runs(sentence: Sentence) -> tuple[Run, ...]:
    return cut(sentence.source, (Mark(match.span, term=match.term) for match in sentence.matches), isolate=False)


def _target_runs(cell: Cell, isolate: bool) -> tuple[Run, ...]:
    terms = [Mark(placed.span, term=placed.term, forbidden=placed.forbidden) for placed in cell.terms]
    found = [Mark(finding.span, finding=finding) for finding in cell.findings if finding.span is not None]
    return cut(cell.target, (*terms, *found), isolate)


def _tags(cell: Cell) -> str:
    """What the filters ask for."""
    tags = {
        "draft": cell.state in (State.DRAFT, State.EDITED),
        "finding": bool(cell.findings),
        "missing": cell.misses_terms,
        "empty": cell.state is State.EMPTY,
    }
    return " ".join(name for name, applies in tags.items() if applies)


def _gravest(findings: Sequence[Finding]) -> Severity:
    return min((finding.severity for finding in findings), key=_GRAVEST.index)


def _term_title(term: Term, language: str) -> str:
    target = term.target(language)
    return f"{term.source} → {target.preferred}" if target else term.source


def _progress(pages: Sequence[Page], language: str) -> Progress:
    cells = [cell for page in pages for cell in page.cells(language)]
    outcomes = [outcome for cell in cells if cell.target for outcome in cell.outcomes]
    severities = [finding.severity for cell in cells for finding in cell.findings]
    return Progress(
        states={state: sum(cell.state is state for cell in cells) for state in State},
        unchanged=sum(cell.state is State.REVIEWED and cell.draft == cell.target for cell in cells),
        terms_satisfied=sum(min(outcome.found, outcome.expected) for outcome in outcomes),
        terms_wanted=sum(outcome.expected for outcome in outcomes),
        findings={severity: severities.count(severity) for severity in _GRAVEST},
    )


def _rules(preview: Preview) -> list[Any]:
    """Those that found something, by code."""
    cells = [cell for page in preview.pages for language in preview.languages for cell in page.cells(language.code)]
    codes = {finding.rule for cell in cells for finding in cell.findings}
    return [rule for rule in DOCUMENTED if rule.code in codes]
