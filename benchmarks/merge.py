"""Who loses what when an article changes: Dragoman's merge, gettext's msgmerge and Translate Toolkit's pot2po, the same edits.

    uv run python benchmarks/merge.py [--articles 50] [--sentences 40] [--seed 1]

Articles are generated; a part of each is reviewed, a part edited but still fuzzy, a part untouched drafts. Then sentences are
reworded, negated, renumbered, renamed, split, joined, moved, deleted and added, and in a second round everything goes back.
Each tool merges its own files through both rounds. A tool that is not installed is left out.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

from dragoman.languages import get_language
from dragoman.model import Catalog, Entry, Location
from dragoman.po import draft_note, format_catalog, format_template, is_untouched_draft, merge, new_headers, parse_catalog

WHO = "the mayor|a teacher|the governor|her uncle|one of the drivers|the doctor|an engineer|the judge|his neighbour|a shepherd"
DID = "did repair|did visit|did praise|did close|did paint|did inspect|did guard|did describe|did sell|did measure"
WHAT = "the old bridge|the dry well|a school for girls|the long canal|the bakery|the bus station|a small clinic|the orchard"
WHEN = "on Monday|last week|before the feast|after the storm|at dawn|in the evening|during the game|in the spring"
WHERE = "in Khost|in Herat|in Balkh|in Zabul|in Paktia|in Farah|in Logar|in Takhar"
REST = (
    "because the rain had washed the road away|while the children watched from the wall|although nobody had asked for it|"
    "so that the market could open again|and the whole street came to look|as the council had promised in winter|"
    "when the snow in the pass had melted|which made the farmers of the valley glad"
)


@dataclass(frozen=True)
class Change:
    """One sentence of the new article: which old ones it came from, and what was done to it."""

    source: str
    kind: str
    origins: tuple[str, ...] = ()


def sentence(dice: random.Random) -> str:
    who, did, what, when, where, rest = (dice.choice(part.split("|")) for part in (WHO, DID, WHAT, WHEN, WHERE, REST))
    count = dice.randrange(3, 900)
    return f"{who.capitalize()} {did} {what} {where} {when}, {rest}, and {count} people signed the book."


def article(dice: random.Random, length: int) -> list[str]:
    return list(dict.fromkeys(sentence(dice) for _ in range(length)))


def translated(sources: Sequence[str], dice: random.Random) -> Catalog:
    """What the desk has made of the drafts by the time that the article changes. A target is a code that tells its source."""
    entries = []
    for number, source in enumerate(sources):
        draft = f"مسوده {crc32(source.encode())}"
        mine = f"ژباړه {number} {crc32(source.encode())}"
        entry = Entry(
            source,
            draft,
            fuzzy=True,
            references=(Location("articles/a.txt", number + 1),),
            notes=(draft_note("starter 0.1", draft),),
            comments=(f"note {number}",) if dice.random() < 0.2 else (),
        )
        work = dice.random()
        if work < 0.7:
            entry = replace(entry, target=mine, fuzzy=False)
        elif work < 0.85:
            entry = replace(entry, target=mine)
        entries.append(entry)
    return Catalog("ps", tuple(entries), new_headers(get_language("ps"), project="a"))


def change(sources: Sequence[str], dice: random.Random) -> list[Change]:
    changes: list[Change] = []
    pool = list(sources)
    while pool:
        source = pool.pop(0)
        roll = dice.random()
        if roll < 0.60:
            changes.append(Change(source, "same", (source,)))
        elif roll < 0.68:
            old, new = dice.choice(REST.split("|")), dice.choice(REST.split("|"))
            edited = source.replace(old, new) if old in source else source.replace("signed", "filled")
            changes.append(Change(edited, "same" if edited == source else "reworded", (source,)))
        elif roll < 0.74:
            changes.append(Change(source.replace(" did ", " did not "), "negated", (source,)))
        elif roll < 0.78:
            words = [str(int(word) + 7) if word.isdigit() else word for word in source.split(" ")]
            changes.append(Change(" ".join(words), "number", (source,)))
        elif roll < 0.82:
            place = next(place for place in WHERE.split("|") if place in source)
            changes.append(Change(source.replace(place, "in Wardak"), "name", (source,)))
        elif roll < 0.86:
            first, second = source.rsplit(", and ", 1)
            changes.append(Change(first + ".", "split", (source,)))
            changes.append(Change(second[:1].upper() + second[1:], "rest of split", ()))
        elif roll < 0.90 and pool:
            following = pool.pop(0)
            joined = f"{source.removesuffix('.')}, and {following[:1].lower()}{following[1:]}"
            changes.append(Change(joined, "joined", (source, following)))
        elif roll < 0.95:
            pass  # deleted
        else:
            changes.append(Change(source, "same", (source,)))
            changes.append(Change(sentence(dice), "new", ()))
    if len(changes) > 2:
        changes.insert(dice.randrange(len(changes)), changes.pop(dice.randrange(len(changes))))
    return [item for number, item in enumerate(changes) if item.source not in {other.source for other in changes[:number]}]


def template(sources: Sequence[str]) -> Catalog:
    entries = tuple(Entry(source, references=(Location("articles/a.txt", line),)) for line, source in enumerate(sources, 1))
    return Catalog("ps", entries, new_headers(get_language("ps"), project="a"))


def by_dragoman(po: str, fresh: Catalog, folder: Path) -> str:
    return format_catalog(merge(parse_catalog(po, "a.po"), fresh))


def by_msgmerge(po: str, fresh: Catalog, folder: Path) -> str:
    return _by_command(po, fresh, folder, "msgmerge", "--quiet", "--previous", "--no-wrap", "-o", "out.po", "old.po", "new.pot")


def by_pot2po(po: str, fresh: Catalog, folder: Path) -> str:
    return _by_command(po, fresh, folder, "pot2po", "--progress=none", "-t", "old.po", "new.pot", "out.po")


def _by_command(po: str, fresh: Catalog, folder: Path, *command: str) -> str:
    (folder / "old.po").write_text(po, encoding="utf-8")
    (folder / "new.pot").write_text(format_template(fresh), encoding="utf-8")
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return (folder / "out.po").read_text(encoding="utf-8")


def judge(before: Catalog, after: Catalog, changes: Sequence[Change], counts: Counter[str]) -> None:
    """Count what became of each person's text and each changed sentence."""
    old = {entry.source: entry for entry in before.entries}
    new = {entry.source: entry for entry in after.entries if not entry.obsolete}
    everything = "\n".join(entry.target for entry in after.entries)
    comments = "\n".join(comment for entry in after.entries for comment in (*entry.comments, ""))
    for entry in before.entries:
        if entry.target and not is_untouched_draft(entry):
            counts["texts"] += 1
            counts["texts lost"] += entry.target not in everything
        counts["comments"] += len(entry.comments)
        counts["comments lost"] += sum(f"{comment}\n" not in comments for comment in entry.comments)
    for item in changes:
        works = [old[origin] for origin in item.origins if not is_untouched_draft(old[origin])]
        entry = new[item.source]
        if item.kind == "new":
            counts["new"] += 1
            counts["new: another's text offered"] += bool(entry.target)
        if not works or len(works) < len(item.origins):
            continue
        notes = "\n".join(entry.notes)
        if item.kind == "same":
            if works[0].reviewed:
                counts["same"] += 1
                counts["same, no longer reviewed"] += not entry.reviewed or entry.target != works[0].target
            continue
        counts[item.kind] += 1
        counts["changed, yet reviewed"] += entry.reviewed
        counts[f"{item.kind}: text offered"] += all(work.target in entry.target for work in works)
        told = {"negated": "negated", "number": "number", "name": "name", "split": "split", "joined": "joined"}.get(item.kind)
        counts[f"{item.kind}: told"] += told is not None and told in notes


