"""SARIF 2.1.0 (OASIS), which GitHub code scanning and many editors read."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from dragoman.checks import DOCUMENTED
from dragoman.checks.showing import visible
from dragoman.model import Finding, Severity
from dragoman.report.json import dumps
from dragoman.report.run import Run, relative_path, told, with_fingerprints

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def format_report(findings: Sequence[Finding], run: Run) -> str:
    """One log with one run. Only the rules that found something are described in it."""
    codes = sorted({finding.rule for finding in findings})
    driver = {
        "name": "dragoman",
        "version": version("dragoman"),
        "rules": [_rule(code) for code in codes],
    }
    results = [_result(finding, fingerprint, codes) for finding, fingerprint in with_fingerprints(findings)]
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "invocations": [{"executionSuccessful": not run.unreadable}],
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return dumps(log)


def _rule(code: str) -> dict[str, Any]:
    rule = next((rule for rule in DOCUMENTED if rule.code == code), None)
    if rule is None:
        return {"id": code}
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": visible(rule.explanation or rule.summary)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(finding: Finding, fingerprint: str, codes: Sequence[str]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(relative_path(finding), errors="surrogateescape")}}
    if finding.location and finding.location.line:
        place["region"] = {"startLine": finding.location.line}
        if finding.location.column:
            place["region"]["startColumn"] = finding.location.column
    return {
        "ruleId": finding.rule,
        "ruleIndex": codes.index(finding.rule),
        "level": LEVELS[finding.severity],
        "message": {"text": told(finding)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"dragoman/v1": fingerprint},
    }
