"""Each format on the same findings, whole; the schemas of others; what a hostile file could do to a terminal or a service."""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Finding, Location, Severity, Span
from dragoman.report import FORMATS, Run

# The schema as Microsoft ships it in the npm package @microsoft/sarif-multitool-linux 5.7.0 (MIT).
SARIF = json.loads((Path(__file__).parent / "sarif-2.1.0.json").read_text(encoding="utf-8"))

PATH = "locales/ps/LC_MESSAGES/snow, and: 100%.po"
FINDINGS = (
    Finding("N101", Severity.ERROR, "12 is missing", Location(PATH, 7, 9), Span(0, 1), "۱۲", "12 men", "چند تن"),
    Finding("N101", Severity.ERROR, "12 is missing", Location(PATH, 7, 9), Span(0, 1), "۱۲", "12 men", "چند تن"),
    Finding("P401", Severity.WARNING, "a space stands before ،", Location(PATH, 12, 30), source="b", target="c ،"),
    Finding("P203", Severity.HINT, "\x1b[31m\u202e%\r\n::error::", Location("locales/ps/b.po", 3), source="d", target="e"),
    Finding("E101", Severity.ERROR, "is not UTF-8", Location("broken.po")),
)
RUN = Run(paths=(PATH, "locales/ps/b.po", "good.po"), entries=40, unreadable=1, in_baseline=2, stale_in_baseline=1)


def report(name: str, findings: tuple[Finding, ...] = FINDINGS) -> str:
    return FORMATS[name](findings, RUN)


def test_text() -> None:
    assert report("text") == (
        f"{PATH}:7:9: N101 error: 12 is missing (try: ۱۲)\n"
        f"{PATH}:7:9: N101 error: 12 is missing (try: ۱۲)\n"
        f"{PATH}:12:30: P401 warning: a space stands before ،\n"
        "locales/ps/b.po:3: P203 hint: \\x1b[31m\\u202e%\\r\\n::error::\n"
        "broken.po: E101 error: is not UTF-8\n"
        "3 errors, 1 warning, 1 hint (3 files, 40 entries checked)\n"
        "2 findings of the baseline left out\n"
        "1 finding of the baseline no longer found: --update-baseline removes them\n"
    )


def test_text_of_nothing() -> None:
    assert FORMATS["text"]((), Run(paths=("a.po",), entries=1)) == "nothing found (1 file, 1 entry checked)\n"


def test_json() -> None:
    content = json.loads(report("json"))
    assert {key: value for key, value in content.items() if key != "findings"} == {
        "version": 1,
        "files": 3,
        "entries": 40,
        "unreadable": 1,
        "in_baseline": 2,
    }
    assert content["findings"][0] == {
        "rule": "N101",
        "name": "number-missing",
        "severity": "error",
        "message": "12 is missing",
        "path": PATH,
        "line": 7,
        "column": 9,
        "span": [0, 1],
        "suggestion": "۱۲",
        "source": "12 men",
        "target": "چند تن",
    }


def test_sarif_is_valid_and_tells_findings_apart() -> None:
    log = json.loads(report("sarif"))
    jsonschema.validate(log, SARIF)
    run = log["runs"][0]
    assert [result["level"] for result in run["results"]] == ["error", "error", "warning", "note", "error"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["E101", "N101", "P203", "P401"]
    assert run["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "locales/ps/LC_MESSAGES/snow%2C%20and%3A%20100%25.po"},
        "region": {"startLine": 7, "startColumn": 9},
    }
    assert len({result["partialFingerprints"]["dragoman/v1"] for result in run["results"]}) == len(FINDINGS)
    assert run["invocations"] == [{"executionSuccessful": False}]


def test_sarif_of_nothing_is_valid() -> None:
    jsonschema.validate(json.loads(report("sarif", ())), SARIF)


def test_github() -> None:
    path = "locales/ps/LC_MESSAGES/snow%2C and%3A 100%25.po"
    assert report("github").splitlines() == [
        f"::error file={path},line=7,col=9,title=N101 number-missing::12 is missing (try: ۱۲)",
        f"::error file={path},line=7,col=9,title=N101 number-missing::12 is missing (try: ۱۲)",
        f"::warning file={path},line=12,col=30,title=P401 space-before-mark::a space stands before ،",
        "::notice file=locales/ps/b.po,line=3,title=P203 quotes-foreign::\\x1b[31m\\u202e%25\\r\\n::error::",
        "::error file=broken.po,title=E101 unreadable::is not UTF-8",
    ]


def test_junit_has_what_jenkins_reads() -> None:
    root = ElementTree.fromstring(report("junit"))
    suites = {suite.get("name"): suite for suite in root}
    assert (root.tag, root.get("tests"), root.get("failures")) == ("testsuites", "6", "3")
    assert {name: (suite.get("tests"), suite.get("failures")) for name, suite in suites.items()} == {
        PATH: ("3", "2"),
        "locales/ps/b.po": ("1", "0"),
        "good.po": ("1", "0"),
        "broken.po": ("1", "1"),
    }
    tests = suites[PATH].findall("testcase")
    assert [(test.get("classname"), test.get("name"), [child.tag for child in test]) for test in tests] == [
        (PATH, "N101 line 7", ["failure"]),
        (PATH, "N101 line 7", ["failure"]),
        (PATH, "P401 line 12", ["system-out"]),
    ]
    failure = tests[0].find("failure")
    assert failure is not None
    assert failure.attrib == {"type": "N101", "message": "12 is missing"}


def test_gitlab() -> None:
    issues = json.loads(report("gitlab"))
    assert issues[2] == {
        "description": "a space stands before ،",
        "check_name": "P401",
        "fingerprint": issues[2]["fingerprint"],
        "severity": "minor",
        "location": {"path": PATH, "lines": {"begin": 12}},
    }
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert [issue["location"]["lines"]["begin"] for issue in issues] == [7, 7, 12, 3, 1]


def test_a_fingerprint_stays_when_the_line_moves() -> None:
    from dataclasses import replace

    moved = tuple(replace(finding, location=replace(finding.location or Location(""), line=99)) for finding in FINDINGS)
    prints = [[issue["fingerprint"] for issue in json.loads(report("gitlab", findings))] for findings in (FINDINGS, moved)]
    assert prints[0] == prints[1]


ANY_TEXT = st.text(st.characters())
# A lone surrogate stands in no file name but for a byte that is no UTF-8 (PEP 383).
FILE_NAMES = ANY_TEXT.map(lambda text: os.fsdecode(text.encode("utf-8", "surrogatepass")))


@pytest.mark.parametrize("name", FORMATS)
@given(
    st.builds(
        Finding,
        st.just("N101"),
        st.sampled_from(Severity),
        ANY_TEXT,
        st.builds(Location, FILE_NAMES, st.integers(0, 9), st.integers(0, 9)),
        suggestion=st.none() | ANY_TEXT,
        source=ANY_TEXT,
        target=ANY_TEXT,
    )
)
def test_no_text_breaks_a_format_or_reaches_the_terminal(name: str, finding: Finding) -> None:
    text = report(name, (finding,))
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text) == []
    text.encode("utf-8")
    if name in ("json", "sarif", "gitlab"):
        json.loads(text)
    elif name == "junit":
        ElementTree.fromstring(text)
    elif name == "github":
        assert len(text.splitlines()) == 1
        assert text.startswith("::")
