"""How fast `dragoman translate` is: against the raw engine, against argostranslate sentence by sentence, and to start at all.

    uv run python benchmarks/speed.py [--articles 200] [--language ps] [--no-argos]

In one run, with one model, at one beam:

- dragoman: the command itself, from its start to the last PO file, over generated articles (of word lists, always the same);
- raw: `ctranslate2.Translator.translate_batch` on the same tokenized sentences at its best settings here, and nothing else;
- argos: `argostranslate.translate` a sentence a call, as its users run it, in a virtual environment of its own under
  benchmarks/work (it needs PyTorch), with our model packed as an Argos package. Its splitter of sentences would ask the network
  for a model: here it is given one that does nothing, so that Argos looks better than its users have it. It gets the first
  sentences alone, for it is slow.

The rounds take turns, for other programs may run as well, and the median counts; start-up is the best of ten.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from dragoman.article import read_article
from dragoman.languages import get_language
from dragoman.mt.loaders import load
from dragoman.text.normalize import normalize_source

FIRST = Path(__file__).parents[1] / "tests" / "models" / "first"  # the network in the repository

WORK = Path(__file__).resolve().parent / "work"
BEAM = 4
ROUNDS = 3
ARGOS_SENTENCES = 150
ARGOS = ("torch==2.13.0", "argostranslate==1.11.0")

PEOPLE = (
    "The governor",
    "A teacher",
    "The mayor of the town",
    "One farmer",
    "The head of the clinic",
    "Her brother",
    "The judge",
)
VERBS = ("said", "told reporters", "wrote in a letter", "announced on Monday", "explained", "admitted", "promised last week")
THINGS = ("the new bridge", "the water pipe", "the school for girls", "the road to the north", "the market", "the hospital")
DOINGS = ("will be finished", "has been closed", "must be repaired", "was opened again", "will cost more", "needs guards")
WHENS = ("before the winter", "by the end of the year", "within two months", "after the harvest", "as soon as the snow melts")
WHYS = (
    "because there is no money",
    "although the contract was signed",
    "while families wait for help",
    "if the council agrees",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--language", default="ps")
    parser.add_argument("--no-argos", action="store_true")
    arguments = parser.parse_args()
    code = get_language(arguments.language).code
    texts = articles(arguments.articles)
    sentences = list(dict.fromkeys(segment.source for text in texts for segment in read_article(text, "generated").segments))
    loader = load(FIRST)
    tokenized = [list(loader.encode(normalize_source(sentence), code)) for sentence in sentences]
    prefix = list(loader.target_prefix(code))

    rates: dict[str, list[float]] = {"raw": [], "dragoman": []}
    work: dict[str, list[float]] = {"raw": [], "dragoman": []}
    for _ in range(ROUNDS):
        for name, (seconds, processor_seconds) in (
            ("raw", raw(loader.model, tokenized, prefix)),
            ("dragoman", dragoman(texts, code)),
        ):
            rates[name].append(len(sentences) / seconds)
            work[name].append(processor_seconds)
        if not arguments.no_argos:
            some = sentences[:ARGOS_SENTENCES]
            seconds, processor_seconds = argos(some, code, prefix)
            rates.setdefault("argos", []).append(len(some) / seconds)
            work.setdefault("argos", []).append(processor_seconds * len(sentences) / len(some))
    print(f"{arguments.articles} articles, {len(sentences)} sentences, {os.cpu_count()} processors, beam {BEAM}\n")
    print("| | sentences a second | dragoman against it | seconds of processor |")
    print("|---|---|---|---|")
    for name, values in rates.items():
        against = median(rates["dragoman"]) / median(values)
        print(f"| {name} | {median(values):.1f} | {against:.2f} | {median(work[name]):.1f} |")
    print("\n| start-up | milliseconds |")
    print("|---|---|")
    script = str(Path(sys.executable).with_name("dragoman"))
    for command in ([script, "--help"], [sys.executable, "-c", "import click"]):
        print(f"| `{' '.join([Path(command[0]).name, *command[1:]])}` | {1000 * start_up(command):.0f} |")


def articles(number: int) -> list[str]:
    """Articles of six to fourteen sentences in paragraphs, a headline and a dateline first. No two sentences are alike."""
    generator = random.Random(1)
    seen: set[str] = set()

    def sentence() -> str:
        while True:
            clause = f"{generator.choice(THINGS)} {generator.choice(DOINGS)} {generator.choice(WHENS)}"
            text = f"{generator.choice(PEOPLE)} {generator.choice(VERBS)} that {clause}"
            for _ in range(generator.randrange(3)):
                text += f", {generator.choice(WHYS)}"
            text += f", and {generator.randrange(2, 900)} people asked about {generator.choice(THINGS)}."
            if text not in seen:
                seen.add(text)
                return text

    made = []
    for article in range(number):
        paragraphs = [" ".join(sentence() for _ in range(generator.randrange(2, 5))) for _ in range(3)]
        made.append(f"Report {article} from the valley\n\nKABUL -- " + "\n\n".join(paragraphs) + "\n")
    return made


def raw(model: Path, tokenized: Sequence[list[str]], prefix: list[str]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor, of the decoding alone."""
    import ctranslate2

    threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    translator: Any = ctranslate2.Translator(str(model), compute_type="int8", inter_threads=threads, intra_threads=1)
    started, worked = time.perf_counter(), time.process_time()
    translator.translate_batch(
        tokenized,
        target_prefix=[prefix] * len(tokenized) if prefix else None,
        beam_size=BEAM,
        batch_type="tokens",
        max_batch_size=1024,
    )
    return time.perf_counter() - started, time.process_time() - worked


