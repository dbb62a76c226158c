"""Which version of the consent text each parent agreed to, and which they agreed to before."""

from datetime import datetime

from sqlalchemy import insert, literal, select, update

from bot.storage.database import Tx
from bot.storage.tables import parents
from bot.storage.wording_tables import past_consents


async def consents_of(tx: Tx, family_id: int) -> dict[int, str]:
    """The version of every parent of a family who has joined, by the parent's id."""
    query = select(parents.c.id, parents.c.consent_version).where(parents.c.family_id == family_id)
    return {row.id: row.consent_version for row in await tx.execute(query)}


async def set_consent(tx: Tx, parent_id: int, version: str, now: datetime) -> None:
    """A parent agreed to another version, or took something back; the one before is kept."""
    mine = parents.c.id == parent_id
    before = (parents.c.id, parents.c.consent_version, parents.c.consented_at, literal(now))
    columns = ["parent_id", "version", "consented_at", "until"]
    kept = insert(past_consents).from_select(columns, select(*before).where(mine))
    await tx.execute(kept)
    values = {"consent_version": version, "consented_at": now}
    await tx.execute(update(parents).where(mine).values(**values))
