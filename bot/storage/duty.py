"""Duty as it is written down: hours, the rota with its overrides, leave and cover."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.adapters.zones import usual_zone
from bot.core.audit import Act
from bot.core.duty import Duty, Hours, Leave, Override, Rota
from bot.storage.database import Tx
from bot.storage.safety_tables import leave, rota, rota_overrides, rota_people, working_hours
from bot.storage.tables import clinic, staff

CHECK_READINESS = "check_readiness"
_WAITING_LOOK = text(
    "select id from procrastinate_jobs where task_name = 'check_readiness' and status = 'todo' "
    "limit 1 for update skip locked"
)


async def the_duty(tx: Tx) -> Duty:
    """Everything that decides who is on duty at a moment."""
    return Duty(
        zone=await _clinic_zone(tx),
        zones=await _zones(tx),
        hours=await _hours(tx),
        leaves=await _leaves(tx),
        rota=await _rota(tx),
        overrides=await _overrides(tx),
    )


async def set_zone(tx: Tx, zone: str, staff_id: int | None) -> None:
    """By whose clock somebody's hours go; without a person, the clinic's."""
    if staff_id is None:
        await tx.execute(update(clinic).values(timezone=zone))
    else:
        await tx.execute(update(staff).where(staff.c.id == staff_id).values(timezone=zone))
    whose = () if staff_id is None else (f"staff:{staff_id}",)
    tx.note(Act.ZONE_SET, *whose, detail=f"zone={zone}")
    await readiness_may_have_changed(tx)


async def set_hours(tx: Tx, staff_id: int, hours: Sequence[Hours]) -> None:
    """Write down somebody's working week in place of the one before; none: always at work."""
    await tx.execute(delete(working_hours).where(working_hours.c.staff_id == staff_id))
    rows = [
        {"staff_id": staff_id, "weekday": one.weekday, "begins": one.begins, "ends": one.ends}
        for one in hours
    ]
    if rows:
        await tx.execute(insert(working_hours).values(rows))
    tx.note(Act.HOURS_SET, f"staff:{staff_id}", detail=_week(hours))
    await readiness_may_have_changed(tx)


async def set_rota(tx: Tx, new: Rota | None) -> None:
    """Write down whose turns they are, in place of the rota before."""
    await tx.execute(delete(rota_people))
    await tx.execute(delete(rota))
    if new is not None:
        values = {"first_day": new.first_day, "handover": new.handover, "days": new.days}
        await tx.execute(upsert(rota).values(id=1, **values))
        people = [{"position": n, "staff_id": one} for n, one in enumerate(new.people)]
        await tx.execute(insert(rota_people).values(people))
    turns = () if new is None else tuple(f"staff:{one}" for one in new.people)
    first = "" if new is None else f"first={new.first_day} at={new.handover:%H:%M} days={new.days}"
    tx.note(Act.ROTA_SET, *turns, detail=first)
    await readiness_may_have_changed(tx)


async def add_override(tx: Tx, staff_id: int, begins_at: datetime, ends_at: datetime) -> int:
    """Put somebody on call for a while, whoever's turn it is; returns its number."""
    values = {"staff_id": staff_id, "begins_at": begins_at, "ends_at": ends_at}
    made = await tx.execute(insert(rota_overrides).values(values).returning(rota_overrides.c.id))
    await readiness_may_have_changed(tx)
    number, span = int(made.scalar_one()), _span(begins_at, ends_at)
    tx.note(Act.STAND_IN_ADDED, f"stand_in:{number}", f"staff:{staff_id}", detail=span)
    return number


async def drop_override(tx: Tx, number: int) -> bool:
    """Take an override back; whether there was one of that number."""
    gone = await tx.execute(delete(rota_overrides).where(rota_overrides.c.id == number))
    await readiness_may_have_changed(tx)
    if gone.rowcount:
        tx.note(Act.STAND_IN_DROPPED, f"stand_in:{number}")
    return bool(gone.rowcount)


async def add_leave(
    tx: Tx, staff_id: int, cover_id: int | None, begins_at: datetime, ends_at: datetime
) -> int:
    """Somebody is away, and who has their families meanwhile; returns its number."""
    values = {
        "staff_id": staff_id,
        "cover_id": cover_id,
        "begins_at": begins_at,
        "ends_at": ends_at,
    }
    made = await tx.execute(insert(leave).values(values).returning(leave.c.id))
    await readiness_may_have_changed(tx)
    number, span = int(made.scalar_one()), _span(begins_at, ends_at)
    covered = () if cover_id is None else (f"staff:{cover_id}",)
    tx.note(Act.LEAVE_ADDED, f"leave:{number}", f"staff:{staff_id}", *covered, detail=span)
    return number


async def drop_leave(tx: Tx, number: int) -> bool:
    """Take leave back; whether there was one of that number."""
    gone = await tx.execute(delete(leave).where(leave.c.id == number))
    await readiness_may_have_changed(tx)
    if gone.rowcount:
        tx.note(Act.LEAVE_DROPPED, f"leave:{number}")
    return bool(gone.rowcount)


async def readiness_may_have_changed(tx: Tx) -> None:
    """Once this is committed, look whether every family's ladder still reaches someone.

    One look is enough for many changes: a job that waits already is held back until this one is
    in as well.
    """
    if (await tx.execute(_WAITING_LOOK)).first() is None:
        await tx.defer(CHECK_READINESS, lock=None)


def _span(begins_at: datetime, ends_at: datetime) -> str:
    begins, ends = (f"{at.astimezone(UTC):%Y-%m-%dT%H:%MZ}" for at in (begins_at, ends_at))
    return f"from={begins} until={ends}"


def _week(hours: Sequence[Hours]) -> str:
    return " ".join(f"{one.weekday}:{one.begins:%H:%M}-{one.ends:%H:%M}" for one in hours)


async def _clinic_zone(tx: Tx) -> tzinfo:
    row = (await tx.execute(select(clinic.c.timezone, clinic.c.country))).one_or_none()
    return UTC if row is None else ZoneInfo(row.timezone or usual_zone(row.country))


async def _zones(tx: Tx) -> Mapping[int, tzinfo]:
    query = select(staff.c.id, staff.c.timezone).where(staff.c.timezone.is_not(None))
    return {row.id: ZoneInfo(row.timezone) for row in await tx.execute(query)}


async def _hours(tx: Tx) -> Mapping[int, tuple[Hours, ...]]:
    found: dict[int, tuple[Hours, ...]] = {}
    query = select(working_hours).order_by(working_hours.c.weekday, working_hours.c.begins)
    for row in await tx.execute(query):
        span = Hours(row.weekday, row.begins, row.ends)
        found[row.staff_id] = (*found.get(row.staff_id, ()), span)
    return found


async def _leaves(tx: Tx) -> tuple[Leave, ...]:
    rows = await tx.execute(select(leave).order_by(leave.c.begins_at, leave.c.id))
    return tuple(
        Leave(row.id, row.staff_id, row.cover_id, row.begins_at, row.ends_at) for row in rows
    )


async def _rota(tx: Tx) -> Rota | None:
    row = (await tx.execute(select(rota))).one_or_none()
    if row is None:
        return None
    people = await tx.execute(select(rota_people.c.staff_id).order_by(rota_people.c.position))
    return Rota(row.first_day, row.handover, row.days, tuple(people.scalars()))


async def _overrides(tx: Tx) -> tuple[Override, ...]:
    rows = await tx.execute(select(rota_overrides).order_by(rota_overrides.c.begins_at))
    return tuple(Override(row.id, row.staff_id, row.begins_at, row.ends_at) for row in rows)
