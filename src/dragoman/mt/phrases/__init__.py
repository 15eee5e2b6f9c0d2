"""The phrase-based engine: what few pairs allow that a neural network of this size does not yet.

Of a sentence's phrases it takes those translations that fit together best (Koehn, Och and Marcu 2003). It cannot say what the
source does not: a word that it does not know stays as it is, for all to see, and a placeholder is kept by construction. Only a
name that it does not know is spelled by its sound (`names`, `spelling`), and told as a guess. `training/phrase.py` learns the
phrases, `training/pack.py` packs them, `training/transliterate.py` learns the spelling; docs/models.md has the figures.
"""

from dragoman.mt.phrases.engine import PhraseEngine
from dragoman.mt.phrases.loader import BUILT_IN, PhraseModel, has_network, is_phrases
from dragoman.mt.phrases.writer import GlossedEngine

__all__ = ["BUILT_IN", "GlossedEngine", "PhraseEngine", "PhraseModel", "has_network", "is_phrases"]
