"""Follows a sandbox's clock, so that waiting can be tried without waiting (development only)."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
import structlog

from bot.adapters.clock import Clock

log = structlog.get_logger(__name__)
PATIENCE = 25


async def _nothing_follows(_: float) -> None:
    """Nothing else goes by the clock."""


class SandboxClock:
    """Keeps a `Clock` at a sandbox's time; `on_move` gets the new offset in seconds."""

    def __init__(
        self,
        api: str,
        clock: Clock,
        on_move: Callable[[float], Awaitable[None]] = _nothing_follows,
    ) -> None:
        self._url = f"{api}/sandbox/clock"
        self._clock = clock
        self._on_move = on_move
        self._known = 0.0

    async def follow(self) -> None:
        """Follow for ever; a sandbox that is away is waited for."""
        async with httpx.AsyncClient(timeout=PATIENCE + 10, trust_env=False) as client:
            while True:
                try:
                    await self._step(client)
                except Exception as error:  # noqa: BLE001 - the sandbox or the database is away
                    log.warning("the sandbox's clock is away", error=type(error).__name__)
                    await asyncio.sleep(1)

    async def catch_up(self) -> None:
        """Take over the sandbox's time once, before anything is decided by it, if it answers."""
        try:
            async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
                answer = await client.get(self._url, params={"after": -1, "timeout": 0})
        except httpx.HTTPError as error:
            log.warning("the sandbox's clock is away", error=type(error).__name__)
            return
        await self._move(float(answer.json()["offset_seconds"]))

    async def _step(self, client: httpx.AsyncClient) -> None:
        wanted = {"after": self._known, "timeout": PATIENCE}
        answer = await client.get(self._url, params=wanted)
        offset = float(answer.raise_for_status().json()["offset_seconds"])
        if offset != self._known:
            await self._move(offset)

    async def _move(self, offset: float) -> None:
        self._clock.offset = timedelta(seconds=offset)
        await self._on_move(offset)
        self._known = offset
