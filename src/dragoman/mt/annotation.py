"""Inline annotation: a term of the source with its target form beside it, for models that were trained to read it.

`<t>` source term `<m>` target form `</t>`, as Dinu et al. 2019 have it; trained with base forms in part (Bergmanis and Pinnis
2021), so that the model writes the form and bends it to its sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

TERM, MEANS, TERM_END = TAGS = ("<t>", "<m>", "</t>")
"""Control symbols of the tokenizer. A model whose vocabulary has them understands annotation."""

_SPACE = "▁"


@dataclass(frozen=True, slots=True)
class Told:
    """A term of the source in whose place `placeholder` stands, and the form that its translation shall have."""

    placeholder: str
    source: str
    form: str


def annotated(tokens: Sequence[str], told: Sequence[Told], encode: Callable[[str], Sequence[str]]) -> tuple[str, ...]:
    """Source tokens with each told term in the stead of its placeholder, and its form beside it."""
    terms = {one.placeholder: one for one in told}
    found: list[str] = []
    for token in tokens:
        if token not in terms:
            found.append(token)
            continue
        if found and found[-1] == _SPACE:  # what SentencePiece sets before a symbol
            found.pop()
        term = terms[token]
        found += (TERM, *encode(term.source), MEANS, *encode(term.form), TERM_END)
    return tuple(found)
