"""Alarms of the clinic: each written down once, and only ever added to."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from bot.storage.database import Tx
from bot.storage.safety_tables import alarms


@dataclass(frozen=True, slots=True)
class Alarm:
    """What the clinic was alarmed about; `key` is derived from it: `flag:4:unclosed:1`."""

    id: int
    kind: str
    key: str
    sentence: str = field(repr=False)
    at: datetime


async def add_alarm(tx: Tx, kind: str, key: str, sentence: str, now: datetime) -> int | None:
    """Write an alarm down; its number, or None if one of that key was raised before."""
    statement = insert(alarms).values(key=key, kind=kind, sentence=tx.seal(sentence), at=now)
    fresh = await tx.execute(statement.on_conflict_do_nothing().returning(alarms.c.id))
    number: int | None = fresh.scalar_one_or_none()
    return number


async def all_alarms(tx: Tx) -> tuple[Alarm, ...]:
    """Every alarm, the oldest first."""
    found = (await tx.execute(select(alarms).order_by(alarms.c.id))).mappings()
    return tuple(
        Alarm(row["id"], row["kind"], row["key"], tx.unseal(row["sentence"]), row["at"])
        for row in found
    )
