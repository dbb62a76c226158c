"""One contract for every index of passages: in memory, Chroma in this process, a Chroma server."""

import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from bot.adapters import passage_index
from bot.adapters.passage_index import (
    ChromaIndex,
    IndexChange,
    MemoryIndex,
    PassageIndex,
    chroma_server,
    embedded_chroma,
)
from bot.core.passages import Passage, PassageKind
from bot.errors import GuidanceError

SECONDS = 60.0
SAY, SECTION = PassageKind.PARENTS_SAY, PassageKind.SECTION
MORNINGS = Passage("mornings", SAY, "shoes. every single day. shoes.")
BEDTIME = Passage("bedtime", SAY, "up and down the stairs until ten")
SORRY = Passage("sorry", SECTION, "Say what you did, and that it was not their fault.")


class Directions:
    """An embedder whose vectors are as good as random, and the same for the same text."""

    name = "directions"

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """One unit vector a text."""
        rows = [self._one(text) for text in texts]
        return np.stack(rows) if rows else np.empty((0, 0), np.float32)

    def _one(self, text: str) -> np.ndarray:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
        row = np.random.default_rng(seed).normal(size=32)
        return (row / np.linalg.norm(row)).astype(np.float32)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Chroma server on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--path", str(tmp_path_factory.mktemp("chroma"))]
    quiet = {**os.environ, "ANONYMIZED_TELEMETRY": "False"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=quiet)
    try:
        _wait_for(url)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=SECONDS)


def _wait_for(url: str) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            if httpx.get(f"{url}/api/v2/heartbeat", timeout=5).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the Chroma server did not start")


LARGE = ", too large to be read"


@pytest.fixture(params=["memory", "embedded", "server", "embedded" + LARGE, "server" + LARGE])
def index(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PassageIndex]:
    """An index of each kind, empty; what is too large to be read is asked of Chroma."""
    if request.param == "memory":
        yield MemoryIndex(Directions())
        return
    if request.param.endswith(LARGE):
        monkeypatch.setattr(passage_index, "EXACT_UP_TO", -1)
    found = _opened(request.param.removesuffix(LARGE), tmp_path, request)
    found.update([])  # a server holds what the test before put there
    yield found
    _close(found)


def _close(index: ChromaIndex) -> None:
    client: Any = index._client
    servers = (client._server, client._admin_client._server)
    client.close()
    for server in servers:  # Chroma 1.5 leaves its connections open
        if session := getattr(server, "_session", None):
            session.close()


def _opened(kind: str, folder: Path, request: pytest.FixtureRequest) -> ChromaIndex:
    if kind == "embedded":
        return embedded_chroma(folder, Directions())
    return chroma_server(request.getfixturevalue("server"), Directions())


def _vector(passage: Passage) -> np.ndarray:
    return np.asarray(Directions().embed([passage.text])[0], np.float32)


def test_the_same_words_are_found_first_and_are_wholly_alike(index: PassageIndex) -> None:
    index.update([MORNINGS, BEDTIME])
    (first, alike), *_ = index.nearest(_vector(BEDTIME), SAY, 2)
    assert first == "bedtime"
    assert alike == pytest.approx(1.0, abs=1e-3)


def test_likeness_is_the_cosine_and_falls(index: PassageIndex) -> None:
    index.update([MORNINGS, BEDTIME])
    found = index.nearest(_vector(BEDTIME), SAY, 2)
    assert [alike for _, alike in found] == sorted((alike for _, alike in found), reverse=True)
    assert found[1][1] == pytest.approx(float(_vector(MORNINGS) @ _vector(BEDTIME)), abs=1e-3)


def test_each_kind_of_passage_is_looked_up_by_itself(index: PassageIndex) -> None:
    index.update([MORNINGS, SORRY])
    assert [id_ for id_, _ in index.nearest(_vector(SORRY), SECTION, 5)] == ["sorry"]
    assert [id_ for id_, _ in index.nearest(_vector(SORRY), SAY, 5)] == ["mornings"]


def test_what_is_no_longer_wanted_is_never_found_again(index: PassageIndex) -> None:
    index.update([MORNINGS, BEDTIME])
    index.update([MORNINGS])
    assert [id_ for id_, _ in index.nearest(_vector(BEDTIME), SAY, 5)] == ["mornings"]


def test_an_empty_index_finds_nothing(index: PassageIndex) -> None:
    index.update([MORNINGS])
    index.update([])
    assert index.nearest(_vector(MORNINGS), SAY, 5) == []


def test_no_more_is_returned_than_asked_for(index: PassageIndex) -> None:
    index.update([MORNINGS, BEDTIME])
    assert len(index.nearest(_vector(BEDTIME), SAY, 1)) == 1


@pytest.mark.parametrize("kind", ["embedded", "server"])
def test_chroma_embeds_only_what_is_new(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    def update(*passages: Passage) -> IndexChange:
        opened = _opened(kind, tmp_path, request)
        change = opened.update(passages)
        _close(opened)
        return change

    update()
    assert update(MORNINGS, BEDTIME) == IndexChange(added=2, dropped=0, kept=0)
    assert update(BEDTIME, SORRY) == IndexChange(added=1, dropped=1, kept=1)


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(GuidanceError, match=r"no Chroma server answers at 127\.0\.0\.1:9"):
        chroma_server("http://127.0.0.1:9", Directions())
