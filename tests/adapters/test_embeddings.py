"""The packaged embedder: the published model in small, and any other by name."""

from pathlib import Path

import numpy as np
import pytest

from bot.adapters import embeddings
from bot.adapters.embeddings import (
    BATCH,
    Embedder,
)
from bot.adapters.encoder_file import EncoderFile, checked_model, packaged_model
from bot.errors import ModelError

LINES = (
    "he nods at everything I say and then does the opposite",
    "Will you be there on Thursday?",
    "she slept through, first time since March",
    "I shouted at both of them and then I cried in the car. " * 12,
    "ok",
)


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder()


def test_its_vectors_are_those_of_the_published_weights(embedder: Embedder) -> None:
    published = Embedder(str(checked_model())).embed(LINES)
    likeness = (embedder.embed(LINES) * published).sum(axis=1)
    assert likeness[:-1].min() > 0.98
    assert likeness[-1] > 0.96  # a single word is rounded the most


def test_vectors_have_length_one(embedder: Embedder) -> None:
    assert np.linalg.norm(embedder.embed(LINES), axis=1) == pytest.approx(1.0, abs=1e-5)


def test_a_text_has_the_same_vector_alone_and_among_many(embedder: Embedder) -> None:
    many = [f"message number {number}" for number in range(BATCH + 3)]
    together = embedder.embed(many)
    alone = np.stack([Embedder().embed([text])[0] for text in many[:3]])
    assert (together[:3] == alone).all()


def test_no_texts_are_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed([]).shape[0] == 0


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    changed = tmp_path / "embedder.onnx"
    changed.write_bytes(embeddings.EMBEDDER.read_bytes() + b" ")
    with pytest.raises(ModelError, match="not the file that belongs here"):
        EncoderFile(changed, 256, "reinstall").load(embeddings.EMBEDDER_SHA256)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="reinstall held-in-mind"):
        EncoderFile(tmp_path / "none.onnx", 256, "reinstall held-in-mind").load("0")


def test_changed_published_weights_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    monkeypatch.setattr("bot.adapters.encoder_file.packaged_model", lambda: tmp_path)
    with pytest.raises(ModelError, match="not the published ones"):
        checked_model()
    assert packaged_model() != tmp_path
