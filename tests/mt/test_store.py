"""Which model a name means, and what is said of one that cannot be used."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from dragoman.errors import ModelError
from dragoman.languages import get_language
from dragoman.mt import store
from dragoman.mt.catalog import catalog, find_model, needs_consent
from dragoman.mt.install import install
from dragoman.mt.places import cache_folder, models_folders
from dragoman.mt.record import read_record, verify
from tests.models import FIRST
from tests.mt.loaders.tiny import argos, m2m, marian, nllb, starter

DARI, PASHTO = get_language("fa_AF"), get_language("ps")


@pytest.fixture
def tiny(models: Path, tmp_path: Path) -> Path:
    """The folder of an installed model called `tiny`."""
    return install(str(starter(tmp_path / "from" / "tiny"))).folder


def test_without_any_the_built_in_one_translates(models: Path) -> None:
    assert store.best(DARI) == store.built_in()
    assert store.find("starter") == store.built_in()


def test_the_best_is_the_catalog_s(models: Path) -> None:
    """Dari itself before Iranian Persian, then the catalog's order; what it does not know comes after."""

    def best() -> list[str]:
        return [store.best(language).record.name for language in (DARI, PASHTO)]

    m2m(models / "m2m100_418M")
    marian(models / "opus-mt-en-iir")
    argos(models / "argos-en-fa")
    assert best() == ["m2m100_418M", "m2m100_418M"]
    starter(models / "tiny")
    assert best() == ["tiny", "m2m100_418M"]
    nllb(models / "nllb-200-3.3B")
    assert best() == ["nllb-200-3.3B", "nllb-200-3.3B"]


@pytest.mark.parametrize("reference", ["tiny", "tiny 0.1"])
def test_a_name_means_the_installed_one(tiny: Path, reference: str) -> None:
    assert store.find(reference).folder == tiny


def test_a_path_means_the_folder(tiny: Path, tmp_path: Path) -> None:
    elsewhere = shutil.copytree(tiny, tmp_path / "elsewhere")
    assert store.find(str(elsewhere)).folder == elsewhere


def test_a_model_that_was_copied_there_by_hand(models: Path, tmp_path: Path) -> None:
    starter(models / "by-hand")
    (model,) = store.installed()
    assert (model.record.name, model.record.family, model.record.files) == ("tiny", "Dragoman", {})
    assert store.find("by-hand") == model
    assert store.open_engine("by-hand", DARI).signature == "tiny 0.1"


def test_a_shared_folder_beside_one_s_own(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shared models are found, one's own hide their namesakes, and new ones go to one's own."""
    shared = tmp_path / "shared"
    argos(shared / "argos-en-fa")
    shutil.copytree(tiny, shared / "tiny")
    monkeypatch.setenv("DRAGOMAN_MODELS", os.pathsep.join((str(tiny.parent), str(shared))))
    assert [model.folder for model in store.installed()] == [tiny, shared / "argos-en-fa"]
    assert models_folders() == (tiny.parent, shared)


def test_a_read_only_folder(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A share is mounted read-only, its copies have other times: the files are read once, and that is remembered elsewhere."""
    shared = shutil.copytree(tiny.parent, tmp_path / "share")
    for path in (shared / "tiny").rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o555)
    (shared / "tiny").chmod(0o555)
    monkeypatch.setenv("DRAGOMAN_MODELS", str(shared))
    record = read_record(shared / "tiny")
    assert record is not None
    read: list[str] = []
    verify(shared / "tiny", record, read.append)
    assert sorted(read) == sorted(record.files)
    read.clear()
    verify(shared / "tiny", record, read.append)
    assert read == []
    assert store.open_engine("tiny", PASHTO).signature == "tiny 0.1"


def test_without_a_place_to_remember_files_are_read_again(tiny: Path, tmp_path: Path) -> None:
    record = read_record(tiny)
    assert record is not None
    cache_folder().parent.mkdir(parents=True, exist_ok=True)
    cache_folder().write_text("a file where a folder should be")
    os.utime(tiny / "metadata.json", (1, 1))
    read: list[str] = []
    for _ in range(2):
        verify(tiny, record, read.append)
    assert read == ["metadata.json", "metadata.json"]


def test_a_half_copied_model_is_told(tiny: Path) -> None:
    path = tiny / "model" / "model.bin"
    content = path.read_bytes()
    path.write_bytes(content[:1000])
    with pytest.raises(ModelError) as error:
        store.open_engine("tiny", DARI)
    assert error.value.message == f"is half copied: model/model.bin has 1,000 of {len(content):,} bytes"
    assert error.value.hint == "copy it again, or type: dragoman models remove tiny"


