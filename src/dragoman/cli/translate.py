"""`dragoman translate`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dragoman.cli import options
from dragoman.cli.output import say, say_error, say_note, table
from dragoman.errors import ExitStatus

if TYPE_CHECKING:
    from dragoman.workflow.translate import Listener, Summary

_HEADER = ("article", "language", "sentences", "drafts", "by memory", "kept", "changed", "no draft", "terms", "missing")
_NUMBERS = 8


@click.command()
@options.articles
@options.languages
@click.option("--model", metavar="NAME|PATH", help="An installed model, a model folder or an .argosmodel file.")
@options.glossary
@click.option("--minor-edit", is_flag=True, help="Keep translations accepted where only punctuation or spelling changed.")
@click.option("--device", type=click.Choice(["cpu", "cuda"]), default="cpu", show_default=True, help="Where the model runs.")
@click.option(
    "--compute-type",
    metavar="TYPE",
    default="int8",
    show_default=True,
    help="What it computes in: int8, int8_float16, float32 …",
)
@click.option("--threads", type=click.IntRange(1), help="Processors to use. Default: all.")
@click.option("--keep-all-drafts", is_flag=True, help="Keep drafts, too, that seem to speak of something else.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    articles: tuple[str, ...],
    languages: tuple[str, ...],
    model: str | None,
    glossary_path: Path | None,
    minor_edit: bool,
    keep_all_drafts: bool,
    device: str,
    compute_type: str,
    threads: int | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Draft articles into PO files, offline.

    ARTICLE is a text file, a folder of them, a glob, or - for standard input; default: the project's articles/.
    Every draft is marked fuzzy. What a person wrote or accepted is never changed.
    """
    from dragoman.config import find_project
    from dragoman.workflow.translate import Options, translate

    listener = _progress() if sys.stderr.isatty() and not quiet else None
    asked = Options(model, glossary_path, minor_edit, keep_all_drafts, device, compute_type, threads)
    summary = translate(find_project(), articles, languages, asked, listener)
    if as_json:
        click.echo(json.dumps(_as_json(summary), ensure_ascii=False, indent=2))
    elif not quiet:
        _say_summary(summary)
    for problem in summary.problems:
        say_error(str(problem))
    if summary.problems:
        ctx.exit(max(problem.exit_status for problem in summary.problems))


def _progress() -> Listener:
    from dragoman.workflow.translate import Listener

    bars: list[Any] = []

    def started(language: str, sentences: int) -> None:
        bars.append(click.progressbar(length=sentences, label=language, file=sys.stderr))
        bars[-1].__enter__()

    def finished() -> None:
        bars.pop().__exit__(None, None, None)

    return Listener(started, lambda sentences: bars[-1].update(sentences), finished)


def _say_summary(summary: Summary) -> None:
    if not summary.results:
        return  # the problems say it all
    rows = [
        (
            result.article,
            result.language,
            str(result.sentences),
            str(result.drafts),
            str(result.from_memory),
            str(result.kept),
            str(result.changed),
            str(result.without_draft),
            str(result.terms_satisfied),
            str(result.terms_missing),
        )
        for result in summary.results
    ]
    say(table(_HEADER, rows, _NUMBERS))
    for location, text in summary.debris:
        say_note(f"{location}: left as it is, not part of the article: {text!r}")
    for original in summary.hard_wrapped:
        say_note(
            f"{original}: its lines break off amid sentences, and each line was drafted by itself: join each paragraph's lines"
        )
    if summary.glossary is None:
        say_note("No glossary.yml: names and organizations are as the model has them.")
    files = len(summary.results)
    written = sum(result.written for result in summary.results)
    origins = ", ".join(f"{language} by {origin}" for language, origin in summary.origins.items())
    say_note(f"{files} PO files, {written} of them changed, in {summary.seconds:.1f} s{f' ({origins})' if origins else ''}")


def _as_json(summary: Summary) -> dict[str, Any]:
    return {
        "results": [asdict(result) for result in summary.results],
        "problems": [
            {"message": problem.message, "at": str(problem.at or ""), "hint": problem.hint or ""} for problem in summary.problems
        ],
        "debris": [{"at": str(location), "text": text} for location, text in summary.debris],
        "hard_wrapped": list(summary.hard_wrapped),
        "models": dict(summary.origins),
        "glossary": summary.glossary,
        "seconds": round(summary.seconds, 3),
        "status": int(max((problem.exit_status for problem in summary.problems), default=ExitStatus.CLEAN)),
    }
