"""YAML as PyYAML's nodes, which know their lines and columns. The only import of PyYAML.

Not ruamel.yaml, as elsewhere: 50,000 terms have to load in less than two seconds, and ruamel.yaml takes a minute where libyaml,
asked for nodes and for nothing more, takes less than one. No scalar is resolved here: it is its characters and its style.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from dragoman.errors import GlossaryError
from dragoman.model import Location

__all__ = ["MappingNode", "Node", "ScalarNode", "SequenceNode", "compose", "location", "other_type"]

LONGEST = 64 * 1024 * 1024  # characters: some 300,000 terms

_LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_MAYBE_REFUSED = re.compile(r"(?:^|[\s\[{,:-])[&*!][^\s\]},]", re.MULTILINE)
_OTHER_TYPES = {"bool": "a truth value", "int": "a number", "float": "a number", "null": "nothing", "timestamp": "a date"}
_HINTS = {
    "cannot start any token": "put the text in quotes",
    "mapping values are not allowed": "put a text with a colon in it in quotes; indent each key of an entry alike",
    "did not find expected key": "indent each key of an entry alike; put a text with a colon, quote or bracket in it in quotes",
    "did not find expected '-' indicator": "begin each entry with “- ”, all of them indented alike",
    "could not find expected ':'": "write “key: value”, with a space after the colon",
    "unexpected end of stream": "a quotation mark is opened and never closed",
}


class _Unresolved:
    """Says of every node that it is untyped: asking PyYAML's resolver takes ten times as long as parsing."""

    def resolve(self, kind: type[Node], value: str | None, implicit: object) -> str:
        return ""

    def descend_resolver(self, parent: Node | None, index: object) -> None: ...

    def ascend_resolver(self) -> None: ...


if yaml.__with_libyaml__:
    from yaml._yaml import CParser

    class _Composer(_Unresolved, CParser):
        pass

else:  # a platform without a wheel of PyYAML: the same, slower
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class _Composer(_Unresolved, Reader, Scanner, Parser, Composer):  # type: ignore[no-redef]
        def __init__(self, stream: str) -> None:
            Reader.__init__(self, stream)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)


def compose(text: str, path: str) -> Node | None:
    """The node of the one document in `text`; None where there is nothing but comments.

    Raises GlossaryError for what is not YAML, and for what a glossary never needs: anchors, aliases, tags, a second document.
    """
    if len(text) > LONGEST:
        message = f"is {len(text):,} characters long, and {LONGEST:,} is the limit"
        raise GlossaryError(message, at=path, hint="cut it into several glossaries")
    text = text.removeprefix("\ufeff")
    try:
        if any(mark in text for mark in "&*!") and _MAYBE_REFUSED.search(text):
            _refuse_references(text, path)
        composer: Any = _Composer(text)
        root: Node | None = composer.get_single_node()
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, text, path) from None
    except yaml.reader.ReaderError as error:
        code = error.character if isinstance(error.character, int) else ord(error.character)
        before = text[: text.find(chr(code))]
        at = Location(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise GlossaryError(f"has the control character U+{code:04X}", at=at, hint="remove it") from None
    except RecursionError:
        raise GlossaryError("is nested too deeply", at=path, hint="look at the brackets and the dashes") from None
    return None if isinstance(root, ScalarNode) and not root.value and not root.style else root


def location(node: Node, path: str) -> Location:
    """Where `node` begins."""
    return Location(path, node.start_mark.line + 1, node.start_mark.column + 1)


def other_type(plain: str) -> str | None:
    """What YAML takes a scalar without quotes for, in words: `no` is a truth value, `911` a number. None where it is text."""
    if not plain:
        return "nothing"
    for tag, pattern in yaml.SafeLoader.yaml_implicit_resolvers.get(plain[0], ()):
        if pattern.match(plain):
            return _OTHER_TYPES.get(tag.rpartition(":")[2])
    return None


def _refuse_references(text: str, path: str) -> None:
    """An alias of an alias of an alias, nine times nine long, fills any memory; and no glossary needs the first of them."""
    event: Any
    for event in yaml.parse(text, Loader=_LOADER):
        tag = getattr(event, "tag", None)
        if (name := getattr(event, "anchor", None) or tag) is None:
            continue
        at = Location(path, event.start_mark.line + 1, event.start_mark.column + 1)
        mark = "*" if isinstance(event, yaml.AliasEvent) else "" if name == tag else "&"
        raise GlossaryError(f"“{mark}{name}” is used", at=at, hint="write the text out, or put it in quotes")


def _syntax_error(error: yaml.MarkedYAMLError, text: str, path: str) -> GlossaryError:
    mark = error.problem_mark or error.context_mark
    row, column = (mark.line, mark.column) if mark else (0, 0)
    at = Location(path, row + 1, column + 1)
    problem = error.problem or "it cannot be parsed"
    if problem == "but found another document":
        return GlossaryError("a second document begins", at=at, hint="remove the line “---”")
    lines = text.splitlines()
    line = lines[row] if row < len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())] + line[column : column + 1]:
        return GlossaryError("a tab stands where YAML wants spaces", at=at, hint="indent with spaces")
    hint = next((hint for part, hint in _HINTS.items() if part in problem), "look at the quotes and the indentation there")
    return GlossaryError(f"is not YAML: {problem}", at=at, hint=hint)
