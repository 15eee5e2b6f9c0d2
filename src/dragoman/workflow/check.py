"""The gate: PO files in, findings out. Reads file after file and keeps none, so that memory does not grow with them."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from dragoman.checks import DOCUMENTED, Context, check_catalog, new_context, selected
from dragoman.checks.annotation import annotated
from dragoman.checks.baseline import Baseline, format_baseline, parse_baseline
from dragoman.checks.documentation import page
from dragoman.checks.rule import Problem
from dragoman.checks.seen import Seen
from dragoman.checks.structure import folder_language, unreadable
from dragoman.config import Project
from dragoman.errors import CatalogError, DragomanError, ExitStatus, LanguageError
from dragoman.files import find_files, locked, read_text, write_atomically
from dragoman.glossary import SourceMatcher
from dragoman.glossary.lint import RULES as GLOSSARY_RULES
from dragoman.glossary.lint import lint
from dragoman.languages import get_language
from dragoman.model import Catalog, Entry, Finding, Glossary, Location, Severity
from dragoman.po import format_catalog, parse_catalog
from dragoman.report import Run
from dragoman.workflow.articles import read_glossary
from dragoman.workflow.changes import changed_files


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """What `check` was asked to do beside its paths. Codes are prefixes: `T`, `T1`, `T101`."""

    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    fail_on: Severity = Severity.ERROR
    drafts: bool = False
    changed_since: str | None = None
    baseline: Path | None = None
    update_baseline: bool = False
    annotate: bool = False
    glossary: Path | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was found, in the order of the files, and what was looked at."""

    findings: tuple[Finding, ...]
    run: Run

    @property
    def status(self) -> ExitStatus:
        """What the process returns. A file that could not be read outweighs everything: the gate did not see it."""
        if self.run.unreadable:
            return ExitStatus.USAGE
        return ExitStatus.FINDINGS if any(map(self.run.fails, self.findings)) else ExitStatus.CLEAN


@dataclass(slots=True)
class _Contexts:
    """A context for each language, made when its first file comes."""

    project: Project
    matcher: SourceMatcher | None
    options: CheckOptions
    seen: Seen = field(default_factory=Seen)

    def of(self, language: str, changed: Callable[[Entry], bool]) -> Context:
        return new_context(
            self.project.language(language),
            self.matcher,
            select=self.options.select,
            ignore=self.options.ignore,
            drafts=self.options.drafts,
            changed=changed,
            seen=self.seen,
        )


def check(project: Project, arguments: Sequence[str], options: CheckOptions) -> CheckResult:
    """What the rules find in the PO files that `arguments` mean (default: all of the project's locales), and what was read.

    A file that cannot be read is a finding (E101) and counted in `Run.unreadable`; the others are checked all the same.
    Raises DragomanError for what stops the run: no PO file, an unknown code, terms asked for without a glossary, a glossary
    or baseline that cannot be read, a revision that git does not know.
    """
    _refuse_unknown_codes((*options.select, *options.ignore))
    paths = find_catalogs(arguments, project)
    baseline = _read_baseline(options)
    glossary = _glossary(project, options)
    contexts = _Contexts(project, SourceMatcher(glossary) if glossary.terms else None, options)
    asked: dict[Path, Callable[[Entry], bool]] = dict.fromkeys(paths, lambda entry: True)
    if options.changed_since is not None:
        asked = changed_files(paths, project.root, options.changed_since)
        for path in paths:
            if path not in asked:  # what changed has to follow what did not
                _remember(path, contexts)

    findings = _lint(glossary, project, options)
    entries = broken = 0
    for path, changed in asked.items():
        try:
            text = read_text(path)
            catalog = parse_catalog(text, path.as_posix())
            context = contexts.of(catalog_language(catalog), changed)
            findings += check_catalog(catalog, context, text)
            entries += sum(not entry.obsolete for entry in catalog.entries)
            if options.annotate:
                _annotate(path, contexts, project)
        except DragomanError as error:
            broken += 1
            findings += _unreadable(error, path)

    if options.update_baseline and options.baseline is not None:
        write_atomically(options.baseline, format_baseline(finding for finding in findings if finding.rule != unreadable.code))
        baseline = _read_baseline(options)
    run = Run(
        paths=tuple(path.as_posix() for path in asked),
        entries=entries,
        unreadable=broken,
        in_baseline=sum(map(baseline.knows, findings)),
        stale_in_baseline=baseline.stale(findings) if options.changed_since is None and not arguments else 0,
        fail_on=options.fail_on,
    )
    return CheckResult(tuple(finding for finding in findings if not baseline.knows(finding)), run)


