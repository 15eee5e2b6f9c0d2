"""M2M-100 (Meta, 2020): 100 languages, Pashto among them; its Persian is that of Iran.

`__en__` first, `</s>` last; the translation begins with `__fa__` or `__ps__`.
"""

from __future__ import annotations

import re
from pathlib import Path

from dragoman.mt.loaders.tagged import TaggedLoader, Tags, recognizes

_TAGS = Tags(
    source="__en__",
    targets={"fa_AF": "__fa__", "ps": "__ps__"},
    tag=re.compile(r"__[a-z]{2,3}__|madeupword[0-9]+"),
    knows_dari=False,
    max_length=250,  # its training left longer sentences out
)


def is_m2m(folder: Path) -> bool:
    return recognizes(folder, _TAGS)


def load_m2m(folder: Path) -> TaggedLoader:
    return TaggedLoader(folder, _TAGS)
