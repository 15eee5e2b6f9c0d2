"""Articles: reading them into units and segments, and writing them again with translations in their places. Lossless."""

from dragoman.article.document import write_article
from dragoman.article.plain import is_hard_wrapped, read_article

__all__ = ["is_hard_wrapped", "read_article", "write_article"]
