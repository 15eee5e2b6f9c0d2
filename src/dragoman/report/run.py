"""What a report says beside its findings, and what several formats need of a finding."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from dragoman.checks.showing import short, visible
from dragoman.model import Finding, Severity

LONGEST_SUGGESTION = 200  # characters; JSON has all of it
GRAVITY = {Severity.HINT: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@dataclass(frozen=True, slots=True)
class Run:
    """A run of `check`: what it looked at, and what it left out of its findings because a baseline knows it."""

    paths: tuple[str, ...] = ()
    entries: int = 0
    unreadable: int = 0
    in_baseline: int = 0
    stale_in_baseline: int = 0
    fail_on: Severity = Severity.ERROR

    def fails(self, finding: Finding) -> bool:
        """Whether a finding is grave enough to fail the run."""
        return GRAVITY[finding.severity] >= GRAVITY[self.fail_on]


def relative_path(finding: Finding) -> str:
    """The path as CI services want it: with slashes, without `./` in front."""
    return PurePath(finding.location.path).as_posix() if finding.location else ""


def told(finding: Finding) -> str:
    """What a person reads of a finding, its place aside: the message and what to do, in one line without control characters."""
    suggestion = f" (try: {short(finding.suggestion, LONGEST_SUGGESTION)})" if finding.suggestion else ""
    return visible(f"{finding.message}{suggestion}")


def with_fingerprints(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with what tells it from all others, and stays when its line moves: 32 hex digits."""
    seen: Counter[str] = Counter()
    for finding in findings:
        parts = (finding.rule, relative_path(finding), finding.source, finding.target, finding.message)
        digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        seen[digest] += 1
        if seen[digest] > 1:
            digest = hashlib.sha256(f"{digest}\0{seen[digest]}".encode()).hexdigest()[:32]
        yield finding, digest
