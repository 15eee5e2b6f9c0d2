"""A network of ours as Argos packages. (That Argos Translate itself translates with them, word for word as we do, was tried by
hand with version 1.11: it needs PyTorch.)
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import ModelError
from dragoman.languages import get_language
from dragoman.mt import store
from dragoman.mt.argos import import_package
from dragoman.mt.engine import Decoding, Engine, Task
from dragoman.mt.export import export_argos
from dragoman.mt.install import install
from tests.mt.loaders.tiny import ENGLISH, argos, starter


@pytest.fixture
def packages(models: Path, tmp_path: Path) -> list[Path]:
    starter(models / "tiny")
    return list(export_argos(store.find("tiny"), tmp_path / "out"))


def test_one_for_each_language(packages: list[Path], tmp_path: Path) -> None:
    assert [path.name for path in packages] == ["translate-en_prs-0_1.argosmodel", "translate-en_ps-0_1.argosmodel"]


def test_argos_translate_reads_them(packages: list[Path]) -> None:
    read = [import_package().Package(install(str(path)).folder) for path in packages]
    assert [(one.from_code, one.to_code, one.target_prefix, one.package_version) for one in read] == [
        ("en", "prs", "<prs>", "0.1"),
        ("en", "ps", "<ps>", "0.1"),
    ]
    assert read[0].tokenizer.encode("bread")


@pytest.mark.parametrize(("code", "name"), [("fa_AF", "argos-en-prs"), ("ps", "argos-en-ps")])
def test_they_say_what_the_network_says(packages: list[Path], code: str, name: str) -> None:
    for path in packages:
        install(str(path))
    ours, theirs = (store.open_engine(model, get_language(code)) for model in ("tiny", name))
    assert theirs.knows_dari
    assert theirs.placeholders == ours.placeholders == ("<x0>", "<x1>")
    assert _say(theirs, code) == _say(ours, code)


def test_another_family_is_refused(models: Path) -> None:
    argos(models / "argos-en-fa")
    with pytest.raises(ModelError, match="argos-en-fa cannot be made an Argos package"):
        list(export_argos(store.find("argos-en-fa"), models))


def _say(engine: Engine, code: str) -> list[str]:
    language = get_language(code)
    tasks = [Task(engine.encode(sentence, language), suppressed=engine.reserved()) for sentence in ENGLISH]
    return [found[0].text for found in engine.translate(tasks, language, Decoding(beam_size=2))]
