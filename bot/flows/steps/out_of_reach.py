"""What Telegram said about an alert, and what follows when somebody cannot be written to any more.

An alert that was accepted counts only as long as whoever has it can be reached: a waiting flag
climbs on without them, and a flag that they hold goes back to everybody.
"""

import re

from bot.core.alerts import Again, category_text, not_asked
from bot.core.deliveries import SUPERSEDED, Delivery, Edit, Lane, Owed
from bot.core.flags import Flag
from bot.core.notices import Why
from bot.core.people import Staff
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.alarming import alarm_clinic
from bot.flows.steps.flagging import about, alarm_nobody, climb_rungs, update_holding
from bot.flows.steps.not_arrived import note_family_refused
from bot.flows.steps.not_passed_on import note_hard_day_refused, note_question_refused
from bot.flows.steps.reaching import reach_otherwise
from bot.flows.steps.ringing import ring_again
from bot.flows.steps.taking import tell, tell_writers
from bot.storage import alerts, flags, holds
from bot.storage.database import Tx
from bot.storage.deliveries import has_newer_alert, owe, state_of
from bot.storage.messages import stored_message
from bot.storage.people import staff_member
from bot.storage.reachability import REFUSALS

_ALERT = re.compile(r"flag:(?P<flag>\d+):rung:(?P<rung>\d+):\d+")
_OFFER = re.compile(r"flag:(?P<flag>\d+):again:offer:(?P<number>\d+)")
_RELAYED = re.compile(r"flag:(?P<flag>\d+):(?:relay|media):(?P<message>\d+):.*")


def alerted_flag(delivery: Delivery) -> int | None:
    """The flag that a delivery is an alert of, if it is one: `flag:4:rung:…`."""
    found = _ALERT.fullmatch(delivery.key)
    return int(found["flag"]) if found else None


async def superseded(tx: Tx, owed: Owed) -> str | None:
    """Why an alert is not to be sent: a newer one of the same flag goes to the same person.

    After an hour without Telegram they read one alert that is true, not five of which four are old.
    """
    flag_id = alerted_flag(owed.delivery)
    if flag_id is None or not await has_newer_alert(tx, owed, flag_id):
        return None
    return SUPERSEDED


async def note_accepted(tx: Tx, s: Services, delivery: Delivery) -> None:
    """Telegram took an alert: the parent reads who was told. Noting it twice is noting it once."""
    found = _ALERT.fullmatch(delivery.key)
    if found is None:
        return
    flag_id, rung, staff_id = int(found["flag"]), int(found["rung"]), delivery.staff_id
    await flags.find_flag(tx, flag_id, lock=True)
    if await alerts.is_noted(tx, flag_id, "delivered", rung, staff_id):
        return
    await flags.add_event(tx, flag_id, "delivered", s.clock.now(), rung=rung, staff_id=staff_id)
    await flags.mark_delivered(tx, flag_id)
    flag = await flags.flag(tx, flag_id)
    if flag.is_waiting:
        await update_holding(tx, s, flag, known=f"delivered:{found['rung']}:{staff_id}")


async def note_refused(tx: Tx, s: Services, delivery: Delivery, why: str) -> None:
    """Telegram will never take something: whoever counts on it hears that."""
    alert, relayed = _ALERT.fullmatch(delivery.key), _RELAYED.fullmatch(delivery.key)
    offer = _OFFER.fullmatch(delivery.key)
    if delivery.staff_id is None:
        await note_family_refused(tx, s, delivery, why)
        return
    await note_question_refused(tx, s, delivery, why)
    await note_hard_day_refused(tx, s, delivery)
    if alert is not None and why == SUPERSEDED:
        place = {"rung": int(alert["rung"]), "staff_id": delivery.staff_id}
        await flags.add_event(tx, int(alert["flag"]), "superseded", s.clock.now(), **place)
    elif alert is not None:
        await _alert_refused(tx, s, int(alert["flag"]), int(alert["rung"]), delivery.staff_id)
    elif offer is not None:
        await _offer_refused(tx, s, int(offer["flag"]), int(offer["number"]), delivery.staff_id)
    elif relayed is not None and why in REFUSALS:
        flag = await flags.flag(tx, int(relayed["flag"]), lock=True)
        await _not_passed_on(tx, s, flag, int(relayed["message"]), delivery.staff_id)


async def note_out_of_reach(tx: Tx, s: Services, staff_id: int) -> None:
    """Somebody could be reached until now: no flag may go on counting on them."""
    for flag_id in await alerts.waiting_flags_of(tx, staff_id):
        flag = await flags.find_flag(tx, flag_id, lock=True)
        if flag is not None and flag.is_waiting:
            await _climb_without(tx, s, flag, staff_id)
    for held in await flags.held_by(tx, staff_id):
        flag = await flags.find_flag(tx, held.id, lock=True)
        if flag is not None and flag.is_open and flag.holder and flag.holder.id == staff_id:
            await _lose(tx, s, flag, flag.holder)


