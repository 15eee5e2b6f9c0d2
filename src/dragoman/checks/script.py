"""S: letters of another script, language or keyboard; invisible characters; words of the wrong language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from dragoman.checks.pair import Pair
from dragoman.checks.rule import Context, Problem, rule
from dragoman.checks.showing import quoted
from dragoman.languages import LANGUAGES, Language, get_language, get_swaps
from dragoman.model import Severity, Span
from dragoman.text.adaptation import begins_swap

ZWNJ = "\u200c"
TATWEEL = "\u0640"
MOST_WORDS = 100_000  # words that are remembered
_DIRECTION = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_EMBEDDINGS = frozenset("\u202a\u202b\u202d\u202e")
_ISOLATES = frozenset("\u2066\u2067\u2068")
_PAIRED = _EMBEDDINGS | _ISOLATES | {"\u202c", "\u2069"}


@rule("S101", "letter-foreign", Severity.ERROR)
def letter_foreign(pair: Pair, context: Context) -> Iterator[Problem]:
    """An Arabic letter that the language's alphabet does not have and that stands for none of its letters.

    Sindhi, Uyghur or Kurdish letters come from a wrong keyboard; readers see a hole or a wrong word.

    Fires:
        msgid "The city is big."
        msgstr "شهر بزرڳ است."
    Silent:
        msgid "The city is big."
        msgstr "شهر بزرگ است."
    """
    letters = context.language.letters
    for character in pair.odd_characters:
        known = character == TATWEEL or character in letters.replaced or _presentation(character)
        if _arabic_letter(character) and not known:
            yield _letter(pair, character, f"is no letter of {context.language.name}")


@rule("S102", "letter-lookalike", Severity.ERROR)
def letter_lookalike(pair: Pair, context: Context) -> Iterator[Problem]:
    """A letter of Arabic or Urdu where the language has its own of the same look.

    In Dari ي and ك are typed on an Arabic keyboard: the word looks right, and no search finds it. Pashto has ي of its own.

    Fires:
        msgid "He is a teacher."
        msgstr "او يك معلم است."
    Silent:
        msgid "He is a teacher."
        msgstr "او یک معلم است."
    """
    for character in pair.odd_characters:
        own = context.language.letters.replaced.get(character)
        if own is not None:
            yield _letter(pair, character, f"stands where {context.language.name} has {own}", own)


@rule("S103", "letter-borrowed", Severity.HINT)
def letter_borrowed(pair: Pair, context: Context) -> Iterator[Problem]:
    """A letter of the neighbour's alphabet, as it stands in names (پوهنځی in Dari).

    Fires:
        msgid "The faculty is closed."
        msgstr "پوهنځی بسته است."
    Silent:
        msgid "The school is closed."
        msgstr "مکتب بسته است."
    """
    for character in sorted(pair.characters & context.language.letters.borrowed):
        yield _letter(pair, character, f"is no letter of {context.language.name}, save in borrowed names")


@rule("S104", "presentation-form", Severity.ERROR)
def presentation_form(pair: Pair, context: Context) -> Iterator[Problem]:
    """A presentation form or a tatweel: the picture of a letter, not the letter.

    They come from PDF files and old software. Searching, sorting and reading aloud fail on them.

    Fires:
        msgid "Hello"
        msgstr "ﺳﻼم"
    Silent:
        msgid "Hello"
        msgstr "سلام"
    """
    for character in pair.odd_characters:
        if _presentation(character):
            yield _letter(pair, character, "is a presentation form", unicodedata.normalize("NFKC", character))
        elif character == TATWEEL:
            yield _letter(pair, character, "is a tatweel: a stroke that only stretches a word")


@rule("S105", "script-foreign", Severity.ERROR)
def script_foreign(pair: Pair, context: Context) -> Iterator[Problem]:
    """A letter of a script that neither the source nor the language uses.

    Fires:
        msgid "The city is big."
        msgstr "شهر бزرگ است."
    Silent:
        msgid "The city is big."
        msgstr "شهر بزرگ است."
    """
    for character in sorted(pair.odd_characters - pair.source_characters):
        if character.isalpha() and not _arabic_letter(character) and not _latin(character):
            yield _letter(pair, character, "is a letter of another script")


@rule("S201", "zwnj-misplaced", Severity.WARNING)
def zwnj_misplaced(pair: Pair, context: Context) -> Iterator[Problem]:
    """A zero-width non-joiner at the edge of a word, or two in a row.

    It parts letters inside a word (می‌رود). Elsewhere it does nothing but hide from searches.

    Fires:
        msgid "He goes home."
        msgstr "او خانه ‌می‌رود."
    Silent:
        msgid "He goes home."
        msgstr "او خانه می‌رود."
    """
    if ZWNJ not in pair.characters:
        return
    for match in _ZWNJ_MISPLACED.finditer(pair.target):
        yield Problem("a zero-width non-joiner stands where it parts nothing", Span(*match.span()))


@rule("S202", "direction-mark", Severity.HINT)
def direction_mark(pair: Pair, context: Context) -> Iterator[Problem]:
    """A direction mark in the target.

    PO files carry none: editors show right-to-left text as it should be, and `dragoman export` isolates Latin names by itself.

    Fires:
        msgid "He works for Salaam Times."
        msgstr "او برای \u200eSalaam Times\u200e کار می‌کند."
    Silent:
        msgid "He works for Salaam Times."
        msgstr "او برای Salaam Times کار می‌کند."
    """
    marks = pair.characters & _DIRECTION
    if marks:
        first = min(pair.target.index(mark) for mark in marks)
        count = sum(map(pair.target.count, marks))
        shown = "a direction mark" if count == 1 else f"{count} direction marks"
        yield Problem(f"{shown} (U+{ord(pair.target[first]):04X}), which PO files do without", Span(first, first + 1))


@rule("S203", "direction-unbalanced", Severity.ERROR)
def direction_unbalanced(pair: Pair, context: Context) -> Iterator[Problem]:
    """A direction embedding or isolate that is opened and not closed, or the other way round.

    It turns the order of everything that follows it on the page, and can hide what a text says.

    Fires:
        msgid "He works for Salaam Times."
        msgstr "او برای \u2068Salaam Times کار می‌کند."
    Silent:
        msgid "He works for Salaam Times."
        msgstr "او برای \u2068Salaam Times\u2069 کار می‌کند."
    """
    if pair.characters.isdisjoint(_PAIRED):
        return
    for opening, closing in ((_EMBEDDINGS, "\u202c"), (_ISOLATES, "\u2069")):
        depth = 0
        for offset, character in enumerate(pair.target):
            depth += (character in opening) - (character == closing)
            if depth < 0:
                yield Problem("a direction is closed that was never opened", Span(offset, offset + 1))
                break
        if depth > 0:
            last = max(pair.target.rfind(character) for character in opening)
            yield Problem("a direction is opened and never closed", Span(last, last + 1))


@rule("S204", "character-broken", Severity.ERROR)
def character_broken(pair: Pair, context: Context) -> Iterator[Problem]:
    """A control character, a replacement character (�) or a private one: what is left of a broken conversion.

    Fires:
        msgid "The city is big."
        msgstr "شهر بزر� است."
    Silent:
        msgid "The city is big."
        msgstr "شهر بزرگ است."
    """
    for character in sorted(pair.odd_characters - pair.source_characters):
        if character == "\ufffd" or (unicodedata.category(character) in ("Cc", "Co", "Cn") and character not in "\n\t"):
            yield _letter(pair, character, f"(U+{ord(character):04X}) is what a broken conversion leaves")


@rule("S301", "latin-left", Severity.ERROR)
def latin_left(pair: Pair, context: Context) -> Iterator[Problem]:
    """A Latin word in the target that the source does not have.

    A model that does not know a word invents one; a translator's note belongs in a comment.

    Fires:
        msgid "The mayor opened the bridge."
        msgstr "شاروال bridje را افتتاح کرد."
    Silent:
        msgid "The mayor opened the bridge."
        msgstr "شاروال پل را افتتاح کرد."
    """
    if not pair.latin_words:
        return
    source = _plain_letters(pair.source)
    for match in pair.latin_words:
        word = match[0]
        if len(word) > 1 and _plain_letters(word) not in source and not _initials(word, pair.source_words):
            yield Problem(f"{quoted(word)} is not in the source", Span(*match.span()), about=word)


@rule("S302", "untranslated-word", Severity.WARNING)
def untranslated_word(pair: Pair, context: Context) -> Iterator[Problem]:
    """A common English word of the source is left in the target.

    Names and abbreviations may stay in Latin letters; words in lower case are seldom names.

    Fires:
        msgid "The mayor opened the bridge."
        msgstr "شاروال bridge را افتتاح کرد."
    Silent:
        msgid "The mayor reads Salaam Times."
        msgstr "شاروال Salaam Times می‌خواند."
    """
    for match in pair.latin_words:
        word = match[0]
        if len(word) > 2 and word.islower() and word in pair.source and not _in_brackets(pair.prose, match.start()):
            yield Problem(f"{quoted(word)} is not translated", Span(*match.span()), about=word)


@rule("S401", "language-wrong", Severity.ERROR)
def language_wrong(pair: Pair, context: Context) -> Iterator[Problem]:
    """The target is in the other of the two languages.

    Dari and Pashto share a script, and two files are quickly mixed up. Told by frequent words that only one of them has.

    Fires:
        msgid "The school is in the centre of the town and has a library."
        msgstr "ښوونځی د ښار په مرکز کې دی او یو کتابتون لري."
    Silent:
        msgid "The school is in the centre of the town and has a library."
        msgstr "مکتب در مرکز شهر است و یک کتابخانه دارد."
    """
    for code in LANGUAGES:
        if code == context.language.code:
            continue
        other = get_language(code)
        words = pair.distinct & _own_words(other)
        if not words or (len(words) == 1 and pair.distinct & _own_words(context.language)):
            continue
        against, own = _evidence(pair, other), _evidence(pair, context.language)
        # A text without one letter of a language that has letters of its own is hardly in it.
        bare = not own and len(pair.words) > 4 and bool(context.language.recognition.letters)
        if against > 1 + 2 * own or (against and bare):
            yield Problem(f"this is {other.name}, not {context.language.name}", Span(0, len(pair.target)))


@rule("S402", "other-standard", Severity.WARNING)
def other_standard(pair: Pair, context: Context) -> Iterator[Problem]:
    """A word that the language never uses: an Iranian month, province or institution in Dari.

    Readers in Afghanistan notice at once that the text was written for others.

    Fires:
        msgid "It rained in April."
        msgstr "در آوریل باران بارید."
    Silent:
        msgid "It rained in April."
        msgstr "در اپریل باران بارید."
    """
    yield from _swapped(pair, context.language, Severity.WARNING)


@rule("S403", "other-standard-hint", Severity.HINT)
def other_standard_hint(pair: Pair, context: Context) -> Iterator[Problem]:
    """A word that the language understands, but says otherwise: an Iranianism in Dari.

    Formal Dari and Iranian Persian share most of their words, so that this is no more than a hint.

    Fires:
        msgid "He called by telephone."
        msgstr "او تلفن کرد."
    Silent:
        msgid "He called by telephone."
        msgstr "او تلیفون کرد."
    """
    yield from _swapped(pair, context.language, Severity.HINT)


def _letter(pair: Pair, character: str, what: str, suggestion: str | None = None) -> Problem:
    start = pair.target.index(character)
    count = pair.target.count(character)
    word = next((match for match in _RUN.finditer(pair.target) if match.start() <= start < match.end()), None)
    shown = f" in {quoted(word[0])}" if word and word[0] != character else ""
    more = f", {count} times" if count > 1 else ""
    if suggestion and word:
        suggestion = word[0].replace(character, suggestion)
    return Problem(f"{character}{shown} {what}{more}", Span(start, start + 1), suggestion, about=character)


def _arabic_letter(character: str) -> bool:
    return character.isalpha() and unicodedata.name(character, "").startswith("ARABIC")


def _presentation(character: str) -> bool:
    return "\ufb50" <= character <= "\ufdff" or "\ufe70" <= character <= "\ufefe"


def _latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith("LATIN")


def _plain_letters(text: str) -> str:
    """Lower case without accents: the same name is Charité here and Charite there."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(character for character in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(character))