def judge_return(first: Catalog, after: Catalog, counts: Counter[str]) -> None:
    now = {entry.source: entry for entry in after.entries}
    everything = "\n".join(entry.target for entry in after.entries)
    for entry in first.entries:
        if entry.reviewed:
            counts["back"] += 1
            counts["back: lost"] += entry.target not in everything
            counts["back: reviewed again"] += now[entry.source].reviewed and now[entry.source].target == entry.target


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=50)
    parser.add_argument("--sentences", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    tools: dict[str, Callable[[str, Catalog, Path], str]] = {"dragoman": by_dragoman}
    tools |= {name: tool for name, tool in (("msgmerge", by_msgmerge), ("pot2po", by_pot2po)) if shutil.which(name)}
    counts = {name: Counter[str]() for name in tools}
    seconds = dict.fromkeys(tools, 0.0)
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in range(options.articles):
            sources = article(dice, options.sentences)
            first = translated(sources, dice)
            changes = change(sources, dice)
            new, again = template([item.source for item in changes]), template(sources)
            for tool, run in tools.items():
                started = time.perf_counter()
                changed = run(format_catalog(first), new, folder)
                seconds[tool] += time.perf_counter() - started
                judge(first, parse_catalog(changed, "a.po"), changes, counts[tool])
                back = run(changed, again, folder)
                judge_return(first, parse_catalog(back, "a.po"), counts[tool])
                counts[tool]["runs"] += 1
                counts[tool]["second run changed bytes"] += run(changed, new, folder) != changed

    rows = [
        ("a person's texts lost from the file", "texts lost", "texts"),
        ("a person's comments lost from the file", "comments lost", "comments"),
        ("unchanged sentences no longer reviewed", "same, no longer reviewed", "same"),
        ("changed sentences still reviewed", "changed, yet reviewed", ""),
        *((f"{kind}: its text offered", f"{kind}: text offered", kind) for kind in ("reworded", "negated", "number", "name")),
        *((f"{kind}: its text offered", f"{kind}: text offered", kind) for kind in ("split", "joined")),
        *(
            (f"{kind}: told to the translator", f"{kind}: told", kind)
            for kind in ("negated", "number", "name", "split", "joined")
        ),
        ("new: another sentence's text offered", "new: another's text offered", "new"),
        ("texts lost when the article went back", "back: lost", "back"),
        ("reviewed again when the article went back", "back: reviewed again", "back"),
        ("second run on the same input changed bytes", "second run changed bytes", "runs"),
    ]
    width = max(len(title) for title, _, _ in rows)
    print(f"{options.articles} articles of {options.sentences} sentences, seed {options.seed}")
    print(" " * width, *(f"{tool:>14}" for tool in tools))
    for title, part, whole in rows:
        cells = [f"{count[part]}/{count[whole]}" if whole else str(count[part]) for count in counts.values()]
        print(f"{title:<{width}}", *(f"{cell:>14}" for cell in cells))
    print(f"{'milliseconds an article':<{width}}", *(f"{1000 * seconds[tool] / options.articles:>14.1f}" for tool in tools))


if __name__ == "__main__":
    main()
