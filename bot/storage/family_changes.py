"""Families that get another therapist, another country or another name."""

from sqlalchemy import update

from bot.adapters.queue import FLAGS, URGENT
from bot.core.audit import Act
from bot.core.flags import FlagState
from bot.core.people import Family, Staff
from bot.storage.database import Tx
from bot.storage.duty import readiness_may_have_changed
from bot.storage.holds import lock_family
from bot.storage.tables import families, flags, questions

FAMILY_CHANGED = "family_changed"
NOBODY = 0


async def move_family(tx: Tx, family: Family, to: Staff) -> None:
    """A family has another therapist, and what is open of it goes to them as well."""
    await _change(tx, family, therapist_id=to.id)
    await _change_open_flags(tx, family, therapist_id=to.id)
    unanswered = (questions.c.family_id == family.id, questions.c.answered_at.is_(None))
    await tx.execute(update(questions).where(*unanswered).values(therapist_id=to.id))
    await readiness_may_have_changed(tx)
    await _follow(tx, family, before=family.therapist.id)
    staff = f"staff:{to.id}"
    tx.note(Act.FAMILY_MOVED, f"family:{family.id}", staff, detail=f"from={family.therapist.id}")


async def set_country(tx: Tx, family: Family, country: str) -> None:
    """A family lives by another country's numbers; a holding message that stands changes."""
    await _change(tx, family, country=country)
    await _change_open_flags(tx, family, country=country)
    await _follow(tx, family, before=NOBODY)
    tx.note(Act.COUNTRY_SET, f"family:{family.id}", detail=f"country={country}")


async def set_alias(tx: Tx, family: Family, alias: str) -> None:
    """Staff call a family something else."""
    await _change(tx, family, alias=tx.seal(alias))
    await _change_open_flags(tx, family, alias=tx.seal(alias))
    tx.note(Act.ALIAS_SET, f"family:{family.id}")


async def _change(tx: Tx, family: Family, **values: object) -> None:
    await lock_family(tx, family.id, 0)
    await tx.execute(update(families).where(families.c.id == family.id).values(**values))


async def _change_open_flags(tx: Tx, family: Family, **values: object) -> None:
    still_open = (flags.c.family_id == family.id, flags.c.state != FlagState.CLOSED)
    await tx.execute(update(flags).where(*still_open).values(**values))


async def _follow(tx: Tx, family: Family, *, before: int) -> None:
    """Tell in Telegram what follows, as soon as this is committed."""
    ids = {"family_id": family.id, "before": before}
    await tx.defer(FAMILY_CHANGED, lock=None, queue=FLAGS, priority=URGENT, **ids)
