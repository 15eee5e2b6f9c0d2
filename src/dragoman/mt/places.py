"""Where models lie: the user's own folder, one that many users share, and what can be made again."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

MODELS_VARIABLE = "DRAGOMAN_MODELS"
"""Names the folders of models, parted as in PATH. The first is where models are installed; the others may be read-only."""


def models_folders() -> tuple[Path, ...]:
    """Where models are looked for, in this order: `DRAGOMAN_MODELS`, or the platform's places for a user and for all users."""
    named = os.environ.get(MODELS_VARIABLE)
    if named:
        return tuple(Path(folder).expanduser() for folder in named.split(os.pathsep) if folder)
    return platformdirs.user_data_path("dragoman") / "models", platformdirs.site_data_path("dragoman") / "models"


def models_folder() -> Path:
    """Where models are installed."""
    return models_folders()[0]


def cache_folder() -> Path:
    """Where unpacked archives and remembered checks lie: anyone may delete it."""
    return platformdirs.user_cache_path("dragoman") / "models"
