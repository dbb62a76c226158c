"""Embeddings of the training messages, computed once and kept beside the project."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from bot.adapters.embeddings import Embedder
from bot.training.corpus import ROOT

STORE = ROOT / "build"
BATCH = 256

Matrix = NDArray[np.float32]


class KeptVectors:
    """The interface of an Embedder, with a store on disk for training."""

    def __init__(self, embedder: Embedder, store: Path | None = None) -> None:
        self.name = embedder.name
        self._embedder = embedder
        store = store or STORE / f"triage-vectors-{embedder.name}.npz"
        self._store = store
        self._rows: dict[str, Matrix] = {}
        if store.exists():
            with np.load(store) as kept:
                self._rows = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))

    def prepare(self, texts: Iterable[str]) -> None:
        """Embed whatever is not in the store yet, shortest first, and save the store."""
        missing = sorted({text for text in texts if _key(text) not in self._rows}, key=len)
        if not missing:
            return
        batches = [missing[at : at + BATCH] for at in range(0, len(missing), BATCH)]
        for batch in track(batches, description=f"Embedding {len(missing)} texts"):
            found = self._embedder.embed(batch)
            self._rows.update(zip(map(_key, batch), found, strict=True))
        self._store.parent.mkdir(parents=True, exist_ok=True)
        np.savez(self._store, keys=list(self._rows), vectors=np.stack(list(self._rows.values())))

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors of `texts`, from the store where they are known."""
        missing = [text for text in texts if _key(text) not in self._rows]
        if missing:
            self._rows.update(zip(map(_key, missing), self._embedder.embed(missing), strict=True))
        return np.stack([self._rows[_key(text)] for text in texts])


def _key(text: str) -> str:
    return sha256(text.encode()).hexdigest()