async def _alert_refused(tx: Tx, s: Services, flag_id: int, rung: int, staff_id: int) -> None:
    flag = await flags.find_flag(tx, flag_id, lock=True)
    if flag is None:
        return
    await flags.add_event(tx, flag_id, "not_delivered", s.clock.now(), staff_id=staff_id)
    if flag.is_waiting:
        await reach_otherwise(tx, s, flag, rung, staff_id, Why.CANNOT_BE_WRITTEN_TO)
        await _climb_without(tx, s, flag, staff_id)


async def _offer_refused(tx: Tx, s: Services, flag_id: int, number: int, staff_id: int) -> None:
    """A colleague was asked to take a flag and cannot be: whoever asked them has to know."""
    flag = await flags.flag(tx, flag_id, lock=True)
    await flags.add_event(tx, flag_id, "not_delivered", s.clock.now(), staff_id=staff_id)
    asked, by = flag.offered_to, flag.holder
    if flag.is_waiting:
        passed_by = await holds.who_passed(tx, flag_id, number)
        asked = await staff_member(tx, staff_id)
        by = await staff_member(tx, passed_by) if passed_by is not None else None
    if asked is None or asked.id != staff_id or by is None or by.chat_id is None:
        return
    await holds.mark_not_offered(tx, flag_id)
    await tell(tx, s, flag, by, f"pass:unasked:{number}", not_asked(flag, asked, s.phrases))


async def _climb_without(tx: Tx, s: Services, flag: Flag, staff_id: int) -> None:
    """Climb on at once if nobody else who was told can be reached; the parent reads the truth."""
    if await alerts.somebody_may_have_it(tx, flag.id):
        await update_holding(tx, s, flag, known=f"without:{flag.next_rung}:{staff_id}")
        return
    await flags.mark_undelivered(tx, flag.id)
    done = await climb_rungs(tx, s, flag, hurry=True)
    if not done.reaches_somebody:
        await alarm_nobody(tx, s, flag, done.next_rung)
    climbed = await flags.flag(tx, flag.id)
    known = "reaching" if done.reaches_somebody else "nobody"
    await update_holding(tx, s, climbed, known=f"{known}:{flag.next_rung}:{done.next_rung}")


async def _lose(tx: Tx, s: Services, flag: Flag, holder: Staff) -> None:
    """Whoever has a flag cannot be written to any more: everybody else is told at once."""
    await holds.mark_released(tx, flag.id)
    number = await flags.add_event(tx, flag.id, "lost", s.clock.now(), staff_id=holder.id)
    waiting = await flags.flag(tx, flag.id)
    rung = waiting.next_rung
    await reach_otherwise(tx, s, waiting, rung, holder.id, Why.CANNOT_BE_WRITTEN_TO)
    told_before = await alerts.alerted_staff(tx, flag.id)
    done = await climb_rungs(tx, s, waiting, woken=True)
    told_now = {person.id for _, people in done.told for person in people}
    others = told_before - told_now - {holder.id}
    await ring_again(tx, s, waiting, Again.LOST, f"lost:{number}", only=others, what=holder.name)
    await update_holding(tx, s, await flags.flag(tx, flag.id), known=f"lost:{number}")
    emergency = s.directory.of(flag.country).emergency
    news = s.phrases.say("holding.lost_news", name=holder.name, emergency=emergency)
    await tell_writers(tx, s, waiting, f"lost:{number}", news)
    sentence = s.phrases.say(
        "alarms.holder_lost",
        name=holder.name,
        alias=flag.alias,
        category=category_text(flag, s.phrases),
    )
    await alarm_clinic(tx, s, "holder_lost", f"flag:{flag.id}:lost:{number}", sentence)


async def _not_passed_on(tx: Tx, s: Services, flag: Flag, message: int, staff_id: int) -> None:
    """The parent has read that their words were passed on, and that has turned out untrue."""
    of = f"flag:{flag.id}:heard:{message}"
    if await state_of(tx, of) is None:
        return
    person, emergency = await staff_member(tx, staff_id), s.directory.of(flag.country).emergency
    name = person.name if person else s.phrases.say("holding.their_clinic")
    edit = Edit(of, Reply(s.phrases.say("holding.followup_lost", name=name, emergency=emergency)))
    chat_id = (await stored_message(tx, message)).chat_id
    delivery = Delivery(f"{of}:lost:{staff_id}", chat_id, edit, Lane.FLAG, about(flag))
    await owe(tx, delivery, s.clock.now())
