"""The index of passages: Chroma, embedded or a server, or all of it in memory for a dry run."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from bot.adapters.embedding_cache import Embeds, slug
from bot.core.passages import Passage, PassageKind, document_of
from bot.errors import GuidanceError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from langchain_chroma import Chroma

Vector = NDArray[np.float32]
Progress = Callable[[int, int], None]
BATCH = 64
PAGE = 500  # passages that Chroma is asked for at once
EXACT_UP_TO = 5_000  # passages of a kind: one product is quicker than asking Chroma, and exact


@dataclass(frozen=True, slots=True)
class IndexChange:
    """How many passages an update added, dropped and left as they were."""

    added: int
    dropped: int
    kept: int


class PassageIndex(Protocol):
    """Finds the passages nearest to a question."""

    def update(self, passages: Iterable[Passage], progress: Progress | None = None) -> IndexChange:
        """Hold exactly these passages; `progress` hears how many of how many are done."""
        ...

    def nearest(self, vector: Vector, kind: PassageKind, count: int) -> list[tuple[str, float]]:
        """Document ids with the cosine likeness of their passages, the best first."""
        ...


@dataclass(frozen=True, slots=True)
class _Table:
    """Unit vectors, shape (n, dimension), with the document that each belongs to."""

    document_ids: list[str]
    vectors: Vector

    def nearest(self, vector: Vector, count: int) -> list[tuple[str, float]]:
        """Document ids with the cosine likeness of their passages, the best first."""
        if not self.document_ids:
            return []
        likeness = self.vectors @ vector
        best = np.argsort(-likeness, kind="stable")[:count]
        return [(self.document_ids[at], float(likeness[at])) for at in best]


class MemoryIndex:
    """All vectors in one array: exact, quick to start, gone with the process."""

    def __init__(self, embedder: Embeds) -> None:
        self._embedder = embedder
        self._held: Mapping[PassageKind, _Table] = {}

    def update(self, passages: Iterable[Passage], progress: Progress | None = None) -> IndexChange:
        """Hold exactly these passages."""
        wanted = list(passages)
        held: dict[PassageKind, _Table] = {}
        for kind in PassageKind:
            of_kind = [passage for passage in wanted if passage.kind is kind]
            vectors = self._embedder.embed([passage.text for passage in of_kind])
            held[kind] = _Table([passage.document_id for passage in of_kind], vectors)
        self._held = held
        if progress:
            progress(len(wanted), len(wanted))
        return IndexChange(added=len(wanted), dropped=0, kept=0)

    def nearest(self, vector: Vector, kind: PassageKind, count: int) -> list[tuple[str, float]]:
        """Document ids with the cosine likeness of their passages, the best first."""
        held = self._held.get(kind)
        return held.nearest(vector, count) if held else []


class ChromaIndex:
    """Passages in two Chroma collections, a pair for each embedding model.

    Of a library of a usual size the vectors are read after each update, and a question is held
    against all of them.
    """

    def __init__(self, client: "ClientAPI", embedder: Embeds) -> None:
        self._client = client
        self._embedder = embedder
        self._lock = threading.Lock()
        self._stores = {kind: self._store(kind) for kind in PassageKind}
        self._collections = {
            kind: client.get_collection(self._name(kind), embedding_function=None)
            for kind in PassageKind
        }
        self._tables: dict[PassageKind, _Table | None] = {}

    def _name(self, kind: PassageKind) -> str:
        return f"{kind.value}-{slug(self._embedder.name)}"

    def _store(self, kind: PassageKind) -> "Chroma":
        from langchain_chroma import Chroma

        return Chroma(
            client=self._client,
            collection_name=self._name(kind),
            embedding_function=_ForLangchain(self._embedder),
            collection_configuration={"hnsw": {"space": "cosine"}},
        )

    def update(self, passages: Iterable[Passage], progress: Progress | None = None) -> IndexChange:
        """Hold exactly these passages; those already there are not embedded again."""
        wanted = {passage.id: passage for passage in passages}
        with self._lock:
            held = {kind: set(store.get(include=[])["ids"]) for kind, store in self._stores.items()}
            every = set().union(*held.values())
            for kind, store in self._stores.items():
                if gone := sorted(held[kind] - wanted.keys()):
                    store.delete(gone)
            new = [passage for id_, passage in wanted.items() if id_ not in every]
            self._add(new, progress)
            self._tables = {kind: self._read(kind) for kind in self._stores}
        kept = len(wanted) - len(new)
        return IndexChange(added=len(new), dropped=len(every - wanted.keys()), kept=kept)

    def _add(self, new: Sequence[Passage], progress: Progress | None) -> None:
        done = 0
        for kind, store in self._stores.items():
            of_kind = [passage for passage in new if passage.kind is kind]
            for at in range(0, len(of_kind), BATCH):
                batch = of_kind[at : at + BATCH]
                store.add_texts(
                    [passage.text for passage in batch],
                    metadatas=[{"document_id": passage.document_id} for passage in batch],
                    ids=[passage.id for passage in batch],
                )
                done += len(batch)
                if progress:
                    progress(done, len(new))

    def nearest(self, vector: Vector, kind: PassageKind, count: int) -> list[tuple[str, float]]:
        """Document ids with the cosine likeness of their passages, the best first."""
        with self._lock:
            table = self._tables.get(kind)
            if table is not None:
                return table.nearest(vector, count)
            # asked without LangChain: it would fetch every text from the disk for the ids alone
            found = self._collections[kind].query(
                query_embeddings=vector, n_results=count, include=["distances"]
            )
        ids, apart = found["ids"][0], (found["distances"] or [[]])[0]
        return [(document_of(id_), 1.0 - far) for id_, far in zip(ids, apart, strict=True)]

    def _read(self, kind: PassageKind) -> _Table | None:
        """Every vector of a kind; None if there are too many to hold a question against each."""
        collection = self._collections[kind]
        count = collection.count()
        if count > EXACT_UP_TO:
            return None
        ids: list[str] = []
        vectors: list[Vector] = []
        for at in range(0, count, PAGE):
            held = collection.get(include=["embeddings"], limit=PAGE, offset=at)
            ids += held["ids"]
            vectors.append(np.asarray(held["embeddings"], np.float32))
        rows = np.concatenate(vectors) if vectors else np.empty((0, 0), np.float32)
        return _Table([document_of(id_) for id_ in ids], rows)


class _ForLangchain(Embeddings):
    def __init__(self, embedder: Embeds) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self._embedder.embed(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def embedded_chroma(folder: Path, embedder: Embeds) -> ChromaIndex:
    """An index kept in a folder by Chroma inside this process."""
    import chromadb
    from chromadb.config import Settings

    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(anonymized_telemetry=False)
    return ChromaIndex(chromadb.PersistentClient(str(folder), settings=settings), embedder)


def chroma_server(url: str, embedder: Embeds) -> ChromaIndex:
    """An index on a Chroma server.

    Raises:
        GuidanceError: no server answers at `url`.
    """
    import chromadb
    from chromadb.config import Settings

    at = urlsplit(url)
    secure = at.scheme == "https"
    try:
        client = chromadb.HttpClient(
            host=at.hostname or "localhost",
            port=at.port or (443 if secure else 8000),
            ssl=secure,
            settings=Settings(anonymized_telemetry=False),
        )
    except ValueError as error:
        raise GuidanceError(f"no Chroma server answers at {at.hostname}:{at.port}") from error
    return ChromaIndex(client, embedder)
