"""What the formats have in common: rows of source and target form, gathered into terms, and what a format cannot hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.model import Glossary, TargetTerm, Term, TermCase, TermKind
from dragoman.text.matching import Status


class Imported(NamedTuple):
    """What a file held, and a line for everything that was left out of it."""

    terms: tuple[Term, ...]
    notes: tuple[str, ...] = ()


class Exported(NamedTuple):
    """A file's text, and a line for everything of the glossary that it does not hold."""

    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One source form with one target form. `status` is None where the format does not tell it."""

    source: str
    target: str
    status: Status | None = None
    note: str | None = None
    concept: str | None = None
    translate: bool = True


def gather(rows: Iterable[Row], language: str) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    """A term for each source form and concept, in the order of the first rows, and the source forms without an allowed form."""
    groups: dict[tuple[str, str | None], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.source, row.concept), []).append(row)
    terms, without = [], []
    for (source, concept), group in groups.items():
        note = next((row.note for row in group if row.note), None)
        if not all(row.translate for row in group):
            terms.append(Term(source, source, concept=concept, translate=False, note=note))
            continue
        target = target_of((row.target, row.status) for row in group)
        if target is None:
            without.append(source)
        else:
            terms.append(Term(source, source, {language: target}, concept=concept, note=note))
    return tuple(terms), tuple(without)


def target_of(forms: Iterable[tuple[str, Status | None]]) -> TargetTerm | None:
    """Forms with their status, as one target. Without a preferred one, the first that is not forbidden is it."""
    by_form: dict[str, Status | None] = {}
    for form, status in forms:
        by_form.setdefault(form, status)
    allowed = [form for form, status in by_form.items() if status is not Status.FORBIDDEN]
    if not allowed:
        return None
    preferred = next((form for form in allowed if by_form[form] is Status.PREFERRED), allowed[0])
    forbidden = tuple(form for form, status in by_form.items() if status is Status.FORBIDDEN)
    return TargetTerm(preferred, tuple(form for form in allowed if form != preferred), forbidden)


def forms_of(target: TargetTerm) -> Iterator[tuple[str, Status]]:
    """The forms of a target with their status."""
    yield target.preferred, Status.PREFERRED
    yield from ((form, Status.ADMITTED) for form in target.admitted)
    yield from ((form, Status.FORBIDDEN) for form in target.forbidden)


def without_target(sources: Sequence[str]) -> Iterator[str]:
    """The note on source forms that have forbidden forms alone."""
    if sources:
        yield f"{_terms(len(sources))} without an allowed form left out: {', '.join(sources[:5])}{' …' * (len(sources) > 5)}"


def losses(glossary: Glossary, languages: Collection[str], held: Collection[str]) -> tuple[str, ...]:
    """A note for each field that some entry uses and the format, which holds those in `held`, cannot hold."""
    counts = {field: sum(1 for term in glossary.terms if _uses(term, field, languages)) for field in _FIELDS if field not in held}
    return tuple(f"{_FIELDS[field]} not in the file ({_terms(count)})" for field, count in counts.items() if count)


def plain(text: str) -> str:
    """`text` on one line, without tabs: for formats of lines."""
    return " ".join(text.split())


def in_language(terms: Iterable[Term], language: str) -> Iterator[tuple[Term, TargetTerm]]:
    """Each term that has a target in `language`; a term that stays as it is has itself."""
    for term in terms:
        if (target := term.target(language)) is not None:
            yield term, target


_FIELDS: Mapping[str, str] = {
    "also": "other source forms are",
    "concept": "concepts are",
    "kind": "kinds are",
    "case": "capitals (case) are",
    "translate": "what stays in Latin letters is",
    "note": "notes are",
    "admitted": "admitted forms are",
    "forbidden": "forbidden forms are",
    "inflects": "“inflects: false” is",
}


def _uses(term: Term, field: str, languages: Collection[str]) -> bool:
    targets = [target for code, target in term.targets.items() if code in languages]
    return {
        "also": bool(term.variants),
        "concept": term.concept is not None,
        "kind": term.kind is not TermKind.CONCEPT,
        "case": term.case is not TermCase.SMART,
        "translate": not term.translate,
        "note": term.note is not None,
        "admitted": any(target.admitted for target in targets),
        "forbidden": any(target.forbidden for target in targets),
        "inflects": not all(target.inflects for target in targets),
    }[field]


def _terms(count: int) -> str:
    return "1 term" if count == 1 else f"{count:,} terms"
