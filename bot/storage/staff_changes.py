"""Members of staff who leave, and whose role changes; what follows in Telegram is a job."""

from datetime import datetime

from sqlalchemy import delete, select, update

from bot.adapters.queue import FLAGS, URGENT
from bot.core.audit import Act
from bot.core.deliveries import DeliveryState
from bot.core.enrolment import LinkKind
from bot.core.people import Role, Staff
from bot.storage.alarm_tables import contacts
from bot.storage.console_tables import console_links, console_sessions
from bot.storage.database import Tx
from bot.storage.duty import readiness_may_have_changed, set_rota, the_duty
from bot.storage.practice_plans import drop_drafts
from bot.storage.safety_tables import leave, rota_overrides, working_hours
from bot.storage.tables import deliveries, flags, links, staff

STAFF_LEFT = "staff_left"
ROLE_CHANGED = "role_changed"
HAS_LEFT = "has left"


async def mark_left(tx: Tx, who: Staff, now: datetime) -> None:
    """Somebody does not work here any more: nothing is sent to them, and nobody waits for them.

    Their name stays, for what they did; their families have been moved before.
    """
    values = {
        "left_at": now,
        "unreachable_since": now,  # no alert that they were sent counts any more
        "chat_id": None,
        "left_chat_id": who.chat_id,
    }
    await tx.execute(update(staff).where(staff.c.id == who.id).values(**values))
    await _off_duty(tx, who, now)
    await _shut_out(tx, who, now)
    await drop_drafts(tx, who.id)
    await readiness_may_have_changed(tx)
    tx.note(Act.STAFF_LEFT, f"staff:{who.id}")
    await tx.defer(STAFF_LEFT, lock=None, queue=FLAGS, priority=URGENT, staff_id=who.id)


async def _off_duty(tx: Tx, who: Staff, now: datetime) -> None:
    duty = await the_duty(tx)
    if duty.rota is not None and who.id in duty.rota.people:
        await set_rota(tx, duty.without(who.id, now).rota)
    for table in (rota_overrides, working_hours):
        await tx.execute(delete(table).where(table.c.staff_id == who.id))
    await tx.execute(delete(leave).where(leave.c.staff_id == who.id, leave.c.ends_at > now))
    covers = update(leave).where(leave.c.cover_id == who.id, leave.c.ends_at > now)
    await tx.execute(covers.values(cover_id=None))


async def _shut_out(tx: Tx, who: Staff, now: datetime) -> None:
    """Links that they have not opened, the console and other addresses are of no use any more."""
    for table in (contacts, console_links, console_sessions):
        await tx.execute(delete(table).where(table.c.staff_id == who.id))
    theirs = (links.c.kind == LinkKind.STAFF, links.c.owner_id == who.id, links.c.expires_at > now)
    await tx.execute(update(links).where(*theirs).values(expires_at=now))
    owed = (deliveries.c.chat_id == who.chat_id, deliveries.c.state == DeliveryState.OWED)
    settled = {"state": DeliveryState.NEVER, "error": HAS_LEFT, "settled_at": now}
    await tx.execute(update(deliveries).where(*owed).values(**settled))


async def set_role(tx: Tx, who: Staff, role: Role) -> None:
    """Somebody has another role from now on."""
    await tx.execute(update(staff).where(staff.c.id == who.id).values(role=role))
    await readiness_may_have_changed(tx)
    tx.note(Act.ROLE_SET, f"staff:{who.id}", detail=f"role={role} was={who.role}")
    await tx.defer(ROLE_CHANGED, lock=None, staff_id=who.id)


async def chat_of_leaver(tx: Tx, staff_id: int) -> int | None:
    """Where somebody was written to who has left, unless they have come back since."""
    query = select(staff.c.left_chat_id).where(staff.c.id == staff_id)
    found: int | None = (await tx.execute(query)).scalar_one_or_none()
    return found


async def offers_to(tx: Tx, staff_id: int) -> tuple[int, ...]:
    """The flags that somebody was asked to take over, and has not."""
    asked = (flags.c.offered_to_id == staff_id, flags.c.state == "acknowledged")
    return tuple((await tx.execute(select(flags.c.id).where(*asked))).scalars())
