"""The pace of sending, kept across processes: Telegram allows a bot about 30 messages a second.

One row holds when the next message may go. Whoever sends moves it on and waits for its own turn;
flags move it on too, but wait for nobody, so that all others make room for them.
"""

import asyncio
from datetime import timedelta
from time import monotonic

from sqlalchemy import text

from bot.storage.database import Database, Tx

INTERVAL = timedelta(seconds=1) / 29
"""29 and the one that may go at once: no span of a second holds more than 30 turns."""
LATE = 0.25
"""Seconds after its turn from which somebody is late for it."""
MOST_TURNS = 3
FURTHEST = timedelta(hours=1)
"""A row that is further ahead is of a clock that was put back since, and holds nothing."""

_NOW = "(clock_timestamp() + cast(:offset as interval))"  # the database's clock holds for all
_TAKE = text(
    f"insert into pace (id, next_at) values (1, {_NOW}) "  # noqa: S608 - a constant
    f"on conflict (id) do update "
    f"set next_at = greatest(case when pace.next_at <= {_NOW} + :furthest then pace.next_at end, "
    f"{_NOW}) + :interval "
    f"returning extract(epoch from next_at - {_NOW})::float8"
)
_HOLD = text(
    f"insert into pace (id, next_at) values (1, {_NOW} + :span) "  # noqa: S608 - a constant
    f"on conflict (id) do update set next_at = greatest(pace.next_at, {_NOW} + :span)"
)
NO_OFFSET = timedelta()


async def take_turn(tx: Tx, offset: timedelta = NO_OFFSET) -> float:
    """Take the next turn; how many seconds to wait for it. A sandbox's clock has an `offset`."""
    values = {"interval": INTERVAL, "offset": offset, "furthest": FURTHEST}
    found = await tx.connection.execute(_TAKE, values)
    return max(0.0, float(found.scalar_one()) - INTERVAL.total_seconds())


async def wait_for(
    turn: float, asked: float, database: Database, offset: timedelta = NO_OFFSET
) -> None:
    """Wait `turn` seconds from `asked` (by `monotonic`).

    Whoever comes late takes another turn: a process that was busy would otherwise send at once
    all that it has missed, and a single second would hold too many.
    """
    for _ in range(MOST_TURNS):
        await asyncio.sleep(turn)
        if monotonic() < asked + turn + LATE:
            return
        asked = monotonic()
        async with database.reading() as tx:
            turn = await take_turn(tx, offset)


async def hold_back(tx: Tx, span: timedelta, offset: timedelta = NO_OFFSET) -> None:
    """Telegram asked for a pause: no ordinary message goes before it is over."""
    await tx.connection.execute(_HOLD, {"span": span, "offset": offset})
