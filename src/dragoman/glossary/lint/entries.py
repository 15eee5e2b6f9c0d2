"""G1, G4: entries beside each other, and what an entry lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.glossary.lint.rule import Problem, Subject, folded, line_of, rule
from dragoman.glossary.load import conflicts
from dragoman.model import Severity, Term, TermKind


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
                yield Problem(f"“{form}” stands in {line_of(first)} too", term.location, "merge the two entries")
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
        message = f"“{form}” has other targets in {line_of(first)}"
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
                allowed.setdefault((term.concept, language.code, folded(form)), term)
    for term, language, target in subject.targets:
        for form in target.forbidden:
            other = allowed.get((term.concept or "", language.code, folded(form)))
            if other is not None and other is not term:
                yield Problem(
                    f"“{form}” is forbidden here and wanted in {line_of(other)}", target.location, "remove one of the two"
                )


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
            yield Problem(f"“{surname}” in {line_of(entries[0])} is not of this concept", term.location, advice)
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


def _has_short_name(term: Term, names: Sequence[str], subject: Subject) -> bool:
    """Whether an entry of the same concept is a part of the name: mostly the surname, for a girl perhaps the given name."""
    return term.concept is not None and any(
        other.concept == term.concept for name in names for other in subject.by_form.get(name, ())
    )
