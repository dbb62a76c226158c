"""An update is stored, with its job, before Telegram is told that we have it."""

import asyncio

import structlog

from bot.flows.services import Services
from bot.storage.database import is_out_of_reach
from bot.storage.inbox import store_update

log = structlog.get_logger(__name__)
FIRST_WAIT = 0.2
LONGEST_WAIT = 5.0


async def keep_update(
    s: Services, update_id: int, chat_id: int, payload: str, *, hurries: bool = False
) -> bool:
    """Store an update; waits for a database that is away, for as long as it takes.

    One that `hurries` is handled before what waits in other chats.

    Returns whether it was new. Never raises but for cancellation: an exception here would end
    the polling in silence.
    """
    wait = FIRST_WAIT
    while True:
        try:
            async with s.database.transaction() as tx:
                now = s.clock.now()
                return await store_update(tx, update_id, chat_id, payload, now, hurries=hurries)
        except Exception as error:  # noqa: BLE001 - nothing may end the polling
            away = is_out_of_reach(error)
            log.error("an update waits to be stored", error=type(error).__name__, away=away)
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)
