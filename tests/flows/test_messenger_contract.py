"""The recording messenger is held to what the real one does through a Bot API server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Protocol

import httpx
import pytest
import pytest_asyncio

from bot.adapters.messenger import TelegramMessenger, make_bot
from bot.chat.render import call_arguments
from bot.core.deliveries import (
    Accepted,
    Copy,
    Delivery,
    Edit,
    Lane,
    Never,
    RetryIn,
    Send,
    SendResult,
    What,
)
from bot.core.replies import Button, Reply
from bot.sandbox.server import serve
from tests.flows.recorder import RecordingMessenger

SAM, DANA, NOWHERE = 1001, 1002, 987654
HELLO = Reply("**Hello** 👋 there", ((Button("Yes", "check:1.yes"), Button("No", "check:1.no")),))


class Way(Protocol):
    """A messenger with the phones behind it."""

    @property
    def messenger(self) -> TelegramMessenger:
        """The way out."""

    async def reads(self, chat_id: int) -> list[str]:
        """The bot's messages on a phone."""

    async def writes(self, chat_id: int) -> int:
        """Somebody writes; the number of their message."""

    async def blocks(self, chat_id: int) -> None:
        """Somebody blocks the bot."""

    async def limits(self, seconds: int) -> None:
        """The next call is one too many."""


class InMemory:
    """The recording messenger."""

    def __init__(self) -> None:
        self.messenger = RecordingMessenger()
        self.messenger.phones = {SAM: [], DANA: []}

    async def reads(self, chat_id: int) -> list[str]:
        return [one.text for one in self.messenger.phones[chat_id]]

    async def writes(self, chat_id: int) -> int:
        return self.messenger.written_by(chat_id)

    async def blocks(self, chat_id: int) -> None:
        self.messenger.blocked.add(chat_id)

    async def limits(self, seconds: int) -> None:
        result = RetryIn(timedelta(seconds=seconds), "too many requests")
        self.messenger.trouble.append(result)


class ThroughTheApi:
    """The real messenger, with a Bot API server on loopback."""

    def __init__(self, url: str, messenger: TelegramMessenger, http: httpx.AsyncClient) -> None:
        self.url = url
        self.messenger = messenger
        self._http = http

    async def forward(self, seconds: int) -> int:
        """Move the clock on; how many follow it."""
        moved = await self._http.post("/sandbox/clock", json={"forward_seconds": seconds})
        return int(moved.json()["followers"])

    async def reads(self, chat_id: int) -> list[str]:
        seen = (await self._http.get(f"/sandbox/people/{chat_id}/chat")).json()
        return [one["text"] for one in seen if one["from"] == "bot"]

    async def writes(self, chat_id: int) -> int:
        said = await self._http.post(f"/sandbox/people/{chat_id}/messages", json={"text": "hi"})
        return int(said.json()["message_id"])

    async def blocks(self, chat_id: int) -> None:
        await self._http.post(f"/sandbox/people/{chat_id}/block")

    async def limits(self, seconds: int) -> None:
        await self.troubles(429, retry_after=seconds)

    async def troubles(self, status: int, **rest: int) -> None:
        """The next call gets this answer."""
        await self._http.post("/sandbox/faults", json={"status": status, **rest})


@asynccontextmanager
async def through_the_api() -> AsyncIterator[ThroughTheApi]:
    """A Bot API server for one test."""
    ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(0, on_ready=ready.set_result))
    url = await ready
    bot = make_bot("1:x", url)
    async with bot, httpx.AsyncClient(base_url=url, trust_env=False) as http:
        yield ThroughTheApi(url, TelegramMessenger(bot, bot, call_arguments), http)
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving


@pytest_asyncio.fixture(params=["in memory", "through the API"])
async def way(request: pytest.FixtureRequest) -> AsyncIterator[Way]:
    """Both messengers, one after the other."""
    if request.param == "in memory":
        yield InMemory()
        return
    async with through_the_api() as found:
        yield found


async def send(way: Way, what: What, chat_id: int = SAM, edited: int | None = None) -> SendResult:
    return await way.messenger.send(Delivery("k", chat_id, what, Lane.FLAG), edited, 0)


async def sent(way: Way, what: What, chat_id: int = SAM) -> int:
    result = await send(way, what, chat_id)
    assert isinstance(result, Accepted)
    assert result.message_id is not None
    return result.message_id


async def test_a_message_is_shown_without_its_marks_under_a_growing_number(way: Way) -> None:
    first, second = await sent(way, Send(HELLO)), await sent(way, Send(HELLO))
    assert second > first
    assert await way.reads(SAM) == ["Hello 👋 there"] * 2


async def test_a_long_text_comes_in_pieces_and_counts_as_its_last(way: Way) -> None:
    long = "\n\n".join(["A paragraph of some length. " * 20] * 20)
    number = await sent(way, Send(Reply(long)))
    shown = await way.reads(SAM)
    assert len(shown) > 1
    assert "".join("".join(shown).split()) == "".join(long.split())
    assert isinstance(await send(way, Edit("k", Reply("now short")), edited=number), Accepted)
    assert (await way.reads(SAM))[-1] == "now short"


async def test_a_message_can_be_edited_and_again_to_the_same(way: Way) -> None:
    number = await sent(way, Send(HELLO))
    for _ in range(2):
        edit = Edit("k", Reply("**Goodbye**"))
        assert await send(way, edit, edited=number) == Accepted(None)
    assert await way.reads(SAM) == ["Goodbye"]


async def test_an_edit_of_a_message_that_is_not_there_can_never_be(way: Way) -> None:
    assert await send(way, Edit("k", HELLO), edited=4242) == Never("refused")


async def test_what_somebody_sent_is_copied_to_another(way: Way) -> None:
    number = await way.writes(SAM)
    result = await send(way, Copy(SAM, number), DANA)
    assert isinstance(result, Accepted)
    assert result.message_id is not None
    assert len(await way.reads(DANA)) == 1


async def test_a_message_that_is_not_there_cannot_be_copied(way: Way) -> None:
    assert await send(way, Copy(SAM, 4242), DANA) == Never("refused")


async def test_nothing_reaches_somebody_who_blocked_the_bot(way: Way) -> None:
    await sent(way, Send(HELLO))
    await way.blocks(SAM)
    assert await send(way, Send(HELLO)) == Never("blocked")


async def test_a_chat_that_never_was_cannot_be_written_to(way: Way) -> None:
    assert await send(way, Send(HELLO), NOWHERE) == Never("chat not found")


async def test_one_message_too_many_waits_as_long_as_it_is_told_to(way: Way) -> None:
    await way.limits(7)
    assert await send(way, Send(HELLO)) == RetryIn(timedelta(seconds=7), "too many requests")
    assert isinstance(await send(way, Send(HELLO)), Accepted)


async def test_menus_presses_and_typing_lose_nothing_when_they_fail(way: Way) -> None:
    await way.limits(7)
    await way.messenger.set_menu([("help", "What I can do")], SAM)
    await way.messenger.answer_press("no-such-press", "Thank you.")
    await way.messenger.show_typing(NOWHERE)
    assert await way.reads(SAM) == []
