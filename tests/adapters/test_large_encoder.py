"""The encoder that triage reads with: made from its packages, true to them, or a clear error."""

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from bot.adapters import large_encoder
from bot.adapters.embeddings import large_embedder
from bot.adapters.large_encoder import encoder_folder, is_made, made_digest, make_encoder
from bot.app import open_large_embedder
from bot.errors import ModelError

Patch = pytest.MonkeyPatch
LINES = (
    "he nods at everything I say and then does the opposite",
    "she gave away all her things and wrote everyone a letter",
    "Will you be there on Thursday?",
    "It was the school run again. He would not put his shoes on, she had lost her reading book, "
    "and by the time we were in the car all three of us were crying. I shouted, which I had "
    "promised myself I would not do. At the gate he hugged me and said sorry, and I did not know "
    "what to say. Tonight I want to put it right with both of them before bed. Where do I begin?",
    "ok",
)
SAID_TWELVE_TIMES = "I shouted at both of them and then I cried in the car. " * 12


@pytest.fixture(scope="module")
def folder() -> Path:
    """Where the encoder of this machine is; it is made first if it is not there."""
    open_large_embedder(None)
    return encoder_folder()


def test_its_vectors_are_those_of_the_published_weights(folder: Path, tmp_path: Path) -> None:
    large_encoder.unpack(tmp_path / "published")
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    word = Transformer(str(tmp_path / "published"), max_seq_length=large_encoder.LONGEST)
    pooling = Pooling(word.get_embedding_dimension())
    published = SentenceTransformer(modules=[word, pooling], device="cpu")
    texts = [*LINES, SAID_TWELVE_TIMES]
    wanted = published.encode(texts, batch_size=1, normalize_embeddings=True)
    *likeness, repeated = (large_embedder().embed(texts) * np.asarray(wanted)).sum(axis=1)
    assert min(likeness) > 0.995
    assert repeated > 0.94, "unlike anything its channels were measured on, so rounded the most"


def test_it_says_what_it_was_made_of(folder: Path) -> None:
    made = json.loads((folder / "made.json").read_text(encoding="utf-8"))
    assert made["weights"] == large_encoder.WEIGHTS_SHA256
    assert made["sha256"] == sha256((folder / "encoder.onnx").read_bytes()).hexdigest()


def test_a_broken_try_leaves_nothing_behind(monkeypatch: Patch, tmp_path: Path) -> None:
    monkeypatch.setattr(large_encoder, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(ModelError, match="not the published ones"):
        make_encoder(tmp_path / "encoder")
    assert not list(tmp_path.iterdir())


def test_what_another_process_made_meanwhile_stays(
    folder: Path, monkeypatch: Patch, tmp_path: Path
) -> None:
    ready = tmp_path / "encoder"

    def made_elsewhere(large: Path, small: Path) -> None:
        small.write_bytes(large.read_bytes())
        ready.mkdir()
        (ready / "made.json").write_text('{"sha256": "theirs"}')

    monkeypatch.setattr(large_encoder, "unpack", lambda work: _empty(work))
    monkeypatch.setattr(large_encoder, "_export", lambda work, large: large.write_bytes(b"x"))
    monkeypatch.setattr(large_encoder, "_shrink", made_elsewhere)
    monkeypatch.setattr("shutil.rmtree", lambda *_, **__: None)
    make_encoder(ready)
    assert made_digest(ready) == "theirs"


def _empty(work: Path) -> None:
    work.mkdir()
    (work / "tokenizer.json").write_text("{}")


def test_a_folder_with_a_part_of_it_is_not_ready(folder: Path, tmp_path: Path) -> None:
    assert is_made(folder)
    assert not is_made(tmp_path)
    with pytest.raises(ModelError, match="heldinmind triage prepare --again"):
        made_digest(tmp_path)
