"""`dragoman reset`."""

from __future__ import annotations

import click

from dragoman.cli import options
from dragoman.cli.output import say


@click.command()
@options.catalogs
@click.option("--all", "which", flag_value="all", help="Every accepted entry; its text stays.")
@click.option(
    "--from-omegat",
    "which",
    flag_value="from-omegat",
    help="Entries whose text is still the machine's. OmegaT saves PO files without fuzzy marks, so that drafts look accepted.",
)
def command(catalogs: tuple[str, ...], which: str | None) -> None:
    """Make accepted entries drafts again: set their fuzzy mark.

    In the PO files, folders or patterns that are named. Say which: --all or --from-omegat.
    """
    from dragoman.config import find_project
    from dragoman.workflow.review import reset

    if which is None:
        raise click.UsageError("Say which entries: --all or --from-omegat.")
    for result in reset(find_project(), catalogs, which == "from-omegat"):
        say(f"{result.path}: {result.changed} are drafts again, {result.left} stay accepted")
