"""G: what is wrong with a glossary, told before it is told a hundred times of the articles. No model is needed.

A rule is a generator of problems with a permanent code, and stands in RULES. Its docstring is its page in docs/rules.md: the
first line says what is wrong, the text after it why that matters; `Fires:` and `Silent:` give entries for each.
"""

from __future__ import annotations

import inspect
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dragoman.glossary.load import conflicts
from dragoman.glossary.places import Finder
from dragoman.languages import Language
from dragoman.model import Finding, Glossary, Location, Severity, TargetTerm, Term, TermKind
from dragoman.text.fold import fold

ZWNJ = "\u200c"
_INVISIBLE = re.compile("[\u0640\u00ad\u200b\u200d-\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff]|[\x00-\x1f\x7f-\x9f]")
_AT_EDGE = re.compile(rf"^[\s{ZWNJ}،؛؟,;:!?]|[\s{ZWNJ}،؛؟,;:!?۔]$")
_QUOTED = re.compile(r"^([\"“«‘']).*[\"”»’']$")
_LATIN = re.compile(r"[A-Za-z]")


class Subject:
    """A glossary, and what several rules ask of it, worked out once."""

    def __init__(self, glossary: Glossary, languages: Sequence[Language]) -> None:
        self.terms = glossary.terms
        self.languages = languages

    @cached_property
    def targets(self) -> tuple[tuple[Term, Language, TargetTerm], ...]:
        """Each target of each term, in one of the languages that were asked for."""
        known = {language.code: language for language in self.languages}
        return tuple(
            (term, known[code], target) for term in self.terms for code, target in term.targets.items() if code in known
        )

    @cached_property
    def by_form(self) -> Mapping[str, Sequence[Term]]:
        """The terms that each source form belongs to."""
        terms: dict[str, list[Term]] = {}
        for term in self.terms:
            for form in dict.fromkeys((term.source, *term.variants)):
                terms.setdefault(form, []).append(term)
        return terms

    @cached_property
    def finder(self) -> Finder:
        return Finder(self.terms)


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found, at the entry or target that it is about."""

    message: str
    location: Location | None
    suggestion: str | None = None


Check = Callable[[Subject], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its permanent code, its name and the severity of what it finds."""

    code: str
    name: str
    severity: Severity
    check: Check

    @property
    def documentation(self) -> str:
        return inspect.getdoc(self.check) or ""

    @property
    def summary(self) -> str:
        """What is wrong, in one line."""
        return self.documentation.partition("\n")[0]

    @property
    def explanation(self) -> str:
        """Why that matters; may be empty."""
        return self.documentation.partition("\n")[2].partition("\nFires:")[0].strip()

    @property
    def examples(self) -> Mapping[str, str]:
        """Entries that make the rule fire and entries that do not, by the words before them."""
        fires, _, silent = self.documentation.partition("\nFires:\n")[2].partition("\nSilent:\n")
        return {"Fires": textwrap.dedent(fires), "Silent": textwrap.dedent(silent)}


def rule(code: str, name: str, severity: Severity) -> Callable[[Check], Rule]:
    """Make a rule of a generator."""
    return lambda check: Rule(code, name, severity, check)


def lint(glossary: Glossary, languages: Sequence[Language], rules: Sequence[Rule] | None = None) -> tuple[Finding, ...]:
    """What the rules (default: all) find, in the order of the file. `languages`: those that the project translates into."""
    subject = Subject(glossary, languages)
    findings = [
        Finding(rule.code, rule.severity, problem.message, problem.location, suggestion=problem.suggestion)
        for rule in (RULES if rules is None else rules)
        for problem in rule.check(subject)
    ]
    return tuple(sorted(findings, key=lambda finding: (finding.location or Location(""), finding.rule)))


@rule("G101", "entry-doubled", Severity.WARNING)
def entry_doubled(subject: Subject) -> Iterator[Problem]:
    """A source form stands in two entries of one meaning, or twice in one entry.

    Only one of them is used, and it is the other one that somebody will mend some day.

    Fires:
        - {source: Herat, targets: {fa_AF: هرات}}
        - {source: Herat, targets: {fa_AF: هرات}}
    Silent:
        - {source: Herat, targets: {fa_AF: هرات}}
        - {source: Herat province, targets: {fa_AF: ولایت هرات}}
    """
    conflicting = {(form, id(second)) for form, _, second in conflicts(subject.terms)}
    for form, terms in subject.by_form.items():
        first_of_concept: dict[str | None, Term] = {}
        for term in terms:
            first = first_of_concept.setdefault(term.concept, term)
            if first is not term and (form, id(term)) not in conflicting:
                yield Problem(f"“{form}” stands in {_line(first)} too", term.location, "merge the two entries")
    for term in subject.terms:
        forms = (term.source, *term.variants)
        for form in dict.fromkeys(form for form in forms if forms.count(form) > 1):
            yield Problem(f"“{form}” stands twice in one entry", term.location, "remove it from “also”")


@rule("G102", "entries-conflict", Severity.ERROR)
def entries_conflict(subject: Subject) -> Iterator[Problem]:
    """One source form has two targets, and no concept tells the entries apart.

    Nobody can say which is meant, so no other command reads such a glossary. Two persons of one name are two concepts.

    Fires:
        - {source: Tawana, targets: {fa_AF: توانا}}
        - {source: Tawana, targets: {fa_AF: طوانا}}
    Silent:
        - {source: Tawana, concept: ali-tawana, targets: {fa_AF: توانا}}
        - {source: Tawana, concept: sara-tawana, targets: {fa_AF: طوانا}}
    """
    for form, first, second in conflicts(subject.terms):
        message = f"“{form}” has other targets in {_line(first)}"
        yield Problem(message, second.location, "merge the two entries, or give each a concept of its own")


