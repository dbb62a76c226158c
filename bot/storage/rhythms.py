"""When each parent wants to hear from the bot unasked, and when to look at them again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, literal, select, update
from sqlalchemy import insert as into
from sqlalchemy.dialects.postgresql import insert

from bot.core.practice import QuietHours
from bot.core.rhythm import NIGHT, Rhythm
from bot.storage.database import Tx
from bot.storage.practice_tables import rhythms
from bot.storage.tables import parents
from bot.storage.wording_tables import past_consents


@dataclass(frozen=True, slots=True)
class Listener:
    """A parent to look at now: whose chat and family it is, and their rhythm.

    Flags that were closed before `flags_excused_at` hold nothing back any more. `learns`: the
    version of the text that they agreed to before times of day are tried; None: they did not.
    """

    parent_id: int
    chat_id: int
    family_id: int
    rhythm: Rhythm
    flags_excused_at: datetime | None
    learns: str | None = None


async def ensure_rhythm(tx: Tx, parent_id: int, zone: str) -> None:
    """Give a parent the usual rhythm, unless they have one."""
    statement = insert(rhythms).values(
        parent_id=parent_id, zone=zone, quiet_begins=NIGHT.begins, quiet_ends=NIGHT.ends
    )
    await tx.execute(statement.on_conflict_do_nothing())


async def find_rhythm(tx: Tx, parent_id: int) -> Rhythm | None:
    """A parent's rhythm; None before the first plan."""
    row = await tx.execute(select(rhythms).where(rhythms.c.parent_id == parent_id))
    found = row.mappings().one_or_none()
    return _rhythm(found) if found else None


async def zone_of_chat(tx: Tx, chat_id: int) -> str | None:
    """The time zone that a parent lives by, where they have one of their own."""
    query = select(rhythms.c.zone).join(parents, parents.c.id == rhythms.c.parent_id)
    found: str | None = (
        await tx.execute(query.where(parents.c.chat_id == chat_id))
    ).scalar_one_or_none()
    return found


async def change_rhythm(tx: Tx, parent_id: int, now: datetime, **values: Any) -> None:
    """Change a parent's rhythm; the next sweep looks at them."""
    changed = update(rhythms).where(rhythms.c.parent_id == parent_id)
    await tx.execute(changed.values(look_at=now, **values))


async def due_listeners(tx: Tx, now: datetime, limit: int) -> tuple[Listener, ...]:
    """Parents whose time to be looked at has come, locked; those of another sweep are left out."""
    query = (
        select(rhythms, parents.c.chat_id, parents.c.family_id)
        .join(parents, parents.c.id == rhythms.c.parent_id)
        .where(rhythms.c.look_at <= now)
        .order_by(rhythms.c.look_at, rhythms.c.parent_id)
        .limit(limit)
        .with_for_update(of=rhythms, skip_locked=True)
    )
    rows = (await tx.execute(query)).mappings()
    return tuple(
        Listener(
            row["parent_id"],
            row["chat_id"],
            row["family_id"],
            _rhythm(row),
            row["flags_excused_at"],
            row["learns_version"],
        )
        for row in rows
    )


async def learning_agreed(tx: Tx, parent_id: int) -> str | None:
    """The version of the text about trying times of day that a parent agreed to; None: to none."""
    query = select(rhythms.c.learns_version).where(rhythms.c.parent_id == parent_id)
    found: str | None = (await tx.execute(query)).scalar_one_or_none()
    return found


async def agree_to_learning(tx: Tx, parent_id: int, version: str | None, now: datetime) -> None:
    """A parent agreed that times of day are tried, or (None) not any more; what they had agreed
    to before is kept."""
    mine = rhythms.c.parent_id == parent_id
    before = (rhythms.c.parent_id, rhythms.c.learns_version, rhythms.c.learns_since, literal(now))
    agreed = select(*before).where(mine, rhythms.c.learns_version.is_not(None))
    columns = ["parent_id", "version", "consented_at", "until"]
    await tx.execute(into(past_consents).from_select(columns, agreed))
    since = None if version is None else now
    await change_rhythm(tx, parent_id, now, learns_since=since, learns_version=version)


async def look_again(tx: Tx, parent_id: int, at: datetime | None) -> None:
    """Note when to look at a parent again; None: when something changes."""
    await tx.execute(update(rhythms).where(rhythms.c.parent_id == parent_id).values(look_at=at))


async def look_again_by(tx: Tx, parent_id: int, at: datetime) -> None:
    """Look at a parent again at that moment at the latest."""
    sooner = func.least(rhythms.c.look_at, at)  # a missing one counts for nothing
    await tx.execute(update(rhythms).where(rhythms.c.parent_id == parent_id).values(look_at=sooner))


async def look_back(tx: Tx, now: datetime, by: timedelta) -> int:
    """A clock that was put back: nobody is left waiting for longer than `by`; how many were."""
    statement = update(rhythms).where(rhythms.c.look_at > now + by).values(look_at=now)
    return int((await tx.execute(statement)).rowcount)


async def count_waiting(tx: Tx, now: datetime) -> int:
    """How many parents are to be looked at now."""
    query = select(func.count()).select_from(rhythms).where(rhythms.c.look_at <= now)
    return int((await tx.execute(query)).scalar_one())


def _rhythm(row: Mapping[Any, Any]) -> Rhythm:
    return Rhythm(
        zone=ZoneInfo(row["zone"]),
        quiet=QuietHours(row["quiet_begins"], row["quiet_ends"]),
        paused_until=row["paused_until"],
        is_stopped=row["stopped_at"] is not None,
        is_waiting=row["waiting_since"] is not None,
        counts_from=row["counts_from"],
    )
