"""glossary.yml → Glossary. Each thing that is wrong with the file is named with its line, its column and what to do.

The fields are described for people in docs/glossary.md and for editors in glossary.schema.json, which agrees with this file.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from types import MappingProxyType
from typing import TypeVar

from dragoman.errors import ExitStatus, GlossaryError, LanguageError
from dragoman.glossary import nodes
from dragoman.glossary.nodes import MappingNode, Node, ScalarNode, SequenceNode
from dragoman.languages import get_language
from dragoman.model import Glossary, Location, TargetTerm, Term, TermCase, TermKind

VERSION = "1"
MOST_SHOWN = 20  # problems
LONGEST_MESSAGE = 160  # code points: a text of the file may stand in it

_GLOSSARY_KEYS = ("version", "source_language", "terms")
_TERM_KEYS = ("source", "also", "concept", "kind", "case", "translate", "note", "targets")
_TARGET_KEYS = ("preferred", "admitted", "forbidden", "inflects")
_KINDS = {kind.value: kind for kind in TermKind}
_CASES = {case.value: case for case in TermCase}
_NOT_SLUG = re.compile(r"[\W_]+")
_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]+)*")

Choice = TypeVar("Choice", TermKind, TermCase)


class GlossaryErrors(GlossaryError):  # noqa: N818  the plural says what it is
    """Everything that is wrong with one glossary, a line each."""

    def __init__(self, problems: Iterable[GlossaryError]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(first.message, first.at, first.hint, ExitStatus.USAGE)

    @property
    def lines(self) -> tuple[str, ...]:
        """Each problem, and how many more there are than a terminal has room for."""
        more = len(self.problems) - MOST_SHOWN
        return (*map(str, self.problems[:MOST_SHOWN]), *([f"and {more} more"] if more > 0 else []))

    def __str__(self) -> str:
        return "\n".join(self.lines)


def parse_glossary(text: str, path: str, *, allow_conflicts: bool = False) -> Glossary:
    """The glossary in `text`, the content of the file `path`.

    Raises GlossaryError: the one problem, or a GlossaryErrors with all of them. Two entries that translate one source form in
    two ways are a problem too, for nobody could say which is meant; `allow_conflicts` is for `lint`, which reports them.
    """
    with _no_garbage_collection():
        reader = _Reader(path)
        glossary = reader.glossary(nodes.compose(text, path))
        problems = reader.problems
        if glossary and not allow_conflicts:
            problems += [_conflict(*conflict) for conflict in conflicts(glossary.terms)]
    if problems or glossary is None:
        raise problems[0] if len(problems) == 1 else GlossaryErrors(problems)
    return glossary


def conflicts(terms: Iterable[Term]) -> Iterator[tuple[str, Term, Term]]:
    """Each source form that two entries translate differently, though no concept tells them apart, and the two."""
    known: dict[str, list[Term]] = {}
    for term in terms:
        for form in dict.fromkeys((term.source, *term.variants)):
            earlier = known.setdefault(form, [])
            for other in earlier:
                if other is not term and other.concept == term.concept and _differ(other, term):
                    yield form, other, term
                    break
            earlier.append(term)


def _differ(one: Term, other: Term) -> bool:
    if one.translate != other.translate:
        return True
    shared = one.targets.keys() & other.targets.keys()
    return any(_forms(one.targets[language]) != _forms(other.targets[language]) for language in shared)


def _forms(target: TargetTerm) -> tuple[str, set[str], set[str]]:
    return target.preferred, set(target.admitted), set(target.forbidden)


def _conflict(form: str, first: Term, second: Term) -> GlossaryError:
    line = f" in line {first.location.line}" if first.location else ""
    return GlossaryError(
        f"{form!r} has other targets{line}",
        at=second.location,
        hint="merge the two entries, or give each a concept of its own",
    )


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """50,000 terms are a million young objects that all stay: looking through them for garbage takes a third of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class _Reader:
    """Reads the nodes of one file, and goes on after a problem, so that all of them are told at once."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[GlossaryError] = []
        self.languages: dict[str, str | None] = {}
        self.identifiers: dict[str, int] = {}

    def glossary(self, root: Node | None) -> Glossary | None:
        if root is None:
            self.problem(None, "is empty", "begin with “version: 1”, then “terms:”")
            return None
        if not isinstance(root, MappingNode):
            self.problem(root, "is not a glossary", "begin with “version: 1”, then “terms:”")
            return None
        fields = self.fields(root, _GLOSSARY_KEYS)
        if "version" not in fields:
            self.problem(root, "has no version", "begin the file with “version: 1”")
        elif not isinstance(version := fields["version"], ScalarNode) or version.value != VERSION:
            shown = version.value if isinstance(version, ScalarNode) else "that"
            self.problem(version, f"version {shown} is not known", "write “version: 1”, or install a newer Dragoman")
            return None
        language = self.text(fields.get("source_language"), "source_language") or "en"
        if not _LANGUAGE_CODE.fullmatch(language):
            self.problem(fields["source_language"], f"{language!r} is not a language code", "write “source_language: en”")
        if "terms" not in fields:
            self.problem(root, "has no terms", "write “terms:”, and below it a “- source: …” for each entry")
        return Glossary(tuple(self.terms(fields.get("terms"))), language, self.path)

    def terms(self, node: Node | None) -> Iterator[Term]:
        if node is None or _nothing(node):
            return
        if not isinstance(node, SequenceNode):
            self.problem(node, "terms is not a list", "begin each entry with “- source:”")
            return
        for entry in node.value:
            if (term := self.term(entry)) is not None:
                yield term

    def term(self, node: Node) -> Term | None:
        if not isinstance(node, MappingNode):
            self.problem(node, "an entry is not “key: value”", "begin it with “- source:”")
            return None
        fields = self.fields(node, _TERM_KEYS)
        if "source" not in fields:
            self.problem(node, "an entry has no source", "write “source:” and the English form")
            return None
        before = len(self.problems)
        source = self.text(fields["source"], "source")
        translate = self.truth(fields.get("translate"), "translate", default=True)
        targets = self.targets(fields.get("targets"))
        if not translate and targets:
            self.problem(fields["targets"], "“translate: false” has targets", "remove the targets, or “translate: false”")
        concept, note = self.text(fields.get("concept"), "concept"), self.text(fields.get("note"), "note")
        variants = self.texts(fields.get("also"), "also")
        kind = self.choice(fields.get("kind"), "kind", _KINDS, TermKind.CONCEPT)
        case = self.choice(fields.get("case"), "case", _CASES, TermCase.SMART)
        if source is None or len(self.problems) > before:
            return None
        location = nodes.location(node, self.path)
        return Term(self.identifier(source), source, targets, variants, concept, kind, case, translate, note, location)

    def targets(self, node: Node | None) -> Mapping[str, TargetTerm]:
        targets: dict[str, TargetTerm] = {}
        if node is None or _nothing(node):
            return _NO_TARGETS
        if not isinstance(node, MappingNode):
            self.problem(node, "targets is not “language: form”", "write a line “fa_AF: …” or “ps: …” for each language")
            return _NO_TARGETS
        for key, value in node.value:
            language = self.language(key)
            if language in targets:
                self.problem(key, f"{key.value!r} is {language} again", "keep one of the two")
            elif (target := self.target(value, key)) is not None and language is not None:
                targets[language] = target
        return MappingProxyType(targets) if targets else _NO_TARGETS

    def target(self, node: Node, key: ScalarNode) -> TargetTerm | None:
        location = nodes.location(node, self.path)
        if isinstance(node, ScalarNode):
            preferred = self.text(node, key.value)
            return TargetTerm(preferred, location=location) if preferred else None
        if not isinstance(node, MappingNode):
            self.problem(node, f"the target {key.value!r} is a list", "write one form, or “preferred:” and “admitted:”")
            return None
        fields = self.fields(node, _TARGET_KEYS)
        if "preferred" not in fields:
            self.problem(node, f"the target {key.value!r} has no preferred form", "write “preferred:” and the form")
            return None
        preferred = self.text(fields["preferred"], "preferred")
        admitted, forbidden = self.texts(fields.get("admitted"), "admitted"), self.texts(fields.get("forbidden"), "forbidden")
        inflects = self.truth(fields.get("inflects"), "inflects", default=True)
        return TargetTerm(preferred, admitted, forbidden, inflects, location) if preferred else None

    def language(self, key: ScalarNode) -> str | None:
        """The code of ours for a code of the file."""
        if key.value not in self.languages:
            try:
                self.languages[key.value] = get_language(key.value).code
            except LanguageError as error:
                self.languages[key.value] = None
                self.problem(key, error.message, error.hint)
        elif self.languages[key.value] is None:
            self.problem(key, f"{key.value!r} is not a language that Dragoman knows", None)
        return self.languages[key.value]

    def fields(self, node: MappingNode, known: tuple[str, ...]) -> dict[str, Node]:
        fields: dict[str, Node] = {}
        for key, value in node.value:
            if key.value not in known:
                close = get_close_matches(key.value.lower(), known, 1)
                hint = f"did you mean {close[0]!r}?" if close else f"the keys here are {', '.join(known)}"
                self.problem(key, f"the key {key.value!r} is not known", hint)
            elif key.value in fields:
                self.problem(key, f"the key {key.value!r} is given twice", "keep one of the two")
            else:
                fields[key.value] = value
        return fields

    def text(self, node: Node | None, key: str) -> str | None:
        if node is None:
            return None
        if not isinstance(node, ScalarNode):
            self.problem(node, f"{key!r} is not a text", "write one text there")
            return None
        if not node.value.strip():
            self.problem(node, f"{key!r} is empty", "write the text, or remove the key")
            return None
        if not node.style and (kind := nodes.other_type(node.value)) is not None:
            self.problem(node, f"{node.value} is {kind} in YAML, not a text", f'put it in quotes: "{node.value}"')
            return None
        return str(node.value)

    def texts(self, node: Node | None, key: str) -> tuple[str, ...]:
        if node is None or _nothing(node):
            return ()
        if not isinstance(node, SequenceNode):
            self.problem(node, f"{key!r} is not a list", "put it in brackets: [ … ]")
            return ()
        return tuple(text for part in node.value if (text := self.text(part, key)) is not None)

    def truth(self, node: Node | None, key: str, *, default: bool) -> bool:
        if node is None:
            return default
        if isinstance(node, ScalarNode) and not node.style and node.value in ("true", "false"):
            return bool(node.value == "true")
        self.problem(node, f"{key!r} is neither true nor false", "write true or false")
        return default

    def choice(self, node: Node | None, key: str, choices: Mapping[str, Choice], default: Choice) -> Choice:
        if node is None:
            return default
        if isinstance(node, ScalarNode) and node.value in choices:
            return choices[node.value]
        shown = repr(node.value) if isinstance(node, ScalarNode) else "that"
        self.problem(node, f"{shown} is no {key}", f"write one of {', '.join(choices)}")
        return default

    def identifier(self, source: str) -> str:
        """`abu-bakr-al-baghdadi`: the same in every run, and told apart by a number where two sources look alike."""
        slug = identifier = _NOT_SLUG.sub("-", source.lower()).strip("-") or "term"
        while identifier in self.identifiers:
            self.identifiers[slug] += 1
            identifier = f"{slug}-{self.identifiers[slug]}"
        self.identifiers[identifier] = 1
        return identifier

    def problem(self, node: Node | None, message: str, hint: str | None) -> None:
        at = nodes.location(node, self.path) if node is not None else Location(self.path)
        self.problems.append(GlossaryError(_cut(message), at=at, hint=hint and _cut(hint)))


_NO_TARGETS: Mapping[str, TargetTerm] = MappingProxyType({})


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_MESSAGE else f"{text[: LONGEST_MESSAGE - 1]}…"


def _nothing(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.style and node.value in ("", "~", "null")
