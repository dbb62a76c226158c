"""Who reads what is passed to a therapist who may be on leave."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.core.people import Family, Staff
from bot.storage.database import Tx
from bot.storage.duty import the_duty
from bot.storage.people import staff_member


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever reads it; `covers` where that is somebody else than the family's therapist.

    `back_on`: the first day on which a therapist who is on leave is at work again.
    """

    person: Staff
    covers: bool = False
    back_on: date | None = None

    @property
    def is_away(self) -> bool:
        """Whether it waits until they are back."""
        return self.back_on is not None and not self.covers


async def who_reads(tx: Tx, family: Family, at: datetime) -> Reader:
    """The family's therapist; on leave, whoever covers for them, if somebody whom we reach does."""
    therapist = family.therapist
    duty = await the_duty(tx)
    back_at = duty.back_at(therapist.id, at)
    if back_at is None:
        return Reader(therapist)
    back_on = back_at.astimezone(duty.zone).date()
    cover_id = duty.roster(at).stands_in(therapist.id)
    cover = await staff_member(tx, cover_id) if cover_id is not None else None
    if cover is None or not cover.is_linked:
        return Reader(therapist, back_on=back_on)
    return Reader(cover, covers=True, back_on=back_on)


async def back_from_leave(tx: Tx, family: Family, now: datetime) -> date | None:
    """The first day on which a therapist who is on leave is at work again; None: they are now."""
    duty = await the_duty(tx)
    back_at = duty.back_at(family.therapist.id, now)
    return None if back_at is None else back_at.astimezone(duty.zone).date()
