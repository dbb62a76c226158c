"""A real sandbox on a free port, and what the tests need to talk to it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest
import pytest_asyncio
from telegram import Bot
from telegram.request import HTTPXRequest

from tests.sandbox.pages import browser, open_page, small_bot
from tests.sandbox.world import TOKEN, Eventually, HookServer, World, running_sandbox

__all__ = ["browser", "open_page", "small_bot"]


@pytest_asyncio.fixture
async def world() -> AsyncIterator[World]:
    """A fresh sandbox with two more families."""
    async with (
        running_sandbox() as url,
        httpx.AsyncClient(base_url=url, timeout=20, trust_env=False) as http,
    ):
        yield World(url, http)


@pytest_asyncio.fixture
async def telegram_bot(world: World) -> AsyncIterator[Bot]:
    """The real client library, pointed at the sandbox."""
    base = f"{world.url}/bot"
    bot = Bot(
        TOKEN,
        base,
        f"{world.url}/file/bot",
        request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
    )
    async with bot:
        yield bot


@pytest_asyncio.fixture
async def hook() -> AsyncIterator[HookServer]:
    """A webhook that listens on a free port."""
    server = HookServer()
    listening = await asyncio.start_server(server.handle, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/telegram"
    yield server
    listening.close()
    await listening.wait_closed()


@pytest.fixture
def eventually() -> Eventually:
    """Wait until something is true; fail after ten seconds."""

    async def wait(is_so: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(10):
            while not await is_so():  # noqa: ASYNC110  the other side is another process's HTTP
                await asyncio.sleep(0.01)

    return wait
