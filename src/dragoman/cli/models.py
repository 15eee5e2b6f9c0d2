"""`dragoman models`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.output import say, say_note, table

if TYPE_CHECKING:
    from dragoman.mt.install import Listener
    from dragoman.workflow.models import ModelRow, Probed

_LIST = ("model", "here", "languages", "Dari", "Pashto", "licence", "size")
_PROBE = ("placeholder", "kept", "doubled", "moved", "number lost", "cost in chrF")
_SOURCES = "chrF++ as the OPUS-MT and External MT leaderboards (Helsinki-NLP) publish it; compare within one test set alone."
name_argument = click.argument("name")


@click.group()
def command() -> None:
    """Install, list, measure and remove translation models.

    docs/models.md tells which model is good for what, and how to install one without a network.
    """


@command.command(name="list")
@options.languages
@click.option("--remote", is_flag=True, help="Ask the Hugging Face Hub and the Argos index what they have now.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def list_(languages: tuple[str, ...], remote: bool, as_json: bool) -> None:
    """List the models that are here, and those that could be.

    Nothing is asked of the network without --remote.
    """
    from dragoman.workflow.models import list_models

    rows = list_models(languages, remote)
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
        return
    header = (*_LIST, "there now") if remote else _LIST
    say(table(header, [_cells(row)[: len(header)] for row in rows], 0))
    say_note(_SOURCES)
    say_note("Persian: the model knows that of Iran, and its drafts are made Dari. Next: dragoman models install NAME")


@command.command()
@click.argument("reference", metavar="NAME|FOLDER|FILE.argosmodel|hf:OWNER/REPOSITORY[@REVISION]")
@click.option("--accept-licence", is_flag=True, help="Say yes to a licence that forbids commercial use.")
@click.option("--no-probe", is_flag=True, help="Measure its placeholders later: dragoman models probe.")
def install(reference: str, accept_licence: bool, no_probe: bool) -> None:
    """Install a model, from the network, a folder or a file.

    The checkpoint of a folder or repository is converted to int8. The model is opened once, its placeholders are measured,
    and the checksums of its files are remembered. A model of the same name is replaced.
    """
    from dragoman.mt.install import install as install_model

    model = install_model(reference, accept_licence=accept_licence, measure=not no_probe, listener=_listener())
    say(f"installed  {model.record.signature}  {model.folder}")


@command.command()
@name_argument
def remove(name: str) -> None:
    """Remove an installed model. What it drafted stays."""
    from dragoman.mt.store import remove as remove_model

    say(f"removed  {remove_model(name)}")


@command.command()
@name_argument
def info(name: str) -> None:
    """Tell what is known of a model, and see that its files are whole."""
    from dragoman.workflow.models import show_model

    row, model = show_model(name)
    for key, value in _facts(row):
        say(f"{key + ':':16}{value}")
    if model is None:
        say_note(f"Not installed. Next: dragoman models install {name}")
        return
    for code, shapes in model.record.placeholders.items():
        say(f"{'placeholders:':16}{code} {' '.join(shapes) or 'none: it keeps none well'}")
    checked = f", {len(model.record.files)} files as they were installed" if model.record.files else ""
    say(f"{'folder:':16}{model.folder}{checked}")


@command.command()
@name_argument
def path(name: str) -> None:
    """Print the folder of a model, to copy it to a stick."""
    from dragoman.workflow.models import model_path

    say(str(model_path(name)))


@command.command()
@click.argument("name", required=False)
@options.languages
def probe(name: str | None, languages: tuple[str, ...]) -> None:
    """Measure which placeholders a model keeps, and remember the best.

    Over sixty sentences, without NAME for the model that would translate. `models install` does it by itself.
    """
    from dragoman.workflow.models import probe_model

    for probed in probe_model(name, languages, _listener()):
        say(f"{probed.language}: {' '.join(probed.placeholders) or 'no placeholder is kept well; none is used'}")
        say(table(_PROBE, _measures(probed), len(_PROBE) - 1))
        if not probed.stored:
            say_note("Not remembered: the model is not one that `dragoman models install` put there, or is read-only.")


@command.command()
@click.argument("checkpoint", type=click.Path(path_type=Path))
@click.option("--output", "-o", type=click.Path(path_type=Path), help="A new folder. Default: CHECKPOINT-int8 beside it.")
@click.option(
    "--quantization",
    type=click.Choice(["int8", "int8_float16", "int16", "float16", "float32"]),
    default="int8",
    show_default=True,
    help="How exactly weights are kept.",
)
def convert(checkpoint: Path, output: Path | None, quantization: str) -> None:
    """Convert a checkpoint of Hugging Face or OPUS-MT.

    A folder on this machine, for `models install`. Those of Hugging Face need: pip install "dragoman[convert]"
    """
    from dragoman.mt.convert import convert as convert_model

    folder = output or checkpoint.resolve().with_name(f"{checkpoint.resolve().name}-{quantization}")
    convert_model(checkpoint, folder, quantization)
    say(f"converted  {folder}")
    say_note(f"Next: dragoman models install {folder}")


@command.command()
@name_argument
@click.option("--argos", is_flag=True, required=True, help="As packages of Argos Translate.")
@click.option("--output", "-o", type=click.Path(path_type=Path), default=".", help="A folder. Default: here.")
def export(name: str, argos: bool, output: Path) -> None:
    """Write a model in the format of another program.

    A network that training/ made becomes one .argosmodel a language, for Argos Translate and LibreTranslate.
    """
    from dragoman.mt.export import export_argos
    from dragoman.mt.store import find

    for path in export_argos(find(name), output):
        say(f"written  {path}")


def _cells(row: ModelRow) -> tuple[str, ...]:
    here = "yes" if row.installed else ""
    size = f"{row.size / 1e9:.2f} GB" if row.size else ""
    dari, pashto = (_scores(row, code) for code in ("fa_AF", "ps"))
    return (f"{row.name} {row.version}".rstrip(), here, _languages(row), dari, pashto, row.licence, size, row.remote)


def _languages(row: ModelRow) -> str:
    names = {"fa_AF": "Dari" if row.knows_dari else "Persian", "ps": "Pashto"}
    return ", ".join(names.get(code, code) for code in row.languages)


def _scores(row: ModelRow, language: str) -> str:
    return ", ".join(f"{score} {test}" for test, score in row.scores.get(language, {}).items())


def _facts(row: ModelRow) -> Iterator[tuple[str, str]]:
    yield "model", f"{row.name} {row.version}".rstrip()
    yield "languages", _languages(row)
    yield "licence", row.licence or "not known"
    if row.size:
        yield "size", f"{row.size / 1e6:,.0f} MB"
    for code, name in (("fa_AF", "Dari"), ("ps", "Pashto")):
        if scores := _scores(row, code):
            yield f"chrF++ {name}", scores
    if row.best_for:
        yield "best for", row.best_for
    if row.source:
        yield "from", row.source


def _measures(probed: Probed) -> Iterator[tuple[str, ...]]:
    for measure in probed.measures:
        shares = (measure.kept, measure.doubled, measure.moved, measure.number_lost)
        yield (f"{measure.shape}  {measure.forms[0]}", *(f"{share:.0%}" for share in shares), f"{100 * measure.cost:.1f}")


def _listener() -> Listener:
    """Lines of what is done, and on a terminal a line that counts."""
    from dragoman.mt.install import Listener

    def advanced(step: str, done: int, count: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{step}: {done} of {count} sentences", nl=done == count, err=True)

    return Listener(said=say_note, advanced=advanced)
