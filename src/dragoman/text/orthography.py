"""A model's output in the language's own orthography: digits, quotation marks, punctuation, spacing, letters.

Models are trained on the plainest spelling (ASCII digits, straight quotation marks, `%`); what a reader expects is put back
here. Each rule yields the edits that it wants, so that what was changed can be shown. For a text that is right no rule has any.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from dragoman.languages import Language
from dragoman.model import Change, Span
from dragoman.text.quotation import localized_marks
from dragoman.text.shield import DIGITS, LATIN, SHIELD, Edit, edited, shield, unshield

Rule = Callable[[str, Language], Iterable[Edit]]

_ARABIC = "\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670"
_ROUNDS = 4  # one mends nearly every text, and one more shows that it did; hardly any needs a third
_ARABIC_LETTER = re.compile(f"[{_ARABIC}]")
_LATIN_LETTER = re.compile(f"[{LATIN}]")


def localize(text: str, language: Language, protected: Sequence[str] = ()) -> tuple[str, tuple[Change, ...]]:
    """`text` as the language writes it, and one `Change` for each rule that had to do something.

    The strings in `protected`, addresses, markup and words with Latin letters stay as they are, and so does a text without any
    letter of the language's script: a name, an agency's line. A second time there is nothing left to change.
    """
    shown: dict[str, dict[tuple[str, str], None]] = {}
    for _ in range(_ROUNDS):
        before = text
        text = _once(text, language, protected, shown)
        if text == before:
            break
    return text, tuple(Change(rule, *map(" | ".join, zip(*pairs, strict=True))) for rule, pairs in shown.items())


def _once(text: str, language: Language, protected: Sequence[str], shown: dict[str, dict[tuple[str, str], None]]) -> str:
    """`text` after one turn of each rule. What a rule did is added to `shown`, each kind of edit once."""
    if _LATIN_LETTER.search(text) and not _ARABIC_LETTER.search(text):
        return text
    shielded, originals = shield(text, protected)
    for name, rule in RULES:
        edits = [edit for edit in rule(shielded, language) if edit.span.of(shielded) != edit.replacement]
        if edits:
            shown.setdefault(name, {}).update(dict.fromkeys(_before_and_after(edit, shielded) for edit in edits))
            shielded = edited(shielded, edits)
    return unshield(shielded, originals)


def _before_and_after(edit: Edit, text: str) -> tuple[str, str]:
    """An edit for a person to see: white space with what stands beside it."""
    start, end = edit.span.start, edit.span.end
    before, after = text[start:end], edit.replacement
    if not before.strip() and not after.strip():
        left, right = text[max(start - 1, 0) : start], text[end : end + 1]
        before, after = f"{left}{before}{right}", f"{left}{after}{right}"
    return before.replace(SHIELD, "…"), after.replace(SHIELD, "…")


# --- letters ------------------------------------------------------------------------------------------------------------

_CLUSTER = re.compile(r"[^\s\ue000]+")
_PRESENTATION_FORM = re.compile("[\ufb50-\ufdf9\ufe70-\ufefc]")  # but not ﷺ and ﷻ
_TATWEEL = re.compile(f"(?<=[{_ARABIC}{_MARKS}])ـ+|ـ+(?=[{_ARABIC}])")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
_JOINERS = re.compile("\u200c+")
_JOINS_LEFT = re.compile(f"[{_ARABIC}{_MARKS}{LATIN}{DIGITS}{SHIELD}]")
_JOINS_RIGHT = re.compile(f"[{_ARABIC}{SHIELD}]")


def composition(text: str, language: Language) -> Iterator[Edit]:
    """Unicode's composed form (NFC), which is what every editor searches for."""
    if not unicodedata.is_normalized("NFC", text):
        for match in _CLUSTER.finditer(text):
            yield Edit(Span(*match.span()), unicodedata.normalize("NFC", match[0]))


def presentation_forms(text: str, language: Language) -> Iterator[Edit]:
    """Letters instead of their shapes, which only old software stored (U+FB50 to U+FEFC)."""
    for match in _PRESENTATION_FORM.finditer(text):
        yield Edit(Span(*match.span()), unicodedata.normalize("NFKC", match[0]).strip())


def tatweel(text: str, language: Language) -> Iterator[Edit]:
    """No stretching of words."""
    return (Edit(Span(*match.span()), "") for match in _TATWEEL.finditer(text))


def invisible(text: str, language: Language) -> Iterator[Edit]:
    """No direction marks, which PO files never carry, and no other invisible characters than joiners."""
    return (Edit(Span(*match.span()), "") for match in _INVISIBLE.finditer(text))


def letters(text: str, language: Language) -> Iterator[Edit]:
    """The language's letters for those of another that certainly stand for them."""
    replaced = language.letters.replaced
    for offset, character in enumerate(text):
        if character in replaced:
            yield Edit(Span(offset, offset + 1), replaced[character])


def joiners(text: str, language: Language) -> Iterator[Edit]:
    """One zero-width non-joiner between two letters, none anywhere else."""
    for match in _JOINERS.finditer(text):
        left, right = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
        inside = _JOINS_LEFT.match(left) and _JOINS_RIGHT.match(right)
        yield Edit(Span(*match.span()), "\u200c" if inside else "")


