"""Who has asked to be erased and not been yet; and of each erasure a proof that names nobody."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.adapters.secrets import new_receipt
from bot.storage.database import Tx
from bot.storage.privacy_tables import erase_wishes, erasures
from bot.storage.tables import parents

FORGET_CHAT = "forget_chat"


@dataclass(frozen=True, slots=True)
class Proof:
    """An erasure took place: whoever has the receipt can show that it was theirs."""

    receipt: str
    at: datetime
    by: str
    people: int


async def note_wish(tx: Tx, parent_id: int, now: datetime, *, waits: bool) -> None:
    """A parent asked for it; `waits`: they are to be told when it can be done."""
    values = {"asked_at": now, "waits_since": now if waits else None}
    statement = upsert(erase_wishes).values(parent_id=parent_id, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["parent_id"], set_=values))


async def wished_at(tx: Tx, parent_id: int) -> datetime | None:
    """When a parent was asked to confirm it; None if they were not, or have said no since."""
    query = select(erase_wishes.c.asked_at).where(
        erase_wishes.c.parent_id == parent_id, erase_wishes.c.waits_since.is_(None)
    )
    found: datetime | None = (await tx.execute(query)).scalar_one_or_none()
    return found


async def drop_wish(tx: Tx, parent_id: int) -> None:
    """They do not wish it any more."""
    await tx.execute(delete(erase_wishes).where(erase_wishes.c.parent_id == parent_id))


async def end_waiting(tx: Tx, family_id: int | None, chat_id: int) -> tuple[tuple[int, int], ...]:
    """Whoever waited, of a family or in a chat, waits no longer: their numbers and chats."""
    theirs = (parents.c.family_id == family_id) if family_id else (parents.c.chat_id == chat_id)
    waiting = (
        select(parents.c.id, parents.c.chat_id)
        .join(erase_wishes, erase_wishes.c.parent_id == parents.c.id)
        .where(theirs, erase_wishes.c.waits_since.is_not(None))
        .order_by(parents.c.id)
    )
    found = tuple((row.id, row.chat_id) for row in await tx.execute(waiting))
    mine = erase_wishes.c.parent_id.in_([one for one, _ in found])
    await tx.execute(delete(erase_wishes).where(mine))
    return found


async def add_proof(tx: Tx, by: str, people: int, now: datetime) -> str:
    """Keep that it took place, and nothing of whom; returns the receipt."""
    receipt = new_receipt()
    values = {"receipt": receipt, "at": now, "by": by, "people": people}
    await tx.execute(insert(erasures).values(**values))
    return receipt


async def proofs(tx: Tx) -> tuple[Proof, ...]:
    """Every erasure, the first one first."""
    columns = (erasures.c.receipt, erasures.c.at, erasures.c.by, erasures.c.people)
    rows = await tx.execute(select(*columns).order_by(erasures.c.id))
    return tuple(Proof(*row) for row in rows)


async def forget_chat_later(tx: Tx, chat_id: int) -> None:
    """Once this is committed, the chat's menu in Telegram is a stranger's as well."""
    await tx.defer(FORGET_CHAT, lock=None, chat_id=chat_id)
