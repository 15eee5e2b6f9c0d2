"""The last rung: the word that the model's attention aligns with a missing term gives way to it, or is put after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.languages import Language
from dragoman.model import Rung
from dragoman.mt.alignment import Word, begins_word, certain_place, cuts, source_range, speaks
from dragoman.mt.engine import Decoding, Engine, Hypothesis
from dragoman.mt.rungs.plain import plain_source
from dragoman.mt.sentence import Candidate, Wanted
from dragoman.mt.standing import Standing

_PLACES = 3  # tried for a sentence: nothing is decoded, so they cost little


def propose_replaced(
    standings: Sequence[Standing], language: Language, engine: Engine, decoding: Decoding
) -> list[list[Candidate]]:
    """For each sentence the draft with its missing terms at the likeliest places, in the stead of a word and before it."""
    return [[_candidate(standing, text) for text in dict.fromkeys(_texts(standing, language, engine))] for standing in standings]


def propose_certain(
    standings: Sequence[Standing], language: Language, engine: Engine, decoding: Decoding
) -> list[list[Candidate]]:
    """The draft with its missing terms in the stead of what surely was made of them, where the model knows what that is."""
    return [[_candidate(one, text)] if (text := _certain(one, language, engine)) else [] for one in standings]


def _candidate(standing: Standing, text: str) -> Candidate:
    return Candidate(text, Rung.REPLACED, 0.0, guesses=standing.base.guesses)


def _certain(standing: Standing, language: Language, engine: Engine) -> str | None:
    if not engine.aligns:
        return None
    source = plain_source(standing.sentence, language, engine)
    splices = []
    for wanted in standing.lacking:
        tokens = source_range(standing.sentence.request.source, wanted.span, source, engine, language)
        word = certain_place(standing.base, tokens)
        if word is None:
            return None
        splices.append((word, wanted))
    splices.sort(key=lambda splice: splice[0].start)
    return _spliced(standing.base, splices, engine, instead=True)


def _texts(standing: Standing, language: Language, engine: Engine) -> Iterator[str]:
    source = plain_source(standing.sentence, language, engine)
    for splices in cuts(standing, source, language, engine, _PLACES):
        # Where the word is surely the term's, to leave it would say the thing twice.
        for instead in (True,) if engine.aligns else (True, False):
            yield _spliced(standing.base, splices, engine, instead)


def _spliced(hypothesis: Hypothesis, splices: Sequence[tuple[Word, Wanted]], engine: Engine, instead: bool) -> str:
    """The hypothesis with the terms at their words. What stands between is decoded apart: no vocabulary limits the terms."""
    tokens = hypothesis.tokens
    if engine.aligns:  # its tokens are words, and a term is one: so it sees which quotation mark opens and which closes
        words: list[str] = []
        end = 0
        for word, wanted in splices:
            words += (*tokens[end : word.start], wanted.target)
            end = word.end
        return engine.decode((*words, *tokens[end:]))
    text = ""
    end = 0
    for word, wanted in splices:
        text = _joined(text, engine.decode(tokens[end : word.start]), _apart(text, tokens, end))
        text = _joined(text, wanted.target, not _opens(text))
        end = max(end, word.end if instead else word.start)
    return _joined(text, engine.decode(tokens[end:]), _apart(text, tokens, end))


def _joined(text: str, more: str, apart: bool) -> str:
    return f"{text} {more}" if text and more and apart else text + more


def _apart(text: str, tokens: Sequence[str], index: int) -> bool:
    """Whether a space stands between `text` and the token at `index`: before a word, and before a mark that opens something."""
    return begins_word(tokens, index) or speaks(tokens[index]) or _opens(text + tokens[index])


def _opens(text: str) -> bool:
    """Whether `text` ends with a mark that the next word follows closely. A straight quotation mark opens each second time."""
    last = text[-1:]
    return last in "([{«‹“‘" or (last in "\"'" and text.count(last) % 2 == 1)
