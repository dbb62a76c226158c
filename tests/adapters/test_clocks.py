"""The clock, and a sandbox's that can be moved forward."""

import asyncio
from contextlib import suppress
from datetime import UTC, timedelta

import httpx
from structlog.testing import capture_logs

from bot.adapters.clock import Clock, machine_time
from bot.adapters.sandbox_clock import SandboxClock
from tests.flows.test_messenger_contract import through_the_api

HOUR = timedelta(hours=1)


def test_the_clock_runs_with_the_machines_in_utc() -> None:
    before, now, after = machine_time(), Clock().now(), machine_time()
    assert before <= now <= after
    assert now.tzinfo is UTC


def test_a_clock_ahead_knows_when_the_machine_will_show_a_time() -> None:
    clock = Clock()
    clock.offset = HOUR
    assert clock.now() - machine_time() > HOUR - timedelta(seconds=5)
    due = clock.now()
    assert clock.to_machine_time(due) == due - HOUR


async def test_a_sandboxs_clock_is_caught_up_with_and_followed() -> None:
    moves: list[float] = []

    async def moved(offset: float) -> None:
        moves.append(offset)

    async with through_the_api() as way:
        await way.forward(60)
        clock = Clock()
        follower = SandboxClock(way.url, clock, moved)
        await follower.catch_up()
        assert clock.offset == timedelta(seconds=60)
        following = asyncio.create_task(follower.follow())
        await asyncio.sleep(0.2)
        assert await way.forward(30) == 1, "the sandbox knows that somebody follows"
        assert clock.offset == timedelta(seconds=90)
        assert moves == [60, 90]
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following


async def test_a_sandbox_that_is_away_is_waited_for() -> None:
    async def moved(offset: float) -> None:
        raise AssertionError(offset)

    with capture_logs() as log:
        follower = SandboxClock("http://127.0.0.1:9", Clock(), moved)
        following = asyncio.create_task(follower.follow())
        await asyncio.sleep(0.3)
        assert not following.done()
        following.cancel()
        with suppress(asyncio.CancelledError, httpx.HTTPError):
            await following
    assert log[0]["event"] == "the sandbox's clock is away"
