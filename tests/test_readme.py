"""README shows what the program made, and `.ci/run` runs what README says."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_excerpt_is_from_our_own_po_file() -> None:
    catalog = (ROOT / "locales/fa_AF/LC_MESSAGES/kabul-water.po").read_text(encoding="utf-8")
    (excerpt,) = re.findall(r"```po\n(.*?)\n```", README, re.DOTALL)
    entries = excerpt.split("\n\n")
    assert len(entries) == 2
    assert [entry for entry in entries if entry not in catalog] == []


def test_ci_runs_the_command_that_passes_the_tests() -> None:
    assert "    pip install uv && uv run pytest\n" in README
    assert "pip install --quiet uv && uv run pytest" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_every_page_that_is_linked_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert "docs/glossary.md" in links
    assert [link for link in links if not link.startswith("http") and not (ROOT / link).exists()] == []
