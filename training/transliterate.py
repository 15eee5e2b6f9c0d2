"""How names are spelled by sound: a character model English → Dari and Pashto, out of pairs of names.

    python training/transliterate.py --data DATA --corpora CORPORA --out src/dragoman/mt/starter     # 1 min
    python training/transliterate.py --data DATA --corpora CORPORA --measure                         # a tenth held out

Names are places and countries (`names`), what of CLDR and of running text sounds alike on both sides (capitalized English words
linked with one word), Dari ones for Pashto too, Iranian ones for Dari. Each is cut into chunks of letters by expectation
maximization (a few Latin letters, and what stands for them); of the chunks an n-gram model is counted (Bisani and Ney 2008), with
Kneser-Ney smoothing, pruned and packed as `dragoman.mt.phrases.spelling` reads it. One core, no package but NumPy.
"""

from __future__ import annotations

import argparse
import collections
import functools
import hashlib
import json
import lzma
import math
import pathlib
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy
from text import normalize_source, normalize_target

from dragoman.mt.phrases.spelling import BITS, BOUNDARY, ORDER, SCALE, SHIFT, Speller, latin_letters, places, without_genitive
from dragoman.mt.phrases.words import split_words

LANGUAGES = {"fa_AF": "prs", "ps": "ps"}
OWN = pathlib.Path(__file__).with_name("names.tsv")  # common given names and family names, as the press writes them
HELD_OUT = 10  # one name in ten, by the checksum of its letters: the same for both languages
# What a pair counts for, by the language that it is taken from and by what it is taken from; nothing where it is not named.
WEIGHTS: Mapping[str, Mapping[tuple[str, str], float]] = {
    "prs": {
        ("prs", "own"): 4.0,
        ("prs", "names"): 1.0,
        ("prs", "lexicon"): 1.0,
        ("prs", "text"): 1.0,
        ("fa", "names"): 0.3,
        ("fa", "lexicon"): 0.3,
        ("fa", "text"): 0.3,
        ("prs", "loan"): 0.3,
        ("fa", "loan"): 0.1,
    },
    "ps": {
        ("ps", "names"): 1.0,
        ("ps", "lexicon"): 1.0,
        ("ps", "text"): 1.0,
        ("prs", "own"): 4.0,
        ("prs", "names"): 0.4,
        ("prs", "lexicon"): 0.1,
        ("prs", "text"): 0.1,
        ("ps", "loan"): 0.3,
        ("prs", "loan"): 0.1,
    },
}
NAME = re.compile(r"[A-Z][a-z]+(?:'?[A-Z]?[a-z]+)*")
LAST_I = re.compile("(?:^|[^ae])(?:i|y|ee)$")
LOAN = re.compile("[a-z]{5,}")
TARGET = re.compile("[\u0621-\u063a\u0641-\u064a\u067e-\u06d3]+")
LATIN_MARKS = re.compile(r"[^\w' -]")
DISTRICT = re.compile("^ولسوالی | ولسوالی$| ولسوالي$")

# --- what sounds alike --------------------------------------------------------------------------------------------------

SOUNDS = {
    "b": "بپو", "p": "پب", "t": "تټطث", "d": "دډذض", "k": "کقخ", "q": "قکغ", "c": "کسچڅش",
    "g": "گګجغژ", "gh": "غگګق", "kh": "خک", "ch": "چکخشڅ", "tch": "چ", "sch": "ش", "sh": "شښ",
    "s": "سصثشز", "z": "زذضظژځڅ", "zh": "ژږ", "j": "جژځیخي", "f": "ف", "ph": "ف", "v": "وف",
    "w": "و", "th": "تثټدذ", "dh": "دذ", "l": "ل", "m": "م", "n": "نمڼ", "ng": "نڼ", "r": "رړړ",
    "h": "هحخ", "x": "خزکس", "y": "یيېۍ", "ts": "څس", "dz": "ځ",
}  # fmt: skip
SOFT = {**dict.fromkeys("aeiou'", 0.0), "y": 0.2, "h": 0.4, "w": 0.3}  # Latin letters that need no counterpart; others cost 1
SILENT = {**dict.fromkeys("ایيېۍوهعءئآؤأ", 0.15)}  # target letters that need none
JUST_ALIKE = 0.1
STRANGE = 0.26  # cost a Latin consonant, above which two words are not one name


