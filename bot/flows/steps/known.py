"""What a parent may be told of who has their message: no more than is known, and is theirs."""

from bot.core.expecting import AtWork, clocks_differ, therapist_text
from bot.core.flags import Flag
from bot.core.holding import POINTS, Known, told_so_far
from bot.flows.services import Services
from bot.flows.steps.clocks import chat_zone
from bot.storage import alerts
from bot.storage.database import Tx
from bot.storage.duty import the_duty
from bot.storage.holds import Hearer
from bot.storage.people import all_staff


async def what_is_known(tx: Tx, s: Services, flag: Flag, whose: Hearer) -> Known:
    """What is known of a flag now, for one parent who raised or joined it."""
    therapist = flag.therapist
    may_have_it = await alerts.told_and_not_refused(tx, flag.id)
    is_told = therapist is not None and therapist.id in may_have_it
    waited = s.clock.now() - await alerts.waiting_since(tx, flag, since=whose.since)
    told = await _told(tx, s, flag, whose) if flag.is_waiting else ""
    hopes = is_told and not told
    return Known(
        reached=bool(may_have_it),
        sent_to=therapist.name if therapist and is_told else None,
        seen_by=await alerts.first_reader(tx, flag.id, since=whose.since),
        has_taken=flag.holder is None or await alerts.taken_since(tx, flag.id, whose.since),
        told=told,
        has_waited_long=waited >= POINTS[0],
        when=await _when(tx, s, flag, whose, hopes=hopes) if flag.is_waiting else "",
    )


async def _when(tx: Tx, s: Services, flag: Flag, whose: Hearer, *, hopes: bool) -> str:
    """When the family's therapist is at work; that they are now only where they may yet answer."""
    therapist, now = flag.therapist, s.clock.now()
    if therapist is None:
        return ""
    duty = await the_duty(tx)
    back_at, next_at = duty.back_at(therapist.id, now), duty.next_at_work(therapist.id, now)
    if next_at == now and not hopes:
        return ""
    zone = await chat_zone(tx, s, whose.chat_id, flag.country)
    there = duty.zone_of(therapist.id)
    at_work = AtWork(therapist.name, next_at, now, zone, clocks_differ(next_at, zone, there))
    back_on = None if back_at is None else back_at.astimezone(duty.zone).date()
    return therapist_text(at_work, back_on, s.phrases)


async def _told(tx: Tx, s: Services, flag: Flag, whose: Hearer) -> str:
    """Who was told and when, by the parent's clock."""
    people = {one.id: one for one in await all_staff(tx)}
    found = await alerts.accepted_alerts(tx, flag.id, since=whose.since)
    known = [(people[one.staff_id], one.at) for one in found if one.staff_id in people]
    zone = await chat_zone(tx, s, whose.chat_id, flag.country)
    return told_so_far(known, flag.therapist, zone, s.phrases)
