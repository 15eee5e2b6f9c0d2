"""What git says has changed: entries of PO files, compared as entries, so that a line that only moved has not."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

from dragoman.errors import DragomanError
from dragoman.files import decode
from dragoman.model import Entry
from dragoman.po import parse_catalog


def changed_files(paths: Iterable[Path], root: Path, revision: str) -> dict[Path, Callable[[Entry], bool]]:
    """The files among `paths` that differ from `revision`, each with whether one of its entries does.

    Files that git does not know are new. Raises DragomanError where there is no repository or no such revision.
    """
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", revision=revision)
    top = Path(_git(root, "rev-parse", "--show-toplevel", revision=revision))
    listed = _git(top, "diff", "--name-only", "-z", "--no-renames", commit, "--", revision=revision)
    new = _git(top, "ls-files", "--others", "-z", "--", "*.po", revision=revision)  # untracked, ignored or not
    names = {top / name for name in f"{listed}\0{new}".split("\0") if name}
    changed = {}
    for path in paths:
        real = path.resolve()
        if real in names or real.suffix != ".po" or not real.is_relative_to(top):
            changed[path] = _changed_entries(real, top, commit)
    return changed


def _changed_entries(path: Path, top: Path, commit: str) -> Callable[[Entry], bool]:
    if not path.is_relative_to(top):
        return lambda entry: True
    name = path.relative_to(top).as_posix()
    shown = subprocess.run(["git", "-C", str(top), "show", f"{commit}:{name}"], capture_output=True, check=False)
    if shown.returncode:
        return lambda entry: True  # it is not in that revision
    try:
        before = parse_catalog(decode(shown.stdout, name), name)
    except DragomanError:
        return lambda entry: True  # what was broken then is new now
    known = {entry.key: _text(entry) for entry in before.entries}
    return lambda entry: known.get(entry.key) != _text(entry)


def _text(entry: Entry) -> tuple[object, ...]:
    return (entry.target, entry.target_plurals, entry.source_plural, entry.fuzzy, entry.obsolete)


def _git(folder: Path, *arguments: str, revision: str) -> str:
    try:
        result = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise DragomanError("--changed-since needs git, and there is none", hint="install git, or leave it out") from None
    if result.returncode:
        said = result.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = said[-1].removeprefix("fatal: ") if said else f"git knows no revision {revision!r}"
        hint = "in CI, check out with the whole history (fetch-depth: 0)"
        raise DragomanError(f"--changed-since {revision}: {reason}", hint=hint)
    return result.stdout.decode("utf-8", "surrogateescape").rstrip("\n")
