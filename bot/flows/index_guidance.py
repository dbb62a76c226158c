"""Brings the index up to date with the documents, and opens the guidance on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.content import load_documents
from bot.adapters.content_in_use import ContentInUse
from bot.adapters.embedding_cache import Embeds, RememberedEmbeddings
from bot.adapters.guidance import Guidance
from bot.adapters.passage_index import (
    IndexChange,
    MemoryIndex,
    PassageIndex,
    Progress,
    chroma_server,
    embedded_chroma,
)
from bot.core.passages import GuidanceDocument, is_served, passages_of
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Library:
    """Where the guidance stands and how it is kept.

    `data` is a folder for the index and the cache, `None` to keep nothing. With `in_memory` no
    Chroma is opened at all, which is what a dry run wants. What is `withdrawn` is left out, even
    where the documents come from a release that was made before.
    """

    documents: Path
    data: Path | None
    chroma_url: str | None = None
    in_memory: bool = False
    require_approved: bool = False
    withdrawn: frozenset[str] = frozenset()


def library_of(settings: Settings, content: ContentInUse, *, in_memory: bool = False) -> Library:
    """The library with the settings of the running bot."""
    return Library(
        documents=content.documents,
        data=settings.index_folder,
        chroma_url=settings.chroma_url,
        in_memory=in_memory,
        require_approved=settings.require_approved,
        withdrawn=content.withdrawn,
    )


def index_guidance(
    documents: Sequence[GuidanceDocument],
    index: PassageIndex,
    *,
    require_approved: bool = False,
    progress: Progress | None = None,
) -> IndexChange:
    """Make the index hold the passages of the documents that are served, and no others."""
    served = [d for d in documents if is_served(d, require_approved=require_approved)]
    return index.update((p for d in served for p in passages_of(d)), progress)


def open_guidance(
    library: Library, embedder: Embeds, progress: Progress | None = None
) -> tuple[Guidance, IndexChange]:
    """Read the documents, bring their index up to date, and put the guidance on top of it.

    Raises:
        GuidanceError: a document is not in its form, or no Chroma server answers.
    """
    documents = [
        one for one in load_documents(library.documents) if one.id not in library.withdrawn
    ]
    remembered = RememberedEmbeddings(embedder, library.data)
    index = _open_index(library, remembered)
    change = index_guidance(
        documents, index, require_approved=library.require_approved, progress=progress
    )
    guidance = Guidance(
        documents,
        index,
        embedder,
        passage_embedder=remembered,
        require_approved=library.require_approved,
    )
    remembered.save([p.text for d in guidance.documents.values() for p in passages_of(d)])
    return guidance, change


def _open_index(library: Library, embedder: Embeds) -> PassageIndex:
    if library.in_memory or (library.data is None and library.chroma_url is None):
        return MemoryIndex(embedder)
    if library.chroma_url:
        return chroma_server(library.chroma_url, embedder)
    assert library.data is not None
    return embedded_chroma(library.data / "chroma", embedder)
