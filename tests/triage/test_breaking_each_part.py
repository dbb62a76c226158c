"""The bot's own composition with one part broken: a person is told, whichever part it is."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.adapters import encoder_file
from bot.adapters.content_in_use import content_in_use
from bot.adapters.embeddings import Embedder, Vectors, large_embedder
from bot.adapters.guidance import Guidance
from bot.adapters.judgement import Judgement
from bot.adapters.language import Languages
from bot.adapters.triage import Triage
from bot.adapters.triage_model import WEIGHTS, TriageModel
from bot.adapters.triage_parts import Parts
from bot.adapters.triage_reader import READER, Reader
from bot.app import build_judgement
from bot.core.rules import find
from bot.core.triage import Category, Concern, ModelReading, Thresholds, decide
from bot.errors import ModelError
from bot.settings import ROOT, load_settings

QUIET = "We had a quiet day and she read her book."
Patch = pytest.MonkeyPatch


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Triage, Guidance]:
    """What decides in the running bot, put together as the running bot does it."""
    knowledge = tmp_path_factory.mktemp("knowledge")
    for name in ("crisis", "skills", "themes.yaml"):
        (knowledge / name).symlink_to(ROOT / "knowledge" / name)
    (knowledge / "guidance").mkdir()
    for page in sorted((ROOT / "knowledge" / "guidance").glob("[a-z]*.md"))[:3]:
        (knowledge / "guidance" / page.name).symlink_to(page)
    settings = load_settings(data=tmp_path_factory.mktemp("data"), knowledge=knowledge)
    return build_judgement(settings, content_in_use(settings), in_memory=True)


@pytest.fixture
def judgement(built: tuple[Triage, Guidance]) -> Iterator[Judgement]:
    """The running bot's judgement, with one second of patience."""
    found = Judgement(*built, patience=1.0)
    yield found
    found.close()


def raises(error: type[Exception]) -> Callable[..., object]:
    """A part that only ever fails."""

    def fail(*_: object, **__: object) -> object:
        raise error

    return fail


def no_numbers(self: Embedder, texts: Sequence[str]) -> Vectors:
    """Vectors that are no numbers."""
    return np.full((len(texts), 768), np.nan, np.float32)


def too_narrow(self: Embedder, texts: Sequence[str]) -> Vectors:
    """Vectors of another model."""
    return np.ones((len(texts), 3), np.float32)


def too_few(self: Embedder, texts: Sequence[str]) -> Vectors:
    """Fewer vectors than texts."""
    return np.ones((0, 768), np.float32)


def stalls(*_: object) -> object:
    """A part that takes longer than anybody waits."""
    time.sleep(1.5)
    return ModelReading(0.0, None, (), "late")


ERRORS = (RuntimeError, MemoryError, RecursionError, OSError, ValueError)
PARTS: tuple[tuple[object, str], ...] = (
    (Embedder, "embed"),
    (Reader, "log_odds"),
    (Languages, "tell"),
    (Parts, "features"),
    (Parts, "stack"),
    (Parts, "category"),
    (Parts, "telling_words"),
    (TriageModel, "read"),
)


async def is_told(judgement: Judgement) -> bool:
    """Whether a message that worries nobody is told to a person, for the reason that it is."""
    verdict = await judgement.judge(QUIET, ())
    return (verdict.concern, verdict.category, verdict.reason) == (
        Concern.URGENT,
        Category.OTHER_DANGER,
        "triage_failed",
    )


async def test_with_every_part_whole_a_quiet_day_is_no_alarm(judgement: Judgement) -> None:
    assert (await judgement.judge(QUIET, ())).concern is Concern.NONE


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize(("owner", "part"), PARTS, ids=[f"{o.__name__}.{p}" for o, p in PARTS])  # type: ignore[attr-defined]
async def test_a_part_that_fails_is_told_to_a_person(
    judgement: Judgement, monkeypatch: Patch, owner: object, part: str, error: type[Exception]
) -> None:
    monkeypatch.setattr(owner, part, raises(error))
    assert await is_told(judgement)


