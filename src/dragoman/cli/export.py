"""`dragoman export`."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.cli import options
from dragoman.cli.output import say, say_error, say_note
from dragoman.errors import DragomanError


@click.command()
@options.articles
@options.languages
@click.option(
    "--untranslated",
    type=click.Choice(["source", "blank", "fail"]),
    default="source",
    show_default=True,
    help="What stands for a sentence without a translation.",
)
@click.option("--drafts", is_flag=True, help="Take drafts (fuzzy entries) too.")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="A folder (default: export/), or - to print.")
@options.glossary
@click.pass_context
def command(
    context: click.Context,
    articles: tuple[str, ...],
    languages: tuple[str, ...],
    untranslated: str,
    drafts: bool,
    output: Path | None,
    glossary_path: Path | None,
) -> None:
    """Write translated articles from reviewed PO files.

    Only accepted entries count. Every sentence without a translation is named; nothing else of the article changes.
    """
    from dragoman.config import find_project
    from dragoman.workflow.export import Untranslated, export

    problems: list[DragomanError] = []
    for result in export(
        find_project(), articles, languages, Untranslated(untranslated), drafts, output, glossary_path, problem=problems.append
    ):
        if result.path is None:
            click.echo(result.text, nl=False)
        else:
            say(f"{result.path}: {result.segments - len(result.missing)} of {result.segments} segments translated")
        for segment in result.missing:
            say_note(f"{segment.location}: not translated into {result.language}: {segment.source}")
    for problem in problems:
        say_error(str(problem))
    if problems:
        context.exit(max(problem.exit_status for problem in problems))