def _initials(word: str, source_words: Sequence[str]) -> bool:
    """Whether an abbreviation stands for words of the source: ICU for `intensive care`, WHO for `World Health Organization`."""
    if not word.isupper():
        return False
    initials = "".join(source_word[0] for source_word in source_words)
    return word.casefold() in initials or (len(word) > 2 and word[:-1].casefold() in initials)


def _in_brackets(text: str, offset: int) -> bool:
    """Whether a bracket is open at `offset`: the original of a name often follows it so."""
    return text.count("(", 0, offset) > text.count(")", 0, offset)


def _evidence(pair: Pair, language: Language) -> int:
    """How many words of the target only this language has, by word or by letter."""
    own, letters = _own_words(language), language.recognition.letters
    return sum(word in own or not letters.isdisjoint(word) for word in pair.words)


@cache
def _own_words(language: Language) -> frozenset[str]:
    return frozenset(language.recognition.words)


def _swapped(pair: Pair, language: Language, severity: Severity) -> Iterator[Problem]:
    if not get_swaps(language) or not _suspects(pair.distinct, language.code):
        return
    seen = set()
    for found in pair.swaps:
        word = found.span.of(pair.target)
        if found.severity == severity and word not in seen:
            seen.add(word)
            yield Problem(f"{quoted(word)} is not said so in {language.name}", found.span, found.own, word)


def _suspects(words: frozenset[str], code: str) -> bool:
    """Whether looking for swaps in a text with these words is worth its time. Words come again and again, texts do not."""
    innocent = _innocent_words(code)
    unknown = words - innocent
    if not unknown:
        return False
    if len(innocent) > MOST_WORDS:
        innocent.clear()
    suspects = {word for word in unknown if begins_swap(word, get_language(code))}
    innocent |= unknown - suspects
    return bool(suspects)


@cache
def _innocent_words(code: str) -> set[str]:
    """The words seen so far that no swap begins with: a memory, like the cache around it."""
    return set()


_RUN = re.compile(r"\S+")
_ZWNJ_MISPLACED = re.compile(r"(?<![\w\u064b-\u065f\u0670])\u200c+|\u200c+(?![\w\u064b-\u065f\u0670])|\u200c{2,}")
