"""Sentence embeddings: one text in, one unit vector out, with no network."""

import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.adapters.encoder_file import EncoderFile
from bot.adapters.large_encoder import RECIPE, REPAIR, encoder_folder, made_digest

SMALL_MODEL = "all-MiniLM-L6-v2"
EMBEDDER = Path(__file__).with_name("embedder.onnx")
EMBEDDER_SHA256 = "0fc91e82372e6b9c917ac86ffd73037ec4660f9a6c25ecbbd111a49f07bf8ae7"
LARGE_MODEL = "all-mpnet-base-v2"
IN_EIGHT_BITS = {SMALL_MODEL: f"{SMALL_MODEL}-int8", LARGE_MODEL: f"{LARGE_MODEL}-int8-{RECIPE}"}
LONGEST = 256  # tokens, as the model was trained
REMEMBERED = 4096
BATCH = 32

Vectors = NDArray[np.float32]


class Model(Protocol):
    """An embedding model, loaded."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector for each text."""
        ...


class Embedder:
    """Embeds texts; safe to call from several threads.

    The last texts are remembered. all-MiniLM-L6-v2 comes with this package in eight-bit weights;
    the larger one that triage and guidance read with is made once (`large_encoder`); any other
    model is named as sentence-transformers knows it.
    """

    def __init__(self, model: str = SMALL_MODEL, *, models: Path | None = None) -> None:
        self.name = IN_EIGHT_BITS.get(model, model)
        self._wanted = model
        self._models = models
        self._model: Model | None = None
        self._remembered: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    def load(self) -> None:
        """Read the weights, if that has not happened yet."""
        with self._lock:
            self._loaded()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of `texts`, shape (len(texts), dimension), float32."""
        with self._lock:
            model = self._loaded() if texts else None
            known = {text: self._remembered[text] for text in texts if text in self._remembered}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if model and missing:  # without the lock: a message does not wait while pages are read
            known.update(zip(missing, model.encode(missing), strict=True))
        with self._lock:
            for text in known:
                self._remembered[text] = known[text]
                self._remembered.move_to_end(text)
            while len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        return np.stack([known[text] for text in texts]) if texts else np.empty((0, 0), np.float32)

    def _loaded(self) -> Model:
        if self._model is None:
            self._model = self._open()
        return self._model

    def _open(self) -> Model:
        if self._wanted == LARGE_MODEL:
            folder = encoder_folder(self._models)
            digest, tokens = made_digest(folder), folder / "tokenizer.json"
            return _Packaged(folder / "encoder.onnx", digest, REPAIR, tokens)
        if self._wanted == SMALL_MODEL:
            return _Packaged(EMBEDDER, EMBEDDER_SHA256)
        return _SentenceTransformers(self._wanted)


def large_embedder(models: Path | None = None) -> Embedder:
    """The encoder that triage was trained with, and usually the guidance's; `models` keeps it."""
    return Embedder(LARGE_MODEL, models=models)


class _Packaged:
    """An encoder in a file that comes with this package, or that was made from others."""

    def __init__(
        self,
        path: Path,
        digest: str,
        repair: str = "reinstall held-in-mind",
        tokens: Path | None = None,
    ) -> None:
        self._file = EncoderFile(path, LONGEST, repair, tokens)
        self._file.load(digest)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector for each text; many are spread over the processors."""
        if len(texts) < BATCH:
            return np.stack([self._file.read(text) for text in texts])
        with ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="embedding") as pool:
            return np.stack(list(pool.map(self._file.read, texts)))


class _SentenceTransformers:
    """A model of the user's choice, from a folder or the hub."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        self._model = SentenceTransformer(name, device="cpu")

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector for each text."""
        import torch

        # one thread for a message: several spin against whatever else the machine does; and one
        # text at a time: a short one beside a long one is padded to its length
        few = len(texts) < BATCH
        torch.set_num_threads(1 if few else os.cpu_count() or 1)
        found = self._model.encode(
            list(texts),
            batch_size=1 if few else BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(found, np.float32)
