"""A phrase-based translator: the base line that few pairs allow, and the teacher that makes synthetic pairs for the network.

    python training/phrase.py train     --data DATA --language ps [--reverse]
    python training/phrase.py score     --data DATA --language ps --test heldout.ps.tsv [--gloss]
    python training/phrase.py translate --data DATA --language ps [--reverse] --input sentences.txt --output translated.tsv

Phrases out of symmetrized alignments, scored in both directions and word by word (Koehn et al. 2003), a trigram model with
interpolated absolute discounting from all target text, stack decoding with a small distortion limit. `translate` writes source,
target and the alignment of their words, and leaves out a sentence in which too many words are unknown.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import math
import pathlib
import pickle
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy
from numba import njit
from text import normalize_target

from dragoman.mt.phrases.words import is_fixed, join_words, lookup_forms, split_words

Phrase = tuple[str, ...]
Table = dict[Phrase, list[tuple[Phrase, tuple[float, ...]]]]
Pair = tuple[str, str]
Segment = tuple[int, int, Phrase]  # a half-open span of source words, and what it becomes

LONGEST = 5
GROUPS = {"prs": ("prs", "fa"), "ps": ("ps",)}
WEIGHT_OF = {"text": 1.0, "tico19": 1.0, "docs": 0.4, "l10n": 0.4, "health": 0.7, "lexicon": 0.7, "names": 0.5}
FEATURES = ("forward", "backward", "lexical forward", "lexical backward", "phrases", "words", "model", "distortion")
DEFAULT_WEIGHTS = (0.2, 0.15, 0.3, 0.3, -0.3, 1.5, 0.4, 0.1)
OPTIONS = 8
FOLDS = 3  # glossed.py translates each third of the training pairs with a table of the other two


def extract(
    source: Sequence[str], target: Sequence[str], links: Sequence[tuple[int, int]]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Phrase pairs of at most LONGEST words whose links stay inside; unaligned words at the edges of the target may join."""
    of_source: dict[int, list[int]] = collections.defaultdict(list)
    of_target: dict[int, list[int]] = collections.defaultdict(list)
    for i, j in links:
        of_source[i].append(j)
        of_target[j].append(i)
    for first in range(len(source)):
        reached: list[int] = []
        for last in range(first, min(first + LONGEST, len(source))):
            reached += of_source[last]
            if not reached:
                continue
            low, high = min(reached), max(reached)
            if high - low >= LONGEST + 1 or any(not first <= i <= last for j in range(low, high + 1) for i in of_target[j]):
                continue
            start = low
            while True:
                end = high
                while True:
                    if end - start <= LONGEST:
                        yield tuple(source[first : last + 1]), tuple(target[start : end + 1])
                    end += 1
                    if end >= len(target) or of_target[end] or end - start > LONGEST:
                        break
                start -= 1
                if start < 0 or of_target[start] or high - start > LONGEST:
                    break


# --- language model -----------------------------------------------------------------------------------------------------

SHIFT = 21


@njit(cache=True)
def find(keys, key):
    """Where `key` stands in a sorted array, or -1."""
    low, high = 0, keys.size
    while low < high:
        middle = (low + high) // 2
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low if low < keys.size and keys[low] == key else -1


@njit(cache=True)
def word_score(one, two, word, unigrams, keys2, scores2, backoff1, keys3, scores3, backoff2):
    """log10 of P(word | one two), interpolated with what is shorter."""
    pair = (two << SHIFT) | word
    before = (one << SHIFT) | two
    at = find(keys3, (before << SHIFT) | word)
    if at >= 0:
        return scores3[at]
    history = find(keys2, before)
    back = backoff2[history] if history >= 0 else 0.0
    at = find(keys2, pair)
    if at >= 0:
        return back + scores2[at]
    return back + backoff1[two] + unigrams[word]


