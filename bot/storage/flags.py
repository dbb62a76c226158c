"""Flags: one row each, and a history that is only added to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import aliased

from bot.adapters.queue import FLAGS, URGENT
from bot.core.flags import Flag, FlagState
from bot.core.ladder import FIRST_RUNG, Ladder
from bot.core.people import Parent, Role, Staff
from bot.core.triage import Category
from bot.storage.database import Tx
from bot.storage.tables import flag_events, flags, staff

CLIMB_LADDER = "climb_ladder"

_therapist = aliased(staff, name="therapist")
_holder = aliased(staff, name="holder")
_offered_to = aliased(staff, name="offered_to")


@dataclass(frozen=True, slots=True)
class FlagEvent:
    """One line of a flag's history."""

    at: datetime
    what: str
    rung: int | None
    staff_id: int | None


@dataclass(frozen=True, slots=True)
class NewFlag:
    """What is known when a flag is raised; `family` is None for a stranger."""

    chat_id: int
    parent: Parent | None
    alias: str
    country: str
    category: Category
    reason: str
    message_id: int | None


async def add_flag(tx: Tx, new: NewFlag, now: datetime) -> Flag:
    """Write a flag down, with the job that climbs its first rung."""
    family = new.parent.family if new.parent else None
    statement = insert(flags).values(
        chat_id=new.chat_id,
        family_id=family.id if family else None,
        message_id=new.message_id,
        alias=tx.seal(new.alias),
        country=new.country,
        category=new.category,
        reason=new.reason,
        state=FlagState.RAISED,
        raised_at=now,
        next_rung=FIRST_RUNG,
        therapist_id=family.therapist.id if family else None,
    )
    flag_id = (await tx.execute(statement.returning(flags.c.id))).scalar_one()
    await add_event(tx, flag_id, "raised", now, message_id=new.message_id)
    return await flag(tx, flag_id)


async def schedule_climb(tx: Tx, flag: Flag, rung: int, ladder: Ladder, now: datetime) -> None:
    """Put the climbing of a rung into the queue for its time."""
    await tx.defer(
        CLIMB_LADDER,
        lock=None,  # the row is locked; a queue lock would wait behind jobs set for later
        queue=FLAGS,
        priority=URGENT,
        at=ladder.next_at(rung, flag.raised_at, now),
        flag_id=flag.id,
        rung=rung,
    )


async def flag(tx: Tx, flag_id: int, *, lock: bool = False) -> Flag:
    """One flag; locked until the transaction ends, if asked."""
    found = await find_flag(tx, flag_id, lock=lock)
    assert found is not None, f"no flag {flag_id}"
    return found


async def find_flag(tx: Tx, flag_id: int, *, lock: bool = False) -> Flag | None:
    """One flag, if there is one of that number."""
    if lock:
        # locked first and read afterwards: a joined read that had to wait for the lock would have
        # the new holder's number without their name
        await tx.execute(select(flags.c.id).where(flags.c.id == flag_id).with_for_update())
    row = (await tx.execute(_query().where(flags.c.id == flag_id))).mappings().one_or_none()
    return _flag(tx, row) if row else None


async def open_flag(tx: Tx, chat_id: int, family_id: int | None) -> Flag | None:
    """The flag that is open for this family, or for this stranger's chat."""
    whose = flags.c.family_id == family_id if family_id else flags.c.chat_id == chat_id
    query = _query().where(whose, flags.c.state != FlagState.CLOSED).order_by(flags.c.id)
    row = (await tx.execute(query.limit(1))).mappings().one_or_none()
    return _flag(tx, row) if row else None


async def held_flags(tx: Tx, holder: Staff) -> tuple[Flag, ...]:
    """The open flags that somebody has taken."""
    return await held_by(tx, holder.id)


async def held_by(tx: Tx, staff_id: int) -> tuple[Flag, ...]:
    """The same by their number: they may have left since."""
    query = _query().where(flags.c.holder_id == staff_id, flags.c.state == FlagState.ACKNOWLEDGED)
    return tuple(_flag(tx, row) for row in (await tx.execute(query)).mappings())


async def open_flags(tx: Tx) -> tuple[Flag, ...]:
    """Every flag that has not been closed, the oldest first."""
    rows = await tx.execute(_query().where(flags.c.state != FlagState.CLOSED).order_by(flags.c.id))
    return tuple(_flag(tx, row) for row in rows.mappings())


async def all_flags(tx: Tx) -> tuple[Flag, ...]:
    """Every flag, the oldest first."""
    rows = await tx.execute(_query().order_by(flags.c.id))
    return tuple(_flag(tx, row) for row in rows.mappings())


