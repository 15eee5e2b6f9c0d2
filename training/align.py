"""Word alignments of the training pairs: IBM model 1, then a hidden Markov model, both directions, symmetrized.

    python training/align.py --data /tmp/training/data

Reads train.tsv; writes train.align (a line a pair: `i-j` of source and target words), and lexicon.{prs,ps}.tsv, the lexical
tables of the symmetrized alignments (English word, target word, count), lower case and as written.
Model 1 and the HMM are those of Brown et al. 1993 and Vogel et al. 1996; counts go through the digamma of a sparse Dirichlet
prior, as in fast_align (Dyer et al. 2013), which keeps rare words from collecting everything.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import time

import numpy
from numba import njit
from text import align_form, words

NULL_PROBABILITY = 0.1
DIRICHLET = 0.01
JUMPS = 12  # jumps further than this share one bucket at each side
GROUPS = {"prs": ("prs", "fa"), "ps": ("ps",)}  # Iranian Persian, pushed toward Dari, is counted with Dari


@njit(cache=True)
def exp_digamma(value: float) -> float:
    """exp of the digamma function, by the recurrence and its asymptotic series."""
    shift = 0.0
    while value < 6.0:
        shift -= 1.0 / value
        value += 1.0
    inverse = 1.0 / (value * value)
    return numpy.exp(shift + numpy.log(value) - 0.5 / value - inverse * (1 / 12.0 - inverse * (1 / 120.0 - inverse / 252.0)))


@njit(cache=True)
def normalize(counts, given, totals, table):
    totals[:] = 0.0
    for pair in range(counts.size):
        totals[given[pair]] += counts[pair] + DIRICHLET
    for pair in range(counts.size):
        table[pair] = exp_digamma(counts[pair] + DIRICHLET) / exp_digamma(totals[given[pair]])


@njit(cache=True)
def model_one(cells, starts, heights, widths, table, counts):
    """One E step. The cells of a sentence: target words down, the null word and the source words across."""
    for sentence in range(heights.size):
        across, at = widths[sentence] + 1, starts[sentence]
        for _ in range(heights[sentence]):
            total = 0.0
            for column in range(across):
                weight = NULL_PROBABILITY if column == 0 else (1 - NULL_PROBABILITY) / widths[sentence]
                total += weight * table[cells[at + column]]
            for column in range(across):
                weight = NULL_PROBABILITY if column == 0 else (1 - NULL_PROBABILITY) / widths[sentence]
                counts[cells[at + column]] += weight * table[cells[at + column]] / total
            at += across


@njit(cache=True)
def jump_row(jumps, width, out):
    """Transition probabilities between source positions: `out[here, there]`."""
    for here in range(width):
        total = 0.0
        for there in range(width):
            out[here, there] = jumps[min(max(there - here, -JUMPS), JUMPS) + JUMPS]
            total += out[here, there]
        for there in range(width):
            out[here, there] /= total


@njit(cache=True)
def markov(  # noqa: C901 - compiled as a whole
    cells, starts, heights, widths, table, jumps, counts, jump_counts, posteriors
):
    """One E step of the HMM. A null word keeps the position (Och and Ney): states are source positions, twice."""
    moves = numpy.zeros((160, 160))
    forward = numpy.zeros((160, 320))
    backward = numpy.zeros((160, 320))
    for sentence in range(heights.size):
        height, width, at = heights[sentence], widths[sentence], starts[sentence]
        jump_row(jumps, width, moves)
        for row in range(height):
            null = table[cells[at + row * (width + 1)]]
            total = 0.0
            for state in range(width):
                if row == 0:
                    arrive, stay = (1 - NULL_PROBABILITY) / width, NULL_PROBABILITY / width
                else:
                    arrive, stay = 0.0, NULL_PROBABILITY * (forward[row - 1, state] + forward[row - 1, width + state])
                    for before in range(width):
                        arrive += (forward[row - 1, before] + forward[row - 1, width + before]) * moves[before, state]
                    arrive *= 1 - NULL_PROBABILITY
                forward[row, state] = arrive * table[cells[at + row * (width + 1) + 1 + state]]
                forward[row, width + state] = stay * null
                total += forward[row, state] + forward[row, width + state]
            for state in range(2 * width):
                forward[row, state] /= total
        for state in range(2 * width):
            backward[height - 1, state] = 1.0
        for row in range(height - 2, -1, -1):
            null = table[cells[at + (row + 1) * (width + 1)]]
            total = 0.0
            for before in range(width):
                value = NULL_PROBABILITY * null * backward[row + 1, width + before]
                for state in range(width):
                    emission = table[cells[at + (row + 1) * (width + 1) + 1 + state]]
                    value += (1 - NULL_PROBABILITY) * moves[before, state] * emission * backward[row + 1, state]
                backward[row, before] = value
                total += value
            for before in range(width):
                backward[row, before] /= total
                backward[row, width + before] = backward[row, before]
        for row in range(height):
            line = at + row * (width + 1)
            total = 0.0
            for state in range(2 * width):
                total += forward[row, state] * backward[row, state]
            null_mass = 0.0
            for state in range(width):
                mass = forward[row, state] * backward[row, state] / total
                null_mass += forward[row, width + state] * backward[row, width + state] / total
                counts[cells[line + 1 + state]] += mass
                posteriors[line + 1 + state] = mass
            counts[cells[line]] += null_mass
            posteriors[line] = null_mass
            if row:  # jumps, from the posteriors of neighbours as if independent: enough, and cheap
                for before in range(width):
                    left = posteriors[line - width + before]
                    if left > 0.05:
                        for state in range(width):
                            step = min(max(state - before, -JUMPS), JUMPS) + JUMPS
                            jump_counts[step] += left * posteriors[line + 1 + state]


def train(sources: list[list[int]], targets: list[list[int]], say: str) -> list[numpy.ndarray]:
    """Posteriors of the alignment, a matrix (target words, 1 + source words) a sentence. Id 0 is the null word."""
    heights = numpy.array([len(row) for row in targets], dtype=numpy.int64)
    widths = numpy.array([len(row) for row in sources], dtype=numpy.int64)
    sizes = heights * (widths + 1)
    starts = numpy.concatenate([[0], numpy.cumsum(sizes)])
    keys = numpy.empty(starts[-1], dtype=numpy.int64)
    for sentence, (source, target) in enumerate(zip(sources, targets, strict=True)):
        grid = (numpy.array([0, *source], dtype=numpy.int64) << 32)[None, :] + numpy.array(target, dtype=numpy.int64)[:, None]
        keys[starts[sentence] : starts[sentence + 1]] = grid.ravel()
    unique, cells = numpy.unique(keys, return_inverse=True)
    cells = cells.astype(numpy.int32)
    given = (unique >> 32).astype(numpy.int32)
    table = numpy.full(unique.size, 1e-4)
    totals = numpy.zeros(int(given.max()) + 1)
    for _ in range(5):
        counts = numpy.zeros(unique.size)
        model_one(cells, starts, heights, widths, table, counts)
        normalize(counts, given, totals, table)
    jumps = numpy.exp(-0.25 * numpy.abs(numpy.arange(-JUMPS, JUMPS + 1) - 1.0))
    posteriors = numpy.zeros(starts[-1])
    for _ in range(4):
        counts, jump_counts = numpy.zeros(unique.size), numpy.full(2 * JUMPS + 1, 1.0)
        markov(cells, starts, heights, widths, table, jumps / jumps.sum(), counts, jump_counts, posteriors)
        jump_counts[0] /= 4  # the buckets at the ends hold many distances
        jump_counts[-1] /= 4
        jumps = jump_counts / jump_counts.sum()
        normalize(counts, given, totals, table)
    print(f"  {say}: {unique.size:,} word pairs, jumps", numpy.round(jumps[JUMPS - 3 : JUMPS + 5], 3), flush=True)
    return [posteriors[starts[n] : starts[n + 1]].reshape(heights[n], widths[n] + 1) for n in range(heights.size)]


def symmetrize(forward: numpy.ndarray, backward: numpy.ndarray) -> list[tuple[int, int]]:
    """Grow-diag-final-and (Koehn et al. 2003) over the best links of both posteriors. `forward` is target by source."""
    first = {(int(row.argmax()) - 1, at) for at, row in enumerate(forward) if row.argmax()}
    second = {(at, int(row.argmax()) - 1) for at, row in enumerate(backward) if row.argmax()}
    links = first & second
    union = sorted(first | second)
    sources, targets = {i for i, _ in links}, {j for _, j in links}
    grown = True
    while grown:
        grown = False
        for i, j in union:
            if (i, j) in links or (i in sources and j in targets):
                continue
            near = ((i + di, j + dj) in links for di in (-1, 0, 1) for dj in (-1, 0, 1) if di or dj)
            if any(near):
                links.add((i, j))
                sources.add(i)
                targets.add(j)
                grown = True
    for i, j in union:
        if i not in sources and j not in targets:
            links.add((i, j))
            sources.add(i)
            targets.add(j)
    return sorted(links)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    rows = [line.rstrip("\n").split("\t") for line in (arguments.data / "train.tsv").open(encoding="utf-8")]
    lines = [""] * len(rows)
    for group, languages in GROUPS.items():
        began = time.time()
        chosen = [n for n, row in enumerate(rows) if row[1] in languages]
        source_words = [[rows[n][2][a:b] for a, b in words(rows[n][2])] for n in chosen]
        target_words = [[rows[n][3][a:b] for a, b in words(rows[n][3])] for n in chosen]
        ids: dict[str, int] = {}
        sources = [[ids.setdefault(align_form(word), len(ids) + 1) for word in sentence] for sentence in source_words]
        targets = [[ids.setdefault(align_form(word), len(ids) + 1) for word in sentence] for sentence in target_words]
        forward = train(sources, targets, f"en → {group}")
        backward = train(targets, sources, f"{group} → en")
        counts: collections.Counter[tuple[str, str]] = collections.Counter()
        for at, n in enumerate(chosen):
            links = symmetrize(forward[at], backward[at])
            lines[n] = " ".join(f"{i}-{j}" for i, j in links)
            if rows[n][1] == group or group == "prs":
                for i, j in links:
                    counts[source_words[at][i].lower(), target_words[at][j]] += 1
        with (arguments.data / f"lexicon.{group}.tsv").open("w", encoding="utf-8") as file:
            file.writelines(f"{source}\t{target}\t{count}\n" for (source, target), count in counts.most_common())
        print(f"{group}: {len(chosen):,} pairs, {len(counts):,} linked word pairs, {time.time() - began:.0f} s", flush=True)
    (arguments.data / "train.align").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