def language_model(sentences: Iterable[Sequence[str]], least: int = 1) -> dict[str, object]:
    """Trigram model; word 0 is unknown, 1 the beginning, 2 the end."""
    sentences = list(sentences)
    counts = collections.Counter(word for sentence in sentences for word in sentence)
    vocabulary = {"<unk>": 0, "<s>": 1, "</s>": 2}
    for word, count in counts.items():
        if count >= least:
            vocabulary.setdefault(word, len(vocabulary))
    flat = []
    for sentence in sentences:
        flat += [1, 1, *(vocabulary.get(word, 0) for word in sentence), 2]
    ids = numpy.array(flat, dtype=numpy.int64)
    real = ids != 1
    keep3 = real[2:]
    trigrams, count3 = numpy.unique(((ids[:-2] << SHIFT | ids[1:-1]) << SHIFT | ids[2:])[keep3], return_counts=True)
    keep2 = real[1:]
    bigrams = numpy.unique((ids[:-1] << SHIFT | ids[1:])[keep2])
    # Kneser-Ney: below the top a word counts once for each word that it follows
    mask = (1 << SHIFT) - 1
    follows = numpy.bincount(bigrams & mask, minlength=len(vocabulary)).astype(float)
    unigram = (follows + 0.2) / (follows.sum() + 0.2 * len(vocabulary))
    pairs, continuation = numpy.unique(trigrams & ((1 << 2 * SHIFT) - 1), return_counts=True)
    history2, inverse2 = numpy.unique(pairs >> SHIFT, return_inverse=True)
    total2 = numpy.bincount(inverse2, weights=continuation)
    kinds2 = numpy.bincount(inverse2)
    discount = 0.75
    free2 = discount * kinds2 / total2
    scores2 = numpy.log10((continuation - discount) / total2[inverse2] + free2[inverse2] * unigram[pairs & mask])
    backoff1 = numpy.zeros(len(vocabulary))
    backoff1[history2] = numpy.log10(free2)
    history3, inverse3 = numpy.unique(trigrams >> SHIFT, return_inverse=True)
    total3, kinds3 = numpy.bincount(inverse3, weights=count3), numpy.bincount(inverse3)
    free3 = discount * kinds3 / total3
    lower = 10 ** scores2[numpy.searchsorted(pairs, trigrams & ((1 << 2 * SHIFT) - 1))]
    scores3 = numpy.log10((count3 - discount) / total3[inverse3] + free3[inverse3] * lower)
    all2 = numpy.union1d(pairs, history3)
    table2, back2 = numpy.empty(all2.size), numpy.zeros(all2.size)
    at = numpy.searchsorted(all2, pairs)
    table2[:] = backoff1[all2 >> SHIFT] + numpy.log10(unigram[all2 & mask])
    table2[at] = scores2
    back2[numpy.searchsorted(all2, history3)] = numpy.log10(free3)
    return {"vocabulary": vocabulary, "tables": (numpy.log10(unigram), all2, table2, backoff1, trigrams, scores3, back2)}


# --- decoding -----------------------------------------------------------------------------------------------------------


