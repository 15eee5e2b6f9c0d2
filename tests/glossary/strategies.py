"""Terms and glossaries of any shape that a file can hold."""

from __future__ import annotations

from hypothesis import strategies as st

from dragoman.model import Glossary, TargetTerm, Term, TermCase, TermKind

# Letters of three scripts, everything that means something to YAML, CSV or XML, and what is hard to see.
CHARACTERS = "aBé1 داعش‌ګئٔЖ#:-?,[]{}&*!|>'\"%@`\\=<~.;/()\t\u00a0\u2028\u200e😀"

texts = st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=12).filter(lambda text: bool(text.strip())) | st.sampled_from(
    ["no", "NO", "null", "911", "1.5", "2026-11-23", "yes: no", "- a", "a #b", "true", "<x>&amp;", "=1+1", "ISIS"]
)
lists = st.lists(texts, max_size=2).map(tuple)
targets = st.dictionaries(st.sampled_from(["fa_AF", "ps"]), st.builds(TargetTerm, texts, lists, lists, st.booleans()))


def terms(targets: st.SearchStrategy[dict[str, TargetTerm]] = targets) -> st.SearchStrategy[Term]:
    """Terms with the fields that a file can hold; a term that is not translated has no targets."""
    return st.builds(
        Term,
        st.just(""),
        texts,
        targets,
        lists,
        st.none() | texts,
        st.sampled_from(TermKind),
        st.sampled_from(TermCase),
        st.just(True),
        st.none() | texts,
    ) | st.builds(Term, st.just(""), texts, st.just({}), translate=st.just(False))


def glossaries() -> st.SearchStrategy[Glossary]:
    return st.lists(terms(), max_size=4).map(lambda terms: Glossary(tuple(terms)))


def bare(glossary: Glossary) -> tuple[object, ...]:
    """What of a glossary does not depend on where its entries stand in a file."""
    return tuple(
        (
            term.source,
            {
                language: (target.preferred, target.admitted, target.forbidden, target.inflects)
                for language, target in term.targets.items()
            },
            term.variants,
            term.concept,
            term.kind,
            term.case,
            term.translate,
            term.note,
        )
        for term in glossary.terms
    )
