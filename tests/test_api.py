"""The public API is there, is what README says, and its examples are true."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest

import dragoman
import dragoman.text.direction
import dragoman.text.sentences


@pytest.mark.parametrize("name", dragoman.__all__)
def test_each_public_name_is_there_and_documented(name: str) -> None:
    assert getattr(dragoman, name).__doc__


def test_any_other_name_is_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'translation'"):
        _ = dragoman.translation


@pytest.mark.parametrize("module", [dragoman, dragoman.text.direction], ids=lambda module: module.__name__)
def test_the_examples_are_true(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert (result.failed, result.attempted > 0) == (0, True)
