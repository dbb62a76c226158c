"""Who was told of a flag, who may still have it before them, and who has opened it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from bot.core.deliveries import DeliveryState
from bot.core.flags import Flag
from bot.storage.database import Tx
from bot.storage.tables import deliveries, flag_events, flags, staff

GIVEN_BACK = ("released", "lost")
OPENED = ("shown", "words_sent")
ALERTED = ("told", "offered")


@dataclass(frozen=True, slots=True)
class Alerted:
    """Telegram took an alert of a flag for somebody, at a moment."""

    staff_id: int
    at: datetime


async def alerted_staff(tx: Tx, flag_id: int) -> frozenset[int]:
    """Whom the flag was sent to, by the ladder or by a colleague who offered it to them."""
    query = select(flag_events.c.staff_id).where(
        flag_events.c.flag_id == flag_id, flag_events.c.what.in_(ALERTED)
    )
    return frozenset((await tx.execute(query)).scalars())


async def flags_sent_to(tx: Tx, staff_id: int) -> frozenset[int]:
    """The numbers of the flags that were sent to somebody."""
    query = select(flag_events.c.flag_id).where(
        flag_events.c.staff_id == staff_id, flag_events.c.what.in_(ALERTED)
    )
    return frozenset((await tx.execute(query)).scalars())


async def told_and_not_refused(tx: Tx, flag_id: int) -> frozenset[int]:
    """Those who may have an alert of this flag before them.

    It was accepted and nothing was refused by their chat since, or it is on its way. What was sent
    before a holder lost the flag does not count: since then it says that somebody has it.
    """
    gone_since, is_owed = staff.c.unreachable_since, deliveries.c.state == DeliveryState.OWED
    query = (
        select(deliveries.c.staff_id)
        .join(staff, staff.c.id == deliveries.c.staff_id)
        .where(
            deliveries.c.about == f"flag:{flag_id}",
            deliveries.c.key.like(f"flag:{flag_id}:rung:%"),
            deliveries.c.state != DeliveryState.NEVER,
            deliveries.c.made_at >= func.coalesce(_given_back(flag_id, "at"), deliveries.c.made_at),
            or_(gone_since.is_(None), and_(is_owed, gone_since < deliveries.c.made_at)),
        )
    )
    return frozenset((await tx.execute(query)).scalars())


async def somebody_may_have_it(tx: Tx, flag_id: int) -> bool:
    """Whether somebody who can be reached has an alert of this flag, or will in a moment."""
    return bool(await told_and_not_refused(tx, flag_id))


async def accepted_alerts(tx: Tx, flag_id: int, *, since: int = 0) -> tuple[Alerted, ...]:
    """When Telegram took alerts of a flag for those who can be reached still, in order.

    Only what follows a line of the history, and the last time that a holder lost the flag.
    """
    query = (
        select(flag_events.c.staff_id, flag_events.c.at)
        .join(staff, staff.c.id == flag_events.c.staff_id)
        .where(
            flag_events.c.flag_id == flag_id,
            flag_events.c.what == "delivered",
            flag_events.c.id > since,
            flag_events.c.id > func.coalesce(_given_back(flag_id, "id"), 0),
            staff.c.unreachable_since.is_(None),
        )
        .order_by(flag_events.c.id)
    )
    return tuple(Alerted(*row) for row in await tx.execute(query))


async def waiting_since(tx: Tx, flag: Flag, *, since: int = 0) -> datetime:
    """From when on nobody has had a flag; for a chat that joined it, not before it did."""
    joined = select(flag_events.c.at).where(flag_events.c.id == since)
    moments: list[datetime | None] = [
        (await tx.execute(select(_given_back(flag.id, "at")))).scalar_one(),
        (await tx.execute(joined)).scalar_one_or_none(),
    ]
    return max([flag.raised_at, *(one for one in moments if one is not None)])


async def rung_again_at(tx: Tx, flag_id: int, what: str) -> datetime | None:
    """When people were last rung once more for one reason."""
    of_it = (flag_events.c.flag_id == flag_id, flag_events.c.what == what)
    found: datetime | None = (
        await tx.execute(select(func.max(flag_events.c.at)).where(*of_it))
    ).scalar_one()
    return found


async def waiting_flags_of(tx: Tx, staff_id: int) -> tuple[int, ...]:
    """The flags that nobody has, of which somebody was told."""
    query = (
        select(flags.c.id)
        .join(flag_events, flag_events.c.flag_id == flags.c.id)
        .where(
            flags.c.state.in_(("raised", "delivered")),
            flag_events.c.what == "told",
            flag_events.c.staff_id == staff_id,
        )
        .order_by(flags.c.id)
        .distinct()
    )
    return tuple((await tx.execute(query)).scalars())


async def is_noted(tx: Tx, flag_id: int, what: str, rung: int, staff_id: int | None) -> bool:
    """Whether the history says this of a rung and a person already."""
    of_it = (flag_events.c.flag_id == flag_id, flag_events.c.what == what)
    theirs = (flag_events.c.rung == rung, flag_events.c.staff_id == staff_id)
    query = select(flag_events.c.id).where(*of_it, *theirs)
    return (await tx.execute(query.limit(1))).scalar_one_or_none() is not None


async def taken_since(tx: Tx, flag_id: int, since: int) -> bool:
    """Whether anybody took a flag after a line of its history."""
    taken = (flag_events.c.flag_id == flag_id, flag_events.c.what == "acknowledged")
    query = select(flag_events.c.id).where(*taken, flag_events.c.id > since)
    return (await tx.execute(query.limit(1))).scalar_one_or_none() is not None


async def has_opened(tx: Tx, flag_id: int, staff_id: int) -> bool:
    """Whether somebody has had the words of a flag before them."""
    opened = (flag_events.c.what.in_(OPENED), flag_events.c.staff_id == staff_id)
    query = select(flag_events.c.id).where(flag_events.c.flag_id == flag_id, *opened)
    return (await tx.execute(query.limit(1))).scalar_one_or_none() is not None


async def first_reader(tx: Tx, flag_id: int, *, since: int = 0) -> str | None:
    """The name of whoever opened a message first after a line of the history, if anybody has.

    Who opened it before a holder lost the flag is no comfort any more.
    """
    query = (
        select(staff.c.name)
        .join(flag_events, flag_events.c.staff_id == staff.c.id)
        .where(flag_events.c.flag_id == flag_id, flag_events.c.what == "shown")
        .where(flag_events.c.id > func.greatest(since, _given_back(flag_id, "id")))
        .order_by(flag_events.c.id)
        .limit(1)
    )
    sealed = (await tx.execute(query)).scalar_one_or_none()
    return None if sealed is None else tx.unseal(sealed)


def _given_back(flag_id: int, column: str) -> Any:
    """The last line of the history, by a column of it, with which a holder lost the flag."""
    query = select(func.max(flag_events.c[column])).where(
        flag_events.c.flag_id == flag_id, flag_events.c.what.in_(GIVEN_BACK)
    )
    return query.scalar_subquery()
