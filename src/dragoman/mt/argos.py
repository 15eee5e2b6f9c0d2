"""argostranslate as far as we need it: which packages are installed, and its tokenizer for the older ones.

`argostranslate.translate` is never imported: it drags in Stanza and PyTorch, looks at the network and cuts sentences again.
`argostranslate.settings`, which everything in there imports, creates folders in the user's home: so it is imported only where
there is something to find, and a home that cannot be written gets a line, not a traceback.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType

from dragoman.errors import ModelError


def installed_packages() -> tuple[Path, ...]:
    """The folders of the installed Argos packages that translate, sorted by name. Raises ModelError where one is broken."""
    if not _ever_used():
        return ()
    package = import_package()
    try:
        packages = package.get_installed_packages()
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"an installed Argos package is half copied: {error}",
            hint="remove its folder, or use the built-in model: dragoman translate --model starter",
        ) from error
    return tuple(sorted(Path(found.package_path) for found in packages if found.type == "translate"))


def import_package() -> ModuleType:
    """`argostranslate.package`. Raises ModelError where its folders cannot be made."""
    try:
        from argostranslate import package
    except OSError as error:
        raise ModelError(
            f"Argos packages cannot be looked up: {error}",
            hint="let XDG_DATA_HOME, XDG_CONFIG_HOME and XDG_CACHE_HOME name folders that can be written",
        ) from error
    module: ModuleType = package
    return module


def _ever_used() -> bool:
    """Whether there is a sign of Argos that this user may read. The places are those of `argostranslate.settings`."""
    home = Path.home()
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "argos-translate" / "packages"
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "argos-translate" / "settings.json"
    variables = ("ARGOS_PACKAGES_DIR", "ARGOS_TRANSLATE_PACKAGE_DIR", "SNAP")
    return any(os.access(path, os.R_OK) for path in (data, settings)) or any(variable in os.environ for variable in variables)
