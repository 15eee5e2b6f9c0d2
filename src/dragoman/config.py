"""`dragoman.toml`: where a project keeps its things. Every key has a default, so a folder without the file is a project too."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dragoman.errors import DragomanError
from dragoman.files import read_text
from dragoman.languages import LANGUAGES, Language, get_language, with_style
from dragoman.model import Location

FILE_NAME = "dragoman.toml"
DEFAULT_GLOSSARY = "glossary.yml"


@dataclass(frozen=True, slots=True)
class Project:
    """A project's settings. Paths are as the user would type them from the current folder."""

    root: Path = Path()
    languages: tuple[str, ...] = LANGUAGES
    articles: Path = Path("articles")
    glossary: Path = Path(DEFAULT_GLOSSARY)
    locales: Path = Path("locales")
    exports: Path = Path("export")
    model: str | None = None
    beam_size: int = 4
    accept_context_matches: bool = False
    styles: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    def language(self, code: str) -> Language:
        """The language of that code, in the style of this project. Raises LanguageError where there is no such language."""
        language = get_language(code)
        return with_style(language, **self.styles.get(language.code, {}))

    def catalog_path(self, article: str, language: str) -> Path:
        """Where the PO file of an article stands: `locales/<language>/LC_MESSAGES/<article>.po`, as gettext wants it."""
        return self.locales / language / "LC_MESSAGES" / f"{article}.po"

    def template_path(self, article: str) -> Path:
        """Where its template stands: `locales/<article>.pot`."""
        return self.locales / f"{article}.pot"


def find_project(start: Path | None = None) -> Project:
    """The project around `start` (default: the current folder): the nearest `dragoman.toml` there or above, or defaults."""
    start = start or Path()
    here = start.resolve()
    for depth, folder in enumerate([here, *here.parents]):
        if (folder / FILE_NAME).is_file():
            root = start.joinpath(*[".."] * depth)
            path = root / FILE_NAME
            return parse_project(read_text(path), str(path), root)
        if (folder / ".git").exists():
            break  # a repository's settings lie inside it
    return _project(start, {})


def parse_project(text: str, path: str, root: Path) -> Project:
    """The settings in `text`. Raises DragomanError with the line for what TOML, or we, do not understand."""
    try:
        settings = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise DragomanError(f"is not TOML: {error}", at=path, hint="see docs/configuration.md") from None
    for key, value in settings.items():
        at = Location(path, _line_of(key, text))
        if key not in _KINDS:
            near = get_close_matches(key, _KINDS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(_KINDS)}"
            raise DragomanError(f"unknown key {key!r}", at=at, hint=hint)
        kind, wanted = _KINDS[key]
        if not _is(value, kind):
            raise DragomanError(f"{key} is not {wanted}", at=at, hint=f"write {key} = {_EXAMPLES[key]}")
        if key == "languages":
            _check_languages(value, at)
        if key == "style":
            _check_styles(value, path, text)
        if key == "beam_size" and not 1 <= value <= 32:
            raise DragomanError(f"beam_size is {value}", at=at, hint="between 1 and 32")
    return _project(root, settings)


def _is(value: Any, kind: type) -> bool:
    return type(value) is kind  # `true` is no whole number, though Python's bool is an int


def _check_languages(codes: list[Any], at: Location) -> None:
    if not codes or not all(isinstance(code, str) for code in codes):
        raise DragomanError("languages is not a list of codes", at=at, hint=f"write languages = {_EXAMPLES['languages']}")
    for code in codes:
        try:
            get_language(code)
        except DragomanError as error:
            raise DragomanError(error.message, at=at, hint=error.hint) from None


def _check_styles(styles: Mapping[str, Any], path: str, text: str) -> None:
    """Each table is a language's, and `with_style` takes what is in it."""
    for code, style in styles.items():
        at = Location(path, _line_of(f"style.{code}", text))
        if not isinstance(style, dict) or not all(key in _STYLE and isinstance(value, str) for key, value in style.items()):
            raise DragomanError(f"style.{code} is not a style", at=at, hint=f"its keys are {', '.join(_STYLE)}")
        try:
            with_style(get_language(code), **style)
        except DragomanError as error:
            raise DragomanError(error.message, at=at, hint=error.hint) from None


def _project(root: Path, settings: Mapping[str, Any]) -> Project:
    return Project(
        root=root,
        languages=tuple(dict.fromkeys(get_language(code).code for code in settings.get("languages", LANGUAGES))),
        articles=root / settings.get("articles", "articles"),
        glossary=root / settings.get("glossary", DEFAULT_GLOSSARY),
        locales=root / settings.get("locales", "locales"),
        exports=root / settings.get("exports", "export"),
        model=settings.get("model") or None,
        beam_size=settings.get("beam_size", 4),
        accept_context_matches=settings.get("accept_context_matches", False),
        styles={get_language(code).code: style for code, style in settings.get("style", {}).items()},
    )


def _line_of(key: str, text: str) -> int:
    lines = (number for number, line in enumerate(text.splitlines(), 1) if line.lstrip("[ \t\ufeff\"'").startswith(key))
    return next(lines, 0)


_STYLE = ("numerals", "quotation_marks", "full_stop")
_KINDS: Mapping[str, tuple[type, str]] = {
    "languages": (list, "a list"),
    "articles": (str, "a path"),
    "glossary": (str, "a path"),
    "locales": (str, "a path"),
    "exports": (str, "a path"),
    "model": (str, "a name or a path"),
    "beam_size": (int, "a whole number"),
    "accept_context_matches": (bool, "true or false"),
    "style": (dict, "a table for each language"),
}
_EXAMPLES: Mapping[str, str] = {
    "languages": '["fa_AF", "ps"]',
    "articles": '"articles"',
    "glossary": '"glossary.yml"',
    "locales": '"locales"',
    "exports": '"export"',
    "model": '"starter"',
    "beam_size": "4",
    "accept_context_matches": "true",
    "style": '{ ps = { numerals = "arabext" } }',
}
