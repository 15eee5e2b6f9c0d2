"""`dragoman reset`."""

from __future__ import annotations

import click

from dragoman.cli import options
from dragoman.cli.output import say, say_error
from dragoman.errors import DragomanError


@click.command()
@options.catalogs
@click.option("--all", "which", flag_value="all", help="Every accepted entry; its text stays.")
@click.option(
    "--from-omegat",
    "which",
    flag_value="from-omegat",
    help="Entries whose text is still the machine's. OmegaT saves PO files without fuzzy marks, so that drafts look accepted.",
)
@click.pass_context
def command(context: click.Context, catalogs: tuple[str, ...], which: str | None) -> None:
    """Make accepted entries drafts again: set their fuzzy mark.

    In the PO files, folders or patterns that are named. Say which: --all or --from-omegat.
    """
    from dragoman.config import find_project
    from dragoman.workflow.review import reset

    if which is None:
        raise click.UsageError("Say which entries: --all or --from-omegat.")
    problems: list[DragomanError] = []
    for result in reset(find_project(), catalogs, which == "from-omegat", problem=problems.append):
        say(f"{result.path}: {result.changed} are drafts again, {result.left} stay accepted")
    for problem in problems:
        say_error(str(problem))
    if problems:
        context.exit(max(problem.exit_status for problem in problems))
