"""docs/rules.md, written from the rules: what `--explain` prints is a section of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from dragoman.checks.showing import visible
from dragoman.model import Severity

FAMILIES = {
    "C": "Codes: markup, placeholders, addresses",
    "E": "Structure of the PO file",
    "G": "The glossary itself",
    "I": "Consistency",
    "L": "Length, repetition, copies",
    "N": "Numbers, digits, months",
    "P": "Punctuation and spaces",
    "S": "Script and language",
    "T": "Terms",
    "W": "Waivers",
}


class Documented(Protocol):
    """What the page of a rule is made of. The rules of PO files and those of the glossary both have it."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def summary(self) -> str: ...
    @property
    def explanation(self) -> str: ...
    @property
    def examples(self) -> Mapping[str, str]: ...


def page(rule: Documented) -> str:
    """The section of one rule: what, why, an entry that fires, one that does not, how to waive."""
    paragraphs = [f"### {rule.code} {rule.name}", f"*{rule.severity.value}.* {rule.summary}"]
    if rule.explanation:
        paragraphs.append(rule.explanation)
    for title, example in rule.examples.items():
        example = "\n".join(map(visible, example.split("\n")))
        paragraphs.append(f"{title}:\n\n```{'yaml' if rule.code[0] == 'G' else 'po'}\n{example}\n```")
    paragraphs.append(_how_to_waive(rule))
    return "\n\n".join(paragraphs) + "\n"


def pages(rules: Sequence[Documented]) -> str:
    """The whole of docs/rules.md."""
    parts = [_INTRODUCTION, _table(rules)]
    for letter, title in FAMILIES.items():
        inside = [rule for rule in rules if rule.code[0] == letter]
        if inside:
            parts += [f"## {letter}: {title}\n", *map(page, inside)]
    return "\n".join(parts)


def _table(rules: Sequence[Documented]) -> str:
    rows = [f"| [{rule.code}](#{rule.code.lower()}-{rule.name}) | {rule.severity.value} | {rule.summary} |" for rule in rules]
    return "\n".join(["| rule | severity | finds |", "|---|---|---|", *rows, ""])


def _how_to_waive(rule: Documented) -> str:
    if rule.code[0] in "GW" or rule.code == "E101":
        return f"To leave it out: `--ignore {rule.code}`."
    waiver = f"# dragoman: ignore {rule.code}"
    if rule.code[0] in "EIL":
        return f"To waive it in one entry, write above the entry `{waiver}`."
    return f"To waive it in one entry, write above the entry `{waiver}`, or `{waiver}(…)` with what it is about in the brackets."


_INTRODUCTION = """\
<!-- Written by `python -m dragoman.checks.documentation > docs/rules.md`; change the docstring of the rule, not this file. -->

# The rules of `dragoman check`

A code is for ever: a rule that goes takes its code with it. The severity is that of a finding in a reviewed entry; in a draft
(fuzzy) every finding is a hint, unless `--drafts` is given. How the bounds were found: 3,071 human translations of TICO-19 in
each language, of which less than 4 % (Dari) and 5 % (Pashto) have any error; `benchmarks/check.py` counts them.
"""


if __name__ == "__main__":
    import sys

    from dragoman.checks import DOCUMENTED

    sys.stdout.write(pages(DOCUMENTED))
