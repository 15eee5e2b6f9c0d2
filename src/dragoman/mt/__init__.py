"""Machine translation: `open_engine` finds a model, `draft` takes sentences and their terms through it.

engine = open_engine(None, language)
translations = draft([Request("ISIS is struggling.", matches)], language, engine)
"""

from dragoman.mt.drafting import draft
from dragoman.mt.engine import Engine
from dragoman.mt.request import Request
from dragoman.mt.store import open_engine

__all__ = ["Engine", "Request", "draft", "open_engine"]