def dragoman(texts: Sequence[str], code: str) -> tuple[float, float]:
    """The same of the whole command in a project of its own, with nothing in its cache."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        (project / "articles").mkdir()
        (project / "dragoman.toml").write_text(f'languages = ["{code}"]\n', encoding="utf-8")
        for number, text in enumerate(texts):
            (project / "articles" / f"article-{number}.txt").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "dragoman", "translate", "--to", code, "--model", str(FIRST), "--quiet"]
        started, worked = time.perf_counter(), _children()
        subprocess.run(command, cwd=project, check=True)
        return time.perf_counter() - started, _children() - worked


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


_ARGOS_SCRIPT = """
import json, sys, time
from argostranslate import package, translate

class WholeSentence:
    def __init__(self, package): pass
    def split_sentences(self, text): return [text]

translate.MiniSBDSentencizer = translate.StanzaSentencizer = WholeSentence
package.install_from_path(sys.argv[1])
sentences = json.load(sys.stdin)
translate.translate(sentences[0], "en", sys.argv[2])
started, worked = time.perf_counter(), time.process_time()
for sentence in sentences:
    translate.translate(sentence, "en", sys.argv[2])
print(time.perf_counter() - started, time.process_time() - worked)
"""


def argos(sentences: Sequence[str], code: str, prefix: list[str]) -> tuple[float, float]:
    """The same of the translating alone, model loaded."""
    environment = WORK / "argos"
    python = environment / "bin" / "python"
    if not python.exists():
        venv.create(environment, with_pip=True)
    if subprocess.run([python, "-c", "import argostranslate, stanza, minisbd"], capture_output=True).returncode:
        subprocess.run([python, "-m", "pip", "install", "--quiet", *ARGOS], check=True)
    target = get_language(code).bcp47
    package = WORK / f"starter-{code}.argosmodel"
    pack(package, target, prefix)
    home = WORK / "argos-home"
    shutil.rmtree(home, ignore_errors=True)
    variables = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE")}
    run = subprocess.run(
        [python, "-c", _ARGOS_SCRIPT, package, target],
        input=json.dumps(sentences),
        env={**os.environ, **variables, "ARGOS_BEAM_SIZE": str(BEAM)},
        text=True,
        stdout=subprocess.PIPE,
        check=True,
    )
    seconds, processor_seconds = map(float, run.stdout.split()[-2:])
    return seconds, processor_seconds


def pack(path: Path, target: str, prefix: Sequence[str]) -> None:
    """The built-in model as an Argos package into one language."""
    metadata = {
        "package_version": "1.0",
        "argos_version": "1.9",
        "type": "translate",
        "from_code": "en",
        "from_name": "English",
        "to_code": target,
        "to_name": target,
        "target_prefix": "".join(prefix),
    }
    with zipfile.ZipFile(path, "w") as archive:
        root = f"starter-{target}"
        archive.writestr(f"{root}/metadata.json", json.dumps(metadata))
        for file in (*sorted((FIRST / "model").iterdir()), FIRST / "sentencepiece.model"):
            archive.write(file, f"{root}/{file.relative_to(FIRST)}")


def start_up(command: Sequence[str]) -> float:
    seconds = []
    for _ in range(10):
        started = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        seconds.append(time.perf_counter() - started)
    return min(seconds)


if __name__ == "__main__":
    main()
