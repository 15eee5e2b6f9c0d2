"""Lines that a person reads and an editor jumps by: `PATH:LINE:COLUMN: CODE severity: message`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dragoman.checks.showing import visible
from dragoman.model import Finding, Severity
from dragoman.report.run import Run, told


def format_report(findings: Sequence[Finding], run: Run) -> str:
    """A line a finding, and a summary. No character of a file reaches the terminal as anything but a letter."""
    return "".join(f"{line}\n" for line in (*map(_line, findings), *_summary(findings, run)))


def _line(finding: Finding) -> str:
    return f"{visible(str(finding.location))}: {finding.rule} {finding.severity}: {told(finding)}"


def _summary(findings: Sequence[Finding], run: Run) -> Iterator[str]:
    looked_at = f"{_count(len(run.paths), 'file')}, {_count(run.entries, 'entry', 'entries')} checked"
    counts = Counter(finding.severity for finding in findings)
    if counts:
        told = ", ".join(_count(counts[severity], severity.value) for severity in Severity if counts[severity])
        yield f"{told} ({looked_at})"
    else:
        yield f"nothing found ({looked_at})"
    if run.in_baseline:
        yield f"{_count(run.in_baseline, 'finding')} of the baseline left out"
    if run.stale_in_baseline:
        yield f"{_count(run.stale_in_baseline, 'finding')} of the baseline no longer found: --update-baseline removes them"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
