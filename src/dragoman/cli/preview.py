"""`dragoman preview`."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.cli import options
from dragoman.cli.output import say, say_error


@click.command()
@options.articles
@options.languages
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), default=Path("preview.html"), show_default=True, help="The HTML file."
)
@options.glossary
@click.pass_context
def command(
    context: click.Context, articles: tuple[str, ...], languages: tuple[str, ...], output: Path, glossary_path: Path | None
) -> None:
    """Show articles beside their translations in one HTML file.

    ARTICLE is a text file, a folder of them or a glob; default: the project's articles/. Terms and findings are marked in place,
    drafts told from reviewed text. The file needs no network and no server: open it in any browser, print it, send it.
    """
    from dragoman.config import find_project
    from dragoman.workflow.preview import write_preview

    preview, problems = write_preview(find_project(), articles, output, languages, glossary_path)
    count = len(preview.pages)
    say(f"{output}: {count} article{'' if count == 1 else 's'}")
    for problem in problems:
        say_error(str(problem))
    if problems:
        context.exit(max(problem.exit_status for problem in problems))
