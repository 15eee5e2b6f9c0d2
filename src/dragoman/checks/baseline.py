"""A baseline: the findings that a project lives with for now, so that the gate sees only new ones.

A finding is known by its rule, source and target: a line that moves changes nothing, an edited target makes it new.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.errors import DragomanError
from dragoman.model import Finding, Location

VERSION = 1
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Baseline:
    """The known findings, each as rule, source and target."""

    keys: frozenset[Key] = frozenset()

    def knows(self, finding: Finding) -> bool:
        return _key(finding) in self.keys

    def stale(self, findings: Iterable[Finding]) -> int:
        """How many known findings none of `findings` is."""
        return len(self.keys.difference(map(_key, findings)))


def parse_baseline(text: str, path: str) -> Baseline:
    """The baseline in `text`. Raises DragomanError where it is none of ours."""
    try:
        content = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        at = Location(path, error.lineno, error.colno)
        raise DragomanError(f"is no baseline: {error.msg}", at=at, hint=_HINT) from None
    if not isinstance(content, dict) or content.get("version") != VERSION or not isinstance(content.get("findings"), list):
        raise DragomanError("is no baseline of this version", at=path, hint=_HINT)
    try:
        return Baseline(frozenset((known["rule"], known["source"], known["target"]) for known in content["findings"]))
    except (KeyError, TypeError):
        raise DragomanError("a finding has no rule, source or target", at=path, hint=_HINT) from None


def format_baseline(findings: Iterable[Finding]) -> str:
    """The baseline of `findings`: sorted, a finding once, so that a change of it reads well in a review."""
    known = [{"rule": rule, "source": source, "target": target} for rule, source, target in sorted(set(map(_key, findings)))]
    return json.dumps({"version": VERSION, "findings": known}, ensure_ascii=False, indent=1) + "\n"


def _key(finding: Finding) -> Key:
    return (finding.rule, finding.source, finding.target)


_HINT = "write it anew: dragoman check --baseline FILE --update-baseline"
