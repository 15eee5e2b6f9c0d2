"""Pack the phrases and the trigram model of each language into the tables that the package reads.

    python training/pack.py --data DATA --out FOLDER --wordnet /usr/share/wordnet [--version 0.2.0]

The features of a phrase become one score, by the weights that `phrase.py tune` found; phrases whose numbers differ are left out,
and so are translations far behind the best one. The trigram model keeps what it would miss most (relative entropy pruning,
Stolcke 1998). Writes FOLDER/<language>.npz and FOLDER/metadata.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pathlib
import pickle

import numpy
from near_words import FORM, WordNet, near_words
from phrase import SHIFT

from dragoman.mt.phrases.table import phrase_key
from dragoman.mt.phrases.words import is_fixed

LANGUAGES = {"fa_AF": ("prs", "Dari"), "ps": ("ps", "Pashto")}
Scored = dict[tuple[str, ...], list[tuple[float, tuple[str, ...]]]]

TRANSLATIONS = 5
NEAR_TRANSLATIONS = 2  # of each word that stands in for one that no pair has
BEHIND = 1.1  # log10
TRIGRAMS, BIGRAMS = 300_000, 350_000
MODEL_WEIGHT = {"fa_AF": 0.25, "ps": 0.25}  # tuned by chrF++ alone it is 0.16 and 0.07; BLEU and readers ask for more
JUMP_WEIGHT = {"fa_AF": 0.2, "ps": 0.1}


PAIRED = frozenset("\"'()[]{}:")
ENDS = frozenset(".?!؟۔")
ARTICLES = {("the",): 0, ("a",): 1, ("an",): 1}  # neither language has articles: the words that may stand for them at most
ARTICLE_DROPPED = -0.3  # log10


def kept_words(words: tuple[str, ...]) -> list[str]:
    """What a phrase must have on both sides: its numbers, placeholders, quotation marks, brackets and ends of sentences."""
    words = tuple("." if word in ENDS else word for word in words)
    return sorted(word for word in words if word[0].isdigit() or word.startswith("<x") or word in PAIRED or word == ".")


def fits(source: tuple[str, ...], target: tuple[str, ...]) -> bool:
    """Whether the one can stand for the other at all: marks never become words, and what stays as it is has no rendering."""
    if kept_words(source) != kept_words(target) or len(target) > 255:
        return False
    if any(word in source for word in target if word.isascii() and word.islower()):
        return False
    return not all(map(is_fixed, source)) or all(map(is_fixed, target))


def scored(table: dict, weights: tuple[float, ...]) -> Scored:
    """The translations of each phrase by their score, the best first."""
    kept = {}
    for source, translations in table.items():
        found = sorted(
            (
                (
                    sum(a * b for a, b in zip(weights, features, strict=False)) + weights[4] + weights[5] * len(target) / 2.3,
                    target,
                )
                for target, features in translations
                if fits(source, target)
            ),
            reverse=True,
        )
        found = [pair for pair in found[:TRANSLATIONS] if pair[0] > found[0][0] - BEHIND]
        if source in ARTICLES:
            found = [*found[: ARTICLES[source]], (ARTICLE_DROPPED, ())]
        if found:
            kept[source] = found
    return {source: found for source, found in kept.items() if not composed(source, found[0][1], kept)}


def composed(source: tuple[str, ...], target: tuple[str, ...], phrases: dict) -> bool:
    """Whether two shorter phrases, the one's best translation after the other's, say just the same."""
    return any(
        first and second and first[0][1] + second[0][1] == target
        for first, second in ((phrases.get(source[:cut]), phrases.get(source[cut:])) for cut in range(1, len(source)))
    )


def pruned(model: dict, vocabulary: dict[str, int]) -> dict[str, numpy.ndarray]:
    """The trigram model over `vocabulary`, its keys of 16 bits a word."""
    unigrams, keys2, scores2, backoffs1, keys3, scores3, backoffs2 = model["tables"]
    new = numpy.full(len(model["vocabulary"]), -1, dtype=numpy.int64)
    for word, number in model["vocabulary"].items():
        if word in vocabulary:
            new[number] = vocabulary[word]
    old = numpy.zeros(len(vocabulary), dtype=numpy.int64)
    old[new[new >= 0]] = numpy.nonzero(new >= 0)[0]
    mask = (1 << SHIFT) - 1

    one, two, three = keys3 >> 2 * SHIFT, keys3 >> SHIFT & mask, keys3 & mask
    history = numpy.searchsorted(keys2, keys3 >> SHIFT)
    lower = numpy.searchsorted(keys2, keys3 & ((1 << 2 * SHIFT) - 1))
    gain = scores3 - (backoffs2[history] + scores2[lower])
    weight = 10 ** (unigrams[one] + scores2[history] + scores3) * gain
    weight[(new[one] < 0) | (new[two] < 0) | (new[three] < 0)] = -1
    keep3 = numpy.argsort(-weight)[: min(TRIGRAMS, int((weight > 0).sum()))]
    keep3 = numpy.sort(keep3)

    first, second = keys2 >> SHIFT, keys2 & mask
    gain2 = scores2 - (backoffs1[first] + unigrams[second])
    weight2 = 10 ** (unigrams[first] + scores2) * gain2
    weight2[(new[first] < 0) | (new[second] < 0)] = -1
    needed = numpy.zeros(keys2.size, dtype=bool)
    needed[history[keep3]] = True
    weight2[needed] = numpy.inf
    keep2 = numpy.argsort(-weight2)[: max(BIGRAMS, int(needed.sum()))]
    keep2 = keep2[weight2[keep2] > 0]

    bigrams = (new[first[keep2]] << 16 | new[second[keep2]]).astype(numpy.uint32)
    order2 = numpy.argsort(bigrams)
    trigrams = (new[one[keep3]] << 32 | new[two[keep3]] << 16 | new[three[keep3]]).astype(numpy.uint64)
    order3 = numpy.argsort(trigrams)
    half = numpy.float16
    return {
        "unigrams": unigrams[old].astype(half),
        "unigram_backoffs": backoffs1[old].astype(half),
        "bigrams": bigrams[order2],
        "bigram_scores": scores2[keep2][order2].astype(half),
        "bigram_backoffs": backoffs2[keep2][order2].astype(half),
        "trigrams": trigrams[order3],
        "trigram_scores": scores3[keep3][order3].astype(half),
    }


def by_near_words(phrases: Scored, net: WordNet) -> tuple[Scored, set[str]]:
    """Words that no pair has, as the nearest ones that have a translation; and those that are no mere form of such a one."""
    found, near = {}, set()
    for word, others in near_words(net, lambda word: tuple(word.split()) in phrases):
        renderings: dict[tuple[str, ...], float] = {}
        for cost, other in others:
            for score, target in phrases[tuple(other.split())][:NEAR_TRANSLATIONS]:
                renderings[target] = max(score - cost, renderings.get(target, -99.0))
        if others[0][0] > FORM:
            near.add(word)
        found[(word,)] = sorted(((score, target) for target, score in renderings.items() if target), reverse=True)
    return {source: renderings for source, renderings in found.items() if renderings}, near


def pack(data: pathlib.Path, code: str, out: pathlib.Path, net: WordNet | None) -> dict[str, object]:
    name, english = LANGUAGES[code]
    path = data / f"phrases.{name}.pickle"
    table, model = pickle.loads(path.read_bytes())
    weights = tuple(map(float, path.with_suffix(".weights").read_text().split()))
    phrases = scored(table, weights)
    near: set[str] = set()
    if net:
        others, near = by_near_words(phrases, net)
        phrases |= others
    words = sorted({word for translations in phrases.values() for _, target in translations for word in target})
    vocabulary = {word: number for number, word in enumerate(["<unk>", "<s>", "</s>", *words])}
    if len(vocabulary) >= 1 << 16:
        raise SystemExit(f"{code}: {len(vocabulary):,} target words, and 65,535 is the limit")
    ordered = sorted((phrase_key(source), translations) for source, translations in phrases.items())
    flat = [pair for _, translations in ordered for pair in translations]
    arrays = {
        "keys": numpy.array([key for key, _ in ordered], dtype=numpy.uint64),
        "counts": numpy.array([len(translations) for _, translations in ordered], dtype=numpy.uint8),
        "scores": numpy.array([score for score, _ in flat], dtype=numpy.float16),
        "lengths": numpy.array([len(target) for _, target in flat], dtype=numpy.uint8),
        "words": numpy.array([vocabulary[word] for _, target in flat for word in target], dtype=numpy.uint16),
        "vocabulary": numpy.frombuffer("\n".join(vocabulary).encode(), dtype=numpy.uint8),
        "near": numpy.sort(numpy.array([phrase_key([word]) & 0xFFFFFFFF for word in near], dtype=numpy.uint32)),
        **pruned(model, vocabulary),
    }
    target = out / f"{code}.npz"
    numpy.savez_compressed(target, **arrays)
    print(f"{target.name}: {len(ordered):,} phrases, {len(flat):,} translations, {len(arrays['trigrams']):,} trigrams, "
          f"{len(arrays['bigrams']):,} bigrams, {target.stat().st_size / 2**20:.1f} MiB", flush=True)  # fmt: skip
    return {
        "name": english,
        "table": target.name,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "weights": {"model": MODEL_WEIGHT[code], "jump": JUMP_WEIGHT[code]},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--version", default="0.2.0")
    parser.add_argument(
        "--wordnet", type=pathlib.Path, help="folder of WordNet's files: unknown words as their nearest known ones"
    )
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    net = WordNet(arguments.wordnet) if arguments.wordnet else None
    metadata = {
        "name": "starter",
        "package_version": arguments.version,
        "type": "phrases",
        "from_code": "en",
        "from_name": "English",
        "targets": {code: pack(arguments.data, code, arguments.out, net) for code in LANGUAGES},
        "licence": "CC BY-SA 4.0",
    }
    (arguments.out / "metadata.json").write_text(json.dumps(metadata, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
