"""`dragoman check`."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.cli import options
from dragoman.cli.output import say, say_note


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option(
    "--format", "format_name", type=click.Choice(["text", "json", "sarif", "github", "junit", "gitlab"]), default="text"
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write the report into a file instead of printing it.")
@click.option("--select", multiple=True, metavar="CODE", help="Only these rules: T, T1 or T101; may be repeated, or with commas.")
@click.option("--ignore", multiple=True, metavar="CODE", help="Not these rules; a longer code wins over a shorter one.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "hint"]),
    default="error",
    show_default=True,
    help="The mildest finding that makes the run fail.",
)
@click.option("--drafts", is_flag=True, help="Hold drafts (fuzzy entries) to what reviewed entries are held to.")
@click.option("--changed-since", metavar="REV", help="Only entries that differ from this git revision.")
@click.option("--baseline", type=click.Path(path_type=Path), help="A file of findings to leave out.")
@click.option("--update-baseline", is_flag=True, help="Write what is found now into the baseline.")
@click.option("--annotate", is_flag=True, help="Refresh the “Check:” notes that translators see in the PO files.")
@click.option("--explain", metavar="CODE", help="Print the page of one rule, and nothing else.")
@options.glossary
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    format_name: str,
    output: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    drafts: bool,
    changed_since: str | None,
    baseline: Path | None,
    update_baseline: bool,
    annotate: bool,
    explain: str | None,
    glossary_path: Path | None,
) -> None:
    """Check PO files against the glossary and the language.

    PATHs are files, folders or patterns; without one, all of locales/. A draft (fuzzy) gives hints at most. Exit status: 0
    nothing as grave as --fail-on, 1 findings, 2 wrong usage or a file that cannot be read. docs/rules.md lists the rules.
    """
    from dragoman.config import find_project
    from dragoman.files import write_atomically
    from dragoman.model import Severity
    from dragoman.report import FORMATS
    from dragoman.workflow.check import CheckOptions, check
    from dragoman.workflow.check import explain as explain_rule

    if explain:
        say(explain_rule(explain).rstrip("\n"))
        return
    asked = CheckOptions(
        select=_codes(select),
        ignore=_codes(ignore),
        fail_on=Severity(fail_on),
        drafts=drafts,
        changed_since=changed_since,
        baseline=baseline,
        update_baseline=update_baseline,
        annotate=annotate,
        glossary=glossary_path,
    )
    result = check(find_project(), paths, asked)
    report = FORMATS[format_name](result.findings, result.run)
    if output is None or str(output) == "-":
        say(report.rstrip("\n"))
    else:
        write_atomically(output, report)
        count = len(result.findings)
        say_note(f"{count} finding{'' if count == 1 else 's'} in {output}")
    context.exit(result.status)


def _codes(values: tuple[str, ...]) -> tuple[str, ...]:
    """`--select T,N101` is `--select T --select N101`."""
    return tuple(code.strip().upper() for value in values for code in value.split(","))
