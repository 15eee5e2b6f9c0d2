"""Names and terms: the glossary file, and where its terms stand in an English text."""

from dragoman.glossary.load import parse_glossary

__all__ = ["parse_glossary"]
