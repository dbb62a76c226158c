"""Who reads what is passed to a therapist who may be on leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from bot.core.duty import Duty
from bot.core.expecting import AtWork, clocks_differ, when_away, when_covered, when_text
from bot.core.outcomes import Standing
from bot.core.people import Family, Parent, Staff
from bot.flows.services import Services
from bot.flows.steps.clocks import chat_zone
from bot.storage.database import Tx
from bot.storage.duty import the_duty
from bot.storage.people import all_staff, staff_member
from bot.storage.reachability import unreachable_staff


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever reads it; `covers` where that is somebody else than the family's therapist.

    `back_on`: the first day on which a therapist who is on leave is at work again. `is_reached`:
    Telegram brings them what is sent. `next_at`: when they are at work next, by the hours and
    leave that are known, which go by `zone`.
    """

    person: Staff
    covers: bool = False
    back_on: date | None = None
    is_reached: bool = True
    next_at: datetime | None = None
    zone: tzinfo = UTC

    @property
    def is_away(self) -> bool:
        """Whether it waits until they are back."""
        return self.back_on is not None and not self.covers


async def who_reads(tx: Tx, family: Family, at: datetime) -> Reader:
    """The family's therapist; on leave, whoever covers for them, if somebody whom we reach does."""
    duty, gone = await the_duty(tx), await unreachable_staff(tx)
    is_away = duty.back_at(family.therapist.id, at) is not None
    cover_id = duty.roster(at).stands_in(family.therapist.id) if is_away else None
    cover = await staff_member(tx, cover_id) if cover_id is not None else None
    return reader_of(family.therapist, cover, duty, gone, at)


async def all_readers(tx: Tx, at: datetime) -> Mapping[int, Reader]:
    """Who reads for the families of each therapist, by the therapist's number."""
    duty, gone = await the_duty(tx), await unreachable_staff(tx)
    staff, roster = {one.id: one for one in await all_staff(tx)}, duty.roster(at)
    return {
        one.id: reader_of(one, staff.get(roster.stands_in(one.id) or 0), duty, gone, at)
        for one in staff.values()
    }


def reader_of(
    therapist: Staff, cover: Staff | None, duty: Duty, gone: frozenset[int], at: datetime
) -> Reader:
    """The therapist, or whoever stands in for them, by what is known of duty and of reach."""
    back_at = duty.back_at(therapist.id, at)
    back_on = None if back_at is None else back_at.astimezone(duty.zone).date()
    is_there = cover is not None and cover.is_linked and cover.id not in gone
    covers = back_at is not None and is_there
    person = cover if cover is not None and covers else therapist
    return Reader(
        person,
        covers,
        back_on,
        is_reached=person.is_linked and person.id not in gone,
        next_at=duty.next_at_work(person.id, at),
        zone=duty.zone_of(person.id),
    )


async def is_reached(tx: Tx, person: Staff) -> bool:
    """Whether Telegram brings somebody what is sent to them, as far as is known."""
    return person.is_linked and person.id not in await unreachable_staff(tx)


async def standing_of(tx: Tx, s: Services, parent: Parent, reader: Reader) -> Standing:
    """What a parent can be told of whoever reads what they wrote."""
    therapist, now = parent.family.therapist.name, s.clock.now()
    zone = await chat_zone(tx, s, parent.chat_id, parent.family.country)
    elsewhere = clocks_differ(reader.next_at, zone, reader.zone)
    at_work = AtWork(reader.person.name, reader.next_at, now, zone, elsewhere)
    if reader.back_on is None:
        return Standing(therapist, reader.is_reached, when=when_text(at_work, s.phrases))
    if reader.covers:
        when = when_covered(therapist, reader.back_on, at_work, s.phrases)
        return Standing(therapist, reader.is_reached, reader.person.name, when)
    when = when_away(at_work, reader.back_on, s.phrases)
    return Standing(therapist, reader.is_reached, when=when, waits=True)


async def back_from_leave(tx: Tx, family: Family, now: datetime) -> date | None:
    """The first day on which a therapist who is on leave is at work again; None: they are now."""
    duty = await the_duty(tx)
    back_at = duty.back_at(family.therapist.id, now)
    return None if back_at is None else back_at.astimezone(duty.zone).date()
