"""Telegram's limit is kept by all processes together, and flags wait for nobody."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from datetime import timedelta
from time import monotonic

import pytest

from bot.storage.pace import hold_back, take_turn, wait_for
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


def next_at(of: Opened) -> float:
    ((found,),) = rows(of.url, "select extract(epoch from next_at)::float8 from pace")
    return float(str(found))


async def test_after_a_pause_the_first_messages_go_at_once(
    storage: Opened, another: Opened
) -> None:
    assert await turn(storage) == 0.0
    assert await turn(another) < 0.1


async def test_no_second_holds_more_than_thirty_turns(storage: Opened, another: Opened) -> None:
    turns: list[float] = []
    for _ in range(120):
        await turn(storage)
        turns.append(next_at(storage))
    assert all(turns[at + 30] - turns[at] > 1.0 for at in range(90))


async def test_two_processes_together_keep_to_thirty_a_second(
    storage: Opened, another: Opened
) -> None:
    turns = await asyncio.gather(*(turn(one) for one in (storage, another) for _ in range(75)))
    last = max(turns)
    assert 4.5 < last < 5.3, "150 messages take a little more than five seconds"
    waiting = sorted(one for one in turns if one > 0)
    assert all(b > a for a, b in itertools.pairwise(waiting)), "each has its own"


async def test_whoever_is_late_for_a_turn_takes_another(storage: Opened, another: Opened) -> None:
    await turn(storage)
    before = next_at(storage)
    await wait_for(0.01, monotonic(), storage.database)
    assert next_at(storage) == before
    await wait_for(0.01, monotonic() - 1.0, storage.database)
    assert next_at(storage) > before


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
