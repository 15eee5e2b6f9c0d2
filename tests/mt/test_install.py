"""Models come from folders, archives and checkpoints, are checked, and stand in their place whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dragoman.errors import ModelError
from dragoman.languages import get_language
from dragoman.mt import store
from dragoman.mt.install import Listener, install
from dragoman.mt.record import FILE_NAME, read_record
from tests.mt.loaders.tiny import argos, nllb, starter

DARI, PASHTO = get_language("fa_AF"), get_language("ps")


@pytest.fixture(scope="module")
def tiny_nllb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return nllb(tmp_path_factory.mktemp("from") / "nllb-200-distilled-600M")


@pytest.fixture(scope="module")
def tiny_starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return starter(tmp_path_factory.mktemp("from") / "desk")


@pytest.fixture(scope="module")
def tiny_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = argos(tmp_path_factory.mktemp("from") / "en_fa")
    archive = folder.parent / "en_fa.argosmodel"
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(folder.rglob("*")):
            file.write(path, path.relative_to(folder.parent))
    return archive


def test_a_folder(models: Path, tiny_nllb: Path) -> None:
    (tiny_nllb / "pytorch_model.bin").write_bytes(b"weights that are of no use any more")
    said: list[str] = []
    model = install(str(tiny_nllb), accept_licence=True, listener=Listener(said=said.append))
    assert model.folder == models / "nllb-200-distilled-600M"
    assert sorted(path.name for path in model.folder.iterdir()) == [
        "config.json",
        "installed.json",
        "metadata.json",
        "model.bin",
        "sentencepiece.bpe.model",
        "shared_vocabulary.json",
    ]
    record = read_record(model.folder)
    assert record == model.record
    assert record is not None
    assert (record.name, record.family, record.licence) == ("nllb-200-distilled-600M", "NLLB-200", "CC BY-NC 4.0")
    assert record.languages == ("fa_AF", "ps")
    assert set(record.files) == {path.name for path in model.folder.iterdir()} - {FILE_NAME}
    assert set(record.placeholders) == {"fa_AF", "ps"}
    assert said == [f"Copying {tiny_nllb}", "Taking checksums"]
    assert store.open_engine(None, DARI).signature == "nllb-200-distilled-600M"


def test_measuring_can_wait(models: Path, tiny_nllb: Path) -> None:
    steps: list[str] = []
    listener = Listener(advanced=lambda step, *_: steps.append(step))
    model = install(str(tiny_nllb), accept_licence=True, measure=False, listener=listener)
    assert (model.record.placeholders, steps) == ({}, [])
    assert store.open_engine("nllb-200-distilled-600M", PASHTO).placeholders == ()


def test_a_licence_is_asked_for_first(models: Path, tiny_nllb: Path) -> None:
    with pytest.raises(ModelError, match=r"CC BY-NC 4\.0") as error:
        install(str(tiny_nllb))
    assert "--accept-licence" in str(error.value.hint)
    assert store.installed() == ()


def test_a_licence_is_asked_for_before_the_network(models: Path) -> None:
    with pytest.raises(ModelError, match=r"nllb-200-3\.3B is under CC BY-NC 4\.0"):
        install("nllb-200-3.3B")


def test_an_archive(models: Path, tiny_archive: Path) -> None:
    model = install(str(tiny_archive))
    assert (model.folder, model.record.signature) == (models / "argos-en-fa", "argos-en-fa 1.9")
    assert model.record.source == str(tiny_archive)
    assert not store.open_engine("argos-en-fa", DARI).knows_dari


def test_the_built_in_one_is_a_model_like_others(models: Path) -> None:
    """A desk may carry it to another place, and train one of its own in its format."""
    model = install(str(store.built_in().folder))
    assert store.best(DARI) == model
    assert store.open_engine(None, DARI).signature == model.record.signature


def test_a_model_with_placeholders_of_its_own_is_not_measured(models: Path, tiny_starter: Path) -> None:
    model = install(str(tiny_starter))
    assert model.record.placeholders == {}
    assert store.open_engine("tiny", PASHTO).placeholders == ("<x0>", "<x1>")


def test_again_replaces(models: Path, tiny_starter: Path, tmp_path: Path) -> None:
    first = install(str(tiny_starter))
    other = shutil.copytree(tiny_starter, tmp_path / "other")
    metadata = json.loads((other / "metadata.json").read_text())
    (other / "metadata.json").write_text(json.dumps({**metadata, "package_version": "0.2"}))
    second = install(str(other))
    assert (first.folder, first.record.version) == (second.folder, "0.1")
    assert [model.record.version for model in store.installed()] == ["0.2"]
    assert [path.name for path in sorted(models.iterdir())] == [".lock", "tiny"]


def test_a_stick(models: Path, tiny_nllb: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one machine installed and measured, another takes over without measuring it again."""
    stick = shutil.copytree(install(str(tiny_nllb), accept_licence=True).folder, tmp_path / "stick" / "nllb")
    monkeypatch.setenv("DRAGOMAN_MODELS", str(tmp_path / "other machine"))
    steps: list[str] = []
    model = install(str(stick), accept_licence=True, listener=Listener(advanced=lambda step, *_: steps.append(step)))
    assert steps == []
    earlier = read_record(stick)
    assert earlier is not None
    assert (model.record.placeholders, model.record.source) == (earlier.placeholders, earlier.source)


