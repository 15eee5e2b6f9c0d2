"""`dragoman glossary`."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.cli import options
from dragoman.cli.output import say, say_error, say_note, table

exchange_format = click.option(
    "--format",
    "format_name",
    type=click.Choice(["tbx", "tbx2", "csv", "omegat", "po"]),
    help="Default: as the file's name says.",
)
write = click.option("--write", is_flag=True, help="Append the entries to the glossary; nothing above them changes.")


@click.group()
def command() -> None:
    """Lint, grow, convert and measure the glossary.

    docs/glossary.md describes the file, field by field.
    """


@command.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format", "format_name", type=click.Choice(["text", "json", "sarif", "github", "junit", "gitlab"]), default="text"
)
@click.option("--select", multiple=True, metavar="CODE", help="Only these rules: G, G1 or G101; may be repeated.")
@click.option("--ignore", multiple=True, metavar="CODE", help="Not these rules.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "hint"]), default="error", show_default=True)
@click.pass_context
def lint(
    context: click.Context, path: Path | None, format_name: str, select: tuple[str, ...], ignore: tuple[str, ...], fail_on: str
) -> None:
    """Check the glossary itself: duplicates, contradictions, wrong letters, what can never match.

    Exit status: 0 nothing as grave as --fail-on, 1 findings, 2 a file that cannot be read.
    """
    from dragoman.config import find_project
    from dragoman.model import Severity
    from dragoman.report import FORMATS
    from dragoman.workflow.glossary import lint_glossary

    result = lint_glossary(find_project(), path, select, ignore, Severity(fail_on))
    say(FORMATS[format_name](result.findings, result.run).rstrip("\n"))
    context.exit(result.status)


@command.command()
@options.articles
@click.option("--least", type=click.IntRange(1), default=1, show_default=True, help="Only names that stand so often.")
@write
@options.glossary
def suggest(articles: tuple[str, ...], least: int, write: bool, glossary_path: Path | None) -> None:
    """Offer names and organizations that articles have and the glossary lacks, as entries to complete."""
    from dragoman.config import find_project
    from dragoman.workflow.glossary import suggest_terms

    grown = suggest_terms(find_project(), articles, glossary_path, least, write, lambda error: say_error(str(error)))
    _say_grown(grown.text, grown.path, len(grown.terms))


@command.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@exchange_format
@options.language
@write
@options.glossary
def import_(file: Path, format_name: str | None, language: str | None, write: bool, glossary_path: Path | None) -> None:
    """Take terms from TBX, CSV, OmegaT or a PO glossary. Entries that the glossary has stay as they are."""
    from dragoman.config import find_project
    from dragoman.workflow.glossary import import_terms

    grown = import_terms(find_project(), file, format_name, language, glossary_path, write)
    _say_grown(grown.text, grown.path, len(grown.terms))
    for note in grown.notes:
        say_note(note)


@command.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@exchange_format
@options.languages
@options.glossary
def export(file: Path, format_name: str | None, languages: tuple[str, ...], glossary_path: Path | None) -> None:
    """Write the glossary as TBX, CSV, for OmegaT (.txt) or as a PO glossary, and say what the format cannot hold."""
    from dragoman.config import find_project
    from dragoman.workflow.glossary import export_terms

    exported = export_terms(find_project(), file, format_name, languages, glossary_path)
    if str(file) == "-":
        click.echo(exported.text, nl=False)
    else:
        say_note(f"{file} is written")
    for note in exported.notes:
        say_note(note)


@command.command()
@click.argument("paths", metavar="[PO]...", nargs=-1)
@click.option("--reference", type=click.Path(path_type=Path), help="A PO file that is right, for window overlap and 1-TERm.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
@options.glossary
def metrics(paths: tuple[str, ...], reference: Path | None, as_json: bool, glossary_path: Path | None) -> None:
    """Measure how PO files keep to the glossary: exact match, success rate, consistency, and the figures of WMT21."""
    import json
    from dataclasses import asdict

    from dragoman.config import find_project
    from dragoman.workflow.glossary import measure_catalogs

    measured = measure_catalogs(find_project(), paths, reference, glossary_path)
    if as_json:
        say(json.dumps([asdict(one) for one in measured], ensure_ascii=False, indent=2))
        return
    header = ("file", "language", "terms", "exact", "success", "consistent", "window 2", "window 3", "1-TERm")
    rows = []
    for one in measured:
        figures = one.metrics
        windows = figures.window_overlap or {}
        shares = (
            figures.exact_match,
            figures.success,
            figures.consistency,
            windows.get(2),
            windows.get(3),
            figures.one_minus_term,
        )
        rows.append(
            (one.path, one.language, str(figures.occurrences), *("-" if share is None else f"{share:.3f}" for share in shares))
        )
    say(table(header, rows, numbers=7))


@command.command()
def schema() -> None:
    """Print the JSON Schema of glossary.yml, for editors that complete and check it."""
    from importlib.resources import files

    say(files("dragoman.glossary").joinpath("glossary.schema.json").read_text(encoding="utf-8").rstrip("\n"))


def _say_grown(text: str, path: Path | None, count: int) -> None:
    if path is not None:
        say(f"{path}: {count} entries appended")
    elif text:
        say(text.rstrip("\n"))
    else:
        say_note("nothing new")
