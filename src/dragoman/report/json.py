"""JSON for other programs. docs/ci.md describes the keys; `version` grows when one of them changes its meaning."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from dragoman.checks import DOCUMENTED
from dragoman.model import Finding
from dragoman.report.run import Run, relative_path

VERSION = 1
_NAMES = {rule.code: rule.name for rule in DOCUMENTED}


def format_report(findings: Sequence[Finding], run: Run) -> str:
    """One object with the list of findings and what was looked at."""
    report = {
        "version": VERSION,
        "files": len(run.paths),
        "entries": run.entries,
        "unreadable": run.unreadable,
        "in_baseline": run.in_baseline,
        "findings": [_finding(finding) for finding in findings],
    }
    return dumps(report)


def dumps(value: object) -> str:
    """`value` as JSON, in which no control or direction character stands raw: it may be shown on a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _RAW.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    location = finding.location
    return {
        "rule": finding.rule,
        "name": _NAMES.get(finding.rule, ""),
        "severity": finding.severity.value,
        "message": finding.message,
        "path": relative_path(finding),
        "line": location.line if location else 0,
        "column": location.column if location else 0,
        "span": [finding.span.start, finding.span.end] if finding.span else None,
        "suggestion": finding.suggestion,
        "source": finding.source,
        "target": finding.target,
    }


_RAW = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
