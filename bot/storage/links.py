"""Single-use links: made, opened, used; only a code's hash is kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.adapters.secrets import hash_code, new_code
from bot.core.audit import Act
from bot.core.enrolment import GUESSES_FORGOTTEN, LINK_LIVES, Guesses, Link, LinkKind
from bot.storage.database import Tx
from bot.storage.tables import links, wrong_codes


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link as it is handed out, the only time that its code is known."""

    code: str
    expires_at: datetime


async def make_link(tx: Tx, kind: LinkKind, owner_id: int, now: datetime) -> NewLink:
    """A fresh link for a family or a member of staff."""
    code = new_code()
    await tx.execute(
        insert(links).values(
            code_hash=hash_code(code),
            kind=kind,
            owner_id=owner_id,
            made_at=now,
            expires_at=now + LINK_LIVES,
        )
    )
    whose = "family" if kind is LinkKind.PARENT else "staff"
    tx.note(Act.LINK_MADE, f"{whose}:{owner_id}")
    return NewLink(code, now + LINK_LIVES)


async def find_link(tx: Tx, code: str) -> Link | None:
    """The link with this code, locked until the transaction ends."""
    found = await tx.execute(
        select(links).where(links.c.code_hash == hash_code(code)).with_for_update()
    )
    row = found.mappings().one_or_none()
    return _link(row) if row else None


async def find_opened_link(tx: Tx, link_id: int, chat_id: int) -> Link | None:
    """A link that this very chat opened before, locked until the transaction ends."""
    found = await tx.execute(
        select(links).where(links.c.id == link_id, links.c.opened_by == chat_id).with_for_update()
    )
    row = found.mappings().one_or_none()
    return _link(row) if row else None


async def find_invitation(tx: Tx, chat_id: int, now: datetime) -> Link | None:
    """The invitation that a chat opened last and can still agree to."""
    query = select(links).where(
        links.c.opened_by == chat_id,
        links.c.kind == LinkKind.PARENT,
        links.c.used_by.is_(None),
        links.c.expires_at > now,
    )
    found = await tx.execute(query.order_by(links.c.id.desc()).limit(1))
    row = found.mappings().one_or_none()
    return _link(row) if row else None


async def mark_opened(tx: Tx, link: Link, chat_id: int) -> None:
    """Note who reads what joining means; only they can agree to it."""
    await tx.execute(update(links).where(links.c.id == link.id).values(opened_by=chat_id))


async def mark_declined(tx: Tx, link: Link) -> None:
    """Nobody is reading what joining means any more; opening the link again begins anew."""
    await tx.execute(update(links).where(links.c.id == link.id).values(opened_by=None))


async def mark_used(tx: Tx, link: Link, chat_id: int, now: datetime) -> None:
    """From now on the link opens nothing."""
    await tx.execute(
        update(links).where(links.c.id == link.id).values(used_by=chat_id, used_at=now)
    )


async def guesses_of(tx: Tx, chat_id: int, now: datetime) -> Guesses | None:
    """The codes that were no link's, of a chat, within a day."""
    lately = wrong_codes.c.last_at > now - GUESSES_FORGOTTEN
    query = select(wrong_codes.c.count, wrong_codes.c.last_at).where(
        wrong_codes.c.chat_id == chat_id, lately
    )
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else Guesses(row.count, row.last_at)


async def note_guess(tx: Tx, chat_id: int, now: datetime) -> None:
    """One more code that is no link's; those of a day ago are forgotten, whosever they were."""
    old = wrong_codes.c.last_at <= now - GUESSES_FORGOTTEN
    await tx.execute(delete(wrong_codes).where(old))
    statement = upsert(wrong_codes).values(chat_id=chat_id, count=1, last_at=now)
    more = {"count": wrong_codes.c.count + 1, "last_at": now}
    await tx.execute(statement.on_conflict_do_update(index_elements=["chat_id"], set_=more))


async def forget_guesses(tx: Tx, chat_id: int) -> None:
    """A chat has opened a link that there is."""
    await tx.execute(delete(wrong_codes).where(wrong_codes.c.chat_id == chat_id))


def _link(row: RowMapping) -> Link:
    kind = LinkKind(row["kind"])
    return Link(row["id"], kind, row["owner_id"], row["expires_at"], row["used_by"])
