"""`dragoman init`."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.cli.output import say


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
def command(folder: Path) -> None:
    """Make a project: settings, a glossary, folders.

    In FOLDER (default: here). What is there already stays as it is.
    """
    from dragoman.workflow.start import start_project

    made, kept = start_project(folder)
    for path in made:
        say(f"made  {path}")
    for path in kept:
        say(f"kept  {path}")
    say("Next: put articles (.txt) into articles/ and run: dragoman translate")
