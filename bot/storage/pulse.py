"""Signs of life that other processes can see, by the machine's clock: Telegram's last answer."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from bot.storage.database import Tx
from bot.storage.tables import pulse

POLL = "poll"


async def note_pulse(tx: Tx, name: str, now: datetime) -> None:
    """Note that something is alive."""
    statement = insert(pulse).values(name=name, at=now)
    await tx.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"at": now}))


async def last_pulse(tx: Tx, name: str) -> datetime | None:
    """When something last gave a sign of life."""
    found: datetime | None = (
        await tx.execute(select(pulse.c.at).where(pulse.c.name == name))
    ).scalar_one_or_none()
    return found