@functools.cache
def strangeness(latin: str, target: str) -> float:
    """How far two words are from sounding alike: unmatched consonants, as a share of the Latin ones."""
    best = [[math.inf] * (len(target) + 1) for _ in range(len(latin) + 1)]
    best[0][0] = 0.0
    for i in range(len(latin) + 1):
        for j in range(len(target) + 1):
            here = best[i][j]
            if here == math.inf:
                continue
            if i < len(latin):
                double = i and latin[i] == latin[i - 1]
                best[i + 1][j] = min(best[i + 1][j], here + (0.0 if double else SOFT.get(latin[i], 1.0)))
            if j < len(target):
                best[i][j + 1] = min(best[i][j + 1], here + SILENT.get(target[j], 1.0))
                for size in (1, 2, 3):
                    if target[j] in SOUNDS.get(latin[i : i + size], "") and i + size <= len(latin):
                        best[i + size][j + 1] = min(best[i + size][j + 1], here)
                    if latin[i : i + 1] in SOFT and target[j] in SILENT and i < len(latin):
                        best[i + 1][j + 1] = min(best[i + 1][j + 1], here)
    consonants = sum(letter not in "aeiou'" for letter in latin)
    return best[-1][-1] / max(1.0, consonants)


def begins_alike(latin: str, target: str) -> bool:
    """Whether the first consonants may be one: a cheap question before the dear one."""
    bare = latin.lstrip("aeiouhyw'")
    return len(target) > 2 and any(
        letter in SOUNDS.get(bare[:size], "") for size in (1, 2, 3) for letter in target.lstrip("ایيېۍوهعءئآؤأ")[:1]
    )


def edges_alike(latin: str, target: str) -> bool:
    """Whether a first vowel is written, as it always is, and the last sounds are alike: else one side has an ending of its own
    (Columbian, کولمبیایی)."""
    if latin[0] in "aeiou" and target[0] not in SILENT:
        return False
    if latin[-1] in "aiou":
        return target[-1] in SILENT
    return latin[-1] in SOFT or any(target[-1] in SOUNDS.get(latin[-size:], "") for size in (1, 2, 3))


@functools.cache
def sound_alike(latin: str, target: str) -> bool:
    """Whether the one may be the other by its sound. A word of one consonant says too little."""
    if not 0.3 <= len(target) / len(latin) <= 1.5 or len(target) < 2 or not edges_alike(latin, target):
        return False
    return strangeness(latin, target) <= STRANGE


# --- pairs --------------------------------------------------------------------------------------------------------------


class Name(NamedTuple):
    """A name in Latin letters and in the letters of a language, where it is from, and what kind of source it stood in."""

    latin: str
    target: str
    language: str
    kind: str


@functools.cache
def one_spelling(word: str, language: str, latin: str = "") -> str:
    """A target word as the model is to write it.

    Of the Pashto yehs, which writers mix, one is taken: ی inside a word, ي at the end of what ends with an i in Latin letters.
    """
    word = normalize_target(word, "ps" if language == "ps" else "prs").replace("\u0654", "")
    if language != "ps":
        return word
    word = re.sub("ي(?=.)", "ی", word)
    return re.sub("ی$", "ي", word) if LAST_I.search(latin) else word


def word_pairs(english: str, target: str) -> Iterator[tuple[str, str]]:
    """The words of a name beside one another where there are as many of each, else all of them joined as one."""
    source = LATIN_MARKS.sub(" ", english.replace("`", "'")).replace("-", " ").split()
    words = DISTRICT.sub("", target).replace("\u200c", " ").split()
    if len(source) == len(words):
        yield from zip(source, words, strict=True)
    elif len(words) == 1:
        yield "".join(source), words[0]


