"""What every loader promises, on a tiny real model of its family."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import ModelError
from dragoman.languages import get_language
from dragoman.mt.engine import Decoding, Task, Translator
from dragoman.mt.loaders import FAMILIES, Loader, find_family, load
from dragoman.mt.positions import positions
from tests.mt.loaders.tiny import DARI, ENGLISH, MODELS, PASHTO, POSITIONS

TARGETS = {"fa_AF": DARI, "ps": PASHTO}


@pytest.fixture(scope="module", params=MODELS)
def family(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def folder(family: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return MODELS[family](tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def loader(folder: Path) -> Loader:
    return load(folder)


@pytest.fixture(scope="module")
def translator(loader: Loader) -> Translator:
    return Translator(loader)


def test_every_family_has_a_tiny_model() -> None:
    assert {family.name for family in FAMILIES} == set(MODELS)


def test_the_family_is_told_by_the_files(family: str, folder: Path) -> None:
    assert find_family(folder).name == family


def test_text_comes_back(loader: Loader) -> None:
    for language in loader.languages:
        for sentence in TARGETS[language]:
            assert loader.decode(loader.encode_target(sentence, language)) == sentence


def test_what_stands_around_a_translation_is_no_part_of_it(loader: Loader) -> None:
    for language in loader.languages:
        tokens = [*loader.target_prefix(language), *loader.encode_target(TARGETS[language][0], language)]
        assert loader.decode(tokens) == TARGETS[language][0]


def test_all_that_it_makes_is_in_the_vocabulary(loader: Loader, translator: Translator) -> None:
    from dragoman.mt.loaders.converted import source_vocabulary

    for language in loader.languages:
        for sentence in ENGLISH:
            assert source_vocabulary(loader.model).issuperset(loader.encode(sentence, language))
        for sentence in TARGETS[language]:
            assert translator.encode_target(sentence, get_language(language))


def test_a_text_cannot_smuggle_in_a_symbol(loader: Loader) -> None:
    for language in loader.languages:
        plain = loader.encode("Bread", language)
        for symbol in loader.reserved:
            smuggled = list(loader.encode(f"Bread {symbol}", language))
            assert smuggled.count(symbol) == list(plain).count(symbol)
            assert symbol not in loader.encode_target(f"نان {symbol}", language)


def test_it_translates(loader: Loader, translator: Translator) -> None:
    """Random weights give random words; but words they are, as many answers as were asked for, without tags."""
    decoding = Decoding(beam_size=2, hypotheses=2)
    for code in loader.languages:
        language = get_language(code)
        tasks = [Task(translator.encode(sentence, language), suppressed=translator.reserved()) for sentence in ENGLISH]
        hypotheses = translator.translate(tasks, language, decoding)
        assert [len(some) for some in hypotheses] == [2] * len(ENGLISH)
        for hypothesis, *_ in hypotheses:
            assert not set(hypothesis.tokens).intersection(loader.reserved)
            assert hypothesis.text == loader.decode(hypothesis.tokens)


def test_it_scores(loader: Loader, translator: Translator) -> None:
    for code in loader.languages:
        language = get_language(code)
        pair = (translator.encode(ENGLISH[0], language), translator.encode_target(TARGETS[code][0], language))
        (score,) = translator.score([pair], language)
        assert score < 0


def test_another_tokenizer_is_another_model(family: str, folder: Path, tmp_path: Path) -> None:
    other = MODELS[family](tmp_path / "tiny")
    assert load(other).fingerprint == load(folder).fingerprint
    (tokenizer, *_) = sorted([*other.glob("*.spm"), *other.glob("s*.model")])
    tokenizer.write_bytes(tokenizer.read_bytes() + b"\x12\x00")
    assert load(other).fingerprint != load(folder).fingerprint


def test_a_tokenizer_that_is_missing_is_told(family: str, tmp_path: Path) -> None:
    folder = MODELS[family](tmp_path / "tiny")
    for tokenizer in [*folder.glob("target.spm"), *folder.glob("s*.model")]:
        tokenizer.unlink()
    with pytest.raises(ModelError) as error:
        load(folder)
    assert error.value.hint


def test_a_half_copied_model_is_told(family: str, tmp_path: Path) -> None:
    loader = load(MODELS[family](tmp_path / "tiny"))
    content = (loader.model / "model.bin").read_bytes()
    (loader.model / "model.bin").write_bytes(content[: len(content) // 2])
    with pytest.raises(ModelError, match="half copied"):
        Translator(loader)


@pytest.mark.parametrize(
    ("family", "tag"), [("NLLB-200", "pbt_Arab"), ("M2M-100", "__ps__"), ("OPUS-MT", ">>pus<<"), ("MADLAD-400", "<2ps>")]
)
def test_a_model_that_was_pruned_knows_what_it_knows(family: str, tag: str, tmp_path: Path) -> None:
    folder = MODELS[family](tmp_path / "tiny")
    vocabulary = folder / "shared_vocabulary.json"
    vocabulary.write_text(vocabulary.read_text(encoding="utf-8").replace(tag, f"{tag[:-2]}xx{tag[-2:]}"), encoding="utf-8")
    assert find_family(folder).name == family
    assert load(folder).languages == ("fa_AF",)


def test_a_checkpoint_is_sent_to_convert(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").touch()
    with pytest.raises(ModelError) as error:
        load(tmp_path)
    assert str(error.value.hint) == f"type: dragoman models convert {tmp_path}"


def test_an_empty_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="has no model in it"):
        load(tmp_path)


def test_no_sentence_goes_beyond_the_positions(loader: Loader, translator: Translator) -> None:
    language = get_language(loader.languages[0])
    source = translator.encode(" ".join(ENGLISH), language)[: translator.max_length]
    target = translator.encode_target(" ".join(TARGETS[language.code] * 9), language)
    for prefix in ((), target[: POSITIONS - 3], target):
        ((hypothesis,),) = translator.translate([Task(source, prefix)], language, Decoding(beam_size=1))
        assert len(hypothesis.tokens) <= (positions(loader.model) or len(prefix) + 3 * len(source) + 24)


def test_two_languages_have_one_model_in_memory(loader: Loader, folder: Path) -> None:
    first, second = Translator(loader), Translator(load(folder))
    assert first._translator is second._translator
    assert first._translator is not Translator(loader, threads=1, compute_type="float32")._translator
