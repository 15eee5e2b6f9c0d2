"""Catalogs of every shape that a PO file can hold, for property tests."""

from __future__ import annotations

from types import MappingProxyType

from hypothesis import strategies as st

from dragoman.model import Catalog, Entry, Location

# All but control characters and lone surrogates; more often what is special to PO, to gettext or to polib.
texts = st.text(
    st.one_of(
        st.sampled_from('\n\t\r\v\f\a\b\\"#~|[]:,. \u0085\u2028\u2029\u200c\u200f\u2068\u2069aآب۵'),
        st.characters(codec="utf-8", exclude_categories=["Cc"]),
    ),
    max_size=30,
)
sources = texts.filter(bool)
comment_texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20).filter(
    lambda text: not text.endswith("\\")  # gets a space, so that gettext does not join the next line
)
comments = st.lists(comment_texts, max_size=3).map(tuple)
flags = st.lists(st.sampled_from(["c-format", "no-wrap"]), max_size=1).map(tuple)
paths = st.sampled_from(["articles/water.txt", "articles/two words.txt", "C:\\articles\\water.txt", "/tmp/آب/x", "a:b.txt"])
references = st.lists(st.builds(Location, paths, st.integers(0, 99)), max_size=9, unique=True).map(tuple)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """An entry with or without plural, target, previous source, context, comments and marks."""
    plural = draw(st.none() | sources)
    previous = draw(st.none() | texts)  # gettext takes a previous context or plural with a previous source alone
    return Entry(
        source=draw(sources),
        target="" if plural is not None else draw(texts),
        context=draw(st.none() | texts),
        fuzzy=draw(st.booleans()),
        previous_source=previous,
        previous_context=None if previous is None else draw(st.none() | texts),
        references=draw(references),
        notes=draw(comments),
        comments=draw(comments),
        flags=draw(flags),
        obsolete=draw(st.booleans()),
        source_plural=plural,
        previous_source_plural=None if previous is None else draw(st.none() | sources),
        target_plurals=() if plural is None else draw(st.just(("", "")) | st.lists(sources, min_size=1, max_size=3).map(tuple)),
    )


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """A catalog as a PO file holds it: no entry twice, obsolete ones last."""
    language = draw(st.sampled_from([None, "fa_AF", "ps"]))
    headers = {"Content-Type": "text/plain; charset=UTF-8", "Language": language or "", "X-Poedit-Basepath": ".", "X-A": "a: b"}
    return Catalog(
        language=language,
        entries=tuple(sorted(draw(st.lists(entries(), max_size=5, unique_by=lambda e: e.key)), key=lambda e: e.obsolete)),
        headers=MappingProxyType(headers),
        comments=draw(comments),
        newline=draw(st.sampled_from(["\n", "\r\n"])),
    )
