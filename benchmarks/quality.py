"""How well and how fast a model translates: chrF++ and BLEU, raw and folded, placeholders, adequacy, speed, peak memory.

    uv run --group bench python benchmarks/quality.py --language ps tico.ps.tsv [--model NAME|PATH] [--rows 1000]

A test file has English TAB target, a sentence a line (`training/prepare.py` writes heldout.*.tsv and tico.*.tsv, which no model
of ours was trained on). Drafts are what `dragoman translate` would write without a glossary: the whole way, orthography too.
"raw" compares them with the human translation in the language's own orthography, "folded" after the folding that all our
comparisons use. Placeholders: each sentence again with a name or a number of it as a placeholder, which is kept when it is in
the answer exactly once. Told terms: the same with a name of the target language beside it, used when it is in the answer in any
spelling (models that understand annotation).
"""

from __future__ import annotations

import argparse
import re
import resource
import time
from collections.abc import Sequence
from pathlib import Path

from sacrebleu.metrics import BLEU, CHRF

from dragoman.languages import Language, get_language
from dragoman.mt import Engine, Request, draft, open_engine
from dragoman.mt.adequacy import THRESHOLD, score
from dragoman.mt.annotation import Told
from dragoman.mt.engine import Decoding, Task
from dragoman.mt.probe import TARGET_FORMS
from dragoman.text.fold import fold
from dragoman.text.normalize import normalize_source
from dragoman.text.orthography import localize

NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][a-z]+(?: [A-Z][a-z]+)*|\d[\d,.]*\d)\b")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tests", type=Path, nargs="+", help="files of pairs")
    parser.add_argument("--language", required=True)
    parser.add_argument("--model", help="as for dragoman translate")
    parser.add_argument("--rows", type=int, help="only the first so many rows of each file")
    parser.add_argument("--skip", type=int, default=0, help="leave out the first so many rows: those something was tuned on")
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--show", type=int, default=0, help="print so many drafts beside their sources")
    arguments = parser.parse_args()
    language = get_language(arguments.language)
    engine = open_engine(arguments.model, language)
    heads = ("test", "rows", "chrF++ raw", "folded", "BLEU raw", "folded", "no draft", "adequate", "placeholders", "told terms")
    print(f"| {' | '.join(heads)} | words/s |")
    print("|---" * (len(heads) + 1) + "|")
    for path in arguments.tests:
        rows = read_rows(path)[arguments.skip :][: arguments.rows]
        print(f"| {path.stem} | {measure(engine, language, rows, arguments.beam, arguments.show)} |", flush=True)
    print(f"\n{engine.signature}, peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def read_rows(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(source, target) for source, target in (line.split("\t") for line in lines)]


def measure(engine: Engine, language: Language, rows: Sequence[tuple[str, str]], beam: int, show: int) -> str:
    """The cells of one row of the table."""
    sources = [source for source, _ in rows]
    references = [localize(target, language)[0] for _, target in rows]
    began = time.perf_counter()
    targets = [one.target for one in draft([Request(source) for source in sources], language, engine, beam_size=beam)]
    speed = sum(len(source.split()) for source in sources) / (time.perf_counter() - began)
    for source, target, reference in list(zip(sources, targets, references, strict=True))[:show]:
        print(f"{source}\n  {target}\n  {reference}")
    scores = []
    for metric in (CHRF(word_order=2), BLEU(tokenize="13a")):
        scores.append(metric.corpus_score(targets, [references]).score)
        folded = [fold(text).text for text in targets], [[fold(text).text for text in references]]
        scores.append(metric.corpus_score(*folded).score)
    drafted = [(source, target) for source, target in zip(sources, targets, strict=True) if target]
    adequate = sum(score(source, target, language.code) >= THRESHOLD for source, target in drafted) / max(1, len(drafted))
    cells = [str(len(rows)), *(f"{value:.1f}" for value in scores), str(len(rows) - len(drafted)), f"{adequate:.1%}"]
    return " | ".join(
        [*cells, kept_placeholders(engine, language, sources), used_terms(engine, language, sources), f"{speed:,.0f}"]
    )


def kept_placeholders(engine: Engine, language: Language, sources: Sequence[str]) -> str:
    """The share of sentences with a name or a number in which a placeholder for it comes out exactly once."""
    if not engine.placeholders:
        return "-"
    symbol = engine.placeholders[0]
    masked = [NAME.sub(symbol, normalize_source(source), count=1) for source in sources]
    tasks = [Task(tuple(engine.encode(text, language, (symbol,)))) for text in masked if symbol in text]
    if not tasks:
        return "-"
    answers = engine.translate(tasks, language, Decoding())
    return f"{sum(answer[0].text.count(symbol) == 1 for answer in answers) / len(tasks):.1%} of {len(tasks)}"


def used_terms(engine: Engine, language: Language, sources: Sequence[str]) -> str:
    """The share of sentences with a name or a number in which the form that is told for it comes out."""
    if not engine.annotates:
        return "-"
    symbol = engine.placeholders[0]
    tasks = []
    for number, source in enumerate(map(normalize_source, sources)):
        if found := NAME.search(source):
            told = Told(symbol, found[0], TARGET_FORMS[number % len(TARGET_FORMS)])
            tokens = engine.encode(source[: found.start()] + symbol + source[found.end() :], language, (symbol,))
            tasks.append(Task(tuple(tokens), suppressed=engine.reserved(), told=(told,)))
    if not tasks:
        return "-"
    answers = engine.translate(tasks, language, Decoding())
    used = sum(fold(task.told[0].form).text in fold(answer[0].text).text for task, answer in zip(tasks, answers, strict=True))
    return f"{used / len(tasks):.1%} of {len(tasks)}"


if __name__ == "__main__":
    main()