def names_of_lists(rows: Iterable[tuple[str, str, str, str]]) -> Iterator[Name]:
    for kind, language, english, target in rows:
        for latin, word in word_pairs(english, target):
            letters = latin_letters(latin)
            if latin[:1].isupper() or latin[:1] == "'":
                yield Name(letters, one_spelling(word, language, letters), language, kind)
                if "'" in letters:
                    yield Name(letters.replace("'", ""), one_spelling(word, language, letters), language, kind)


def names_of_text(rows: Iterable[tuple[str, str, str]], alignments: Iterable[str]) -> Iterator[Name]:
    """Capitalized words that are linked with one word, which is linked with nothing else; or, where the alignment has none (names
    are rare, and rare words align badly), the one word of the other side that sounds just alike. Loans (virus) as well."""
    for (language, english, target), line in zip(rows, alignments, strict=True):
        links: dict[int, list[int]] = collections.defaultdict(list)
        for link in line.split():
            i, j = link.split("-")
            links[int(i)].append(int(j))
        of_target = collections.Counter(j for found in links.values() for j in found)
        source = split_words(english)
        spelled = split_words(target)
        for i, word in enumerate(source):
            bare = without_genitive(word)
            is_name = NAME.fullmatch(bare) is not None
            if not is_name and not LOAN.fullmatch(bare):
                continue
            latin = latin_letters(bare)
            linked = [one_spelling(spelled[j], language, latin) for j in links[i]]
            if len(linked) == 1 and of_target[links[i][0]] == 1 and sound_alike(latin, linked[0]):
                yield Name(latin, linked[0], language, "text" if is_name else "loan")
            elif is_name and len(latin) > 3:
                beginning = (one_spelling(other, language, latin) for other in spelled if begins_alike(latin, other))
                alike = {other for other in beginning if sound_alike(latin, other) and strangeness(latin, other) <= JUST_ALIKE}
                if len(alike) == 1:
                    yield Name(latin, alike.pop(), language, "text")