# --- numbers ------------------------------------------------------------------------------------------------------------

_DIGIT_RUN = re.compile(f"[{DIGITS}]+")
_NUMBER = re.compile(r"(?<![\d.])\d+(?:[.,٫٬،]\d+)+")
_PERCENT = re.compile(r"(?<=\d)[%٪]|(?<=\d\s)[%٪]|[%٪](?=\s?\d)")


def digits(text: str, language: Language) -> Iterator[Edit]:
    """Digits of the language's numeral system."""
    own = language.numeral_system.digits
    for match in _DIGIT_RUN.finditer(text):
        yield Edit(Span(*match.span()), "".join(own[unicodedata.decimal(digit)] for digit in match[0]))


def separators(text: str, language: Language) -> Iterator[Edit]:
    """The numeral system's decimal sign and group separator; dates, versions and numbers of sections are no numbers."""
    system = language.numeral_system
    for match in _NUMBER.finditer(text):
        whole, *rest = re.split(r"([.,٫٬،])", match[0])
        signs, groups = rest[::2], rest[1::2]
        decimals = signs[-1] in ".٫"
        grouped = groups[:-1] if decimals else groups
        if not all(sign in ",٬،" for sign in signs[: len(grouped)]):
            continue
        if grouped and not (len(whole) <= 3 and whole[0] not in "0۰" and all(len(group) == 3 for group in grouped)):
            continue
        fraction = system.decimal + groups[-1] if decimals else ""
        yield Edit(Span(*match.span()), system.group.join((whole, *grouped)) + fraction)


def percent(text: str, language: Language) -> Iterator[Edit]:
    """The numeral system's per cent sign beside a number."""
    return (Edit(Span(*match.span()), language.numeral_system.percent) for match in _PERCENT.finditer(text))


# --- punctuation --------------------------------------------------------------------------------------------------------

_PUNCTUATION = re.compile(r"(?<!\d),|,(?!\d)|[;?]")
_URDU_FULL_STOP = re.compile(r"(?<!\d)۔|۔(?!\d)")
_LAST_FULL_STOP = re.compile(r"(?<!\.)\.(?=[\"»”›’)\]]*\s*$)")
_NEEDLESS_SPACE = re.compile(
    r"^\s+|(?<!\s)\s+$|(?<![ \t\u00a0])[ \t\u00a0]+(?=[،؛؟!:»›”)\]]|\.(?:\s|$))|(?<=[«‹“(\[])[ \t\u00a0]+"
)
_SPACES = re.compile(r"[ \t\u00a0]{2,}")
_MISSING_SPACE = re.compile(
    f"(?<=[،؛؟!])(?=[{_ARABIC}{LATIN}{SHIELD}«‹“‘(])"
    r"|(?<=[^\d\s][،؛؟!])(?=\d)"
    f"|(?<=[:{_ARABIC}{_MARKS}])(?=[«‹“‘])"
)


def quotation_marks(text: str, language: Language) -> Iterator[Edit]:
    """The language's quotation marks, the inner pair inside the outer."""
    return (Edit(span, mark) for span, mark in localized_marks(text, language.punctuation.quotation_marks))


def punctuation(text: str, language: Language) -> Iterator[Edit]:
    """The language's comma, semicolon and question mark."""
    own = {",": language.punctuation.comma, ";": language.punctuation.semicolon, "?": language.punctuation.question_mark}
    return (Edit(Span(*match.span()), own[match[0]]) for match in _PUNCTUATION.finditer(text))


def full_stop(text: str, language: Language) -> Iterator[Edit]:
    """One full stop throughout: the Urdu one nowhere, or at the end of every sentence, as the style has it."""
    own = language.punctuation.full_stop
    pattern = _LAST_FULL_STOP if own == "۔" else _URDU_FULL_STOP
    return (Edit(Span(*match.span()), own) for match in pattern.finditer(text))


def needless_space(text: str, language: Language) -> Iterator[Edit]:
    """No space before punctuation, inside quotation marks and brackets, or at the edges of the text."""
    return (Edit(Span(*match.span()), "") for match in _NEEDLESS_SPACE.finditer(text))


def doubled_space(text: str, language: Language) -> Iterator[Edit]:
    """One space between two words."""
    return (Edit(Span(*match.span()), " ") for match in _SPACES.finditer(text))


def missing_space(text: str, language: Language) -> Iterator[Edit]:
    """A space after a comma, a semicolon, a question or exclamation mark, and before a quotation."""
    return (Edit(Span(*match.span()), " ") for match in _MISSING_SPACE.finditer(text))


RULES: tuple[tuple[str, Rule], ...] = (
    ("presentation-forms", presentation_forms),
    ("invisible", invisible),
    ("joiners", joiners),
    ("tatweel", tatweel),
    ("composition", composition),
    ("letters", letters),
    ("digits", digits),
    ("separators", separators),
    ("percent", percent),
    ("quotation-marks", quotation_marks),
    ("punctuation", punctuation),
    ("full-stop", full_stop),
    ("needless-space", needless_space),
    ("doubled-space", doubled_space),
    ("missing-space", missing_space),
)
"""Every rule with its name, in the order of their turns: each may rely on what those above it did."""
