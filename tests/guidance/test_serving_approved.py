"""Whatever a clinic does in whichever order, parents get only the words it stands behind."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.adapters.content import hash_of, load_documents
from bot.adapters.guidance import Guidance
from bot.adapters.passage_index import MemoryIndex
from bot.adapters.review_file import with_review
from bot.core.passages import Review, ReviewStatus
from bot.flows.index_guidance import index_guidance
from tests.flows.clinic import ByHash
from tests.guidance.pages import IDS, TODAY, approve_page, copy_knowledge, edit, withdraw_page

DEEDS = ("edit", "approve", "withdraw", "return", "forge")
QUESTIONS = ("I lost it and shouted at her", "he nods then does the opposite", "zzz")


class Story:
    """A clinic's folder, and beside it what a careful person would remember of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = copy_knowledge(folder) / "guidance"
        self.data = folder / "data"
        self.read: dict[str, str | None] = dict.fromkeys(IDS)
        self.withdrawn: set[str] = set()
        self.edits = 0

    def does(self, deed: str, id_: str) -> None:
        """One thing that happens to a page."""
        path = self.folder / f"{id_}.md"
        if deed == "edit":
            self.edits += 1
            edit(path, f"Sentence {self.edits}.")
        elif deed == "approve":
            approve_page(path, self.data)
            self.read[id_] = self.body(id_)
            self.withdrawn.discard(id_)
        elif deed == "withdraw" and id_ not in self.withdrawn:
            withdraw_page(path, self.data)
            self.withdrawn.add(id_)
        elif deed == "return":
            self.put_back(path)
        elif deed == "forge" and id_ not in self.withdrawn:
            review = Review(ReviewStatus.APPROVED, "Nobody", TODAY, None, hash_of({}, "else"))
            path.write_bytes(with_review(path.read_bytes().decode(), review, path).encode())
            self.read[id_] = None

    def put_back(self, path: Path) -> None:
        """Undo the last edit, as an editor's undo does."""
        head, mark, tail = path.read_bytes().decode().partition("## In short\n")
        if tail.startswith("Sentence "):
            path.write_bytes((head + mark + tail.partition("\n")[2]).encode())

    def body(self, id_: str) -> str:
        """The text under the front matter."""
        return (self.folder / f"{id_}.md").read_bytes().decode().partition("## In short")[2]

    def may_be_served(self) -> set[str]:
        """The pages whose words are those that somebody approved last."""
        return {i for i in IDS if i not in self.withdrawn and self.read[i] == self.body(i)}

    def guidance(self, *, require_approved: bool) -> Guidance:
        """What a bot that starts now would answer from."""
        documents, index = load_documents(self.folder), MemoryIndex(Wide())
        index_guidance(documents, index, require_approved=require_approved)
        return Guidance(documents, index, Wide(), require_approved=require_approved)


class Wide:
    """Vectors as long as the real ones that tell texts apart and mean nothing."""

    name = "wide"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length one a text."""
        rows = np.tile(ByHash().embed(texts), 24).astype(np.float32) - 128
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / lengths, dtype=np.float32)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.sampled_from(IDS)), max_size=12))
def test_nothing_withdrawn_unapproved_or_edited_since_is_ever_served(
    deeds: Sequence[tuple[str, str]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        story = Story(Path(folder))
        for deed, id_ in deeds:
            story.does(deed, id_)
        strict = story.guidance(require_approved=True)
        assert set(strict.documents) == story.may_be_served()
        lenient = story.guidance(require_approved=False)
        assert set(lenient.documents) == set(IDS) - story.withdrawn
        for guidance in (strict, lenient):
            found = [match for text in QUESTIONS for match in guidance.consult(text, ()).matches]
            assert {match.document_id for match in found} <= set(guidance.documents)
