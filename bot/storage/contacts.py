"""Where else a member of staff can be reached: Apprise URLs, sealed."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, insert, select

from bot.core.audit import Act
from bot.storage.alarm_tables import contacts
from bot.storage.database import Tx


@dataclass(frozen=True, slots=True)
class Contact:
    """One address of a member of staff."""

    id: int
    staff_id: int
    kind: str
    made_at: datetime
    url: str = field(repr=False)


async def add_contact(tx: Tx, staff_id: int, kind: str, url: str, now: datetime) -> int:
    """Keep an address; its number."""
    statement = insert(contacts).values(staff_id=staff_id, kind=kind, url=tx.seal(url), made_at=now)
    found: int = (await tx.execute(statement.returning(contacts.c.id))).scalar_one()
    tx.note(Act.CONTACT_ADDED, f"staff:{staff_id}", f"contact:{found}", detail=f"kind={kind}")
    return found


async def contacts_of(tx: Tx, staff_id: int) -> tuple[Contact, ...]:
    """The addresses of a member of staff, the oldest first."""
    query = select(contacts).where(contacts.c.staff_id == staff_id).order_by(contacts.c.id)
    rows = (await tx.execute(query)).mappings()
    return tuple(
        Contact(row["id"], row["staff_id"], row["kind"], row["made_at"], tx.unseal(row["url"]))
        for row in rows
    )


async def remove_contact(tx: Tx, staff_id: int, contact_id: int) -> bool:
    """Forget an address; False if this person has none of that number."""
    statement = (
        delete(contacts)
        .where(contacts.c.id == contact_id, contacts.c.staff_id == staff_id)
        .returning(contacts.c.id)
    )
    is_gone = (await tx.execute(statement)).scalar_one_or_none() is not None
    if is_gone:
        tx.note(Act.CONTACT_REMOVED, f"staff:{staff_id}", f"contact:{contact_id}")
    return is_gone
