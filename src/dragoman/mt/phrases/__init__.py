"""The built-in model: phrases, which few pairs suffice for, and beside them a network that writes what they propose (`writer`).

Of a sentence's phrases those translations are taken that fit together best (Koehn, Och and Marcu 2003). They say nothing that the
source does not. What no phrase has is guessed, and told as a guess: a name by its sound (`names`, `spelling`), a word by a near
one; else it stays as it is, for all to see. training/README.md tells how all that is learned, docs/models.md has the figures.
"""

from dragoman.mt.phrases.engine import PhraseEngine
from dragoman.mt.phrases.loader import BUILT_IN, PhraseModel, has_network, is_phrases
from dragoman.mt.phrases.writer import GlossedEngine

__all__ = ["BUILT_IN", "GlossedEngine", "PhraseEngine", "PhraseModel", "has_network", "is_phrases"]
