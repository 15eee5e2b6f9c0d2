"""Waivers: `# dragoman: ignore T101(ISIS)`, a translator's comment that says "seen, and meant so".

A waiver names the rule, and in brackets what it is about: the term, the number, the word. Without brackets it covers all that
the rule finds in the entry. A waiver that covers nothing any more is itself a finding, so that none outlives its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.checks.rule import Problem, rule
from dragoman.model import Severity

PREFIX = "dragoman: ignore"


@dataclass(frozen=True, slots=True)
class Waiver:
    """One rule that one entry is excused from; `about` is None where all of its findings are."""

    code: str
    about: str | None = None

    def covers(self, code: str, problem: Problem) -> bool:
        if code != self.code:
            return False
        return self.about is None or self.about.casefold() == problem.about.casefold()

    def __str__(self) -> str:
        return self.code if self.about is None else f"{self.code}({self.about})"


def read_waivers(comments: Iterable[str]) -> Iterator[Waiver]:
    """The waivers in the translator's comments of an entry. What does not read as one is a waiver of no known rule."""
    for comment in comments:
        _, marked, rest = comment.partition(PREFIX)
        if marked:
            for match in _WAIVER.finditer(rest):
                yield Waiver(match["code"], match["about"])


@rule("W101", "waiver-unused", Severity.WARNING)
def waiver_unused(waiver: Waiver) -> Iterator[Problem]:
    """A waiver covers nothing: what it excused is gone.

    Left in place, it would hide the same mistake when it comes back.

    Fires:
        # dragoman: ignore N101(12)
        msgid "Police arrested 12 men."
        msgstr "پولیس ۱۲ تن را بازداشت کرد."
    Silent:
        # dragoman: ignore N101(12)
        msgid "Police arrested 12 men."
        msgstr "پولیس ۱۳ تن را بازداشت کرد."
    """
    yield Problem(f"the waiver {waiver} covers nothing", suggestion="remove it", about=str(waiver))


@rule("W102", "waiver-unknown", Severity.WARNING)
def waiver_unknown(waiver: Waiver) -> Iterator[Problem]:
    """A waiver names a rule that does not exist.

    Fires:
        # dragoman: ignore X999
        msgid "The bank is closed."
        msgstr "بانک بسته است."
    Silent:
        # dragoman: ignore N101
        msgid "Police arrested 12 men."
        msgstr "پولیس ۱۳ تن را بازداشت کرد."
    """
    yield Problem(f"no rule is called {waiver.code}", suggestion="write a code of docs/rules.md, T101(ISIS)", about=str(waiver))


_WAIVER = re.compile(r"(?P<code>[^\s,()]+)\s*(?:\((?P<about>[^()]*)\))?")
