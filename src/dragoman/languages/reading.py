"""YAML into frozen values: the types of a dataclass say what its file must hold, and nothing else may stand there.

    str, int, float, bool          a scalar
    frozenset[str]                 the characters of a string
    tuple[str, ...]                the words of a string, parted by spaces; likewise a pair of numbers
    tuple[tuple[str, ...], ...]    words, and the spellings of each parted by slashes
    Mapping[str, …]                a mapping with any keys
    a dataclass                    a mapping with its fields as keys, all of them

Words in one string, not in lists, because lists of right-to-left words look scrambled in every editor; ruamel.yaml also reads
them ten times as fast.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from dragoman.errors import LanguageError
from dragoman.model import Location

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

Value = TypeVar("Value")


def read_yaml(kind: type[Value], text: str, path: str) -> Value:
    """The value of dataclass `kind` that `text` holds. Whatever does not fit is a `LanguageError` with its line."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        at = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)
        raise LanguageError(f"this is not YAML: {error.problem}", at=at) from error
    if node is None:
        raise LanguageError("the file is empty", at=Location(path, 1))
    value: Value = _value(kind, node, path)
    return value


def _value(kind: Any, node: Node, path: str) -> Any:
    if is_dataclass(kind):
        return _dataclass(kind, node, path)
    if get_origin(kind) is Mapping:
        of = get_args(kind)[1]
        return MappingProxyType({key.value: _value(of, value, path) for key, value in _items(node, path)})
    if not isinstance(node.value, str):
        raise LanguageError("a single value belongs here", at=_location(node, path))
    try:
        return _SCALARS[kind](node.value)
    except ValueError as error:
        raise LanguageError(f"cannot read {node.value!r}: {error}", at=_location(node, path)) from error


def _dataclass(kind: Any, node: Node, path: str) -> Any:
    types = get_type_hints(kind)
    values = {}
    for key, value in _items(node, path):
        if key.value not in types:
            raise LanguageError(f"unknown key {key.value!r}", at=_location(key, path), hint=f"known are {', '.join(types)}")
        values[key.value] = _value(types[key.value], value, path)
    missing = [field.name for field in fields(kind) if field.name not in values]
    if missing:
        raise LanguageError(f"missing: {', '.join(missing)}", at=_location(node, path))
    return kind(**values)


def _items(node: Node, path: str) -> Iterator[tuple[Node, Node]]:
    """Keys and values of a mapping, each key once."""
    from ruamel.yaml.nodes import MappingNode

    if not isinstance(node, MappingNode):
        raise LanguageError("a mapping belongs here", at=_location(node, path))
    seen = set()
    for key, value in node.value:
        if key.value in seen:
            raise LanguageError(f"{key.value!r} stands here twice", at=_location(key, path))
        seen.add(key.value)
        yield key, value


def _location(node: Node, path: str) -> Location:
    return Location(path, node.start_mark.line + 1, node.start_mark.column + 1)


def _boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError("true or false belongs here")
    return text == "true"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _alternatives(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(word.split("/")) for word in text.split())


def _pair(text: str) -> tuple[float, float]:
    low, high = map(float, text.split())
    return low, high


_SCALARS: dict[Any, Callable[[str], Any]] = {
    str: str,
    int: int,
    float: float,
    bool: _boolean,
    frozenset[str]: frozenset,
    tuple[str, ...]: _words,
    tuple[tuple[str, ...], ...]: _alternatives,
    tuple[float, float]: _pair,
}
