"""Names and terms: the glossary file, and where its terms stand in an English text."""

from dragoman.glossary.load import parse_glossary
from dragoman.glossary.match import SourceMatcher, document_matches

__all__ = ["SourceMatcher", "document_matches", "parse_glossary"]
