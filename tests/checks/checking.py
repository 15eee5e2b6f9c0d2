"""Running rules over PO text, as the tests of this folder do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dragoman.checks import Context, check_catalog, new_context
from dragoman.checks.structure import unreadable
from dragoman.errors import CatalogError
from dragoman.glossary import SourceMatcher, parse_glossary
from dragoman.languages import get_language
from dragoman.model import Finding, Location
from dragoman.po import parse_catalog

RULES_FOLDER = Path(__file__).parents[1] / "rules"
ANOTHER_FILE = "# in another file:\n"
GLOSSARY = RULES_FOLDER / "glossary.yml"


def context_for(text: str, **settings: object) -> Context:
    """The language is Pashto where the header says so, else Dari."""
    language = "ps" if "Language: ps\\n" in text else "fa_AF"
    matcher = SourceMatcher(parse_glossary(GLOSSARY.read_text(encoding="utf-8"), GLOSSARY.name))
    return replace(new_context(get_language(language), matcher), **settings)  # type: ignore[arg-type]


def check_text(text: str, context: Context | None = None) -> list[Finding]:
    """What is found in the PO file, or the PO files, that `text` is."""
    context = context or context_for(text)
    findings: list[Finding] = []
    for number, part in enumerate(text.split(ANOTHER_FILE)):
        path = f"locales/{context.language.code}/LC_MESSAGES/{'ab'[number]}.po"
        try:
            findings += check_catalog(parse_catalog(part, path), context, part)
        except CatalogError as error:
            at = error.at if isinstance(error.at, Location) else None
            findings += [
                Finding(unreadable.code, unreadable.severity, problem.message, at) for problem in unreadable.check(error)
            ]
    return findings


def codes(findings: Sequence[Finding]) -> set[str]:
    return {finding.rule for finding in findings}
