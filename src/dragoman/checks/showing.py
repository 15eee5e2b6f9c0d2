"""Pieces of other people's text inside our messages: short, and without a character that a terminal would obey."""

from __future__ import annotations

import unicodedata

LONGEST = 60  # characters of a quoted piece


def visible(text: str) -> str:
    r"""`text` with control and direction characters written out (`\x1b`, `\u202e`), so that showing it does nothing."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def quoted(text: str) -> str:
    """A piece of text for a message: between quotation marks, cut where it is long."""
    return f"“{short(text)}”"


def short(text: str, longest: int = LONGEST) -> str:
    """A piece of text, cut where it is long."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _visible(character: str) -> str:
    # Cc control, Cf format (direction marks; but a ZWNJ belongs to the word), Cs lone surrogates, Zl and Zp line ends.
    if character == "\u200c" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return character
    code = ord(character)
    if character in "\n\t\r":
        return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