@njit(cache=True)
def decode(  # noqa: C901 - one loop over stacks, hypotheses and options, compiled as a whole
    length,
    option_from,
    option_to,
    option_score,
    option_start,
    option_words,
    option_estimate,
    beam,
    limit,
    w_model,
    w_distortion,
    tables,
):
    """Best sequence of options: their numbers in the order of the target. Options are sorted by where they begin."""
    unigrams, keys2, scores2, backoff1, keys3, scores3, backoff2 = tables
    options = option_from.size
    future = numpy.full((length + 1, length + 1), -1e9)
    for option in range(options):
        a, b = option_from[option], option_to[option]
        future[a, b] = max(future[a, b], option_score[option] + w_model * option_estimate[option])
    for span in range(1, length + 1):
        for a in range(length - span + 1):
            for middle in range(a + 1, a + span):
                future[a, a + span] = max(future[a, a + span], future[a, middle] + future[middle, a + span])
    begins = numpy.searchsorted(option_from, numpy.arange(length + 1))
    capacity = beam * 4
    shape = (length + 1, capacity)
    covered, ends = numpy.zeros(shape, dtype=numpy.int64), numpy.zeros(shape, dtype=numpy.int64)
    ones, twos = numpy.zeros(shape, dtype=numpy.int64), numpy.zeros(shape, dtype=numpy.int64)
    scores, totals = numpy.full(shape, -1e18), numpy.full(shape, -1e18)
    parents, chosen = numpy.full(shape, -1, dtype=numpy.int64), numpy.full(shape, -1, dtype=numpy.int64)
    parent_stack = numpy.zeros(shape, dtype=numpy.int64)
    sizes = numpy.zeros(length + 1, dtype=numpy.int64)
    best = numpy.full(length + 1, -1e18)
    sizes[0], ones[0, 0], twos[0, 0], scores[0, 0], totals[0, 0] = 1, 1, 1, 0.0, 0.0
    for stack in range(length):
        order = numpy.argsort(-totals[stack, : sizes[stack]])
        for rank in range(min(beam, order.size)):
            at = order[rank]
            if totals[stack, at] < totals[stack, order[0]] - 3.0:
                break
            gap = 0
            while (covered[stack, at] >> gap) & 1:
                gap += 1
            for option in range(begins[gap], options):
                a, b = option_from[option], option_to[option]
                if a > gap + limit:
                    break
                mask = ((1 << (b - a)) - 1) << a
                if covered[stack, at] & mask or (a != gap and b - gap > limit + 3):
                    continue
                now = covered[stack, at] | mask
                into = stack + b - a
                score = scores[stack, at] + option_score[option] - w_distortion * abs(a - ends[stack, at])
                rest, left = 0.0, 0
                while left < length:
                    if (now >> left) & 1:
                        left += 1
                    else:
                        right = left
                        while right < length and not (now >> right) & 1:
                            right += 1
                        rest += future[left, right]
                        left = right
                if score + rest < best[into] - 3.0:  # a word of the model costs, so what is behind before it stays behind
                    continue
                one, two = ones[stack, at], twos[stack, at]
                for k in range(option_start[option], option_start[option + 1]):
                    score += w_model * word_score(
                        one, two, option_words[k], unigrams, keys2, scores2, backoff1, keys3, scores3, backoff2
                    )
                    one, two = two, option_words[k]
                if into == length:
                    score += w_model * word_score(one, two, 2, unigrams, keys2, scores2, backoff1, keys3, scores3, backoff2)
                total = score + rest
                best[into] = max(best[into], total)
                place = -1
                for other in range(sizes[into]):
                    if (
                        covered[into, other] == now
                        and ends[into, other] == b
                        and ones[into, other] == one
                        and twos[into, other] == two
                    ):
                        place = other
                        break
                if place >= 0:
                    if scores[into, place] >= score:
                        continue
                elif sizes[into] < capacity:
                    place = sizes[into]
                    sizes[into] += 1
                else:
                    place = totals[into].argmin()
                    if totals[into, place] >= total:
                        continue
                covered[into, place], ends[into, place], ones[into, place], twos[into, place] = now, b, one, two
                scores[into, place], totals[into, place] = score, total
                parents[into, place], parent_stack[into, place], chosen[into, place] = at, stack, option
    path = numpy.full(length, -1, dtype=numpy.int64)
    if sizes[length] == 0:
        return path[:0]
    at, stack, found = scores[length, : sizes[length]].argmax(), length, 0
    while stack:
        path[found] = chosen[stack, at]
        found += 1
        at, stack = parents[stack, at], parent_stack[stack, at]
    return path[:found][::-1]


