"""Who can be reached, by Telegram's own answer, and the families that count on them."""

from datetime import datetime

from sqlalchemy import select, update

from bot.core.people import Family
from bot.storage.database import Tx
from bot.storage.duty import readiness_may_have_changed
from bot.storage.people import every_family
from bot.storage.tables import parents, staff

REFUSALS = frozenset({"blocked", "chat not found"})


async def note_refusal(tx: Tx, chat_id: int, why: str, now: datetime) -> int | None:
    """Telegram will not deliver to a chat: if it is a member of staff's, they are unreachable.

    Returns who it is that could be reached until now.
    """
    if why not in REFUSALS:
        return None
    theirs = (staff.c.chat_id == chat_id, staff.c.unreachable_since.is_(None))
    statement = update(staff).where(*theirs).values(unreachable_since=now)
    lost: int | None = (await tx.execute(statement.returning(staff.c.id))).scalar_one_or_none()
    if lost is not None:
        await readiness_may_have_changed(tx)
    return lost


async def note_presence(tx: Tx, chat_id: int) -> None:
    """Somebody wrote, or Telegram took something for them: they can be reached again."""
    theirs = (staff.c.chat_id == chat_id, staff.c.unreachable_since.is_not(None))
    changed = await tx.execute(update(staff).where(*theirs).values(unreachable_since=None))
    if changed.rowcount:
        await readiness_may_have_changed(tx)


async def unreachable_staff(tx: Tx) -> frozenset[int]:
    """Those whom Telegram refused, and who have not been heard of since."""
    query = select(staff.c.id).where(staff.c.unreachable_since.is_not(None))
    return frozenset((await tx.execute(query)).scalars())


async def active_families(tx: Tx) -> tuple[Family, ...]:
    """The families of which at least one parent has joined."""
    joined = select(parents.c.family_id).distinct()
    found = frozenset((await tx.execute(joined)).scalars())
    return tuple(one for one in await every_family(tx) if one.id in found)
