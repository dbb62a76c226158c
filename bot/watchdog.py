"""The watchdog's loop: it looks every ten seconds, and works without the database too."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

import structlog

from bot.adapters.clock import machine_time
from bot.core.watch import Trouble
from bot.flows.keep_watch import Look, keep_watch
from bot.flows.send_notice import send_notice
from bot.flows.services import Services
from bot.storage.notices import waiting_alarms

log = structlog.get_logger(__name__)
TICK_SECONDS = 2.0
LOOK_SECONDS = 10.0
AWAY_SECONDS = 30.0
PATIENCE_SECONDS = 20.0

Revive = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Watchdog:
    """Looks, alarms, and starts an embedded database again (`revive`) when it has died.

    What it knows of a database that is away is in memory: that alarm goes out directly.
    """

    services: Services
    revive: Revive | None = None
    _seen: frozenset[Trouble] = frozenset()
    _began_at: datetime | None = None
    _workers: int = 0
    _looked_at: float = float("-inf")
    _away_since: float | None = None
    _told_of_absence: bool = False

    async def watch(self) -> None:
        """Watch until cancelled."""
        while True:
            try:
                await self.tick()
            except Exception as error:  # noqa: BLE001 - the watchdog outlives whatever it meets
                log.error("the watchdog stumbled", error=type(error).__name__)
            await asyncio.sleep(TICK_SECONDS)

    async def tick(self) -> None:
        """See whether the database answers; now and then look at everything."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._look_if_due()
        except Exception as error:  # noqa: BLE001 - any failure here is what a watchdog is for
            await self._away(error)
            return
        await self._is_back()

    async def _look_if_due(self) -> None:
        await self.services.database.ping()
        if self._away_since is None and monotonic() - self._looked_at < LOOK_SECONDS:
            return
        if self._began_at is None:
            self._began_at = machine_time()
        look = await keep_watch(self.services, self._seen, self._began_at, self._workers)
        self._workers = max(self._workers, look.signs.workers_alive)
        self._seen, self._looked_at = look.troubles, monotonic()
        if _needs_a_hand(look):
            await self._send_alarms()

    async def _send_alarms(self) -> None:
        """Where nobody works on jobs, the alarm about it would wait for them: send it here."""
        async with self.services.database.reading() as tx:
            waiting = await waiting_alarms(tx)
        for notice_id in waiting:
            await send_notice(self.services, notice_id)

    async def _away(self, error: Exception) -> None:
        now = monotonic()
        if self._away_since is None:
            self._away_since = now
            log.error("the database does not answer", error=type(error).__name__)
        if self.revive is not None:
            try:
                await self.revive()
            except Exception as failed:  # noqa: BLE001 - the next tick tries again
                log.error("the database was not started", error=type(failed).__name__)
        if now - self._away_since >= AWAY_SECONDS and not self._told_of_absence:
            self._told_of_absence = await self._tell("watchdog.begun_database_away")

    async def _is_back(self) -> None:
        if self._away_since is not None:
            self._away_since = None
            log.warning("the database answers again")
        if self._told_of_absence:
            self._told_of_absence = not await self._tell("watchdog.ended_database_away")

    async def _tell(self, phrase_id: str) -> bool:
        """Tell the clinic's addresses, from memory; whether there is nothing left to try."""
        s = self.services
        sentence = s.phrases.say(phrase_id)
        title = s.phrases.say("second_channel.alarm_title")
        log.error("the clinic is alarmed", kind=phrase_id)
        reached = await s.second_channel.tell_clinic(title, sentence)
        return bool(reached) or not s.second_channel.clinic_marks


def _needs_a_hand(look: Look) -> bool:
    return look.alarmed and (look.signs.workers_alive == 0 or look.signs.overdue_jobs > 0)