async def newest_flags(tx: Tx, most: int, only: frozenset[int] | None) -> tuple[Flag, ...]:
    """Open flags and then the others, the newest first; `only` these, where it says which."""
    query = _query().order_by(flags.c.state == FlagState.CLOSED, flags.c.id.desc()).limit(most)
    if only is not None:
        query = query.where(flags.c.id.in_(only))
    return tuple(_flag(tx, row) for row in (await tx.execute(query)).mappings())


async def waiting_flags(tx: Tx) -> tuple[Flag, ...]:
    """The flags that nobody has taken."""
    states = (FlagState.RAISED, FlagState.DELIVERED)
    rows = await tx.execute(_query().where(flags.c.state.in_(states)).order_by(flags.c.id))
    return tuple(_flag(tx, row) for row in rows.mappings())


async def set_next_rung(tx: Tx, flag_id: int, rung: int) -> None:
    """Note which rung is climbed next."""
    await tx.execute(update(flags).where(flags.c.id == flag_id).values(next_rung=rung))


async def mark_delivered(tx: Tx, flag_id: int) -> bool:
    """Telegram accepted an alert; False if that, or more, was known before."""
    statement = (
        update(flags)
        .where(flags.c.id == flag_id, flags.c.state == FlagState.RAISED)
        .values(state=FlagState.DELIVERED)
        .returning(flags.c.id)
    )
    return (await tx.execute(statement)).scalar_one_or_none() is not None


async def mark_undelivered(tx: Tx, flag_id: int) -> None:
    """Nobody who has an alert can be reached any more: it is as if none had been sent."""
    waiting = (flags.c.id == flag_id, flags.c.state == FlagState.DELIVERED)
    await tx.execute(update(flags).where(*waiting).values(state=FlagState.RAISED))


async def add_event(
    tx: Tx,
    flag_id: int,
    what: str,
    now: datetime,
    *,
    rung: int | None = None,
    staff_id: int | None = None,
    message_id: int | None = None,
) -> int:
    """Add a line to a flag's history; returns its number."""
    statement = insert(flag_events).values(
        flag_id=flag_id,
        at=now,
        what=what,
        rung=rung,
        staff_id=staff_id,
        message_id=message_id,
    )
    number: int = (await tx.execute(statement.returning(flag_events.c.id))).scalar_one()
    return number


async def events_of(tx: Tx, flag_id: int) -> tuple[FlagEvent, ...]:
    """A flag's history, in order."""
    columns = (flag_events.c.at, flag_events.c.what, flag_events.c.rung, flag_events.c.staff_id)
    query = select(*columns).where(flag_events.c.flag_id == flag_id).order_by(flag_events.c.id)
    return tuple(FlagEvent(*row) for row in await tx.execute(query))


async def messages_of(tx: Tx, flag_id: int) -> tuple[int, ...]:
    """The ids of the messages that belong to a flag, in order."""
    query = (
        select(flag_events.c.message_id)
        .where(flag_events.c.flag_id == flag_id, flag_events.c.message_id.is_not(None))
        .order_by(flag_events.c.id)
    )
    return tuple(dict.fromkeys((await tx.execute(query)).scalars()))


def _query() -> Any:
    return (
        select(
            flags,
            _therapist.c.name.label("therapist_name"),
            _therapist.c.role.label("therapist_role"),
            _therapist.c.chat_id.label("therapist_chat_id"),
            _holder.c.name.label("holder_name"),
            _holder.c.role.label("holder_role"),
            _holder.c.chat_id.label("holder_chat_id"),
            _offered_to.c.name.label("offered_to_name"),
            _offered_to.c.role.label("offered_to_role"),
            _offered_to.c.chat_id.label("offered_to_chat_id"),
        )
        .outerjoin(_therapist, _therapist.c.id == flags.c.therapist_id)
        .outerjoin(_holder, _holder.c.id == flags.c.holder_id)
        .outerjoin(_offered_to, _offered_to.c.id == flags.c.offered_to_id)
    )


def _flag(tx: Tx, row: Mapping[Any, Any]) -> Flag:
    return Flag(
        id=row["id"],
        chat_id=row["chat_id"],
        family_id=row["family_id"],
        alias=tx.unseal(row["alias"]),
        country=row["country"],
        category=Category(row["category"]),
        reason=row["reason"],
        state=FlagState(row["state"]),
        raised_at=row["raised_at"],
        next_rung=row["next_rung"],
        therapist=_person(tx, row, "therapist"),
        holder=_person(tx, row, "holder"),
        message_id=row["message_id"],
        offered_to=_person(tx, row, "offered_to"),
    )


def _person(tx: Tx, row: Mapping[Any, Any], who: str) -> Staff | None:
    if row[f"{who}_id"] is None:
        return None
    return Staff(
        row[f"{who}_id"],
        tx.unseal(row[f"{who}_name"]),
        Role(row[f"{who}_role"]),
        row[f"{who}_chat_id"],
    )
