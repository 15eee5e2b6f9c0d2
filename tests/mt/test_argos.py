"""argostranslate, as it is installed: found where it has been used, and never a trouble where it has not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.errors import ModelError
from dragoman.languages import get_language
from dragoman.mt.engine import Decoding, Task, Translator
from dragoman.mt.loaders.argos import ArgosLoader
from tests.mt.loaders import tiny

LOOK = "from dragoman.mt.argos import installed_packages; print(*(path.name for path in installed_packages()), sep='\\n')"
MODULES = "import sys; print('argostranslate' in sys.modules, 'torch' in sys.modules, 'stanza' in sys.modules)"


def _run(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Python in a home of its own: argostranslate looks at it when it is imported, once a process."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ARGOS_"))}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env={**variables, "HOME": str(home)}, capture_output=True, text=True, check=False)


def test_where_argos_was_never_used_nothing_is_made(tmp_path: Path) -> None:
    run = _run(f"{LOOK}; {MODULES}", tmp_path)
    assert (run.stdout, run.stderr) == ("\nFalse False False\n", "")
    assert list(tmp_path.iterdir()) == []


def test_installed_packages_are_found(tmp_path: Path) -> None:
    folder = tmp_path / ".local" / "share" / "argos-translate" / "packages"
    tiny.argos(folder / "translate-en_fa-1_9")
    run = _run(f"{LOOK}; {MODULES}", tmp_path)
    assert (run.stdout, run.stderr) == ("translate-en_fa-1_9\nTrue False False\n", "")


def test_a_half_copied_package_is_one_line(tmp_path: Path) -> None:
    (tmp_path / ".local" / "share" / "argos-translate" / "packages" / "translate-en_fa-1_9").mkdir(parents=True)
    assert "ModelError: an installed Argos package is half copied" in _run(LOOK, tmp_path).stderr.splitlines()[-1]


def test_a_home_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / ".local" / "share" / "argos-translate" / "packages").mkdir(parents=True)
    (tmp_path / ".config").write_text("a file where a folder should be", encoding="utf-8")
    assert "ModelError: Argos packages cannot be looked up" in _run(LOOK, tmp_path).stderr.splitlines()[-1]


@pytest.fixture
def byte_pairs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An Argos package of the older kind: Moses words, cut by byte pairs."""
    for kind in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    folder = tiny.argos(tmp_path / "package")
    (folder / "sentencepiece.model").unlink()
    (folder / "bpe.model").write_text("#version: 0.2\nt h\nth e</w>\n", encoding="utf-8")
    return folder


def test_byte_pairs(byte_pairs: Path) -> None:
    loader = ArgosLoader(byte_pairs)
    assert loader.encode("the bath.", "fa_AF") == ["the", "b@@", "a@@", "t@@", "h", "."]
    assert loader.decode(["کا@@", "بل", "سرد", "است", "."]) == "کابل سرد است."


def test_a_model_of_byte_pairs_translates(byte_pairs: Path) -> None:
    engine, dari = Translator(ArgosLoader(byte_pairs)), get_language("fa_AF")
    ((hypothesis,),) = engine.translate([Task(engine.encode("the bath.", dari))], dari, Decoding(beam_size=1))
    assert hypothesis.tokens


@pytest.mark.parametrize("pairs", ["#version: 0.2\nonly-one\n", None])
def test_broken_byte_pairs_are_one_line(byte_pairs: Path, pairs: str | None) -> None:
    if pairs is None:
        (byte_pairs / "bpe.model").unlink()
        with pytest.raises(ModelError, match="no SentencePiece model"):
            ArgosLoader(byte_pairs)
    else:
        (byte_pairs / "bpe.model").write_text(pairs, encoding="utf-8")
        with pytest.raises(ModelError, match="no BPE model"):
            ArgosLoader(byte_pairs)


def test_a_package_for_another_language_is_told(tmp_path: Path) -> None:
    folder = tiny.argos(tmp_path / "package")
    (folder / "metadata.json").write_text('{"from_code": "en", "to_code": "es"}', encoding="utf-8")
    with pytest.raises(ModelError, match="translates from en to es"):
        ArgosLoader(folder)


def test_underscores_stay(tmp_path: Path) -> None:
    """argostranslate's own decoding makes spaces of them."""
    loader = ArgosLoader(tiny.argos(tmp_path / "package"))
    assert loader.decode(loader.encode_target("see my_file", "fa_AF")) == "see my_file"