@pytest.mark.parametrize("error", ERRORS)
async def test_rules_that_fail_are_told_to_a_person(
    judgement: Judgement, monkeypatch: Patch, error: type[Exception]
) -> None:
    monkeypatch.setattr("bot.adapters.triage.find", raises(error))
    assert await is_told(judgement)


@pytest.mark.parametrize("wrong", [no_numbers, too_narrow, too_few])
async def test_vectors_that_make_no_sense_are_told_to_a_person(
    judgement: Judgement, monkeypatch: Patch, wrong: Callable[..., Vectors]
) -> None:
    monkeypatch.setattr(Embedder, "embed", wrong)
    assert await is_told(judgement)


@pytest.mark.parametrize("odds", [float("nan"), None])
async def test_a_reader_that_says_no_number_is_told_to_a_person(
    judgement: Judgement, monkeypatch: Patch, odds: object
) -> None:
    monkeypatch.setattr(Reader, "log_odds", lambda *_: odds)
    assert await is_told(judgement)


async def test_a_part_that_stalls_is_not_waited_for(
    judgement: Judgement, monkeypatch: Patch
) -> None:
    monkeypatch.setattr(TriageModel, "read", stalls)
    assert await is_told(judgement)


async def test_a_thread_that_is_gone_is_told_to_a_person(built: tuple[Triage, Guidance]) -> None:
    ended = Judgement(*built)
    ended.close()
    assert await is_told(ended)


@pytest.mark.parametrize("score", [float("nan"), float("inf"), float("-inf")])
def test_a_score_that_is_no_number_decides_nothing(score: float) -> None:
    reading = ModelReading(score, None, (), "test")
    with pytest.raises(ValueError, match="no number"):
        decide(QUIET, (), reading, Thresholds(0.8, 0.2), "en")


@pytest.mark.parametrize(
    ("flag", "check"), [(1.2, 0.2), (0.2, 0.8), (0.8, -0.1), (float("nan"), 0.1)]
)
def test_thresholds_that_could_never_flag_are_refused(flag: float, check: float) -> None:
    with pytest.raises(ValueError, match="should not be above"):
        Thresholds(flag, check)


def test_weights_whose_manifest_says_never_flag_are_refused(tmp_path: Path) -> None:
    with np.load(WEIGHTS) as file:
        kept = {name: file[name] for name in file.files}
    manifest = json.loads(str(kept["manifest"])) | {"flag": 2.0}
    np.savez(tmp_path / "weights.npz", **kept | {"manifest": np.asarray(json.dumps(manifest))})
    with pytest.raises(ModelError, match="damaged"):
        TriageModel(large_embedder(), tmp_path / "weights.npz").load()


async def test_a_reader_without_its_tokenizer_is_told_to_a_person(
    built: tuple[Triage, Guidance], monkeypatch: Patch, tmp_path: Path
) -> None:
    monkeypatch.setattr(encoder_file, "packaged_model", lambda: tmp_path)
    broken = Triage(large_embedder(), model=TriageModel(large_embedder(), WEIGHTS, Reader(READER)))
    judgement = Judgement(broken, built[1])
    assert await is_told(judgement)
    judgement.close()


@pytest.mark.parametrize(
    "text",
    [
        "a " * 2048,
        "a" * 4096,
        "not " * 1024,
        "od'd " * 800,
        "she said that she said " * 180,
        "took all the " * 315,
        "s " * 2048,
        "1a" * 2048,
        "a*" * 2048,
        "." * 4096,
        "\n" * 4096,
        "🔪" * 4096,
        "su" + "c" * 4094,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_no_message_keeps_the_rules_busy(text: str) -> None:
    started = time.process_time()
    find(text, (text,))
    assert time.process_time() - started < 3.0, "of the ten seconds that a message has"
