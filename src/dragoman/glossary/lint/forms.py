"""G2, G3: the letters and marks of forms, and forms beside each other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dragoman.glossary.lint.rule import Problem, Subject, folded, rule
from dragoman.languages import Language
from dragoman.model import Severity, TargetTerm

ZWNJ = "\u200c"
_INVISIBLE = re.compile("[\u0640\u00ad\u200b\u200d-\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff]|[\x00-\x1f\x7f-\x9f]")
_AT_EDGE = re.compile(rf"^[\s{ZWNJ}،؛؟,;:!?]|[\s{ZWNJ}،؛؟,;:!?۔]$")
_QUOTED = re.compile(r"^([\"“«‘']).*[\"”»’']$")
_LATIN = re.compile(r"[A-Za-z]")


@rule("G201", "letter-foreign", Severity.ERROR)
def letter_foreign(subject: Subject) -> Iterator[Problem]:
    """A target has a letter that the language does not have.

    Forbidden forms are not looked at: they may well be forbidden for that.

    Fires:
        - {source: Panjshir, targets: {fa_AF: پنجشیڑ}}
        - {source: Salaam Times, targets: {ps: Salaam ټایمز}}
    Silent:
        - {source: Panjshir, targets: {fa_AF: پنجشیر, ps: پنجشېر}}
        - {source: Salaam Times, translate: false}
    """
    for target, language, form in _allowed_forms(subject):
        letters = language.letters
        known = letters.alphabet | letters.marks | letters.borrowed | letters.replaced.keys()
        foreign = "".join(dict.fromkeys(c for c in form if c.isalpha() and c not in known and c != "\u0640"))
        if _LATIN.search(foreign):
            advice = "write it in the letters of the language, or “translate: false” in place of the targets"
            yield Problem(f"“{form}” has Latin letters", target.location, advice)
        elif foreign:
            yield Problem(f"“{form}” has {_named(foreign)}, not of {language.name}", target.location)


@rule("G202", "letter-lookalike", Severity.ERROR)
def letter_lookalike(subject: Subject) -> Iterator[Problem]:
    """A target has a letter of Arabic or Urdu where the language has its own of the same look.

    In Dari ي and ك come from an Arabic keyboard; every draft would carry them on.

    Fires:
        - {source: Karimi, kind: place, targets: {fa_AF: كريمي}}
    Silent:
        - {source: Karimi, kind: place, targets: {fa_AF: کریمی, ps: کریمي}}
    """
    for target, language, form in _allowed_forms(subject):
        replaced = language.letters.replaced
        wrong = "".join(dict.fromkeys(character for character in form if character in replaced))
        if wrong:
            right = "".join(replaced.get(character, character) for character in form)
            yield Problem(f"“{form}” has {_named(wrong)}, not of {language.name}", target.location, right)


@rule("G203", "letter-borrowed", Severity.HINT)
def letter_borrowed(subject: Subject) -> Iterator[Problem]:
    """A target has a letter of a neighbouring language: right in its names, and nowhere else.

    Fires:
        - {source: judge, targets: {fa_AF: څارن}}
    Silent:
        - {source: judge, targets: {fa_AF: قاضی}}
    """
    for target, language, form in _allowed_forms(subject):
        borrowed = "".join(dict.fromkeys(character for character in form if character in language.letters.borrowed))
        if borrowed:
            yield Problem(f"“{form}” has {_named(borrowed)}, seldom seen in {language.name}", target.location)


@rule("G204", "mark-stray", Severity.WARNING)
def mark_stray(subject: Subject) -> Iterator[Problem]:
    """A form has something about it that does not belong to it: quotes, a comma, a doubled space, an invisible character.

    It would be looked for in every article, and put into every draft.

    Fires:
        - {source: "Herat,", targets: {fa_AF: "«هرات»"}}
        - {source: Kabul  city, targets: {fa_AF: "شهر کابل "}}
    Silent:
        - {source: Yahoo Inc., targets: {fa_AF: کمپنی یاهو, ps: د یاهو شرکت}}
    """
    for term in subject.terms:
        for form in (term.source, *term.variants):
            if what := _stray(form):
                yield Problem(f"“{form}” {what}", term.location)
    for _, _, target in subject.targets:
        for form in (target.preferred, *target.admitted, *target.forbidden):
            if what := _stray(form):
                yield Problem(f"“{form}” {what}", target.location)


@rule("G301", "forbidden-allowed", Severity.ERROR)
def forbidden_allowed(subject: Subject) -> Iterator[Problem]:
    """A form is forbidden and allowed in one entry, or in two spellings that count as one.

    ي and ی, آ and ا, vowel signs and the zero-width non-joiner are not told apart when a translation is checked.

    Fires:
        - {source: America, targets: {fa_AF: {preferred: امریکا, forbidden: [آمریکا]}}}
    Silent:
        - {source: America, targets: {fa_AF: {preferred: امریکا, forbidden: [ینگه دنیا]}}}
    """
    for _, _, target in subject.targets:
        allowed = {folded(form): form for form in (*target.admitted, target.preferred)}
        for form in target.forbidden:
            if (same := allowed.get(folded(form))) is not None:
                counts = "is allowed too" if same == form else f"counts as “{same}”, which is allowed"
                yield Problem(f"“{form}” is forbidden and {counts}", target.location, "remove one of the two")


@rule("G302", "forbidden-overlaps", Severity.WARNING)
def forbidden_overlaps(subject: Subject) -> Iterator[Problem]:
    """A forbidden form holds an allowed one, or lies in one, so that a text may seem to have both.

    Fires:
        - {source: Wardak, targets: {fa_AF: {preferred: وردک, forbidden: [میدان وردک]}}}
    Silent:
        - {source: Wardak, targets: {fa_AF: {preferred: وردک, forbidden: [وردگ]}}}
    """
    for _, _, target in subject.targets:
        allowed = {f" {folded(form)} ": form for form in (*target.admitted, target.preferred)}
        for form in target.forbidden:
            forbidden = f" {folded(form)} "
            if forbidden in allowed:
                continue  # forbidden_allowed tells it
            for inside, other in allowed.items():
                if forbidden in inside or inside in forbidden:
                    verb = "lies in" if forbidden in inside else "holds"
                    yield Problem(f"“{form}” is forbidden, and {verb} “{other}”, which is allowed", target.location)


@rule("G303", "form-doubled", Severity.HINT)
def form_doubled(subject: Subject) -> Iterator[Problem]:
    """A target form is listed twice, perhaps in two spellings that count as one.

    Fires:
        - {source: Nili, targets: {ps: {preferred: نیلي, admitted: [نیلی]}}}
    Silent:
        - {source: Nili, targets: {ps: {preferred: نیلي, admitted: [نېل]}}}
    """
    for _, _, target in subject.targets:
        seen = {folded(target.preferred): target.preferred}
        for form in target.admitted:
            same = seen.setdefault(folded(form), form)
            if same is not form:
                yield Problem(f"“{form}” counts as “{same}”", target.location, "remove it")


def _allowed_forms(subject: Subject) -> Iterator[tuple[TargetTerm, Language, str]]:
    for _, language, target in subject.targets:
        for form in (target.preferred, *target.admitted):
            yield target, language, form


def _stray(form: str) -> str | None:
    if _INVISIBLE.search(form):
        return "has an invisible or control character"
    if _QUOTED.search(form):
        return "stands in quotation marks"
    if match := _AT_EDGE.search(form):
        what = "a space" if match[0].isspace() else "a zero-width non-joiner" if match[0] == ZWNJ else f"“{match[0]}”"
        return f"has {what} at its {'start' if match.start() == 0 else 'end'}"
    if re.search(r"\s\s", form):
        return "has two spaces in a row"
    if form and unicodedata.combining(form[0]):
        return "begins with a mark that belongs over a letter"
    return None


def _named(characters: str) -> str:
    return ", ".join(f"{character} (U+{ord(character):04X})" for character in characters)
