"""Whether a sentence ends at a stop: small rules in a fixed order, the first that has an answer wins.

Each rule's docstring is an example. A rule answers True (cut), False (no cut) or None (ask the next one).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from dragoman.text.abbreviations import (
    ALWAYS_BEFORE_MORE,
    BEFORE_A_NUMBER,
    DAY_HALVES,
    DAYS_AND_MONTHS,
    LETTERED,
    MONTHS,
    NO_ABBREVIATIONS,
    STARTERS,
    VERBS_OF_ASKING,
    VERBS_OF_SAYING,
    WEEKDAYS,
    ZONES,
)

OPENERS = "\"'“‘«(["
CLOSERS = tuple("\"'”’»)]")
QUOTATION_MARKS = "\"'“”‘’«»"
_FIRST_WORD = re.compile(r"[\w'’-]+")
_INITIAL = re.compile(r"[A-Z]\.")
_NAME_IN_LOWER_CASE = re.compile(r"[a-z]{1,3}[-'’]?[A-Z]")  # "al-Baghdadi", "iPhone"
_CLOCK = re.compile(r"(?:[A-Z]\w+ ){1,2}(?:standard |daylight |summer )?[Tt]ime\b")
_PLAIN_WORD = re.compile(r"(?:[A-Z][a-z]+|A|I)(?=$|[\s,;:?!]|['’]\w|\.(?:\s|$))")
_WEB_NAME = re.compile(r"(?:Com|Net|Org|Js|Io|Af)\b")
# "At 5 a.m. | Mr. Smith", "“By about 6:30 p.m. | Rahmani": an hour alone is no sentence.
_HOUR_ALONE = re.compile(
    r"(?:^|[.?!][\"'”’]*\s+)[\"'“‘]*(?:After|Around|At|Before|By|From|Since|Until)(?: about| around| nearly)? [\d:]+$"
)
# "Olawi asked", "Prof. Zaher Amin asked reporters", "Rahmani said in Kabul": speech that a name before the verb attributes.
_ATTRIBUTION = re.compile(
    rf"(?:[A-Z][\w.'’-]* ){{1,5}}(?:also |then |later )?"
    rf"(?:(?:{'|'.join(sorted(VERBS_OF_ASKING))})\b"
    rf"|(?:{'|'.join(sorted(VERBS_OF_SAYING))})(?=[.,;:!?]|$| (?:after|as|at|before|during|from|in|on|to|when|while|with)\b))"
)


class Stop(NamedTuple):
    """A stop and what stands around it, a few words on either side.

    In `He saw "the U.S." The end`: before `He saw "the`, word `U.S`, mark `.`, closers `"`, opening nothing, rest `The end`.
    """

    before: str
    word: str
    mark: str
    closers: str
    opening: str
    rest: str
    glued: bool  # no white space follows
    casual: bool  # the line is in lower case throughout, as readers write

    @property
    def previous(self) -> str:
        """The word before the word."""
        return self.before.split()[-1] if self.before else ""

    @property
    def next_word(self) -> str:
        found = _FIRST_WORD.match(self.rest)
        return found[0] if found else ""

    @property
    def period(self) -> bool:
        """Whether it may be the full stop of an abbreviation."""
        return self.mark == "." and not self.closers

    @property
    def begins(self) -> bool:
        """Whether what follows begins a sentence by its look: speech, or a word that begins sentences (and no initial)."""
        speech = self.opening != "" and self.opening[0] in QUOTATION_MARKS
        return speech or (self.next_word in STARTERS and not _INITIAL.match(self.rest))


def goes_on_in_lower_case(stop: Stop) -> bool | None:
    """`"Stop!" | the soldier shouted.` No cut; but `They fled Syria. | al-Baghdadi was killed.` is left to the others."""
    if stop.rest[:1].islower() and not stop.casual and not _NAME_IN_LOWER_CASE.match(stop.rest):
        return False
    return None


def goes_on_with_a_mark(stop: Stop) -> bool | None:
    """`“We will stay.” | — Karimi, farmer` No cut."""
    return False if stop.rest[:1] in tuple(",;:/—–-") else None


def stop_before_omission(stop: Stop) -> bool | None:
    """`The bridge fell. | . . . Nobody was hurt.` A stop of its own, then an omission."""
    return True if stop.mark == "." and stop.rest.startswith(". . .") else None


def lost_space(stop: Stop) -> bool | None:
    """`They left the house.|The door was open.` Cut only between plain words: not in `Node.Js`, `Gen.Miller`, an address."""
    if not stop.glued:
        return None
    plain = _PLAIN_WORD.match(stop.rest) is not None and not _WEB_NAME.match(stop.rest)
    before = bool(stop.closers) or re.search(r"[a-z]{2}$|[)\]”\"%]$", stop.word) is not None
    address = any(sign in stop.word for sign in ("@", "/", "www."))
    abbreviation = not stop.closers and stop.word in ALWAYS_BEFORE_MORE | BEFORE_A_NUMBER
    return plain and before and not address and not abbreviation


def ellipsis(stop: Stop) -> bool | None:
    """`They attacked at dawn... | Residents fled.` Cut; not so in hesitation: `We... | we left`, `Later... | I mean, now`."""
    dots = stop.mark.count(".") + 3 * stop.mark.count("…")
    if dots < 2:
        return None
    if dots > 3:  # an ellipsis and a full stop
        return True
    spaced = " " in stop.mark or stop.rest[:1].isdigit() or stop.opening.startswith("(")
    return not (spaced or stop.next_word.lower() in ("i", stop.word.lower()) or stop.next_word.startswith(("I'", "I’")))


def attributed_question(stop: Stop) -> bool | None:
    """`"Who pays?" | Olawi asked.` No cut; but `"Who pays?" | Olawi did not know.`"""
    if stop.mark[-1] in "?!" and stop.closers and _ATTRIBUTION.match(stop.rest):
        return False
    return None


def abbreviation_in_brackets(stop: Stop) -> bool | None:
    """`Lt. Gen. (ret.) | Murad Ali` No cut."""
    return False if stop.mark == "." and stop.word.startswith("(") and stop.closers.startswith(")") else None


def end_of_speech(stop: Stop) -> bool | None:
    """`"We will not give up." | Tawana said so.`, `They call it "home". | Karimi left.` Cut; brackets likewise."""
    return True if stop.mark == "." and (stop.closers or stop.word.endswith(CLOSERS)) else None


def title(stop: Stop) -> bool | None:
    """`Lt. | Col. | Thomas Campbell`, `the U.S. vs. | Wardak` No cut."""
    return False if stop.period and stop.word.rsplit("-", 1)[-1] in ALWAYS_BEFORE_MORE else None


def number_follows(stop: Stop) -> bool | None:
    """`Resolution No. | 2593` No cut; but `Did he stay? No. | He left.`"""
    if not stop.period or stop.word not in BEFORE_A_NUMBER:
        return None
    if stop.rest[:1].isdigit():
        return False
    return True if stop.word == "No" else None


def no_abbreviation(stop: Stop) -> bool | None:
    """`Nobody told me. | Karimi knew.` Cut."""
    return True if stop.period and stop.word in NO_ABBREVIATIONS else None


def month_or_weekday(stop: Stop) -> bool | None:
    """`on Jan. | 5`, `on Sat. | Nov. 5` No cut; but `closed in Jan. | Lorries waited.`"""
    if stop.period and stop.word in MONTHS:
        return not stop.rest[:1].isdigit()
    if stop.period and stop.word in WEEKDAYS and (stop.rest[:1].isdigit() or stop.next_word in MONTHS | DAYS_AND_MONTHS):
        return False
    return None


def day_half(stop: Stop) -> bool | None:
    """`at 6 p.m. | Friday`, `9 p.m. | GMT`, `At 5 a.m. | Mr. Smith left.` No cut; but `until 6 p.m. | Mr. Wali then left.`"""
    if not stop.period or stop.word not in DAY_HALVES:
        return None
    if stop.opening.startswith("(") or stop.next_word in ZONES | DAYS_AND_MONTHS or _CLOCK.match(stop.rest):
        return False
    return not _HOUR_ALONE.search(stop.before)


def and_so_on(stop: Stop) -> bool | None:
    """`rifles, uniforms, etc. | Three men` Cut; `Amin et al. | (2018)` No cut."""
    return not stop.opening.startswith("(") if stop.period and stop.word in ("etc", "al") else None


def single_letter(stop: Stop) -> bool | None:
    """`Albert I. | Jones`, `J. | R. Smith` No cut; but `you and I. | Did you`, `hepatitis C. | Doctors say`."""
    if not stop.period or len(stop.word) != 1 or not stop.word.isupper():
        return None
    return stop.begins or stop.previous.lower() in LETTERED or (stop.word == "I" and stop.previous.islower())


def sentence_starts(stop: Stop) -> bool | None:
    """`I live in the U.S. | How about you?`, `Pitt, Briggs & Co. | It closed.` Cut; else sentencex decides (`U.S. | Army`)."""
    return True if stop.begins else None


RULES: tuple[Callable[[Stop], bool | None], ...] = (
    stop_before_omission,
    goes_on_in_lower_case,
    goes_on_with_a_mark,
    lost_space,
    ellipsis,
    attributed_question,
    abbreviation_in_brackets,
    end_of_speech,
    title,
    number_follows,
    no_abbreviation,
    month_or_weekday,
    day_half,
    and_so_on,
    single_letter,
    sentence_starts,
)


def decide(stop: Stop) -> bool | None:
    """Whether a sentence ends at `stop`; None where no rule knows."""
    for rule in RULES:
        verdict = rule(stop)
        if verdict is not None:
            return verdict
    return None
