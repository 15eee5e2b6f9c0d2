"""What a run of `check` found, as text for people, for other programs and for the pages of CI services."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dragoman.model import Finding
from dragoman.report import github, gitlab, json, junit, sarif, text
from dragoman.report.run import Run

__all__ = ["FORMATS", "Run"]

FORMATS: Mapping[str, Callable[[Sequence[Finding], Run], str]] = {
    "text": text.format_report,
    "json": json.format_report,
    "sarif": sarif.format_report,
    "github": github.format_report,
    "junit": junit.format_report,
    "gitlab": gitlab.format_report,
}
