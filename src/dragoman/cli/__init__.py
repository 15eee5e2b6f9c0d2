"""The command line. Each command is a short file; none is loaded before it is called."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import NoReturn

import click

from dragoman.cli.output import say_error
from dragoman.errors import DragomanError, ExitStatus

# name → (module with a click command called `command`, its help in one line). In the order of an article's life.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("dragoman.cli.init", "Make a project: settings, a glossary, folders."),
    "translate": ("dragoman.cli.translate", "Draft articles into PO files, offline."),
    "check": ("dragoman.cli.check", "Check PO files against the glossary and the language."),
    "status": ("dragoman.cli.status", "Count drafts, reviewed entries, words, terms and findings."),
    "preview": ("dragoman.cli.preview", "Show articles beside their translations in one HTML file."),
    "accept": ("dragoman.cli.accept", "Accept drafts in bulk: clear their fuzzy mark."),
    "reset": ("dragoman.cli.reset", "Make accepted entries drafts again: set their fuzzy mark."),
    "export": ("dragoman.cli.export", "Write translated articles from reviewed PO files."),
    "memory": ("dragoman.cli.memory", "Fill, ask and exchange the translation memory."),
    "glossary": ("dragoman.cli.glossary", "Lint, grow, convert and measure the glossary."),
    "models": ("dragoman.cli.models", "Install, list, measure and remove translation models."),
}


class LazyGroup(click.Group):
    """A group that knows its commands' names and one line of help, and loads a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dragoman", message="%(prog)s %(version)s")
def cli() -> None:
    """English news articles into Dari and Pashto PO files: offline, with the glossary held."""


def main() -> NoReturn:
    """Run the command line. The one place where an error becomes a line and an exit status."""
    try:
        status = cli.main(prog_name="dragoman", standalone_mode=False)
    except DragomanError as error:
        for line in error.lines:
            say_error(line)
        status = error.exit_status
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say_error("interrupted; what was finished is on disk, run again to go on")
        status = ExitStatus.INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # whoever read us has gone: nothing is left to say, and no one to say it to
        status = ExitStatus.CLEAN
    sys.exit(status if isinstance(status, int) else 0)
