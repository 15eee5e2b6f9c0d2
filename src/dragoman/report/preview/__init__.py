"""One HTML file that shows English beside its translations. `page` is what it shows, `render` how; no network, no framework."""

from dragoman.report.preview.page import Block, Cell, EngineFigures, Page, PlacedTerm, Preview, Sentence, State
from dragoman.report.preview.render import format_preview

__all__ = ["Block", "Cell", "EngineFigures", "Page", "PlacedTerm", "Preview", "Sentence", "State", "format_preview"]
