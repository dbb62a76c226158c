"""Each part of triage broken in turn: a person is told, and the reason is named."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.adapters.embeddings import Embedder, large_embedder
from bot.adapters.language import Languages
from bot.adapters.triage import FAILED, Triage
from bot.adapters.triage_model import WEIGHTS, TriageModel
from bot.adapters.triage_parts import digest
from bot.adapters.triage_reader import READER, Reader
from bot.core.triage import Category, Concern
from bot.errors import ModelError

Arrays = dict[str, np.ndarray]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return large_embedder()


def changed_weights(folder: Path, change: Callable[[Arrays], None], *, sign: bool) -> Path:
    with np.load(WEIGHTS) as file:
        kept = {name: file[name] for name in file.files}
    change(kept)
    if sign:
        manifest = json.loads(str(kept["manifest"])) | {"sha256": digest(kept)}
        kept["manifest"] = np.asarray(json.dumps(manifest))
    path = folder / "weights.npz"
    np.savez(path, **kept)
    return path


def nudge(kept: Arrays) -> None:
    kept["stack_weights"] = kept["stack_weights"] * 2


def cut_stack(kept: Arrays) -> None:
    kept["stack_weights"] = kept["stack_weights"][:3]


def lose_words(kept: Arrays) -> None:
    del kept["word_weights"]


def narrow(kept: Arrays) -> None:
    kept["kernel_messages"] = kept["kernel_messages"][:, :100]
    kept["category_weights"] = kept["category_weights"][:, :100]


def verdict_with(embedder: Embedder, weights: Path | None, reader: Path | None) -> object:
    model = TriageModel(embedder, weights, Reader(reader) if reader else None)
    return Triage(embedder, model=model).judge("a quiet day", ())


def test_a_failure_is_urgent_and_says_so() -> None:
    assert FAILED.concern is Concern.URGENT
    assert FAILED.category is Category.OTHER_DANGER
    assert FAILED.reason == "triage_failed"


@pytest.mark.parametrize(
    ("change", "sign", "says"),
    [
        (nudge, False, "damaged"),
        (lose_words, True, "damaged"),
        (cut_stack, True, "wrong shape"),
    ],
)
def test_weights_that_were_changed_are_refused(
    embedder: Embedder,
    tmp_path: Path,
    change: Callable[[Arrays], None],
    sign: bool,
    says: str,
) -> None:
    path = changed_weights(tmp_path, change, sign=sign)
    with pytest.raises(ModelError, match=says):
        TriageModel(embedder, path).load()
    assert verdict_with(embedder, path, None) == FAILED


def test_weights_for_another_embedding_model_are_urgent(embedder: Embedder, tmp_path: Path) -> None:
    path = changed_weights(tmp_path, narrow, sign=True)
    with pytest.raises(ModelError, match="not the one"):
        TriageModel(embedder, path).read("a quiet day", (), ())
    assert verdict_with(embedder, path, None) == FAILED


def test_a_missing_reader_is_told_at_the_start(embedder: Embedder, tmp_path: Path) -> None:
    absent = tmp_path / "none.onnx"
    with pytest.raises(ModelError, match=r"there is no .*none\.onnx"):
        TriageModel(embedder, reader=Reader(absent)).load()
    assert verdict_with(embedder, None, absent) == FAILED


def test_a_reader_that_the_weights_do_not_know_is_refused(
    embedder: Embedder, tmp_path: Path
) -> None:
    other = tmp_path / "other.onnx"
    other.write_bytes(READER.read_bytes()[:-1])
    with pytest.raises(ModelError, match="not the file that belongs here"):
        TriageModel(embedder, reader=Reader(other)).load()
    assert verdict_with(embedder, None, other) == FAILED


class NoLanguages(Languages):
    """Tables that cannot be read."""

    def tell(self, text: str) -> str:
        raise MemoryError


def test_a_language_that_cannot_be_told_is_urgent(embedder: Embedder) -> None:
    assert Triage(embedder, languages=NoLanguages()).judge("a quiet day", ()) == FAILED
