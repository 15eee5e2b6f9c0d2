"""What the docstring of a rule says: what is wrong, why, and an example of each kind."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping


def summary_of(documentation: str) -> str:
    """What is wrong, in one line."""
    return documentation.partition("\n")[0]


def explanation_of(documentation: str) -> str:
    """Why that matters and what is counted; may be empty."""
    return documentation.partition("\n")[2].partition("\nFires:")[0].strip()


def examples_of(documentation: str) -> Mapping[str, str]:
    """Two pieces of a file, one that makes the rule fire and one that does not, by the words before them."""
    fires, _, silent = documentation.partition("\nFires:\n")[2].partition("\nSilent:\n")
    return {"Fires": textwrap.dedent(fires), "Silent": textwrap.dedent(silent)}
