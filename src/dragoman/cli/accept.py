"""`dragoman accept`."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.cli import options
from dragoman.cli.output import say, say_error
from dragoman.errors import DragomanError


@click.command()
@options.catalogs
@click.option("--all", "which", flag_value="all", help="Every draft.")
@click.option("--clean", "which", flag_value="clean", help="Every draft in which `dragoman check` finds nothing at all.")
@options.glossary
@click.pass_context
def command(context: click.Context, catalogs: tuple[str, ...], which: str | None, glossary_path: Path | None) -> None:
    """Accept drafts in bulk: clear their fuzzy mark.

    In the PO files, folders or patterns that are named. Say which: --all or --clean. `dragoman reset` takes it back.
    """
    from dragoman.config import find_project
    from dragoman.workflow.review import accept

    if which is None:
        raise click.UsageError("Say which drafts: --all or --clean.")
    problems: list[DragomanError] = []
    for result in accept(find_project(), catalogs, which == "clean", glossary_path, problem=problems.append):
        say(f"{result.path}: {result.changed} accepted, {result.left} drafts left")
    for problem in problems:
        say_error(str(problem))
    if problems:
        context.exit(max(problem.exit_status for problem in problems))
