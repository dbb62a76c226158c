"""Telegram's limit is kept by all processes together, and flags wait for nobody."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.storage.pace import hold_back, take_turn
from tests.databases import Opened, opened, rows


@pytest.fixture
async def another(storage: Opened) -> AsyncIterator[Opened]:
    """A second process on the same database; the pace begins anew."""
    rows(storage.url, "delete from pace returning id")
    async with opened(storage.url) as found:
        yield found


async def turn(of: Opened) -> float:
    async with of.database.reading() as tx:
        return await take_turn(tx)


async def test_after_a_pause_the_first_messages_go_at_once(
    storage: Opened, another: Opened
) -> None:
    assert await turn(storage) == 0.0
    assert await turn(another) < 0.1


async def test_two_processes_together_keep_to_thirty_a_second(
    storage: Opened, another: Opened
) -> None:
    turns = await asyncio.gather(*(turn(one) for one in (storage, another) for _ in range(75)))
    last = max(turns)
    assert 3.5 < last < 5.1, "150 messages take five seconds, less what was allowed at once"
    waiting = sorted(one for one in turns if one > 0)
    assert all(b > a for a, b in itertools.pairwise(waiting)), "each has its own"


async def test_a_pause_that_telegram_asks_for_holds_for_everybody(
    storage: Opened, another: Opened
) -> None:
    async with storage.database.transaction() as tx:
        await hold_back(tx, timedelta(seconds=7))
    assert 6.5 < await turn(another) < 7.2


async def test_the_pace_survives_that_it_is_forgotten(storage: Opened) -> None:
    rows(storage.url, "delete from pace returning id")
    assert await turn(storage) == 0.0


async def test_a_clock_that_was_put_back_by_months_stops_nobody(
    storage: Opened, another: Opened
) -> None:
    async with another.database.reading() as tx:
        await take_turn(tx, timedelta(days=200))
    assert await turn(storage) == 0.0