def test_a_missing_file_is_told(tiny: Path) -> None:
    (tiny / "sentencepiece.model").unlink()
    with pytest.raises(ModelError, match=r"has no sentencepiece\.model"):
        store.open_engine("tiny", DARI)


def test_a_changed_file_is_told(tiny: Path) -> None:
    path = tiny / "metadata.json"
    path.write_text(path.read_text().replace("0.1", "0.2"))
    with pytest.raises(ModelError, match=r"metadata\.json is not what was installed"):
        store.open_engine("tiny", DARI)


def test_a_damaged_record_is_told(tiny: Path) -> None:
    (tiny / "installed.json").write_text("{")
    with pytest.raises(ModelError, match="is damaged") as error:
        store.installed()
    assert error.value.hint == "copy it again, or type: dragoman models remove tiny"
    assert store.remove("tiny") == tiny
    assert store.installed() == ()


def test_a_folder_that_is_no_model_is_told(models: Path) -> None:
    (models / "pictures").mkdir(parents=True)
    with pytest.raises(ModelError, match="has no model in it") as error:
        store.best(DARI)
    assert error.value.hint == "copy it again, or type: dragoman models remove pictures"
    assert store.open_engine("starter", DARI)


def test_a_record_of_a_newer_version_is_told(tiny: Path) -> None:
    path = tiny / "installed.json"
    path.write_text(path.read_text().replace('"format": 1', '"format": 2'))
    with pytest.raises(ModelError, match="is of a newer Dragoman"):
        store.find("tiny")


def test_another_language_is_told(models: Path, tmp_path: Path) -> None:
    argos(models / "argos-en-fa")
    with pytest.raises(ModelError, match=r"argos-en-fa does not know Pashto; it translates into fa_AF"):
        store.open_engine("argos-en-fa", PASHTO)
    assert store.best(PASHTO) == store.built_in()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"device": "cuda"}, "there is no CUDA device here"),
        ({"device": "tpu"}, "no device is called 'tpu'"),
        ({"compute_type": "int3"}, "cpu cannot compute in int3"),
    ],
)
def test_what_this_machine_cannot_do_is_told(tiny: Path, options: dict[str, str], message: str) -> None:
    import ctranslate2

    if options.get("device") == "cuda" and ctranslate2.get_cuda_device_count():
        pytest.skip("it can")
    with pytest.raises(ModelError) as error:
        store.open_engine(str(FIRST), DARI, **options)  # type: ignore[arg-type]
    assert error.value.message == message


def test_how_it_computes_is_part_of_the_fingerprint(tiny: Path) -> None:
    """A cached draft is another model's once it was computed otherwise; threads do not matter."""
    plain, exact = (store.open_engine(str(FIRST), DARI, compute_type=kind) for kind in ("int8", "float32"))
    assert plain.fingerprint != exact.fingerprint
    assert plain.fingerprint == store.open_engine(str(FIRST), DARI, threads=1).fingerprint


def test_remove(tiny: Path) -> None:
    assert store.remove("tiny") == tiny
    assert store.installed() == ()
    assert not tiny.exists()
    with pytest.raises(ModelError, match="no model is called 'tiny'"):
        store.remove("tiny")


def test_the_built_in_one_is_not_removed(models: Path) -> None:
    with pytest.raises(ModelError, match="is not Dragoman's to remove"):
        store.remove("starter")
    assert store.built_in().folder.is_dir()


def test_a_folder_elsewhere_is_not_removed(tiny: Path, tmp_path: Path) -> None:
    elsewhere = shutil.copytree(tiny, tmp_path / "elsewhere")
    with pytest.raises(ModelError, match="is not installed"):
        store.remove(str(elsewhere))
    assert elsewhere.is_dir()


def test_a_model_of_the_catalog_is_named_with_its_command(models: Path) -> None:
    with pytest.raises(ModelError, match="is not installed") as error:
        store.find("m2m100-418M")
    assert error.value.hint == "type: dragoman models install m2m100-418M"


def test_a_repository_is_no_name(models: Path) -> None:
    with pytest.raises(ModelError) as error:
        store.find("hf:owner/model")
    assert error.value.hint == "type: dragoman models install hf:owner/model"


def test_the_catalog_is_whole() -> None:
    names = [model.name for model in catalog()]
    assert len(set(names)) == len(names)
    for model in catalog():
        assert find_model(f"{model.name}-ct2-int8") == model
        assert set(model.scores) <= set(model.languages)
    assert [model.name for model in catalog() if needs_consent(model.licence)] == [
        "nllb-200-3.3B",
        "nllb-200-distilled-1.3B",
        "nllb-200-distilled-600M",
    ]