@rule("G103", "concept-contradicted", Severity.ERROR)
def concept_contradicted(subject: Subject) -> Iterator[Problem]:
    """An entry forbids what another entry of its concept wants.

    Both stand in one article, often in one sentence, and then no translation of it is right.

    Fires:
        - {source: ISIS, concept: isis, targets: {fa_AF: داعش}}
        - {source: Islamic State, concept: isis, targets: {fa_AF: {preferred: دولت اسلامی, forbidden: [داعش]}}}
    Silent:
        - {source: ISIS, concept: isis, targets: {fa_AF: داعش}}
        - {source: Islamic State, concept: isis, targets: {fa_AF: دولت اسلامی}}
    """
    allowed: dict[tuple[str, str, str], Term] = {}
    for term, language, target in subject.targets:
        if term.concept is not None:
            for form in (target.preferred, *target.admitted):
                allowed.setdefault((term.concept, language.code, _fold(form)), term)
    for term, language, target in subject.targets:
        for form in target.forbidden:
            other = allowed.get((term.concept or "", language.code, _fold(form)))
            if other is not None and other is not term:
                yield Problem(
                    f"“{form}” is forbidden here and wanted in {_line(other)}", target.location, "remove one of the two"
                )


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
        allowed = {_fold(form): form for form in (*target.admitted, target.preferred)}
        for form in target.forbidden:
            if (same := allowed.get(_fold(form))) is not None:
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
        allowed = {f" {_fold(form)} ": form for form in (*target.admitted, target.preferred)}
        for form in target.forbidden:
            forbidden = f" {_fold(form)} "
            if forbidden in allowed:
                continue  # forbidden_allowed tells it
            for folded, other in allowed.items():
                if forbidden in folded or folded in forbidden:
                    verb = "lies in" if forbidden in folded else "holds"
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
        seen = {_fold(target.preferred): target.preferred}
        for form in target.admitted:
            same = seen.setdefault(_fold(form), form)
            if same is not form:
                yield Problem(f"“{form}” counts as “{same}”", target.location, "remove it")


@rule("G401", "entry-unreachable", Severity.WARNING)
def entry_unreachable(subject: Subject) -> Iterator[Problem]:
    """A source form is never found in an article: another entry always stands in its place, or it is no word.

    Fires:
        - {source: www.example.org, targets: {fa_AF: نمونه}}
    Silent:
        - {source: example, targets: {fa_AF: نمونه}}
    """
    for term in subject.terms:
        for form in dict.fromkeys((term.source, *term.variants)):
            if not form.strip():
                continue
            places = subject.finder.places(form)
            if any(term.id == found.id for place in places for found in place.terms):
                continue
            instead = dict.fromkeys(found.source for place in places for found in place.terms)
            why = f"“{next(iter(instead))}” is found in its place" if instead else "it is no word"
            yield Problem(f"“{form}” is never found: {why}", term.location)


@rule("G402", "surname-missing", Severity.HINT)
def surname_missing(subject: Subject) -> Iterator[Problem]:
    """A person has no entry for the surname alone, by which articles call people after the first time.

    The two entries share a concept, so that two persons of one surname are told apart.

    Fires:
        - {source: Manochehr Olawi, kind: person, targets: {fa_AF: منوچهر علوی}}
        - {source: Sara Nuri, kind: person, targets: {fa_AF: سارا نوری}}
        - {source: Nuri, kind: person, concept: nuri, targets: {fa_AF: نوری}}
    Silent:
        - {source: Manochehr Olawi, kind: person, concept: olawi, targets: {fa_AF: منوچهر علوی}}
        - {source: Olawi, kind: person, concept: olawi, targets: {fa_AF: علوی}}
    """
    for term in subject.terms:
        names = term.source.split()
        if term.kind is not TermKind.PERSON or len(names) < 2 or _has_short_name(term, names, subject):
            continue
        surname = names[-1]
        if entries := subject.by_form.get(surname):
            concept = entries[0].concept
            advice = f"write “concept: {concept}” here" if concept else "give both entries one concept"
            yield Problem(f"“{surname}” in {_line(entries[0])} is not of this concept", term.location, advice)
        else:
            yield Problem(f"“{surname}” has no entry of its own", term.location, f"add an entry for “{surname}”")


@rule("G403", "target-missing", Severity.WARNING)
def target_missing(subject: Subject) -> Iterator[Problem]:
    """An entry has no target in a language of the project.

    Fires:
        - {source: Kunduz, targets: {fa_AF: کندز}}
    Silent:
        - {source: Kunduz, targets: {fa_AF: کندز, ps: کندز}}
        - {source: Salaam Times, translate: false}
    """
    for term in subject.terms:
        if term.translate:
            missing = [language.name for language in subject.languages if language.code not in term.targets]
            if missing:
                yield Problem(f"“{term.source}” has no target in {' and '.join(missing)}", term.location)


RULES: tuple[Rule, ...] = (
    entry_doubled,
    entries_conflict,
    concept_contradicted,
    letter_foreign,
    letter_lookalike,
    letter_borrowed,
    mark_stray,
    forbidden_allowed,
    forbidden_overlaps,
    form_doubled,
    entry_unreachable,
    surname_missing,
    target_missing,
)


def _has_short_name(term: Term, names: Sequence[str], subject: Subject) -> bool:
    """Whether an entry of the same concept is a part of the name: mostly the surname, for a girl perhaps the given name."""
    return term.concept is not None and any(
        other.concept == term.concept for name in names for other in subject.by_form.get(name, ())
    )


def _fold(form: str) -> str:
    return " ".join(fold(form).text.split())


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


def _line(term: Term) -> str:
    return f"line {term.location.line}" if term.location and term.location.line else f"the entry “{term.source}”"
