"""The inbox: every update as it came, stored before Telegram is told that we have it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.queue import CHAT, ORDINARY, URGENT
from bot.storage.database import Tx
from bot.storage.tables import inbox

HANDLE_UPDATE = "handle_update"
_MOVE_UP = text(
    "update procrastinate_jobs set priority = :priority "
    "where lock = :lock and status = 'todo' and priority < :priority"
)


async def store_update(
    tx: Tx, update_id: int, chat_id: int, payload: str, now: datetime, *, hurries: bool = False
) -> bool:
    """Keep an update with the job that handles it; False if it was here already.

    One that `hurries` overtakes other chats, and takes along what waits before it in its own.
    """
    statement = insert(inbox).values(
        update_id=update_id, chat_id=chat_id, payload=tx.seal(payload), received_at=now
    )
    fresh = await tx.execute(statement.on_conflict_do_nothing().returning(inbox.c.update_id))
    if fresh.scalar_one_or_none() is None:
        return False
    lock, priority = f"chat:{chat_id}", URGENT if hurries else ORDINARY
    if hurries:  # a queue goes by priority before order, so the whole chat is moved up
        await tx.connection.execute(_MOVE_UP, {"lock": lock, "priority": priority})
    await tx.defer(HANDLE_UPDATE, queue=CHAT, lock=lock, priority=priority, update_id=update_id)
    return True


async def stored_update(tx: Tx, update_id: int) -> str | None:
    """What an update said, unless it has been handled already."""
    query = select(inbox.c.payload).where(
        inbox.c.update_id == update_id, inbox.c.handled_at.is_(None)
    )
    sealed = (await tx.execute(query)).scalar_one_or_none()
    return None if sealed is None else tx.unseal(sealed)


async def claim_update(tx: Tx, update_id: int, outcome: str, now: datetime) -> bool:
    """Mark an update as handled in this transaction; False if somebody else has done that."""
    statement = (
        update(inbox)
        .where(inbox.c.update_id == update_id, inbox.c.handled_at.is_(None))
        .values(handled_at=now, outcome=outcome)
        .returning(inbox.c.update_id)
    )
    return (await tx.execute(statement)).scalar_one_or_none() is not None


async def last_handled(tx: Tx, chat_id: int, outcome: str) -> datetime | None:
    """When an update of a chat last came to this."""
    its = (inbox.c.chat_id == chat_id, inbox.c.outcome == outcome)
    found: datetime | None = (
        await tx.execute(select(func.max(inbox.c.handled_at)).where(*its))
    ).scalar_one()
    return found


async def has_waiting(tx: Tx, chat_ids: Sequence[int], *, but: int = 0) -> bool:
    """Whether something from these chats has not been read yet, `but` for one update."""
    theirs = (inbox.c.chat_id.in_(chat_ids), inbox.c.handled_at.is_(None))
    found: bool = (
        await tx.execute(select(exists().where(*theirs, inbox.c.update_id != but)))
    ).scalar_one()
    return found


async def count_inbox(tx: Tx) -> dict[str, int]:
    """How many updates came, and how many of them still wait."""
    query = select(func.count(), func.count().filter(inbox.c.handled_at.is_(None))).select_from(
        inbox
    )
    total, waiting = (await tx.execute(query)).one()
    return {"total": total, "waiting": waiting}
