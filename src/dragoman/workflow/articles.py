"""Finding the user's articles, reading them, and matching the glossary on them."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.article import read_article
from dragoman.config import DEFAULT_GLOSSARY, Project
from dragoman.errors import ArticleError, DragomanError
from dragoman.files import decode, find_files, read_text
from dragoman.glossary import SourceMatcher, parse_glossary
from dragoman.model import Document, Glossary, Span

SUFFIX = ".txt"
STANDARD_INPUT = "-"
LONGEST_ARTICLE = 4_000_000  # code points: some forty novels; more is a dump, and would take hours
LONGEST_SENTENCE = 10_000  # code points: more is no prose
# What is surely not plain text, and what to do about it. Any other file is read as text, or refused by what is in it.
_MARKUP = frozenset({".htm", ".html", ".md", ".xml", ".docx", ".doc", ".odt", ".rtf", ".pdf"})
_OURS = frozenset({".po", ".pot", ".yml", ".yaml", ".toml"})


@dataclass(frozen=True, slots=True)
class Article:
    """An article that was read. `name` names its PO files: the file's name without `.txt`."""

    name: str
    text: str
    document: Document


def find_articles(arguments: Sequence[str], project: Project) -> tuple[Path, ...]:
    """The files that `arguments` mean: files, folders (their `.txt` files, at any depth), globs, `-` for standard input.

    Without arguments, the project's folder of articles. In the order given, each once, folders sorted by name.
    Raises ArticleError where an argument means nothing, or where two articles would write the same PO file.
    """
    found = [path for argument in arguments or (os.fspath(project.articles),) for path in _expand(argument)]
    paths = tuple(dict.fromkeys(found))
    names: dict[str, Path] = {}
    for path in paths:
        first = names.setdefault(article_name(path), path)
        if first != path:
            raise ArticleError(
                f"has the same name as {first}, and so the same PO file", at=str(path), hint="rename one of the two"
            )
    return paths


def article_name(path: Path) -> str:
    """What the article's PO files are called."""
    if str(path) == STANDARD_INPUT:
        return "stdin"
    return path.name.removesuffix(SUFFIX)


def read_articles(
    paths: Iterable[Path], matcher: SourceMatcher, project: Project, problem: Callable[[DragomanError], None]
) -> tuple[Article, ...]:
    """Each article that can be read; for each other one, `problem` is told why, so that one bad file stops no batch."""
    articles = []
    for path in paths:
        try:
            articles.append(read_one(path, matcher, project))
        except DragomanError as error:
            problem(error)
    return tuple(articles)


def read_glossary(project: Project, path: Path | None = None) -> Glossary:
    """The project's glossary, or the one at `path`. A project may have none; a path that was named must be there.

    Named by `--glossary` or in dragoman.toml: a misspelt path would otherwise be a run without any terms, and a clean check.
    """
    if path is None:
        path = project.glossary
        if not path.exists() and path == project.root / DEFAULT_GLOSSARY:
            return Glossary()
    return parse_glossary(read_text(path), str(path))


def read_one(path: Path, matcher: SourceMatcher, project: Project) -> Article:
    """The article at `path`. Raises ArticleError where it cannot be read, or has nothing to translate."""
    if str(path) == STANDARD_INPUT:
        original, text = "stdin", decode(sys.stdin.buffer.read(), "standard input")
    else:
        original, text = _reference(path, project.root), read_text(path)

    if len(text) > LONGEST_ARTICLE:
        what = f"is {len(text):,} characters long, and an article has at most {LONGEST_ARTICLE:,}"
        raise ArticleError(what, at=str(path), hint="cut it into articles")

    def protect(line: str) -> tuple[Span, ...]:
        return tuple(match.span for match in matcher.matches(line))

    document = read_article(text, original, protect=protect)
    if not document.segments:
        raise ArticleError("has no sentence to translate", at=str(path), hint="is it the right file?")
    for segment in document.segments:
        if len(segment.source) > LONGEST_SENTENCE:
            raise ArticleError(
                f"a sentence of {len(segment.source):,} characters is too long", at=segment.location, hint="is this prose?"
            )
    return Article(article_name(path), text, document)


def _expand(argument: str) -> list[Path]:
    path = Path(argument)
    if argument == STANDARD_INPUT:
        return [path]
    if path.is_dir():
        inside = [file for file in find_files(path, SUFFIX) if file.is_file()]
        if not inside:
            raise ArticleError(f"has no article: no {SUFFIX} file in it", at=argument, hint="name the files, or another folder")
        return inside
    if path.exists() or not glob.has_magic(argument):
        if path.suffix.lower() in _MARKUP:
            raise ArticleError(f"is {path.suffix}, and articles are plain text", at=argument, hint="save it as .txt")
        if path.suffix.lower() in _OURS:
            raise ArticleError("is not an article", at=argument, hint="name the .txt file, or a folder of them")
        return [path]  # where it is missing, reading it says so
    matched = sorted(Path(name) for name in glob.glob(argument, recursive=True))  # noqa: PTH207  a pattern may be absolute
    if not matched:
        raise ArticleError("matches no file", at=argument, hint="look at the pattern; quote it if the shell expands it")
    return [inner for name in matched for inner in _expand(os.fspath(name))]


def _reference(path: Path, root: Path) -> str:
    """The path as PO references have it: from the project's root, however it was typed, with / on every system."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.as_posix()
