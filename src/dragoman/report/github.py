"""Workflow commands of GitHub Actions: each becomes an annotation on its line of the pull request."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.checks import DOCUMENTED
from dragoman.checks.showing import visible
from dragoman.model import Finding, Severity
from dragoman.report.run import Run, relative_path, told

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
_NAMES = {rule.code: rule.name for rule in DOCUMENTED}


def format_report(findings: Sequence[Finding], run: Run) -> str:
    """A command a finding. Whatever could end a command or begin another is escaped (toolkit's command.ts has the rules)."""
    return "".join(f"{_command(finding)}\n" for finding in findings)


def _command(finding: Finding) -> str:
    properties = {"file": relative_path(finding)}
    if finding.location and finding.location.line:
        properties["line"] = str(finding.location.line)
        if finding.location.column:
            properties["col"] = str(finding.location.column)
    properties["title"] = f"{finding.rule} {_NAMES.get(finding.rule, '')}".rstrip()
    named = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    return f"::{COMMANDS[finding.severity]} {named}::{_escape(told(finding))}"


def _escape(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
