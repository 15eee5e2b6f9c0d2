"""`dragoman memory`."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.cli import options
from dragoman.cli.output import say, say_error, say_note
from dragoman.errors import DragomanError


@click.group()
def command() -> None:
    """Fill, ask and exchange the translation memory.

    It holds what people accepted, and is asked before any model drafts.
    """


@command.command()
@options.glossary
@click.pass_context
def update(context: click.Context, glossary_path: Path | None) -> None:
    """Take in what people accepted in locales/. `translate` does so by itself."""
    from dragoman.config import find_project
    from dragoman.workflow import memory

    problems: list[DragomanError] = []
    result = memory.update(find_project(), glossary_path, problem=problems.append)
    say(f"{result.added} pairs came in, the memory holds {result.total}")
    if result.left_out:
        say_note(f"{result.left_out} accepted entries stayed out: they lack a term that the glossary wants (dragoman check)")
    for problem in problems:
        say_error(str(problem))
    if problems:
        context.exit(max(problem.exit_status for problem in problems))


@command.command(name="import")
@click.argument("tmx", type=click.Path(path_type=Path))
def import_(tmx: Path) -> None:
    """Take in the English to Dari or Pashto pairs of a TMX file."""
    from dragoman.config import find_project
    from dragoman.workflow import memory

    result = memory.import_tmx(find_project(), tmx)
    say(f"{result.added} pairs came in from {result.units} units")
    if result.skipped:
        say_note(f"{result.skipped} units had no pair from English into Dari or Pashto")
    if result.segmentation not in ("", "sentence"):
        say_note(f"its segments are of type {result.segmentation!r}: they will seldom be found for a sentence")


@command.command()
@click.argument("tmx", type=click.Path(path_type=Path))
@options.languages
@click.option("--drafts", is_flag=True, help="The drafts in locales/ instead, for OmegaT's tm/mt/.")
def export(tmx: Path, languages: tuple[str, ...], drafts: bool) -> None:
    """Write the memory as TMX 1.4b."""
    from dragoman.config import find_project
    from dragoman.workflow import memory

    count = memory.export_tmx(find_project(), tmx, languages, drafts)
    say(f"{tmx}: {count} pairs")


@command.command()
@click.argument("text")
@options.language
def search(text: str, language: str | None) -> None:
    """Show the pairs that have TEXT in their source or translation."""
    from dragoman.config import find_project
    from dragoman.workflow import memory

    for pair in memory.search(find_project(), text, language):
        say(f"{pair.source}\n{pair.language}: {pair.target}\n  {pair.origin}\n")


@command.command()
@click.argument("source", required=False)
@options.language
@click.option("--origin", metavar="FILE", help="What came from this PO or TMX file.")
def forget(source: str | None, language: str | None, origin: str | None) -> None:
    """Delete the pairs with this SOURCE, of a language, or from a file."""
    from dragoman.config import find_project
    from dragoman.workflow import memory

    say(f"{memory.forget(find_project(), source, language, origin)} pairs forgotten")
