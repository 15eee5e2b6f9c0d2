"""NLLB-200 (Meta, 2022): 200 languages, Dari and southern Pashto among them, and told from Iranian Persian.

As Hugging Face's tokenizer has it since version 4.28: `eng_Latn` first, `</s>` last; the translation begins with its language.
"""

from __future__ import annotations

import re
from pathlib import Path

from dragoman.mt.loaders.tagged import TaggedLoader, Tags, recognizes

_TAGS = Tags(
    source="eng_Latn",
    targets={"fa_AF": "prs_Arab", "ps": "pbt_Arab"},
    tag=re.compile(r"[a-z]{3}_[A-Z][a-z]{3}"),
    knows_dari=True,
    max_length=256,  # positions go to 1,024, but it was trained on sentences, and drops parts of longer texts
)


def is_nllb(folder: Path) -> bool:
    return recognizes(folder, _TAGS)


def load_nllb(folder: Path) -> TaggedLoader:
    return TaggedLoader(folder, _TAGS)