class PhraseTranslator:
    """Phrase table and language model of one direction."""

    def __init__(
        self, table: dict[tuple[str, ...], list[tuple[tuple[str, ...], tuple[float, ...]]]], model: dict[str, object]
    ) -> None:
        self.table, self.vocabulary, self.tables = table, model["vocabulary"], model["tables"]
        self.weights = DEFAULT_WEIGHTS

    def translate(
        self, source: list[str], beam: int = 20, limit: int = 5, gloss: bool = False
    ) -> tuple[list[str], list[tuple[int, int]], int]:
        """Target words, links (source word, target word), and how many source words were unknown."""
        segments, unknown = self.segments(source[:60], beam, limit, gloss)
        out: list[str] = []
        links: list[tuple[int, int]] = []
        for a, b, target in segments:
            links += [(a + k * (b - a) // len(target), len(out) + k) for k in range(len(target))]
            out += target
        return out, links, unknown

    def segments(self, source: list[str], beam: int, limit: int, gloss: bool = False) -> tuple[list[Segment], int]:
        """The phrases that cover the source, in the order of the target, and how many source words were unknown."""
        w = self.weights
        rows: list[tuple[int, int, float, tuple[str, ...]]] = []
        small = lookup_forms(source)
        unknown = 0
        for a in range(len(source)):
            for b in range(a + 1, min(a + LONGEST, len(source)) + 1):
                found = self.table.get(tuple(small[a:b])) or (self.table.get((small[a].lower(),)) if b == a + 1 else None)
                if b == a + 1 and (not found or source[a].startswith("<x")):
                    unknown += not is_fixed(source[a])
                    rows.append((a, b, -5.0, (source[a],)))
                elif found and (b == a + 1 or not gloss):
                    scored = [
                        (sum(x * y for x, y in zip(w, features, strict=False)) + w[4] + w[5] * len(target) / 2.3, target)
                        for target, features in found
                    ]
                    scored.sort(reverse=True)
                    rows += [(a, b, score, target) for score, target in scored[: 1 if gloss else OPTIONS]]
        known: dict[str, int] = self.vocabulary
        starts = numpy.cumsum([0, *(len(target) for *_, target in rows)])
        ids = numpy.array([known.get(word, 0) for *_, target in rows for word in target], dtype=numpy.int64)
        unigrams = self.tables[0]
        estimates = numpy.array([sum(max(unigrams[known.get(word, 0)], -4.0) for word in target) * 0.7 for *_, target in rows])
        begin, end, scores = (numpy.array([row[column] for row in rows]) for column in range(3))
        model, reach = (0.0, 0) if gloss else (w[6], limit)
        path = decode(len(source), begin, end, scores, starts, ids, estimates, beam, reach, model, w[7], self.tables)
        return [(rows[option][0], rows[option][1], rows[option][3]) for option in path], unknown


@dataclass
class Counts:
    """What the aligned pairs hold: phrase pairs and linked words with their weights, and the target side for the model."""

    phrases: collections.Counter[tuple[Phrase, Phrase]] = field(default_factory=collections.Counter)
    links: collections.Counter[tuple[str, str]] = field(default_factory=collections.Counter)
    texts: list[list[str]] = field(default_factory=list)

    def add(self, source: list[str], target: list[str], links: list[tuple[int, int]], weight: float) -> None:
        for pair in extract(source, target, links):
            self.phrases[pair] += weight
        for i, j in links:
            self.links[source[i], target[j]] += weight


def fold_of(english: str) -> int:
    """Which of FOLDS parts of the training pairs a sentence belongs to, in every language the same."""
    return hashlib.sha256(english.lower().encode()).digest()[0] % FOLDS


def count(data: pathlib.Path, language: str, reverse: bool, without: int | None) -> Counts:
    counts = Counts()
    dari_names: list[tuple[list[str], list[str], list[tuple[int, int]]]] = []
    with (data / "train.tsv").open(encoding="utf-8") as rows, (data / "train.align").open(encoding="utf-8") as alignments:
        for row, line in zip(rows, alignments, strict=True):
            name, code, english, foreign = row.rstrip("\n").split("\t")
            if without is not None and fold_of(english) == without:
                continue
            chosen = code in GROUPS[language]
            links = [(int(i), int(j)) for i, j in (link.split("-") for link in line.split())]
            source, target = (
                (split_words(foreign), split_words(english))
                if reverse
                else (lookup_forms(split_words(english)), split_words(foreign))
            )
            if name == "names.en-prs" and language == "ps" and not reverse:
                dari_names.append((source, split_words(normalize_target(foreign, "ps")), links))
            if (chosen or reverse) and not name.startswith("names"):
                counts.texts.append(target)
            if chosen:
                weight = WEIGHT_OF.get(name.partition(".")[0], 1.0) * (0.4 if code == "fa" else 1.0)
                counts.add(source, target, [(j, i) for i, j in links] if reverse else links, weight)
    known = {word for word, _ in counts.links}
    for source, target, links in dari_names:  # Afghan places are spelled alike, but for the letters of each language
        if known.isdisjoint(source):
            counts.add(source, target, links, 0.3)
    if not reverse:
        counts.texts += [split_words(line) for line in (data / f"mono.{language}.txt").open(encoding="utf-8")]
    return counts


def lexical(
    given: Phrase, said: Phrase, links: Mapping[tuple[str, str], float], totals: Mapping[str, float], turned: bool
) -> float:
    """log10 of how well the words of the one explain those of the other, word by word."""
    score = 0.0
    for word in said:
        pairs = [((word, other) if turned else (other, word), other) for other in given]
        score += math.log10(1e-4 + sum(links.get(pair, 0.0) / (totals[other] + 1.0) for pair, other in pairs) / len(given))
    return score


def alone(counts: Counts, of_source: Mapping[Phrase, float], most: int = 3) -> dict[tuple[Phrase, Phrase], float]:
    """Words that were seen in longer phrases only, each with what it was linked with most."""
    found: dict[str, list[tuple[float, str]]] = collections.defaultdict(list)
    for (source, target), number in counts.links.items():
        if (source,) not in of_source and target.isalpha():
            found[source].append((number, target))
    return {((source,), (target,)): 0.5 * number for source, links in found.items() for number, target in sorted(links)[-most:]}


def phrase_table(counts: Counts) -> Table:
    """The likeliest translations of each phrase, with their features in the order of FEATURES."""
    of_source, of_target = collections.Counter[Phrase](), collections.Counter[Phrase]()
    for (source, target), number in counts.phrases.items():
        of_source[source] += number
        of_target[target] += number
    totals = collections.Counter[str](), collections.Counter[str]()
    for pair, number in counts.links.items():
        for side in (0, 1):
            totals[side][pair[side]] += number
    phrases = {**alone(counts, of_source), **counts.phrases}
    table: Table = collections.defaultdict(list)
    for (source, target), number in phrases.items():
        if len(source) <= 3 or number >= 0.9:
            features = (
                math.log10(number / (max(number, of_source[source]) + 0.5)),
                math.log10(number / (max(number, of_target[target]) + 0.5)),
                lexical(source, target, counts.links, totals[0], False),
                lexical(target, source, counts.links, totals[1], True),
            )
            table[source].append((target, features))

    def likely(item: tuple[Phrase, tuple[float, ...]]) -> float:
        return -sum(weight * feature for weight, feature in zip(DEFAULT_WEIGHTS, item[1], strict=False))

    return {source: sorted(found, key=likely)[: 2 * OPTIONS] for source, found in table.items()}


def train(data: pathlib.Path, language: str, reverse: bool, path: pathlib.Path, without: int | None = None) -> None:
    counts = count(data, language, reverse, without)
    table = phrase_table(counts)
    path.write_bytes(pickle.dumps((table, language_model(counts.texts)), protocol=5))
    print(f"{path.name}: {len(table):,} source phrases, {sum(map(len, table.values())):,} pairs", flush=True)


def score(translator: PhraseTranslator, rows: Sequence[Pair], **how: Any) -> tuple[float, list[str]]:
    import sacrebleu

    out = [join_words(translator.translate(split_words(source), **how)[0]) for source, _ in rows]
    return sacrebleu.metrics.CHRF(word_order=2).corpus_score(out, [[target for _, target in rows]]).score, out


def tune(translator: PhraseTranslator, rows: Sequence[Pair], turns: int = 60, **how: Any) -> None:
    """Random steps from the weights that the translator has; what scores better stays."""
    generator = random.Random(1)
    best, _ = score(translator, rows, **how)
    for turn in range(turns):
        before = translator.weights
        translator.weights = tuple(weight * math.exp(generator.gauss(0, 0.4)) for weight in before)
        now, _ = score(translator, rows, **how)
        if now > best:
            best = now
            weights = " ".join(f"{name} {value:.2f}" for name, value in zip(FEATURES, translator.weights, strict=True))
            print(f"turn {turn}: {best:.2f} {weights}", flush=True)
        else:
            translator.weights = before


def translate_file(
    translator: PhraseTranslator, given: pathlib.Path, written: pathlib.Path, unknown_share: float, **how: Any
) -> None:
    with given.open(encoding="utf-8") as lines, written.open("w", encoding="utf-8") as file:
        for number, line in enumerate(lines):
            source = split_words(line.rstrip("\n"))
            if not 3 <= len(source) <= 60:
                continue
            target, links, unknown = translator.translate(source, **how)
            if target and unknown <= unknown_share * len(source):
                file.write(f"{line.rstrip()}\t{join_words(target)}\t{' '.join(f'{i}-{j}' for i, j in links)}\n")
            if number % 5000 == 0:
                print(f"{number:,} sentences", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=("train", "score", "tune", "translate"))
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--language", choices=("prs", "ps"), required=True)
    parser.add_argument("--reverse", action="store_true", help="into English")
    parser.add_argument("--without", type=int, help="train on all pairs but this fold of them")
    parser.add_argument("--test", help="file in --data: English TAB target")
    parser.add_argument("--rows", type=int, help="only the first so many rows")
    parser.add_argument("--skip", type=int, default=0, help="leave out the first so many rows: those it was tuned on")
    parser.add_argument("--gloss", action="store_true", help="word by word, the best translation of each alone")
    parser.add_argument("--beam", type=int, default=8)
    parser.add_argument("--limit", type=int, default=0, help="distortion limit; 0 keeps the order of the source")
    parser.add_argument("--input", type=pathlib.Path)
    parser.add_argument("--output", type=pathlib.Path)
    parser.add_argument("--unknown", type=float, default=0.06, help="leave out a sentence with a larger share of unknown words")
    arguments = parser.parse_args()
    kind = ".reverse" if arguments.reverse else "" if arguments.without is None else f".without{arguments.without}"
    path = arguments.data / f"phrases.{arguments.language}{kind}.pickle"
    if arguments.verb == "train":
        train(arguments.data, arguments.language, arguments.reverse, path, arguments.without)
        return
    translator = PhraseTranslator(*pickle.loads(path.read_bytes()))
    weights = path.with_suffix(".weights")
    if weights.exists():
        translator.weights = tuple(map(float, weights.read_text().split()))
    how = {"beam": arguments.beam, "limit": arguments.limit}
    if arguments.verb == "translate":
        translate_file(translator, arguments.input, arguments.output, arguments.unknown, **how)
        return
    lines = [line.rstrip("\n").split("\t") for line in (arguments.data / arguments.test).open(encoding="utf-8")]
    rows = [(target, source) if arguments.reverse else (source, target) for source, target in lines]
    rows = rows[arguments.skip : arguments.rows]
    if arguments.verb == "tune":
        tune(translator, rows, **how)
        weights.write_text(" ".join(f"{value:.4f}" for value in translator.weights))
    best, _ = score(translator, rows, gloss=arguments.gloss, **how)
    print(f"{path.name} {arguments.test} chrF++ {best:.2f} ({len(rows)} rows)")


if __name__ == "__main__":
    main()
