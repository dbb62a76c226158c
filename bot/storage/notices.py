"""Notices of the second channel: owed until they are accepted, each with the job that sends it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.queue import NOTICES, URGENT
from bot.core.deliveries import DeliveryState
from bot.core.notices import Notice, OwedNotice
from bot.storage.alarm_tables import contacts, notices
from bot.storage.database import Tx

SEND_NOTICE = "send_notice"


async def owe_notice(tx: Tx, notice: Notice, now: datetime) -> bool:
    """Owe a notice, with the job that sends it; False if it was owed before."""
    body = json.dumps([notice.title, notice.text], ensure_ascii=False)
    statement = insert(notices).values(
        key=notice.key,
        contact_id=notice.contact_id,
        clinic_mark=notice.clinic_mark,
        flag_id=notice.flag_id,
        staff_id=notice.staff_id,
        body=tx.seal(body),
        state=DeliveryState.OWED,
        made_at=now,
    )
    fresh = await tx.execute(statement.on_conflict_do_nothing().returning(notices.c.id))
    notice_id = fresh.scalar_one_or_none()
    if notice_id is None:
        return False
    await tx.defer(SEND_NOTICE, lock=None, queue=NOTICES, priority=URGENT, notice_id=notice_id)
    return True


async def find_notice(tx: Tx, notice_id: int) -> OwedNotice | None:
    """A notice as it stands, with the address of its contact."""
    query = (
        select(notices, contacts.c.url, contacts.c.kind)
        .outerjoin(contacts, contacts.c.id == notices.c.contact_id)
        .where(notices.c.id == notice_id)
    )
    row = (await tx.execute(query)).mappings().one_or_none()
    return _owed(tx, row) if row else None


async def told_since(tx: Tx, flag_id: int, contact_id: int, since: datetime) -> bool:
    """Whether an address was owed a notice of this flag after a moment."""
    query = select(
        exists().where(
            notices.c.flag_id == flag_id,
            notices.c.contact_id == contact_id,
            notices.c.made_at > since,
        )
    )
    return bool((await tx.execute(query)).scalar_one())


async def settle_notice(
    tx: Tx, notice_id: int, state: DeliveryState, now: datetime, why: str | None = None
) -> None:
    """It was accepted, or never will be."""
    values = {"state": state, "settled_at": now, "error": why}
    await tx.execute(update(notices).where(notices.c.id == notice_id).values(**values))


async def count_attempt(tx: Tx, notice_id: int, why: str) -> None:
    """It did not go through this time."""
    values = {"attempts": notices.c.attempts + 1, "error": why}
    await tx.execute(update(notices).where(notices.c.id == notice_id).values(**values))


async def waiting_alarms(tx: Tx) -> tuple[int, ...]:
    """The clinic's own notices that were not accepted yet, the oldest first."""
    query = select(notices.c.id).where(
        notices.c.clinic_mark.is_not(None), notices.c.state == DeliveryState.OWED
    )
    return tuple((await tx.execute(query.order_by(notices.c.id))).scalars())


async def count_notices(tx: Tx) -> dict[str, int]:
    """How many notices there are by state."""
    query = select(notices.c.state, func.count()).group_by(notices.c.state)
    return dict((await tx.execute(query)).all())


def _owed(tx: Tx, row: Mapping[Any, Any]) -> OwedNotice:
    title, text = json.loads(tx.unseal(row["body"]))
    notice = Notice(
        key=row["key"],
        title=title,
        text=text,
        contact_id=row["contact_id"],
        clinic_mark=row["clinic_mark"],
        flag_id=row["flag_id"],
        staff_id=row["staff_id"],
    )
    return OwedNotice(
        id=row["id"],
        notice=notice,
        is_settled=row["state"] != DeliveryState.OWED,
        attempts=row["attempts"],
        made_at=row["made_at"],
        kind=row["kind"] or "clinic",
        url=tx.unseal(row["url"]) if row["url"] else None,
    )
