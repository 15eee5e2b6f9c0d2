"""Source text as models know it: composed, with the quotation marks, dashes and spaces of a keyboard."""

from __future__ import annotations

import re
import unicodedata

_KEYBOARD = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‘’‚‛‹›ʼ`´", "'"),
        **dict.fromkeys("‐‑‒–−", "-"),
        **dict.fromkeys("—―", " - "),
        "…": "...",
        "\u00ad": None,  # soft hyphen
        "\u200b": None,  # zero-width space
        "\ufeff": None,  # byte order mark
    }
)
_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def normalize_source(text: str) -> str:
    """`text` for an engine. White space of any kind and length becomes one space; none is left at the edges."""
    composed = unicodedata.normalize("NFC", strip_direction_marks(text)).translate(_KEYBOARD)
    return " ".join(composed.split())


def strip_direction_marks(text: str) -> str:
    """`text` without the invisible characters that set its direction, which PO files never carry."""
    return _DIRECTION_MARKS.sub("", text)
