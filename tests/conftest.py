"""What every test stands on: the fuse, one database server, and a database of its own."""

import atexit
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.settings import load_settings
from bot.storage.embedded import start_embedded
from tests import fuse
from tests.databases import TEMPLATE, Opened, Server, opened

ROOM = 3_000_000_000

fuse.arm()


@pytest.fixture(scope="session", autouse=True)
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[fuse.Heard]:
    """The fuse in every Python process that a test starts, such as the bot of the journeys."""
    found = fuse.Heard(tmp_path_factory.mktemp("fuse") / "heard")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in found.environment().items():
            patch.setenv(name, value)
        yield found
    late = found.new()
    assert not late, f"reached for {late}, after the last test"


@pytest.fixture(autouse=True)
def _fuse(heard: fuse.Heard) -> Iterator[None]:
    """Fail a test that reached for another machine, or whose processes did.

    Even if what it called hid the error. What a shared process does between two tests is told by
    the second of them.
    """
    yield
    tried = [*fuse.TRIED, *heard.new()]
    fuse.TRIED.clear()
    assert not tried, f"reached for {tried}"


def _quick_disk() -> Path | None:
    """A folder in memory, where there is one with room; else the usual place for passing files."""
    memory = Path("/dev/shm")
    has_room = memory.is_dir() and shutil.disk_usage(memory).free > ROOM
    return memory if has_room and os.access(memory, os.W_OK) else None


@pytest.fixture(scope="session")
def bare_server() -> Server:
    """One embedded PostgreSQL for the whole run; it keeps nothing safe, and so is quick."""
    folder = Path(tempfile.mkdtemp(prefix="held-in-mind-tests-", dir=_quick_disk()))
    # what is registered first runs last: the server stops, and then its folder goes
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    server = Server(start_embedded(folder))
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.run(f"alter system set {setting} = off")
    server.run("select pg_reload_conf()")
    return server


@pytest_asyncio.fixture(scope="session")
async def server(bare_server: Server) -> Server:
    """The server with a template of the migrated schema."""
    bare_server.run(f"create database {TEMPLATE}")
    async with opened(bare_server.address_of(TEMPLATE)) as empty:
        await empty.database.migrate()
    return bare_server


@pytest_asyncio.fixture(scope="module")
async def storage(server: Server) -> AsyncIterator[Opened]:
    """This module's own database, migrated and sealed with the tests' key."""
    async with opened(server.fresh()) as found:
        await found.database.check_key()
        yield found


@pytest.fixture(scope="session")
def index(pytestconfig: pytest.Config, worker_id: str) -> Path:
    """Where the guidance's index stays between runs: at first that which `make` has made."""
    folder = Path(pytestconfig.cache.mkdir(f"held-in-mind-index-{worker_id}"))
    made = load_settings().index_folder
    if not any(folder.iterdir()) and (made / "chroma").is_dir():
        shutil.copytree(made / "chroma", folder / "chroma")
        for remembered in made.glob("embeddings-*.npz"):
            shutil.copy(remembered, folder)
    return folder
