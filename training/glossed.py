"""Training pairs with the phrase translator's rendering between their English words: what the glossed network reads.

    python training/glossed.py human --data DATA --language ps
    python training/glossed.py mono  --data DATA --language ps --sentences 30000
    python training/glossed.py dev   --data DATA --language ps

Appends to DATA/glossed.<verb>.<language>.tsv: name, language, English, target, segments (`2 3=word word`), links.

`human`: each third of the pairs is translated with a phrase table of the other two (`phrase.py train --without`), or else the
network would learn to trust the table more than it may. Of unknown names some get their own translation, as if the speller
had found it. `mono`: a sentence of the target language is translated back into English and on from there, and its phrases are
put out of order as English would have them (verbs before objects): so the network learns to write fluently from a gloss out of
text that nobody translated.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import pickle
import random
from collections.abc import Iterator

from pack import ARTICLE_DROPPED, ARTICLES, fits
from phrase import FOLDS, GROUPS, PhraseTranslator, Segment, fold_of
from text import words

from dragoman.mt.phrases.words import is_fixed, join_words, split_words

MODEL_WEIGHT = 0.25  # as packed (pack.py)
NAMES_SPELLED = 0.6
LONGEST = 60  # words
SHARES = {"text": 1.0, "tico19": 1.0, "health": 1.0, "docs": 0.4, "l10n": 0.1}


def translator(data: pathlib.Path, language: str, kind: str, model: float = MODEL_WEIGHT) -> PhraseTranslator:
    """Into the target language it has no other phrases than the package will have."""
    found = PhraseTranslator(*pickle.loads((data / f"phrases.{language}{kind}.pickle").read_bytes()))
    if kind != ".reverse":
        weights = tuple(map(float, (data / f"phrases.{language}.weights").read_text().split()))
        found.weights = (*weights[:6], model, weights[7])
        for source, renderings in found.table.items():
            found.table[source] = [one for one in renderings if fits(source, one[0])]
        dropped = ((ARTICLE_DROPPED - weights[4]) / weights[0], 0.0, 0.0, 0.0)
        for article, most in ARTICLES.items():
            found.table[article] = [*found.table[article][:most], ((), dropped)]
    return found


def written(segments: list[Segment]) -> str:
    return "|".join(f"{a} {b}={' '.join(target)}" for a, b, target in segments)


def with_names(segments: list[Segment], source: list[str], target: list[str], links: str, chance: random.Random) -> list[Segment]:
    """The segments; an unknown name has, more often than not, what the human translation has for it."""
    of_source = collections.defaultdict(list)
    for i, j in (map(int, link.split("-")) for link in links.split()):
        of_source[i].append(j)
    found = []
    for a, b, rendering in segments:
        if b == a + 1 and rendering == (source[a],) and source[a][0].isupper() and len(of_source[a]) == 1:
            word = target[of_source[a][0]]
            if not word.isascii() and len(source[a]) > 2 and chance.random() < NAMES_SPELLED:
                rendering = (word,)
        found.append((a, b, rendering))
    return found


def human(data: pathlib.Path, language: str) -> Iterator[str]:
    chance = random.Random(1)
    rows = [line.rstrip("\n").split("\t") for line in (data / "train.tsv").open(encoding="utf-8")]
    alignments = (data / "train.align").read_text(encoding="utf-8").splitlines()
    for fold in range(FOLDS):
        phrases = translator(data, language, f".without{fold}")
        for (name, code, english, foreign), links in zip(rows, alignments, strict=True):
            share = SHARES.get(name.partition(".")[0], 0.0)
            if name.startswith("tico19.terms") or code not in GROUPS[language] or fold_of(english) != fold:
                continue
            source = split_words(english)
            if chance.random() < share and 2 <= len(source) <= LONGEST and "<x" not in english:
                segments, _ = phrases.segments(source, 20, 0)
                segments = with_names(segments, source, split_words(foreign), links, chance)
                yield "\t".join((name, code, english, foreign, written(segments), links))


def dev(data: pathlib.Path, language: str, rows: int) -> Iterator[str]:
    """The first rows of heldout, those that the phrases were tuned on: to see how training goes."""
    phrases = translator(data, language, "")
    for line in list((data / f"heldout.{language}.tsv").open(encoding="utf-8"))[:rows]:
        english, target = line.rstrip("\n").split("\t")
        source = split_words(english)
        if len(source) <= LONGEST:
            yield "\t".join(("dev", language, english, target, written(phrases.segments(source, 20, 0)[0]), ""))


def disordered(segments: list[Segment], chance: random.Random) -> list[Segment]:
    """Phrases in an order that English might have: of a clause, the last go to after its first."""
    out: list[Segment] = []
    clause: list[Segment] = []
    for segment in [*segments, None]:
        if segment is None or all(map(is_fixed, segment[2])):
            if len(clause) > 3 and chance.random() < 0.75:
                tail = min(chance.choice((1, 1, 1, 2, 2, 3)), len(clause) - 2)
                at = chance.randint(1, max(1, (len(clause) - tail) // 2))
                clause = [*clause[:at], *clause[-tail:], *clause[at:-tail]]
            for place in range(len(clause) - 1):
                if chance.random() < 0.08:
                    clause[place], clause[place + 1] = clause[place + 1], clause[place]
            out += clause
            clause = []
            if segment:
                out.append(segment)
        else:
            clause.append(segment)
    return out


def mono(data: pathlib.Path, language: str, sentences: int) -> Iterator[str]:
    chance = random.Random(2)
    lines = [line.rstrip("\n") for line in (data / f"mono.{language}.txt").open(encoding="utf-8")]
    lines = [line for line in lines if 6 <= len(words(line)) <= 45]
    back, forth = translator(data, language, ".reverse"), translator(data, language, "", 0.05)
    for line in chance.sample(lines, min(sentences, len(lines))):
        target = split_words(line)
        returned, unknown = back.segments(target, 6, 0)
        if unknown > 0.15 * len(target):
            continue
        english: list[str] = []
        segments: list[Segment] = []
        links: set[tuple[int, int]] = set()
        for a, b, rendering in disordered(returned, chance):
            onward, _ = forth.segments(list(rendering), 4, 0)
            for c, d, again in onward:
                unchanged = all(word.isascii() or is_fixed(word) for word in again)
                said = again if chance.random() < 0.7 and not unchanged else tuple(target[a:b]) if len(onward) == 1 else again
                segments.append((len(english) + c, len(english) + d, said))
            links |= {(len(english) + k * len(rendering) // (b - a), a + k) for k in range(b - a)}
            english += rendering
        text = join_words(english)
        if split_words(text) == english:
            aligned = " ".join(f"{i}-{j}" for i, j in sorted(links))
            yield "\t".join((f"mono.{language}", language, text, line, written(segments), aligned))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=("human", "mono", "dev"))
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--language", choices=tuple(GROUPS), required=True)
    parser.add_argument("--sentences", type=int, default=30000)
    arguments = parser.parse_args()
    data, language = arguments.data, arguments.language
    verbs = {"human": human(data, language), "mono": mono(data, language, arguments.sentences), "dev": dev(data, language, 150)}
    rows = verbs[arguments.verb]
    path = data / f"glossed.{arguments.verb}.{language}.tsv"
    with path.open("w", encoding="utf-8") as file:
        written_rows = sum(bool(file.write(f"{row}\n")) for row in rows)
    print(f"{path.name}: {written_rows:,} pairs")


if __name__ == "__main__":
    main()