def explain(code: str) -> str:
    """The page of one rule, as in docs/rules.md. Raises DragomanError where there is no such rule."""
    for rule in DOCUMENTED:
        if code.upper() in (rule.code, rule.name.upper()):
            return page(rule)
    near = get_close_matches(code.upper(), [rule.code for rule in DOCUMENTED], n=3, cutoff=0.5)
    raise DragomanError(f"no rule is called {code!r}", hint=f"did you mean {', '.join(near)}?" if near else _CODES_HINT)


def find_catalogs(arguments: Sequence[str], project: Project) -> tuple[Path, ...]:
    """The PO files that `arguments` mean: files, folders (their `.po` files, at any depth), globs. Each once, in order.

    Raises DragomanError where an argument means nothing.
    """
    found = [path for argument in arguments or (os.fspath(project.locales),) for path in _expand(argument)]
    return tuple(dict.fromkeys(found))


def _expand(argument: str) -> Iterable[Path]:
    path = Path(argument)
    if path.is_dir():
        inside = find_files(path, ".po")
        if not inside:
            raise CatalogError("has no PO file in it", at=argument, hint="run dragoman translate first, or name another folder")
        return inside
    if path.exists() or not glob.has_magic(argument):
        return [path]  # where it is missing, reading it says so
    matched = sorted(Path(name) for name in glob.glob(argument, recursive=True))  # noqa: PTH207  Path.glob refuses absolute ones
    if not matched:
        raise CatalogError("matches no file", at=argument, hint="look at the pattern; quote it if the shell expands it")
    return [inner for name in matched for inner in _expand(os.fspath(name))]


def catalog_language(catalog: Catalog) -> str:
    """The language of a file: its folder's, or else its header's."""
    folder = folder_language(catalog.path)
    if folder:
        return folder
    hint = "write “Language: fa_AF” or “Language: ps” into its header"
    if not catalog.language:
        raise CatalogError("says nowhere which language it is in", at=catalog.path, hint=hint)
    try:
        return get_language(catalog.language).code
    except LanguageError as error:
        raise CatalogError(error.message, at=catalog.path, hint=hint) from None


def _unreadable(error: DragomanError, path: Path) -> Iterator[Finding]:
    at = error.at if isinstance(error.at, Location) else Location(path.as_posix())
    for problem in unreadable.check(error):
        yield _finding(problem, at)


def _finding(problem: Problem, at: Location) -> Finding:
    return Finding(unreadable.code, unreadable.severity, problem.message, at, suggestion=problem.suggestion)


def _remember(path: Path, contexts: _Contexts) -> None:
    """Let the rules over files know an unchanged file. What is wrong with it is nobody's question now."""
    try:
        catalog = parse_catalog(read_text(path), path.as_posix())
        for _ in check_catalog(catalog, contexts.of(catalog_language(catalog), lambda entry: False)):
            pass
    except DragomanError:
        return


def _annotate(path: Path, contexts: _Contexts, project: Project) -> None:
    with locked(project.root):
        catalog = parse_catalog(read_text(path), path.as_posix())
        context = new_context(
            project.language(catalog_language(catalog)),
            contexts.matcher,
            select=contexts.options.select,
            ignore=contexts.options.ignore,
        )
        fresh = annotated(catalog, context)
        if fresh != catalog:
            write_atomically(path, format_catalog(fresh))


def _glossary(project: Project, options: CheckOptions) -> Glossary:
    """The project's glossary, perhaps an empty one, which is an error where its rules were asked for."""
    glossary = read_glossary(project, options.glossary)
    needing = [code for code in options.select if code[0] in "TG"]
    if needing and not glossary.terms:
        what = f"--select {needing[0]} needs a glossary, and {'it is empty' if glossary.path else 'there is none'}"
        raise DragomanError(
            what, at=str(glossary.path or project.glossary), hint="run dragoman init, or name one with --glossary"
        )
    return glossary


def _lint(glossary: Glossary, project: Project, options: CheckOptions) -> list[Finding]:
    """What is wrong with the glossary itself. A look at what changed in PO files leaves it out."""
    rules = [rule for rule in GLOSSARY_RULES if selected(rule.code, options.select, options.ignore)]
    if options.changed_since is not None:
        return []
    return list(lint(glossary, [get_language(code) for code in project.languages], rules))


def _read_baseline(options: CheckOptions) -> Baseline:
    if options.baseline is None:
        if options.update_baseline:
            raise DragomanError("--update-baseline without --baseline", hint="name the file: --baseline FILE")
        return Baseline()
    if options.update_baseline and not options.baseline.exists():
        return Baseline()
    return parse_baseline(read_text(options.baseline), str(options.baseline))


def _refuse_unknown_codes(prefixes: Iterable[str]) -> None:
    for prefix in prefixes:
        if not prefix or not any(rule.code.startswith(prefix) for rule in DOCUMENTED):
            raise DragomanError(f"no rule begins with {prefix!r}", hint=_CODES_HINT)


_CODES_HINT = "docs/rules.md has the codes; T stands for all rules of terms, T1 for some, T101 for one"