def test_a_stick_that_lost_bytes(models: Path, tiny_starter: Path, tmp_path: Path) -> None:
    stick = shutil.copytree(install(str(tiny_starter)).folder, tmp_path / "stick")
    content = bytearray((stick / "model" / "model.bin").read_bytes())
    content[-20] ^= 1
    (stick / "model" / "model.bin").write_bytes(content)
    store.remove("tiny")
    with pytest.raises(ModelError, match=r"model/model\.bin is not what was installed"):
        install(str(stick))
    assert store.installed() == ()


def test_a_broken_model_is_not_installed(models: Path, tiny_starter: Path, tmp_path: Path) -> None:
    broken = shutil.copytree(tiny_starter, tmp_path / "broken")
    (broken / "model" / "model.bin").write_bytes(b"\6\0\0\0")
    with pytest.raises(ModelError, match="half copied"):
        install(str(broken))
    assert [path.name for path in models.iterdir()] == []


@pytest.mark.parametrize(
    ("reference", "words", "hint"),
    [
        ("nothing", "no model is called 'nothing'", "type: dragoman models list"),
        ("there/is/nothing", "there is no such file or folder", "look at the spelling of the path"),
        ("nothing.argosmodel", "there is no such file or folder", "look at the spelling of the path"),
    ],
)
def test_what_is_nowhere(models: Path, reference: str, words: str, hint: str) -> None:
    with pytest.raises(ModelError) as error:
        install(reference)
    assert (error.value.message, error.value.hint) == (words, hint)


def test_a_folder_without_a_model(models: Path, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    with pytest.raises(ModelError, match="has no model in it"):
        install(str(tmp_path / "pictures"))


def test_a_place_that_cannot_be_written(tiny_starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DRAGOMAN_MODELS", str(tmp_path / "file" / "models"))
    with pytest.raises(ModelError, match="cannot be written") as error:
        install(str(tiny_starter))
    assert error.value.hint == "let DRAGOMAN_MODELS name a folder of yours first"


def test_two_at_once(models: Path, tiny_starter: Path) -> None:
    """Five processes install the same model; each says that it did, and one whole model is there."""
    command = [sys.executable, "-m", "dragoman", "models", "install", str(tiny_starter)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(5)]
    for process in running:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors.decode()
    assert [path.name for path in sorted(models.iterdir())] == [".lock", "tiny"]
    assert store.open_engine("tiny", DARI).signature == "tiny 0.1"


def test_others_may_read_what_one_installs(models: Path, tiny_archive: Path, tiny_starter: Path) -> None:
    for model in (install(str(tiny_archive)), install(str(tiny_starter))):
        for path in (model.folder, *model.folder.rglob("*")):
            assert path.stat().st_mode & 0o044 == 0o044, path


def test_an_abandoned_installation_is_swept_away(models: Path, tiny_starter: Path) -> None:
    (models / ".installing-abandoned").mkdir(parents=True)
    (models / ".installing-at-work").mkdir()
    os.utime(models / ".installing-abandoned", (0, 0))
    install(str(tiny_starter))
    assert sorted(path.name for path in models.glob(".installing-*")) == [".installing-at-work"]
