"""Look-ups in a translation memory of a million pairs: how long, and how much of what a full search finds is found.

    uv run python benchmarks/memory.py [--pairs 1000000] [--lookups 500] [--compared 50]

Sentences are made of invented words whose frequencies fall as those of English do (Zipf). A question is a sentence of the
memory with one to four words replaced, dropped or added. The full search compares it with every source (rapidfuzz's
extractOne).
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate
from pathlib import Path

from rapidfuzz import fuzz, process

from dragoman.memory import LEAST, Memory, Pair, TmxReader, format_tmx

SOUNDS = """
t s d n r l m k b p f h w g v c st th tr pr sh ch br cl gr bl fr wh pl sp qu j y dr cr fl str sc sw z kn x
e a o i u ea ou ie ai y oo au ei oa ue oi
. n r s t l d m ng ck st nt ss p k ll rs th sh x ght mp lf b g ft rk nd tch w
"""  # of a syllable: before the vowel, the vowel, after it; the frequent ones first
WORDS = 40_000


def zipf(count: int) -> list[float]:
    """Cumulative weights that fall with the rank, as the frequencies of words do (Mandelbrot's 2.7 for English)."""
    return list(accumulate(1 / (rank + 2.7) for rank in range(count)))


def vocabulary(dice: random.Random) -> list[str]:
    """Invented words, the frequent ones short."""
    sounds = [(line.split(), zipf(len(line.split()))) for line in SOUNDS.split("\n") if line]
    words: dict[str, None] = {}
    while len(words) < WORDS:
        length = 1 + (len(words) > 100) + (len(words) > 4000) + (dice.random() < 0.3)
        parts = [dice.choices(part, cum_weights=weights)[0] for _ in range(length) for part, weights in sounds]
        words["".join(parts).replace(".", "")] = None
    return list(words)


def sentences(count: int, dice: random.Random) -> Iterator[str]:
    words = vocabulary(dice)
    weights = zipf(len(words))
    for _ in range(count):
        chosen = dice.choices(words, cum_weights=weights, k=dice.randrange(6, 32))
        yield " ".join(chosen).capitalize() + f" in {dice.randrange(3, 9000)}."


def edited(sentence: str, dice: random.Random, words: list[str]) -> str:
    """`sentence` after an editor's hand: one to four words replaced, dropped or added."""
    parts = sentence.split(" ")
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(parts))
        what = dice.random()
        if what < 0.6:
            parts[place] = dice.choice(words)
        elif what < 0.8 and len(parts) > 4:
            del parts[place]
        else:
            parts.insert(place, dice.choice(words))
    return " ".join(parts)


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of the processor."""
    started, used = time.perf_counter(), time.process_time()
    run()
    return (time.perf_counter() - started) * 1000, (time.process_time() - used) * 1000


def show(title: str, times: list[tuple[float, float]]) -> None:
    clock = sorted(wall for wall, _ in times)
    processor = statistics.median(used for _, used in times)
    print(f"{title:<34}{statistics.median(clock):>9.2f}{clock[int(len(clock) * 0.95)]:>9.2f}{clock[-1]:>9.2f}{processor:>11.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--lookups", type=int, default=500)
    parser.add_argument("--compared", type=int, default=50, help="questions that are also put to a full search")
    parser.add_argument("--sources", type=Path, help="a text file, one sentence a line, instead of invented ones")
    options = parser.parse_args()
    dice = random.Random(1)
    if options.sources:
        sources = list(dict.fromkeys(options.sources.read_text(encoding="utf-8").splitlines()))[: options.pairs]
    else:
        sources = list(sentences(options.pairs, dice))

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.db"
        with Memory(path) as memory:
            pairs = (Pair(source, f"هدف {number}", "ps", f"{number % 1000}.po") for number, source in enumerate(sources))
            seconds = timed(lambda: memory.remember(pairs))[0] / 1000
            print(
                f"{len(memory):,} pairs taken in, {len(memory) / seconds:,.0f} a second; {path.stat().st_size / 2**20:,.0f} MiB"
            )

            known = dice.sample(sources, options.lookups)
            words = [word for source in dice.sample(sources, 1000) for word in source.split()]
            questions = [edited(source, dice, words) for source in known]
            print(f"{'milliseconds':<34}{'median':>9}{'95 %':>9}{'worst':>9}{'processor':>11}")
            show("the same source", [timed(partial(memory.lookup, source, "ps", limit=1)) for source in known])
            show("a similar source", [timed(partial(memory.lookup, question, "ps")) for question in questions])

            best = found = 0
            folded = [source.casefold() for source in sources]
            full = []
            for question in questions[: options.compared]:
                search = partial(process.extractOne, question.casefold(), folded, scorer=fuzz.ratio, score_cutoff=LEAST)
                full.append(timed(search))
                if answer := search():
                    best += 1
                    hits = memory.lookup(question, "ps")
                    found += bool(hits) and hits[0].percent == min(int(answer[1]), 99)
            show("the same by a full search", full)
            print(f"the best answer was found          {found}/{best}")

            tmx = Path(folder) / "memory.tmx"
            some = [pair for pair, _ in zip(memory.pairs(), range(100_000), strict=False)]
            writing = timed(lambda: tmx.write_text("".join(format_tmx(some)), encoding="utf-8"))[0] / 1000
            with tmx.open("rb") as stream:
                reading = timed(lambda: sum(1 for _ in TmxReader(stream, str(tmx))))[0] / 1000
            size = tmx.stat().st_size / 1e6
            print(f"TMX: {size / writing:,.0f} MB/s written, {size / reading:,.0f} MB/s read")


if __name__ == "__main__":
    main()
