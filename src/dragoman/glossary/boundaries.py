"""Whether a form that stands in a text is a word of its own there, and written with the capitals that its entry asks for.

All on the text as spelling.py makes it alike: one kind of apostrophe, one kind of hyphen.
"""

from __future__ import annotations

import re
import unicodedata

from dragoman.model import Term, TermCase, TermKind

# Arabic articles, "son of", "father of" and what ends a family name: al-Baghdadi is another name than Baghdadi.
_ARTICLES = ("al", "el", "ul", "ad", "an", "ar", "as", "ash", "at", "az", "ud", "ur", "uz")
_PARTS_OF_NAMES = frozenset((*_ARTICLES, "abu", "bin", "ben", "ibn", "umm", "zada", "zadeh", "zai", "zoy"))
_APOSTROPHE = re.compile(r"'(?:s|d|ll|ve|re|m)?(?!\w)", re.IGNORECASE)  # possessive, or a verb: ISIS'll
_PLURAL = re.compile(r"s(?!\w)", re.IGNORECASE)
_PLURAL_OF_SIBILANT = re.compile(r"es(?!\w)", re.IGNORECASE)
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$", re.IGNORECASE)
_WORD_AFTER_HYPHEN = re.compile(r"-(\w+)")
_WORD_BEFORE_HYPHEN = re.compile(r"(\w+)-$")
ADDRESS_MARKS = ("@", "://", "www.")
_ADDRESS = re.compile(r"://|(?<!\w)www\.|\w@\w", re.IGNORECASE)
# Code points to look back or on, so that a hostile text of one line costs no more than an honest one.
_LONGEST_COMPOUND = 40
_LONGEST_ADDRESS = 300
_LONGEST_HEADING = 500

_LINE_END = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
_DATELINE = re.compile(r"[^\S\n]*([A-Z][A-Z.'’ -]{0,60}[A-Z])(?=[^\n]{0,40}?\s(?:--|[—–-])\s)")


def stands_alone(text: str, start: int, end: int, written: str, term: Term) -> bool:
    """Whether `text[start:end]` is the term: as it is, possessive, plural, or a part of a compound such as "ISIS-led".

    `written` is the form of the entry that was found.
    """
    return _begins(text, start, term) and _ends(text, _after_ending(text, end, written, term), term)


def capitals_fit(case: TermCase, written: str, found: str) -> bool:
    """Whether `found`, which differs from the entry's `written` in capitals at most, is written as the entry wants it.

    Smart: as written, or with words capitalized that the entry writes small, as at the start of a sentence and in headings.
    """
    if case is TermCase.IGNORE or written == found:
        return True
    if case is TermCase.EXACT:
        return False
    return all(
        one == other or (other.isupper() and one.islower() and (place == 0 or not _is_word(found[place - 1])))
        for place, (one, other) in enumerate(zip(written, found, strict=True))
    )


def in_address(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is a part of a web or mail address."""
    before = text[max(0, start - _LONGEST_ADDRESS) : start].rpartition(" ")[2]
    after = text[end : end + _LONGEST_ADDRESS].partition(" ")[0]
    return _ADDRESS.search(before + text[start:end] + after) is not None


def in_capitals(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` lies in a line of nothing but capitals, or in the capitals that begin a date line."""
    window = max(0, start - _LONGEST_HEADING)
    line_start = max((match.end() for match in _LINE_END.finditer(text, window, start)), default=window)
    ending = _LINE_END.search(text, end, end + _LONGEST_HEADING)
    line_end = ending.start() if ending else min(len(text), end + _LONGEST_HEADING)
    letters = [character for character in text[line_start:line_end] if character.isalpha()]
    if len(letters) > 1 and all(character.isupper() for character in letters):
        return True
    dateline = _DATELINE.match(text, line_start)
    return dateline is not None and end <= dateline.end(1)


def _begins(text: str, start: int, term: Term) -> bool:
    before, earlier = text[start - 1] if start else "", text[start - 2] if start > 1 else " "
    if not before:
        return True
    if _is_word(before) or before in "@&":
        return False
    if before == "'" and earlier.isalpha():  # O'Neil is not Neil
        return False
    if before == "." and _is_word(earlier) and not text[start].isupper():  # mail.kabul
        return False
    if before in ".,:" and earlier.isdigit() and text[start].isdigit():  # 1.5 is not 5
        return False
    if before == "-" and (match := _WORD_BEFORE_HYPHEN.search(text[max(0, start - _LONGEST_COMPOUND) : start])):
        return not _is_part_of_name(match[1], term) and not (len(match[1]) == 1 and match[1].isupper())
    return True


def _ends(text: str, end: int, term: Term) -> bool:
    after, later = text[end : end + 1], text[end + 1 : end + 2] or " "
    if not after:
        return True
    if _is_word(after) or after in "@&+":
        return False
    if after == "'" and _is_word(later):  # Qur'an is not Qur
        return False
    if after == "." and (later.islower() or later.isdigit()):  # kabul.af, kabul.jpg
        return False
    if after in ",:" and later.isdigit() and text[end - 1].isdigit():  # 1,000 is not 1
        return False
    if match := _WORD_AFTER_HYPHEN.match(text, end):
        word = match[1]
        is_identifier = (len(word) == 1 and word.isupper()) or any(character.isdigit() for character in word)
        return not is_identifier and not _is_part_of_name(word, term)  # ISIS-K is another name than ISIS
    return True


def _after_ending(text: str, end: int, written: str, term: Term) -> int:
    """Where a plural and a possessive after the term end. Names of persons have no plural: Williams is not William."""
    if term.kind is not TermKind.PERSON:
        plural = _PLURAL_OF_SIBILANT if _SIBILANT.search(written) else _PLURAL
        # WARLORDS is a plural in capitals, but ISS is no plural of IS
        if (match := plural.match(text, end)) and (match[0].islower() or not written.isupper()):
            end = match.end()
    if match := _APOSTROPHE.match(text, end):
        end = match.end()
    return end


def _is_part_of_name(word: str, term: Term) -> bool:
    return word.lower() in _PARTS_OF_NAMES or (term.kind is TermKind.PERSON and word[0].isupper())


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_" or bool(unicodedata.combining(character))
