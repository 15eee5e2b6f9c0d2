"""Text as the starter model sees it: normalization of source and target, words with their offsets, folding for alignment."""

from __future__ import annotations

import re
import unicodedata

from dragoman.mt.phrases.words import split_words
from dragoman.text.normalize import normalize_source

__all__ = ["align_form", "normalize_source", "normalize_target", "words"]

QUOTES = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛‹›′`´", "'"),
        **dict.fromkeys("‐‑‒", "-"),
        **dict.fromkeys("\u00a0\u2009\u202f\u2007\u200a\t\r\n", " "),
        "…": "...",
        "—": "–",
        **dict.fromkeys("\u200b\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad", None),
    }
)
DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٪", "01234567890123456789%")
URDU = str.maketrans({"ہ": "ه", "ھ": "ه", "ں": "ن", "ٹ": "ټ", "ڈ": "ډ", "ڑ": "ړ", "\u0640": None})
LETTERS = {
    "prs": str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ے": "ی"}),
    "ps": str.maketrans({"ك": "ک", "گ": "ګ", "ى": "ی", "ے": "ې"}),
}
HARAKAT = re.compile("[\u064b-\u0653\u0670]")
SPACES = re.compile(" {2,}")
PAKISTANI = {"کښې": "کې", "کښی": "کې", "کښے": "کې", "پۀ": "په", "لۀ": "له", "نۀ": "نه", "دا سې": "داسې"}
PAKISTANI_WORD = re.compile(r"(?<!\w)(" + "|".join(PAKISTANI) + r")(?!\w)")


def normalize_target(text: str, language: str) -> str:
    """What the model writes: ASCII digits, quotes and %, the letters of one standard. The package's orthography undoes it."""
    text = unicodedata.normalize("NFKC" if re.search("[\ufb50-\ufdff\ufe70-\ufefc]", text) else "NFC", text)
    text = text.translate(QUOTES).translate(DIGITS).translate(URDU).translate(LETTERS[language])
    text = HARAKAT.sub("", text).replace("٬", ",").replace("٫", ".").replace("۔", ".")
    text = re.sub("\u200c+", "\u200c", text)
    text = re.sub("(?<=\\W)\u200c|\u200c(?=\\W|$)|^\u200c", "", text)
    if language == "ps":
        text = PAKISTANI_WORD.sub(lambda match: PAKISTANI[match[0]], text)
    text = re.sub(r" +([،؛؟,.!:])(?=\s|$)", r"\1", text)
    return SPACES.sub(" ", text).strip()


def words(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the words, numbers, placeholders and marks that the package's phrases are made of."""
    spans, end = [], 0
    for word in split_words(text):
        start = text.index(word, end)
        end = start + len(word)
        spans.append((start, end))
    return spans


FOLD = str.maketrans(
    {
        **dict.fromkeys("يىئېۍ", "ی"),
        **dict.fromkeys("أإآ", "ا"),
        **dict.fromkeys("ۀة", "ه"),
        "ك": "ک",
        "ګ": "گ",
        "ؤ": "و",
        "\u200c": None,
        "\u0654": None,
    }
)


def align_form(word: str) -> str:
    """A word for counting alignments: folded and cut to its first letters, so that inflected forms count together."""
    folded = word.lower().translate(FOLD)
    if folded.endswith(("'s", "s'")):
        folded = folded[:-2]
    return folded[:6] if folded[:1].isascii() else folded[:5]
