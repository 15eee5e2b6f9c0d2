"""GitLab's code quality report: a list of issues, shown in the merge request."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import Finding, Severity
from dragoman.report.json import dumps
from dragoman.report.run import Run, relative_path, told, with_fingerprints

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.HINT: "info"}


def format_report(findings: Sequence[Finding], run: Run) -> str:
    """An issue a finding. GitLab drops issues with the same fingerprint, so each has its own."""
    return dumps(
        [
            {
                "description": told(finding),
                "check_name": finding.rule,
                "fingerprint": fingerprint,
                "severity": SEVERITIES[finding.severity],
                "location": {
                    "path": relative_path(finding),
                    "lines": {"begin": max(finding.location.line if finding.location else 1, 1)},
                },
            }
            for finding, fingerprint in with_fingerprints(findings)
        ]
    )