def read_names(data: pathlib.Path, corpora: pathlib.Path) -> collections.Counter[Name]:
    """All pairs that sound alike, with how often each was seen."""
    lists, text, links = [], [], []
    with (data / "train.tsv").open(encoding="utf-8") as rows, (data / "train.align").open(encoding="utf-8") as alignments:
        for row, line in zip(rows, alignments, strict=True):
            name, language, english, target = row.rstrip("\n").split("\t")
            kind = name.partition(".")[0]
            if kind in ("names", "lexicon"):
                lists.append((kind, language, english, target))
            else:
                text.append((language, english, target))
                links.append(line)
    with lzma.open(corpora / "names.en-fa.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            english, _, target = line.rstrip("\n").partition("\t")
            lists.append(("names", "fa", normalize_source(english), normalize_target(target, "prs")))
    own = [line.split("\t") for line in OWN.read_text(encoding="utf-8").splitlines()]
    found = collections.Counter([*names_of_lists(lists), *names_of_text(text, links)])
    found.update(Name(latin_letters(latin), target.replace("\u200c", ""), "prs", "own") for latin, target in own)
    return collections.Counter(
        {
            name: count
            for name, count in found.items()
            if len(name.latin) > 1 and TARGET.fullmatch(name.target) and sound_alike(name.latin, name.target)
        }
    )


def is_held_out(latin: str) -> bool:
    return int(hashlib.sha256(latin.replace("'", "").encode()).hexdigest(), 16) % HELD_OUT == 0


def weighted(names: Mapping[Name, int], code: str) -> dict[tuple[str, str], float]:
    """The pairs that the model of a language learns from. What stands often counts more, but not as much as it stands often."""
    pairs: dict[tuple[str, str], float] = collections.defaultdict(float)
    for name, count in names.items():
        weight = WEIGHTS[code].get((name.language, name.kind), 0.0)
        target = name.target if name.language == code or code == "prs" else one_spelling(name.target, "ps", name.latin)
        if weight:
            pairs[name.latin, target] += weight * (1 + math.log2(count)) / 2
    return dict(pairs)


# --- chunks -------------------------------------------------------------------------------------------------------------

SIZES = ((1, 1), (1, 0), (2, 1), (1, 2), (3, 1), (2, 2))
Chunk = tuple[str, str]


def steps(latin: str, target: str, i: int, j: int) -> Iterator[tuple[int, int, Chunk]]:
    for more, letters in SIZES:
        if i + more <= len(latin) and j + letters <= len(target):
            yield i + more, j + letters, (latin[i : i + more], target[j : j + letters])


def expected(latin: str, target: str, probability: Mapping[Chunk, float], floor: float) -> tuple[float, dict[Chunk, float]]:
    """The probability of a pair over all ways to cut it, and how often each chunk is expected in it."""
    width = len(target) + 1
    forward = [0.0] * ((len(latin) + 1) * width)
    forward[0] = 1.0
    edges = []
    for i in range(len(latin)):
        for j in range(width):
            here = forward[i * width + j]
            if here:
                for k, m, chunk in steps(latin, target, i, j):
                    value = probability.get(chunk, floor)
                    if value:
                        forward[k * width + m] += here * value
                        edges.append((i * width + j, k * width + m, chunk, value))
    total = forward[-1]
    backward = [0.0] * len(forward)
    backward[-1] = 1.0
    counts: dict[Chunk, float] = collections.defaultdict(float)
    if total > 0:
        for start, end, chunk, value in reversed(edges):
            back = value * backward[end]
            if back:
                backward[start] += back
                counts[chunk] += forward[start] * back / total
    return total, counts


def plausible(chunk: Chunk) -> float:
    """What a chunk is worth before anything was counted."""
    latin, target = chunk
    if target and any(letter in SOUNDS.get(latin, "") for letter in target):
        return 1.0 if len(target) == 1 else 0.02
    if all(letter in SOFT for letter in latin) and all(letter in SILENT for letter in target):
        return 0.3
    return 1e-3 if len(latin) + len(target) < 3 else 1e-5


def learn_chunks(pairs: Mapping[tuple[str, str], float], rounds: int = 5) -> dict[Chunk, float]:
    """The probabilities of the chunks. Those that are expected less than once in all names are given up."""
    start = {chunk for latin, target in pairs for i in range(len(latin)) for j in range(len(target) + 1)
             for *_, chunk in steps(latin, target, i, j)}  # fmt: skip
    probability = {chunk: plausible(chunk) for chunk in start}
    total = sum(probability.values())
    probability = {chunk: value / total for chunk, value in probability.items()}
    for number in range(rounds):
        counts: dict[Chunk, float] = collections.defaultdict(float)
        likelihood = 0.0
        for (latin, target), weight in pairs.items():
            value, found = expected(latin, target, probability, 0.0)
            likelihood += weight * math.log10(value) if value else 0.0
            for chunk, count in found.items():
                counts[chunk] += weight * count
        least = (0.0, 0.05, 0.2, 0.5, 0.8, 0.8)[min(number, 5)]
        kept = {chunk: count for chunk, count in counts.items() if count > least}
        total = sum(kept.values())
        probability = {chunk: count / total for chunk, count in kept.items()}
        print(f"  round {number + 1}: log10 likelihood {likelihood:,.0f}, {len(probability):,} chunks", flush=True)
    return probability


def cut(latin: str, target: str, probability: Mapping[Chunk, float]) -> tuple[float, list[Chunk]]:
    """The likeliest way to cut a pair, and log10 of its probability; none where no way is left."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None, Chunk | None]] = {(0, 0): (0.0, None, None)}
    for i in range(len(latin)):
        for j in range(len(target) + 1):
            if (i, j) in best:
                for k, m, chunk in steps(latin, target, i, j):
                    value = probability.get(chunk)
                    if value:
                        score = best[i, j][0] + math.log10(value)
                        if (k, m) not in best or best[k, m][0] < score:
                            best[k, m] = (score, (i, j), chunk)
    place: tuple[int, int] | None = (len(latin), len(target))
    if place not in best:
        return -math.inf, []
    score, chunks = best[place][0], []
    while place is not None:
        _, place, chunk = best[place]
        if chunk is not None:
            chunks.append(chunk)
    return score, chunks[::-1]


WORST = -1.75  # log10 a Latin letter: what is less likely is no name, or no translation of it


def rows_of_chunks(pairs: Mapping[tuple[str, str], float], probability: Mapping[Chunk, float]) -> list[tuple[list[Chunk], float]]:
    rows = []
    for (latin, target), weight in pairs.items():
        score, chunks = cut(latin, target, probability)
        if score / len(latin) > WORST:
            rows.append((chunks, weight))
    return rows


# --- n-grams ------------------------------------------------------------------------------------------------------------

Gram = tuple[int, ...]
DISCOUNT = 0.9


class Model(NamedTuple):
    """log10 probabilities of n-grams, and of what they leave to shorter ones, by length."""

    scores: list[dict[Gram, float]]
    backoffs: list[dict[Gram, float]]


def count_grams(rows: Iterable[tuple[Sequence[int], float]]) -> list[dict[Gram, float]]:
    """How often each n-gram stands, by length; of those below the longest, how many different chunks stand before it."""
    longest: dict[Gram, float] = collections.defaultdict(float)
    shorter: list[dict[Gram, set[int]]] = [collections.defaultdict(set) for _ in range(ORDER)]
    begun: list[dict[Gram, float]] = [collections.defaultdict(float) for _ in range(ORDER)]
    for chunks, weight in rows:
        row = (BOUNDARY, *chunks, BOUNDARY)
        for end in range(1, len(row)):
            for length in range(1, ORDER + 1):
                start = end - length + 1
                if start < 0:
                    break
                gram = row[start : end + 1]
                if length == ORDER:
                    longest[gram] += weight
                elif start == 0:
                    begun[length - 1][gram] += weight  # nothing can stand before it
                else:
                    shorter[length - 1][gram].add(row[start - 1])
    counts: list[dict[Gram, float]] = [{gram: float(len(before)) for gram, before in found.items()} for found in shorter]
    for found, more in zip(counts, begun, strict=True):
        found.update(more)
    return [*counts[: ORDER - 1], dict(longest)]


def smoothed(counts: list[dict[Gram, float]], chunks: int) -> list[dict[Gram, float]]:
    """P(last | those before), each length interpolated with the next shorter one."""
    result: list[dict[Gram, float]] = []
    total = sum(counts[0].values())
    result.append({(number,): (counts[0].get((number,), 0.0) + 0.1) / (total + 0.1 * chunks) for number in range(1, chunks + 1)})
    for length in range(2, ORDER + 1):
        totals: dict[Gram, float] = collections.defaultdict(float)
        freed: dict[Gram, float] = collections.defaultdict(float)
        for gram, count in counts[length - 1].items():
            totals[gram[:-1]] += count
            freed[gram[:-1]] += min(count, DISCOUNT) if count >= 1 else DISCOUNT * count
        result.append(
            {
                gram: (count - (min(count, DISCOUNT) if count >= 1 else DISCOUNT * count)) / totals[gram[:-1]]
                + freed[gram[:-1]] / totals[gram[:-1]] * result[-1].get(gram[1:], 0.0)
                for gram, count in counts[length - 1].items()
            }
        )
    return result


def pruned(probabilities: list[dict[Gram, float]], counts: list[dict[Gram, float]], least: float) -> Model:
    """The n-grams that the shorter ones would miss, and those that they begin with; what each leaves to shorter ones."""
    kept: list[dict[Gram, float]] = [dict(found) for found in probabilities]
    for length in range(ORDER, 1, -1):
        needed = {gram[:-1] for gram in kept[length]} if length < ORDER else set()
        left = freed_mass(probabilities, length)
        for gram, probability in probabilities[length - 1].items():
            lower = probabilities[length - 2].get(gram[1:], 1e-9) * left[gram[:-1]]
            gain = counts[length - 1][gram] * math.log10(probability / lower)
            if gram not in needed and gain < least:
                del kept[length - 1][gram]
    backoffs = []
    for length in range(1, ORDER):
        here: dict[Gram, float] = collections.defaultdict(float)
        below: dict[Gram, float] = collections.defaultdict(float)
        for gram, probability in kept[length].items():
            here[gram[:-1]] += probability
            below[gram[:-1]] += known(kept, gram[1:])
        left = {gram: max(1e-4, 1 - here[gram]) / max(1e-4, 1 - below[gram]) for gram in here}
        backoffs.append({gram: math.log10(left[gram]) for gram in kept[length - 1] if gram in left})
    scores = [{gram: math.log10(probability) for gram, probability in found.items()} for found in kept]
    return Model(scores, backoffs)


def freed_mass(probabilities: list[dict[Gram, float]], length: int) -> dict[Gram, float]:
    """For each context of `length` - 1 chunks, the factor by which it backs off."""
    here: dict[Gram, float] = collections.defaultdict(float)
    below: dict[Gram, float] = collections.defaultdict(float)
    for gram, probability in probabilities[length - 1].items():
        here[gram[:-1]] += probability
        below[gram[:-1]] += probabilities[length - 2].get(gram[1:], 0.0)
    return {gram: max(1e-4, 1 - here[gram]) / max(1e-4, 1 - below[gram]) for gram in here}


def known(kept: list[dict[Gram, float]], gram: Gram) -> float:
    """The probability that stands for `gram`: near enough its own or that of what it ends with."""
    while gram not in kept[len(gram) - 1]:
        gram = gram[1:]
    return kept[len(gram) - 1][gram]


def seen_filter(words: Iterable[str]) -> bytes:
    """A Bloom filter of eight bits a word."""
    distinct = set(words)
    bits = bytearray(max(1, len(distinct)))
    for word in distinct:
        for place in places(word, len(bits) * 8):
            bits[place // 8] |= 1 << place % 8
    return bytes(bits)


def read_words(data: pathlib.Path, code: str) -> set[str]:
    """The words of text that no pair is taken from: what may be a spelling because somebody wrote it."""
    with (data / f"mono.{code}.txt").open(encoding="utf-8") as lines:
        found = {word for line in lines for word in split_words(line)}
    return {one_spelling(word, code) for word in found if len(word) > 2 and TARGET.fullmatch(word)}


def pack(chunks: Sequence[Chunk], model: Model, words: Iterable[str], path: pathlib.Path) -> None:
    """Write what `Speller` reads: a trie, each length in the order of the one before it, scores in bytes."""
    seen = numpy.frombuffer(seen_filter(words), dtype=numpy.uint8)
    arrays = {"chunks": numpy.frombuffer("\n".join(map("\t".join, chunks)).encode(), dtype=numpy.uint8), "seen": seen}
    for length in range(1, ORDER + 1):
        grams = sorted(model.scores[length - 1])
        arrays[f"ids{length}"] = numpy.array([gram[-1] for gram in grams], dtype=numpy.uint16)
        scores = [round(-SCALE * model.scores[length - 1][gram]) for gram in grams]
        arrays[f"scores{length}"] = numpy.array(scores).clip(0, 255).astype(numpy.uint8)
        if length < ORDER:
            followers = collections.Counter(gram[:-1] for gram in model.scores[length])
            backoffs = [round(SHIFT - SCALE * model.backoffs[length - 1].get(gram, 0.0)) for gram in grams]
            arrays[f"backoffs{length}"] = numpy.array(backoffs).clip(0, 255).astype(numpy.uint8)
            arrays[f"followers{length}"] = numpy.array([followers[gram] for gram in grams], dtype=numpy.uint16)
    numpy.savez_compressed(path, **arrays)


def train(pairs: Mapping[tuple[str, str], float], words: Iterable[str], path: pathlib.Path, least: float) -> None:
    probability = learn_chunks(pairs)
    rows = rows_of_chunks(pairs, probability)
    chunks = sorted({chunk for row, _ in rows for chunk in row})
    if len(chunks) + BOUNDARY >= 1 << BITS:
        raise SystemExit(f"{len(chunks):,} chunks are more than {BITS} bits number")
    numbers = {chunk: number for number, chunk in enumerate(chunks, BOUNDARY + 1)}
    counts = count_grams(([numbers[chunk] for chunk in row], weight) for row, weight in rows)
    model = pruned(smoothed(counts, len(chunks) + BOUNDARY), counts, least)
    pack(chunks, model, words, path)
    print(f"{path.name}: {len(rows):,} of {len(pairs):,} pairs, {len(chunks):,} chunks, "
          f"{sum(map(len, model.scores)):,} n-grams, {path.stat().st_size / 1024:.0f} KiB", flush=True)  # fmt: skip


# --- figures ------------------------------------------------------------------------------------------------------------


def distance(one: str, other: str) -> int:
    """Levenshtein's."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, wanted in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != wanted))
    return row[-1]


def measure(speller: Speller, references: Mapping[str, set[str]]) -> str:
    """Exact at the first, within three, and the character error rate. Right is each spelling that was attested."""
    first = third = errors = letters = 0
    for latin, wanted in references.items():
        found = [one.text for one in speller.spellings(latin, 3)] or [""]
        first += found[0] in wanted
        third += not wanted.isdisjoint(found)
        nearest = min(wanted, key=lambda one: (distance(found[0], one), one))
        errors += distance(found[0], nearest)
        letters += len(nearest)
    many = max(1, len(references))
    return f"{len(references)} | {first / many:.1%} | {third / many:.1%} | {errors / max(1, letters):.1%}"


def test_sets(names: Mapping[Name, int], code: str) -> dict[str, dict[str, set[str]]]:
    """The held-out names of the language itself: Afghan places, and names of running text that are on no list of places."""
    attested: dict[str, set[str]] = collections.defaultdict(set)
    kinds: dict[str, set[str]] = collections.defaultdict(set)
    for name in names:
        if name.language == code and name.kind != "own" and is_held_out(name.latin):
            attested[name.latin].add(name.target)
            kinds[name.latin].add(name.kind)
    return {
        "places": {latin: attested[latin] for latin in attested if "names" in kinds[latin]},
        "names of running text": {latin: attested[latin] for latin in attested if kinds[latin] == {"text"}},
        "all": dict(attested),
    }


def enter(folder: pathlib.Path, language: str) -> None:
    """Name the file in the model's metadata, with its checksum."""
    path = folder / "metadata.json"
    metadata = json.loads(path.read_text(encoding="utf-8"))
    file = folder / f"spelling.{language}.npz"
    metadata["targets"][language]["spelling"] = {"file": file.name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    path.write_text(json.dumps(metadata, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--corpora", type=pathlib.Path, default=pathlib.Path("../shared/corpora"))
    parser.add_argument("--out", type=pathlib.Path, help="the model's folder: spelling.LANGUAGE.npz is written into it")
    parser.add_argument("--measure", action="store_true", help="learn nine tenths of the names, spell the last")
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--least", type=float, default=0.0, help="log10 of likelihood that an n-gram must be worth")
    arguments = parser.parse_args()
    names = read_names(arguments.data, arguments.corpora)
    print(f"{len(names):,} names that sound alike")
    for language in arguments.language or LANGUAGES:
        code = LANGUAGES[language]
        words = read_words(arguments.data, code)
        if arguments.out:
            train(weighted(names, code), words, arguments.out / f"spelling.{language}.npz", arguments.least)
            enter(arguments.out, language)
        if arguments.measure:
            seen = {name: count for name, count in names.items() if not is_held_out(name.latin)}
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / f"{language}.npz"
                train(weighted(seen, code), words, path, arguments.least)
                speller = Speller(path)
            print("| names | number | exact | in three | letters wrong |")
            for title, references in test_sets(names, code).items():
                print(f"| {language}, {title} | {measure(speller, references)} |", flush=True)


if __name__ == "__main__":
    main()
