"""English news articles into Dari and Pashto PO files: offline, with the glossary held.

The names below are the public API; what is not here may change in any release. Each is loaded when it is first asked for, so
that `import dragoman` costs nothing.

>>> import dragoman
>>> document = dragoman.read_article("KABUL -- It rained on Monday. The river rose.", "rain.txt")
>>> [segment.source for segment in document.segments]
['KABUL', 'It rained on Monday.', 'The river rose.']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.article import read_article as read_article
    from dragoman.article import write_article as write_article
    from dragoman.config import find_project as find_project
    from dragoman.errors import DragomanError as DragomanError
    from dragoman.glossary import SourceMatcher as SourceMatcher
    from dragoman.glossary import parse_glossary as parse_glossary
    from dragoman.languages import get_language as get_language
    from dragoman.po import format_catalog as format_catalog
    from dragoman.po import merge as merge
    from dragoman.po import parse_catalog as parse_catalog
    from dragoman.text.sentences import sentences as sentences
    from dragoman.workflow.export import export as export
    from dragoman.workflow.translate import translate as translate

_HOMES = {
    "DragomanError": "dragoman.errors",
    "SourceMatcher": "dragoman.glossary",
    "export": "dragoman.workflow.export",
    "find_project": "dragoman.config",
    "format_catalog": "dragoman.po",
    "get_language": "dragoman.languages",
    "merge": "dragoman.po",
    "parse_catalog": "dragoman.po",
    "parse_glossary": "dragoman.glossary",
    "read_article": "dragoman.article",
    "sentences": "dragoman.text.sentences",
    "translate": "dragoman.workflow.translate",
    "write_article": "dragoman.article",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
