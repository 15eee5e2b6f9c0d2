"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

articles = click.argument("articles", metavar="[ARTICLE]...", nargs=-1)
catalogs = click.argument("catalogs", metavar="PO...", nargs=-1, required=True)
languages = click.option(
    "--to", "languages", metavar="LANGUAGE", multiple=True, help="fa_AF (Dari) or ps (Pashto); may be repeated. Default: both."
)
language = click.option("--to", "language", metavar="LANGUAGE", help="Only this language: fa_AF (Dari) or ps (Pashto).")
glossary = click.option(
    "--glossary", "glossary_path", type=click.Path(path_type=Path), help="Another glossary than the project's glossary.yml."
)
