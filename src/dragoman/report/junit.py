"""JUnit XML as Jenkins and GitLab read it: a suite a file, a failed test a finding that fails the run."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence

from dragoman.checks.showing import visible
from dragoman.model import Finding
from dragoman.report.run import Run, relative_path, told


def format_report(findings: Sequence[Finding], run: Run) -> str:
    """A test a finding; below `--fail-on` it passes and says so. A file without findings is one test that passes."""
    by_path: dict[str, list[Finding]] = {path: [] for path in run.paths}
    for finding in findings:
        by_path.setdefault(relative_path(finding), []).append(finding)
    failures = sum(map(run.fails, findings))
    root = ElementTree.Element("testsuites", name="dragoman check", tests=str(_tests(by_path)), failures=str(failures))
    for path, inside in by_path.items():
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=_clean(path),
            tests=str(max(len(inside), 1)),
            failures=str(sum(map(run.fails, inside))),
            errors="0",
            skipped="0",
        )
        for finding in inside:
            _add_test(suite, path, finding, run)
        if not inside:
            ElementTree.SubElement(suite, "testcase", classname=_clean(path), name="check")
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _tests(by_path: dict[str, list[Finding]]) -> int:
    return sum(max(len(inside), 1) for inside in by_path.values())


def _add_test(suite: ElementTree.Element, path: str, finding: Finding, run: Run) -> None:
    line = finding.location.line if finding.location else 0
    test = ElementTree.SubElement(suite, "testcase", classname=_clean(path), name=f"{finding.rule} line {line}")
    text = _clean(f"{finding.location}: {finding.severity}: {told(finding)}")
    if run.fails(finding):
        ElementTree.SubElement(test, "failure", type=finding.rule, message=_clean(finding.message)).text = text
    else:
        ElementTree.SubElement(test, "system-out").text = text


def _clean(text: str) -> str:
    """`text` without what XML 1.0 cannot hold."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", visible(text))


_NOT_IN_XML = re.compile("[\ufffe\uffff]")
