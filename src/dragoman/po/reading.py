"""PO text in, `Catalog` out: nothing lost, or an error that names the line.

polib writes our files, but cannot read them: it cuts strings at U+2028 and drops `#~|`, the last comments of a file, the order
of its headers, an entry without msgstr, and the end of a string that is never closed, all without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dragoman.errors import CatalogError
from dragoman.model import Catalog, Entry, Location

# A line of a message: `msgid "…"`, `msgstr[1] "…"`, `"…"`, each perhaps after `#~`, `#|` or `#~|`.
_MESSAGE_LINE = re.compile(
    r"(?P<mark>\#~\||\#\||\#~)?\s*(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]+\])?)?\s*"
    r'"(?P<text>[^"\\]*(?:\\.[^"\\]*)*)"\s*'
)
_OBSOLETE_COMMENT = re.compile(r"#~\s*(?=#|$)")  # `#~ # comment`, as old tools wrote it
_MAY_FOLLOW: Mapping[str, tuple[str, ...]] = {
    "": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr[0]",),
}
_SHAPE = "an entry is msgctxt (if any), msgid, msgid_plural (if any), msgstr"
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "b": "\b", "f": "\f", "a": "\a", '"': '"', "\\": "\\"}
# A path with a space stands between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (gettext 0.22).
_REFERENCE = re.compile(r"(?:\u2068(?P<isolated>[^\u2069]*)\u2069|(?P<path>\S+?))(?::(?P<line>[0-9]{1,9}))?(?=\s|$)")
_CONFLICT = re.compile(r"^(?:(?:<{7}|\|{7}|>{7}) |={7}\r?$)", re.MULTILINE)
_CHARSET = re.compile(r"charset=([^\s;]*)", re.IGNORECASE)
# The last four are what a template says before anyone filled it in, and what UTF-8 holds anyway.
_UTF8 = frozenset({"utf-8", "utf8", "", "charset", "ascii", "us-ascii"})


def parse_catalog(text: str, path: str) -> Catalog:
    """The PO file or template `text`; `path` is for messages and locations alone.

    Raises CatalogError, with the line, for what is not PO, for merge conflicts, for entries that stand twice, and for a charset
    other than UTF-8. Strings, comments, flags and headers are kept, in their order. Writing changes once, for good: obsolete
    entries and comments below the last entry move to the end and the head of the file, flags come together in one line, and a
    header loses its fuzzy mark and its references.
    """
    text = text.removeprefix("\ufeff")
    _refuse_broken_text(text, path)
    headers: dict[str, str] = {}
    comments: list[str] = []
    entries: list[Entry] = []
    lines: dict[tuple[str | None, str], int] = {}
    for block in _blocks(text, path):
        if not block.message:
            comments += block.comments
            continue
        entry = block.entry()
        if first := lines.get(entry.key):
            message = f"this entry stands in line {first} too: {_excerpt(entry.source) or 'the header'}"
            raise CatalogError(message, at=entry.location, hint="keep one of the two; gettext refuses such a file as well")
        lines[entry.key] = block.line
        if entry.key == (None, "") and not entry.obsolete:
            headers = _headers(entry)
            comments += [*entry.comments, *entry.notes]
        else:
            entries.append(entry)
    entries.sort(key=lambda entry: entry.obsolete)
    return Catalog(
        language=headers.get("Language") or None,
        entries=tuple(entries),
        headers=MappingProxyType(headers),
        comments=tuple(comments),
        path=path,
        newline="\r\n" if 0 < text.count("\n") == text.count("\r\n") else "\n",
    )


@dataclass(slots=True)
class _Block:
    """The lines of one entry, sorted by what they are."""

    path: str
    comments: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    references: list[Location] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    message: dict[str, str] = field(default_factory=dict)  # text by keyword, in the order of the file
    previous: dict[str, str] = field(default_factory=dict)  # the same, of `#|`
    obsolete: bool = False
    line: int = 0  # of msgstr; 0 until it is reached

    def add_comment(self, line: str, number: int) -> None:
        if self.message:
            hint = "move it above the entry, or write the msgstr that is missing"
            raise CatalogError("a comment stands inside an entry", at=Location(self.path, number), hint=hint)
        kind, text = line[1:2], line[2:].removeprefix(" ")
        if kind == ".":
            self.notes.append(text)
        elif kind == ":":
            self.references += _references(text)
        elif kind in (",", "="):  # `#=`: flags as gettext 0.26 writes some of them
            flags = [flag.strip() for flag in text.split(",")]
            self.flags += [flag for flag in dict.fromkeys(flags) if flag and flag not in self.flags]
        else:
            self.comments.append(line[1:].removeprefix(" "))

    def add_string(self, match: re.Match[str], number: int) -> None:
        at = Location(self.path, number)
        mark, keyword = match["mark"] or "", match["keyword"]
        text = _unescape(match["text"], at)
        if mark.endswith("|"):
            self._add_previous(keyword, text, at)
        elif self.message and (mark == "#~") != self.obsolete:
            raise CatalogError("only a part of this entry is obsolete", at=at, hint="begin all of its lines with #~, or none")
        elif keyword is None:
            if not self.message:
                raise CatalogError("a string without msgid or msgstr", at=at, hint=_SHAPE)
            self.message[next(reversed(self.message))] += text
        else:
            last = next(reversed(self.message), "")
            if not _may_follow(last, keyword):
                raise CatalogError(f"{keyword} cannot stand {f'after {last}' if last else 'first'}", at=at, hint=_SHAPE)
            self.message[keyword] = text
            self.obsolete = mark == "#~"
            if not self.line and keyword.startswith("msgstr"):
                self.line = number

    def _add_previous(self, keyword: str | None, text: str, at: Location) -> None:
        if self.message:
            raise CatalogError("a previous source (#|) stands inside an entry", at=at, hint="move it above msgid")
        if keyword is None:
            if not self.previous:
                raise CatalogError("a previous source (#|) without msgid", at=at, hint='write #| msgid "…"')
            self.previous[next(reversed(self.previous))] += text
        elif keyword.startswith("msgstr") or keyword in self.previous:
            raise CatalogError(f"{keyword} cannot stand here as previous source (#|)", at=at, hint='write #| msgid "…"')
        else:
            self.previous[keyword] = text

    def entry(self) -> Entry:
        source, plural = self.message["msgid"], self.message.get("msgid_plural")
        targets = tuple(text for keyword, text in self.message.items() if keyword.startswith("msgstr["))
        return Entry(
            source=source,
            target=self.message.get("msgstr", ""),
            context=self.message.get("msgctxt"),
            fuzzy="fuzzy" in self.flags,
            previous_source=self.previous.get("msgid"),
            previous_context=self.previous.get("msgctxt"),
            references=tuple(self.references),
            notes=tuple(self.notes),
            comments=tuple(self.comments),
            flags=tuple(flag for flag in self.flags if flag != "fuzzy"),
            obsolete=self.obsolete,
            source_plural=plural,
            previous_source_plural=self.previous.get("msgid_plural"),
            target_plurals=targets,
            location=Location(self.path, self.line),
        )


def _blocks(text: str, path: str) -> Iterator[_Block]:
    """A block an entry; then, without a message, the comments that no entry follows."""
    block = _Block(path)
    comment_lines: list[str] = []
    started = False
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.removesuffix("\r").lstrip()
        if line.startswith("#~"):
            line = _OBSOLETE_COMMENT.sub("", line)
        if not line:
            continue
        is_comment = line[0] == "#" and line[1:2] not in ("~", "|")
        if block.line and (is_comment or not line.removeprefix("#~").lstrip().startswith(('"', "msgstr"))):
            yield block
            block = _Block(path)
            comment_lines.clear()
        if is_comment:
            comment_lines.append(line[1:].removeprefix(" "))
            block.add_comment(line, number)
        elif match := _MESSAGE_LINE.fullmatch(line):
            block.add_string(match, number)
        else:
            raise _not_po(line, Location(path, number), started)
        started = True
    if block.line:
        yield block
    elif block.message or block.previous:
        raise CatalogError("the last entry has no msgstr", at=Location(path, number), hint="the file may have been cut off")
    else:
        yield _Block(path, comment_lines)


def _may_follow(last: str, keyword: str) -> bool:
    if last.startswith("msgstr["):
        return keyword == f"msgstr[{int(last[7:-1]) + 1}]"
    return keyword in _MAY_FOLLOW.get(last, ())


def _unescape(text: str, at: Location) -> str:
    if "\\" not in text:
        return text
    for character in _ESCAPE.findall(text):
        if character not in _ESCAPED:
            hint = f"write the character itself, or \\\\{character} for a backslash"
            raise CatalogError(f"\\{character} is not understood in a string", at=at, hint=hint)
    return _ESCAPE.sub(lambda match: _ESCAPED[match[1]], text)


def _references(text: str) -> Iterator[Location]:
    for match in _REFERENCE.finditer(text):
        path = match["path"] if match["isolated"] is None else match["isolated"]
        yield Location(path, int(match["line"] or 0))


def _headers(entry: Entry) -> dict[str, str]:
    headers: dict[str, str] = {}
    name = ""
    for line in entry.target.removesuffix("\n").split("\n") if entry.target else ():
        before, colon, after = line.partition(":")
        if not colon:
            if not name:
                raise CatalogError(f"a header without a colon: {_excerpt(line)}", at=entry.location, hint="write Name: value")
            headers[name] += "\n" + line
            continue
        name, value = before.strip(), after.strip()
        if headers.setdefault(name, value) != value:
            raise CatalogError(f"the header {name} stands twice", at=entry.location, hint="keep one of the two")
    content_type = headers.get("Content-Type", "")
    if match := _CHARSET.search(content_type):
        if match[1].lower() not in _UTF8:
            hint = "if that is true: msgconv --to-code=UTF-8; if it is not: correct the header"
            raise CatalogError(f"its header says charset={match[1]}, and PO files are UTF-8 here", at=entry.location, hint=hint)
        headers["Content-Type"] = f"{content_type[: match.start(1)]}UTF-8{content_type[match.end(1) :]}"
    return headers


def _refuse_broken_text(text: str, path: str) -> None:
    if (start := text.find("\0")) >= 0:
        at = Location(path, text.count("\n", 0, start) + 1)
        raise CatalogError("a NUL byte: this is not text", at=at, hint="take the file from a backup or from git")
    if match := _CONFLICT.search(text):
        at = Location(path, text.count("\n", 0, match.start()) + 1)
        raise CatalogError("a merge conflict is left in the file", at=at, hint="choose a side, then delete the three marks")


def _not_po(line: str, at: Location, started: bool) -> CatalogError:
    if not started:
        return CatalogError(f"is not a PO file: {_excerpt(line)}", at=at, hint="was another file meant?")
    if '"' in line:
        hint = 'a string stands between "…" in one line, and a quotation mark inside it is \\"'
    else:
        hint = 'a line is a comment, or msgid "…", or msgstr "…"'
    return CatalogError(f"this is not PO: {_excerpt(line)}", at=at, hint=hint)


def _excerpt(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
