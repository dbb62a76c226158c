"""The clinic's holidays: days on which no nudge goes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.storage.database import Tx
from bot.storage.practice_tables import holidays, rhythms

_EVERYWHERE = timedelta(days=1)
"""It is still that day, or already, somewhere on earth."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day, and what the clinic calls it."""

    day: date
    name: str


async def all_holidays(tx: Tx) -> tuple[Holiday, ...]:
    """Every holiday that is written down, in order of days."""
    rows = await tx.execute(select(holidays.c.day, holidays.c.name).order_by(holidays.c.day))
    return tuple(Holiday(*row) for row in rows)


async def holidays_ahead(tx: Tx, now: datetime) -> frozenset[date]:
    """The holidays that are not over everywhere on earth."""
    query = select(holidays.c.day).where(holidays.c.day >= now.date() - _EVERYWHERE)
    return frozenset((await tx.execute(query)).scalars())


async def add_holidays(tx: Tx, days: Sequence[date], name: str) -> None:
    """Write days down; a day that is there already gets the name."""
    statement = insert(holidays).values([{"day": day, "name": name} for day in days])
    named = {"name": statement.excluded.name}
    await tx.execute(statement.on_conflict_do_update(index_elements=["day"], set_=named))


async def drop_holidays(tx: Tx, days: Sequence[date], now: datetime) -> int:
    """Take days back; how many there were. Whoever waits for a nudge is looked at again."""
    gone = await tx.execute(delete(holidays).where(holidays.c.day.in_(days)))
    waiting = update(rhythms).where(rhythms.c.look_at.is_not(None))
    await tx.execute(waiting.values(look_at=now))
    return int(gone.rowcount)
