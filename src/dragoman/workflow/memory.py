"""The project's translation memory: filled from what people accepted, asked before any model, exchanged as TMX."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from dragoman.config import Project
from dragoman.errors import DragomanError, TranslationMemoryError
from dragoman.files import read_text, reason, state_folder, write_atomically
from dragoman.glossary import SourceMatcher
from dragoman.languages import Language, get_language
from dragoman.memory import Hit, HitKind, Memory, Pair, TmxReader, context_of, format_tmx
from dragoman.model import Catalog, Entry, Translation
from dragoman.mt import Request
from dragoman.po import is_untouched_draft, parse_catalog
from dragoman.text.matching import outcomes
from dragoman.workflow.articles import read_glossary
from dragoman.workflow.check import catalog_language, find_catalogs


@dataclass(frozen=True, slots=True)
class Updated:
    """What came into the memory: pairs that were new, and accepted entries that stayed out, for a term of theirs is missing."""

    added: int
    left_out: int
    total: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in from a TMX file; `skipped` units had no pair of ours, `segmentation` is what the file says its units are."""

    added: int
    units: int
    skipped: int
    segmentation: str


@contextmanager
def open_memory(project: Project) -> Iterator[Memory]:
    """The project's memory, made if need be. Raises TranslationMemoryError."""
    try:
        path = state_folder(project.root) / "memory.db"
    except OSError as error:
        hint = "look at the permissions of the project's folder"
        raise TranslationMemoryError(f"cannot be made: {reason(error)}", at=str(project.root), hint=hint) from None
    with Memory(path) as memory:
        yield memory


def update(project: Project, glossary_path: Path | None = None, *, problem: Callable[[DragomanError], None]) -> Updated:
    """Take in what people accepted in the project's PO files, as far as it has the terms that the glossary wants today.

    `problem` is told of a PO file that cannot be read; the others are taken.
    """
    return update_memory(project, SourceMatcher(read_glossary(project, glossary_path)), problem)


def update_memory(
    project: Project, matcher: SourceMatcher, problem: Callable[[DragomanError], None] = lambda error: None
) -> Updated:
    """The same with a glossary that is at hand. `translate` tells of the files that it writes, and needs no `problem`."""
    left_out = added = 0
    with open_memory(project) as memory:
        for path in sorted(project.locales.glob("*/LC_MESSAGES/*.po")):
            try:
                pairs, refused = reviewed_pairs(parse_catalog(read_text(path), path.as_posix()), matcher)
            except DragomanError as error:
                problem(error)
                continue
            added += memory.remember(pairs)
            left_out += refused
        return Updated(added, left_out, len(memory))


def reviewed_pairs(catalog: Catalog, matcher: SourceMatcher) -> tuple[list[Pair], int]:
    """The accepted entries of a PO file that have their terms, as pairs; and how many have them not."""
    language = get_language(catalog_language(catalog))
    contexts = neighbours([entry.source for entry in catalog.entries if not entry.obsolete])
    accepted = [entry for entry in catalog.entries if entry.reviewed and entry.target]
    pairs = [
        Pair(entry.source, entry.target, language.code, catalog.path or "", contexts[entry.source])
        for entry in accepted
        if _has_its_terms(entry.source, entry.target, matcher, language)
    ]
    return pairs, len(accepted) - len(pairs)


def neighbours(sources: Sequence[str]) -> Mapping[str, str]:
    """The context of each source of an article: what stands before and after it."""
    around = [None, *sources, None]
    return {source: context_of(around[index], around[index + 2]) for index, source in enumerate(sources)}


def recall(
    memory: Memory, request: Request, language: Language, context: str, accept_context: bool
) -> tuple[Translation, Hit] | None:
    """The best hit for a sentence, as a draft: of hits equally near, the one that has the terms of today's glossary."""
    hits = memory.lookup(request.source, language.code, context)
    if not hits:
        return None
    found = [(hit, outcomes(request.matches, hit.pair.target, language)) for hit in hits]
    hit, terms = max(
        found,
        key=lambda pair: (
            accept_context and pair[0].kind is HitKind.CONTEXT,
            pair[0].percent,
            sum(outcome.satisfied for outcome in pair[1]),
        ),
    )
    origin = f"memory {hit.percent} %{f', {hit.pair.origin}' if hit.pair.origin else ''}"
    return Translation(hit.pair.target, origin, terms), hit


def import_tmx(project: Project, path: Path) -> Imported:
    """Take in the pairs of a TMX file of any size. What was read before a fault in the file stays."""
    try:
        with path.open("rb") as stream, open_memory(project) as memory:
            reader = TmxReader(stream, str(path), origin=path.name)
            added = memory.remember(reader, supersede=False)
            return Imported(added, reader.units, reader.skipped, reader.segmentation)
    except OSError as error:
        raise TranslationMemoryError(f"cannot be read: {reason(error)}", at=str(path), hint="look at its path") from None


def export_tmx(project: Project, path: Path, languages: Sequence[str] = (), drafts: bool = False) -> int:
    """Write the memory as TMX, or, with `drafts`, the drafts in the PO files, for OmegaT's `tm/mt/`. Returns how many pairs."""
    codes = {get_language(code).code for code in languages or project.languages}
    if drafts:
        pairs = [pair for pair in _draft_pairs(project) if pair.language in codes]
    else:
        with open_memory(project) as memory:
            pairs = [pair for code in sorted(codes) for pair in memory.pairs(code)]
    write_atomically(path, "".join(format_tmx(pairs, version("dragoman"))))
    return len(pairs)


def search(project: Project, text: str, language: str | None = None) -> tuple[Pair, ...]:
    """The pairs with `text` in their source or target, the newest first."""
    with open_memory(project) as memory:
        return memory.search(text, get_language(language).code if language else None)


def forget(project: Project, source: str | None, language: str | None, origin: str | None) -> int:
    """Delete pairs by source, language or origin; how many there were. DragomanError where nothing is named."""
    if source is None and language is None and origin is None:
        raise DragomanError("nothing says what to forget", hint="name a source, --to or --origin")
    with open_memory(project) as memory:
        return memory.forget(source, language=get_language(language).code if language else None, origin=origin)


def _draft_pairs(project: Project) -> Iterable[Pair]:
    for path in find_catalogs((), project):
        catalog = parse_catalog(read_text(path), path.as_posix())
        language = catalog_language(catalog)
        yield from (Pair(entry.source, entry.target, language, path.as_posix()) for entry in catalog.entries if _is_draft(entry))


def _is_draft(entry: Entry) -> bool:
    return not entry.obsolete and is_untouched_draft(entry)


def _has_its_terms(source: str, target: str, matcher: SourceMatcher, language: Language) -> bool:
    return all(outcome.satisfied for outcome in outcomes(matcher.matches(source), target, language))
