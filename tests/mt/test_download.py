"""Models from the network, from a hub and an index on this machine: what is asked, and what is said when nobody answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest

from dragoman.mt.catalog import catalog
from dragoman.mt.record import read_record
from tests.mt.hub import REVISION, Hub, serving
from tests.mt.loaders.tiny import argos, m2m

pytest.importorskip("huggingface_hub")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A converted repository, with files beside the model that it does not need."""
    folder = m2m(tmp_path_factory.mktemp("hub") / "m2m-tiny")
    (folder / "pytorch_model.bin").write_bytes(bytes(1000))
    (folder / "onnx").mkdir()
    (folder / "onnx" / "model.onnx").write_bytes(bytes(1000))
    return folder


@pytest.fixture
def hub(tiny: Path) -> Iterator[Hub]:
    with serving({"desk/m2m-tiny": tiny, "desk/empty": tiny / "onnx"}) as hub:
        yield hub


@pytest.fixture
def dragoman(hub: Hub, models: Path, tmp_path: Path) -> Run:
    """`dragoman models …`, with the hub and the index where the real ones would be."""

    def run(*arguments: str, endpoint: str = hub.url) -> subprocess.CompletedProcess[str]:
        places = {
            "HF_ENDPOINT": endpoint,
            "ARGOS_PACKAGE_INDEX": f"{endpoint}/",
            "HF_HOME": str(tmp_path / "hf"),
            "HOME": str(tmp_path),
        }
        command = [sys.executable, "-m", "dragoman", "models", *arguments]
        return subprocess.run(command, env={**os.environ, **places}, capture_output=True, text=True, timeout=120, check=False)

    return run


def test_a_converted_model(hub: Hub, dragoman: Run, models: Path) -> None:
    run = dragoman("install", "hf:desk/m2m-tiny")
    assert run.stdout == f"installed  m2m-tiny 01234567  {models / 'm2m-tiny'}\n", run.stderr
    assert "desk/m2m-tiny at 01234567 (MIT)" in run.stderr
    record = read_record(models / "m2m-tiny")
    assert record is not None
    assert (record.source, record.licence) == (f"hf:desk/m2m-tiny@{REVISION}", "MIT")
    fetched = {line.rpartition("/")[2] for line in hub.asked if line.startswith("GET desk/")}
    assert fetched == {"config.json", "model.bin", "sentencepiece.bpe.model", "shared_vocabulary.json"}
    assert {line.split("/")[0] for line in hub.asked} == {"GET api", "GET desk", "HEAD desk"}
    assert [path.name for path in (models / ".downloads").iterdir() if path.is_dir()] == []


def test_a_licence_is_asked_for_before_a_file_is(hub: Hub, dragoman: Run) -> None:
    hub.licence = "cc-by-nc-4.0"
    run = dragoman("install", "hf:desk/m2m-tiny")
    assert run.returncode == 3
    assert run.stderr == (
        "dragoman: m2m-tiny is under CC BY-NC 4.0: no commercial use "
        "(if that suits your use, type the same again with --accept-licence)\n"
    )
    assert [line for line in hub.asked if "resolve" in line] == []
    assert dragoman("install", "hf:desk/m2m-tiny", "--accept-licence").returncode == 0


@pytest.mark.skipif(find_spec("torch") is not None, reason="it can be converted here")
def test_a_checkpoint_is_not_fetched_where_it_cannot_be_converted(hub: Hub, dragoman: Run, tmp_path: Path) -> None:
    checkpoint = tmp_path / "checkpoint"
    checkpoint.mkdir()
    for name in ("config.json", "model.safetensors", "pytorch_model.bin"):
        (checkpoint / name).write_bytes(b"{}")
    hub.repositories["facebook/m2m100_418M"] = checkpoint
    run = dragoman("install", "m2m100-418M")
    assert run.returncode == 3
    assert run.stderr.startswith("dragoman: hf:facebook/m2m100_418M: is to be converted, which needs torch")
    assert run.stderr.endswith('(type: pip install "dragoman[convert]")\n')
    assert [line for line in hub.asked if "resolve" in line] == []


def test_a_broken_line_is_mended_by_the_next_run(hub: Hub, dragoman: Run) -> None:
    hub.cut_after = 3000
    first = dragoman("install", "hf:desk/m2m-tiny")
    assert hub.cut_after is None
    second = dragoman("install", "hf:desk/m2m-tiny") if first.returncode else first
    assert second.returncode == 0, second.stderr


@pytest.mark.parametrize(
    ("reference", "line"),
    [
        ("hf:desk/nothing", "dragoman: hf:desk/nothing: is not on the Hub (write hf:owner/name)"),
        (
            "hf:desk/empty",
            "dragoman: hf:desk/empty: has no model that Dragoman can use (type: dragoman models list --remote)",
        ),
    ],
)
def test_what_the_hub_has_not(dragoman: Run, reference: str, line: str) -> None:
    run = dragoman("install", reference)
    assert (run.returncode, run.stderr) == (3, f"{line}\n")


@pytest.mark.parametrize(
    ("reference", "words"), [("hf:desk/m2m-tiny", "cannot be fetched"), ("argos-en-fa", "the Argos index cannot be reached")]
)
def test_without_a_network(dragoman: Run, models: Path, reference: str, words: str) -> None:
    run = dragoman("install", reference, endpoint="http://127.0.0.1:1")
    assert run.returncode == 3
    (line,) = [line for line in run.stderr.splitlines() if line.startswith("dragoman: ")]
    assert words in line
    assert "is there a network? docs/models.md tells how to install without one" in line
    assert "Traceback" not in run.stderr
    assert not any(path for path in models.iterdir() if not path.name.startswith(".")) if models.is_dir() else True


def test_an_argos_package(hub: Hub, dragoman: Run, models: Path, tmp_path: Path) -> None:
    hub.files |= _argos_files(hub, tmp_path)
    run = dragoman("install", "argos-en-fa")
    assert run.stdout == f"installed  argos-en-fa 1.9  {models / 'argos-en-fa'}\n", run.stderr
    record = read_record(models / "argos-en-fa")
    assert record is not None
    assert (record.source, record.licence) == ("argos-en-fa", "MIT")


def test_list_remote(hub: Hub, dragoman: Run, tiny: Path, tmp_path: Path) -> None:
    hub.files |= _argos_files(hub, tmp_path)
    hub.repositories |= {model.repository: tiny for model in catalog() if model.repository}
    del hub.repositories["google/madlad400-3b-mt"]
    rows = json.loads(dragoman("list", "--remote", "--json").stdout)
    remote = {row["name"]: row["remote"] for row in rows}
    assert remote["m2m100-1.2B"] == "0.0 GB at 01234567"
    assert remote["argos-en-fa"] == "version 1.9"
    assert remote["madlad400-3b-mt"] == "is not on the Hub"
    assert remote["starter"] == ""
    assert [line for line in hub.asked if "resolve" in line] == []


def _argos_files(hub: Hub, folder: Path) -> dict[str, bytes]:
    package = argos(folder / "en_fa")
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(package.rglob("*")):
            file.write(path, path.relative_to(folder))
    entry = {**json.loads((package / "metadata.json").read_text()), "links": [f"{hub.url}/en_fa.argosmodel"]}
    return {"index.json": json.dumps([entry]).encode(), "en_fa.argosmodel": archive.getvalue()}
