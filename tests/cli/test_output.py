from __future__ import annotations

from dragoman.cli.output import table


def test_a_table_keeps_its_columns_whatever_names_hold() -> None:
    rows = [("new\nline", "1"), ("\x1b[31mred", "20")]
    assert table(("article", "drafts"), rows, 1).splitlines() == [
        "article      drafts",
        "new\\nline         1",
        "\\x1b[31mred      20",
    ]
