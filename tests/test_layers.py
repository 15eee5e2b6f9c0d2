"""Imports point down, and each third-party package has one home (docs/architecture.md): read from the source, not a run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "dragoman"

# Lowest first. Modules of one layer import only themselves and what is below; the parts never import each other.
LAYERS = (
    ("model",),
    ("errors",),
    ("text", "languages"),
    ("article", "glossary", "mt", "memory", "po"),
    ("checks",),
    ("workflow", "config", "files", "report"),
    ("cli", "__main__", "__init__"),
)
PARTS = LAYERS[3]
# Third-party package → where alone it may be imported.
HOMES = {
    "ahocorasick_rs": ("glossary/",),
    "argostranslate": ("mt/",),
    "click": ("cli/",),
    "ctranslate2": ("mt/",),
    "defusedxml": ("glossary/", "memory/"),
    "filelock": ("files.py", "mt/", "memory/"),
    "huggingface_hub": ("mt/download.py",),
    "jinja2": ("report/preview/",),
    "numpy": ("mt/",),
    "platformdirs": ("mt/",),
    "polib": ("po/catalog.py",),
    "rapidfuzz": ("po/", "memory/", "glossary/"),
    "ruamel": ("languages/", "glossary/", "mt/"),
    "sacrebleu": ("report/postedit.py",),
    "sentencepiece": ("mt/",),
    "sentencex": ("text/",),
    "yaml": ("glossary/", "languages/"),
}
FILES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_point_down(path: Path) -> None:
    part = _part(path.relative_to(SOURCE).with_suffix("").parts[0])
    wrong = [name for name in _imports(path) if name.split(".")[0] == "dragoman" and not _may_import(part, name)]
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_packages_stay_at_home(path: Path) -> None:
    place = path.relative_to(SOURCE).as_posix()
    away = {
        package
        for package in (name.split(".")[0] for name in _imports(path))
        if package in HOMES and not place.startswith(HOMES[package])
    }
    assert away == set()


def test_every_dependency_has_a_home() -> None:
    import sys

    known = {*sys.stdlib_module_names, "dragoman", *HOMES}
    strangers = {name.split(".")[0] for path in FILES for name in _imports(path)} - known
    assert strangers == set()


def test_argostranslate_translate_is_never_imported() -> None:
    """It imports Stanza and PyTorch and looks at the network (docs/architecture.md)."""
    importers = [path for path in FILES if any(name.startswith("argostranslate.translate") for name in _imports(path))]
    assert importers == []


def test_layers_name_every_module() -> None:
    modules = {
        path.stem if path.is_file() else path.name for path in SOURCE.iterdir() if not path.name.endswith(("pyc", "typed"))
    }
    assert modules - {"__pycache__"} == {name for layer in LAYERS for name in layer}


def _layer(part: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if part in layer)


def _part(name: str) -> str:
    return name if any(name in layer for layer in LAYERS) else "__init__"


def _may_import(part: str, name: str) -> bool:
    steps = name.split(".")
    imported = _part(steps[1]) if len(steps) > 1 else "__init__"
    if imported == "__init__":  # `from dragoman import x` names x, see _imports
        return False
    if imported in PARTS and part in PARTS:
        return imported == part
    if part == "errors" and imported == "model":
        return True
    return _layer(imported) <= _layer(part)


def _imports(path: Path) -> Iterator[str]:
    """The full dotted names of what a file imports, wherever in the file; what is for type checking alone does not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in _running(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _running(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING":
            continue
        yield child
        yield from _running(child)
