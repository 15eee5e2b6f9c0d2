"""What is asked of an engine: a sentence, and the terms that the glossary found in it."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import TermMatch

Identity = tuple[str, tuple[tuple[str | bool | int | tuple[str, ...], ...], ...]]
"""Two requests with the same one get the same draft. Hashable, and the same in every process."""


@dataclass(frozen=True, slots=True)
class Request:
    """A sentence to translate. The spans of `matches` lie in `source`, in order, and do not overlap."""

    source: str
    matches: tuple[TermMatch, ...] = ()


def identity(request: Request, language: str) -> Identity:
    """All of `request` that decides its draft: the words, where its terms stand, and what the glossary wants there."""
    terms = []
    for match in request.matches:
        if target := match.term.target(language, match.surface):
            forms = (target.preferred, target.admitted, target.forbidden, target.inflects)
            terms.append((match.span.start, match.span.end, match.term.id, match.term.source, *forms))
    return request.source, tuple(terms)
