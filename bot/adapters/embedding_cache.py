"""Keeps the vectors of guidance texts in a file, so that the next start need not compute them."""

import hashlib
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embeds(Protocol):
    """Turns texts into unit vectors; `name` is the model's."""

    name: str

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text."""
        ...


class RememberedEmbeddings:
    """An embedder for guidance texts that reads its file first and adds what was missing.

    Only hashes and vectors are kept. It is never given what a parent wrote.
    """

    def __init__(self, embedder: Embeds, folder: Path | None) -> None:
        self.name = embedder.name
        self._embedder = embedder
        self._file = folder / f"embeddings-{slug(embedder.name)}.npz" if folder else None
        self._known = _read(self._file) if self._file else {}
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text; a text seen at an earlier start is not computed again."""
        keys = [_key(text) for text in texts]
        with self._lock:
            missing = dict(zip(keys, texts, strict=True))
            missing = {key: text for key, text in missing.items() if key not in self._known}
            if missing:
                rows = self._embedder.embed(list(missing.values()))
                self._known.update(zip(missing, rows, strict=True))
            return np.stack([self._known[key] for key in keys]) if keys else np.empty((0, 0), "f4")

    def save(self, keep: Sequence[str]) -> None:
        """Write the vectors of the texts in use; others are forgotten."""
        if self._file is None:
            return
        keys = sorted({_key(text) for text in keep} & self._known.keys())
        if not keys:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        part = self._file.with_suffix(f".{os.getpid()}.part")
        with part.open("wb") as out:
            np.savez(out, keys=np.array(keys), rows=np.stack([self._known[key] for key in keys]))
        part.replace(self._file)


def slug(model: str) -> str:
    """A model's name as part of a file's or collection's name; a path keeps a short hash."""
    plain = "".join(letter if letter.isalnum() else "-" for letter in model.lower()).strip("-")
    if len(plain) <= 40:
        return plain
    return f"{plain[-28:].strip('-')}-{hashlib.sha256(model.encode()).hexdigest()[:8]}"


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _read(path: Path) -> dict[str, NDArray[np.float32]]:
    if not path.exists():
        return {}
    try:
        with np.load(path, allow_pickle=False) as found:
            return dict(zip(found["keys"].tolist(), found["rows"], strict=True))
    except (OSError, ValueError, KeyError):
        return {}  # a damaged cache is worth nothing and is written anew
