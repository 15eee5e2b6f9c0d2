"""`dragoman status`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dragoman.cli import options
from dragoman.cli.output import say, say_error, say_note, table

if TYPE_CHECKING:
    from dragoman.report.postedit import Figures
    from dragoman.workflow.status import Counts, Status

VERSION = 1
_HEADER = ("article", "language", "entries", "drafts", "reviewed", "no text", "words", "terms", "errors", "warnings", "hints")
_FIGURES = ("sentences", "untouched", "HTER", "chrF++")
_MOST = 20  # rows of the lists that have no end; --json has all


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--postedit", is_flag=True, help="What people made of the drafts: HTER, chrF++, the most edited terms.")
@options.glossary
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.pass_context
def command(context: click.Context, paths: tuple[str, ...], postedit: bool, glossary_path: Path | None, as_json: bool) -> None:
    """Count drafts, reviewed entries, words, terms and findings.

    PATHs are PO files, folders or patterns; without one, all of locales/. "terms" are those satisfied, of those that the
    glossary wants in the entries that have a text. --postedit compares reviewed entries with the drafts that they were.
    """
    from dragoman.config import find_project
    from dragoman.workflow.status import status

    result = status(find_project(), paths, glossary_path, postedit)
    figures = _post_edits(result) if postedit else None
    if as_json:
        from dragoman.report.json import dumps

        say(dumps(_as_json(result) | ({"postedit": figures} if postedit else {})).rstrip("\n"))
    elif figures is not None:
        _say_post_edits(figures)
    elif result.articles:
        say(table(_HEADER, _rows(result), len(_HEADER) - 2))
    for problem in result.problems:
        say_error(str(problem))
    if result.problems:
        context.exit(max(problem.exit_status for problem in result.problems))


def _rows(result: Status) -> Iterator[tuple[str, ...]]:
    for article in result.articles:
        yield (article.article, article.language, *_cells(article.counts))
    if len(result.articles) > 1:
        for language, counts in result.languages.items():
            yield ("all", language, *_cells(counts))
        yield ("all", "", *_cells(result.all))


def _cells(counts: Counts) -> Iterator[str]:
    yield from map(str, (counts.entries, counts.drafts, counts.reviewed, counts.untranslated, counts.source_words))
    yield f"{counts.terms_satisfied}/{counts.terms_wanted}"
    yield from map(str, (counts.errors, counts.warnings, counts.hints))


def _as_json(result: Status) -> dict[str, Any]:
    return {
        "version": VERSION,
        "articles": [
            {"article": one.article, "language": one.language, "path": one.path, **asdict(one.counts)} for one in result.articles
        ],
        "languages": {language: asdict(counts) for language, counts in result.languages.items()},
        "all": asdict(result.all),
        "problems": [
            {"message": problem.message, "at": str(problem.at or ""), "hint": problem.hint or ""} for problem in result.problems
        ],
    }


def _post_edits(result: Status) -> dict[str, Any]:
    """All figures of post-editing, as `--json` has them."""
    from dragoman.report.postedit import Measure, edited_terms, grouped, replacements

    measure, edits = Measure(), result.post_edits

    def groups(*attributes: str) -> list[dict[str, Any]]:
        found = grouped(edits, *attributes).items()
        return [dict(zip(attributes, key, strict=True)) | _figures(measure.figures(group)) for key, group in found]

    return {
        "articles": groups("article", "language"),
        "engines": groups("language", "engine"),
        "all": _figures(measure.figures(edits)) if edits else None,
        "terms": [asdict(term) for term in edited_terms(edits)],
        "replacements": [asdict(one) for one in replacements(edits)],
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return asdict(figures)


def _say_post_edits(figures: dict[str, Any]) -> None:
    if figures["all"] is None:
        say_note("No reviewed entry whose draft is known: `dragoman translate` keeps drafts, in .dragoman/, when it makes them.")
        return
    total = ("all", "", *_figure_cells(figures["all"]))
    say(table(("article", "language", *_FIGURES), [*_figure_rows(figures["articles"], "article", "language"), total], 4))
    say("")
    say(table(("language", "engine and model", *_FIGURES), _figure_rows(figures["engines"], "language", "engine"), 4))
    if figures["terms"]:
        rows = [(one["term"], one["language"], str(one["edited"]), str(one["drafts"])) for one in figures["terms"][:_MOST]]
        say("")
        say(table(("most edited terms", "language", "edited", "of"), rows, 2))
    if figures["replacements"]:
        rows = [(one["draft"], one["target"], one["language"], str(one["times"])) for one in figures["replacements"][:_MOST]]
        say("")
        say(table(("replaced again and again", "by", "language", "times"), rows, 1))


def _figure_rows(groups: Iterable[dict[str, Any]], *names: str) -> list[tuple[str, ...]]:
    return [(*(group[name] for name in names), *_figure_cells(group)) for group in groups]


def _figure_cells(figures: dict[str, Any]) -> tuple[str, ...]:
    untouched = f"{round(100 * figures['untouched'] / figures['sentences'])} %"
    return (str(figures["sentences"]), untouched, f"{figures['hter']:.1f}", f"{figures['chrf']:.1f}")
