"""The pace of sending, kept across processes: Telegram allows a bot about 30 messages a second.

One row holds when the next message may go. Whoever sends moves it on and waits for its own turn;
flags move it on too, but wait for nobody, so that all others make room for them.
"""

from datetime import timedelta

from sqlalchemy import text

from bot.storage.database import Tx

INTERVAL = timedelta(seconds=1) / 30
BURST = timedelta(seconds=0.5)
"""How far the row may lag: after a pause so much may go at once."""

_TAKE = text(
    "insert into pace (id, next_at) values (1, clock_timestamp()) "
    "on conflict (id) do update "
    "set next_at = greatest(pace.next_at, clock_timestamp() - :burst) + :interval "
    "returning extract(epoch from next_at - clock_timestamp())::float8"
)
_HOLD = text(
    "insert into pace (id, next_at) values (1, clock_timestamp() + :span) "
    "on conflict (id) do update set next_at = greatest(pace.next_at, clock_timestamp() + :span)"
)


async def take_turn(tx: Tx) -> float:
    """Take the next turn; how many seconds to wait for it."""
    found = await tx.connection.execute(_TAKE, {"burst": BURST, "interval": INTERVAL})
    return max(0.0, float(found.scalar_one()) - INTERVAL.total_seconds())


async def hold_back(tx: Tx, span: timedelta) -> None:
    """Telegram asked for a pause: no ordinary message goes before it is over."""
    await tx.connection.execute(_HOLD, {"span": span})
