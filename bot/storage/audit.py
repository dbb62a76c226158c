"""The audit trail as it is kept: entries are appended under a lock, and read; nothing else."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.audit import BEGINNING, Act, Actor, Break, Deed, Entry, Link, Why, chained, follow
from bot.storage.audit_tables import audit_entries

AUDIT_LOCK = 7_166_014
BATCH = 1000  # entries read at once


async def append(connection: AsyncConnection, deeds: Sequence[Deed]) -> None:
    """Add entries to the end, in order; who else appends waits until this transaction is over.

    It is to be the last thing that a transaction does, so that nobody waits long, and so that
    whoever has this lock never waits for another.
    """
    await lock(connection)
    entries = chained(await _last(connection), deeds)
    await connection.execute(insert(audit_entries), [_row(one) for one in entries])


async def lock(connection: AsyncConnection) -> None:
    """Let nobody else append until this transaction is over."""
    await connection.execute(select(func.pg_advisory_xact_lock(AUDIT_LOCK)))


async def newest_about(connection: AsyncConnection, acts: Sequence[Act]) -> Mapping[str, Deed]:
    """The newest of some acts about each thing."""
    query = select(audit_entries).where(audit_entries.c.act.in_([str(one) for one in acts]))
    rows = await connection.execute(query.order_by(audit_entries.c.number))
    found = [_entry(row).deed for row in rows.mappings()]
    return {" ".join(deed.about): deed for deed in found}


async def verify(connection: AsyncConnection, kept: Link | None = None) -> Link | Break:
    """Walk the whole trail: its newest entry, or the first that does not hold.

    `kept` is the number and hash of an entry that were written down elsewhere.
    """
    last: Link | Break = BEGINNING
    while isinstance(last, Link):
        entries = await entries_after(connection, last.number)
        if not entries:
            break
        last = follow(last, entries)
        if isinstance(last, Link) and kept is not None and any(_differs(e, kept) for e in entries):
            return Break(kept.number, Why.ANOTHER)
    if kept is not None and isinstance(last, Link) and last.number < kept.number:
        return Break(last.number + 1, Why.MISSING)
    return last


def _differs(entry: Entry, kept: Link) -> bool:
    return entry.link.number == kept.number and entry.link.hash != kept.hash


async def entries_after(connection: AsyncConnection, number: int) -> tuple[Entry, ...]:
    """The next entries after one of this number."""
    query = select(audit_entries).where(audit_entries.c.number > number)
    rows = await connection.execute(query.order_by(audit_entries.c.number).limit(BATCH))
    return tuple(_entry(row) for row in rows.mappings())


async def entries_where(
    connection: AsyncConnection,
    *,
    since: datetime | None = None,
    by: Actor | None = None,
    about: str | None = None,
) -> tuple[Entry, ...]:
    """The entries since a moment, by somebody, about an id or a kind of ids; the oldest first."""
    query = select(audit_entries).order_by(audit_entries.c.number)
    if since is not None:
        query = query.where(audit_entries.c.at >= since)
    if by is not None:
        query = query.where(_is_by(by))
    if about is not None:
        padded = " " + audit_entries.c.about + " "
        end = " " if ":" in about else ":"
        query = query.where(padded.contains(f" {about}{end}", autoescape=True))
    return tuple(_entry(row) for row in (await connection.execute(query)).mappings())


def _is_by(actor: Actor) -> Any:
    named = func.lower(audit_entries.c.named) == actor.named.lower()
    if actor.staff_id is None:
        return named
    is_theirs = audit_entries.c.staff_id == actor.staff_id
    return or_(is_theirs, named) if actor.named else is_theirs


async def _last(connection: AsyncConnection) -> Link:
    columns = audit_entries.c.number, audit_entries.c.hash
    query = select(*columns).order_by(audit_entries.c.number.desc()).limit(1)
    row = (await connection.execute(query)).one_or_none()
    return BEGINNING if row is None else Link(row.number, row.hash)


def _row(entry: Entry) -> dict[str, Any]:
    deed = entry.deed
    return {
        "number": entry.link.number,
        "at": deed.at,
        "staff_id": deed.by.staff_id,
        "named": deed.by.named,
        "act": str(deed.act),
        "about": " ".join(deed.about),
        "how": deed.how,
        "detail": deed.detail,
        "hash": entry.link.hash,
    }


def _entry(row: Any) -> Entry:
    by = Actor(row["staff_id"], row["named"])
    about = tuple(row["about"].split())
    deed = Deed(row["at"], by, row["act"], about, row["how"], row["detail"])
    return Entry(Link(row["number"], row["hash"]), deed)
