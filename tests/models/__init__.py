"""Real models for the tests."""

from pathlib import Path

FIRST = Path(__file__).parent / "first"
"""A small network of CTranslate2 for both languages: weak, and so it shows every trouble that models make. Made by training/."""
