"""Raising a flag, climbing its ladder, and keeping each parent's holding message true."""

from dataclasses import replace

import structlog

from bot.core.alerts import alert, category_text, with_console
from bot.core.audit import Act
from bot.core.deliveries import Delivery, Edit, Lane, Send
from bot.core.flags import Flag
from bot.core.holding import holding_reply
from bot.core.ladder import FIRST_RUNG, Climb, climb, on_rung
from bot.core.people import Parent, Staff
from bot.core.replies import Reply
from bot.core.triage import Category
from bot.flows.services import Services
from bot.flows.steps.alarming import alarm_clinic
from bot.flows.steps.clocks import clinic_zone
from bot.flows.steps.known import what_is_known
from bot.flows.steps.reaching import back_up, reach_unlinked
from bot.storage import alerts, flags, messages
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.duty import the_duty
from bot.storage.holds import WATCH_UNCLOSED, Hearer, hearers_of
from bot.storage.people import all_staff, clinic_country

log = structlog.get_logger(__name__)
UNENROLLED = "someone who is not enrolled"


def about(flag: Flag) -> str:
    """How a delivery names the flag that it belongs to."""
    return f"flag:{flag.id}"


def holding_key(flag: Flag, chat_id: int) -> str:
    """The key of a parent's holding message."""
    own = f"flag:{flag.id}:holding"
    return own if chat_id == flag.chat_id else f"{own}:{chat_id}"


async def raise_flag(
    tx: Tx,
    s: Services,
    *,
    chat_id: int,
    parent: Parent | None,
    category: Category,
    reason: str,
    message_id: int | None,
) -> Flag:
    """Write a flag down, tell the first rung, and owe the parent the holding message."""
    new = flags.NewFlag(
        chat_id=chat_id,
        parent=parent,
        alias=parent.family.alias if parent else UNENROLLED,
        country=parent.family.country if parent else await clinic_country(tx),
        category=category,
        reason=reason,
        message_id=message_id,
    )
    flag = await flags.add_flag(tx, new, s.clock.now())
    reached = (await climb_rungs(tx, s, flag)).reaches_somebody
    await hold(tx, s, flag, Hearer(chat_id, category, reason))
    await watch_unclosed_in(tx, s, flag.id, 1)
    log.info("flag raised", flag=flag.id, category=category, reason=reason, reached=reached)
    return flag


async def climb_rungs(
    tx: Tx, s: Services, flag: Flag, *, hurry: bool = False, woken: bool = False
) -> Climb:
    """Climb every rung that is due; tell its people, note those that reach nobody, set the next.

    A flag that somebody has is left alone.
    """
    now = s.clock.now()
    done = climb(
        s.ladder,
        state=flag.state,
        next_rung=flag.next_rung,
        raised_at=flag.raised_at,
        now=now,
        therapist=flag.therapist,
        staff=await all_staff(tx),
        duty=await the_duty(tx),
        hurry=hurry,
        woken=woken,
    )
    if not done.goes_on:
        return done
    for rung in done.skipped:
        await flags.add_event(tx, flag.id, "reached_nobody", now, rung=rung)
    newest = {person.id: rung for rung, people in done.told for person in people}
    for rung, people in done.told:
        for person in people:
            await flags.add_event(tx, flag.id, "told", now, rung=rung, staff_id=person.id)
            if newest[person.id] == rung:  # after downtime: every rung, but one alert a person
                await _tell(tx, s, flag, rung, person)
    for rung in sorted([*done.skipped, *(rung for rung, _ in done.told)]):
        await reach_unlinked(tx, s, flag, rung)
    await flags.set_next_rung(tx, flag.id, done.next_rung)
    await flags.schedule_climb(tx, flag, done.next_rung, s.ladder, now)
    if not done.reaches_somebody and done.skipped:
        await alarm_nobody(tx, s, flag, done.next_rung)
    return done


async def tell_new_therapist(tx: Tx, s: Services, flag: Flag) -> None:
    """A waiting flag has another therapist: they, or whoever covers for them, are told at once."""
    now, rung = s.clock.now(), max(flag.next_rung - 1, FIRST_RUNG)
    roster, told = (await the_duty(tx)).roster(now), await alerts.alerted_staff(tx, flag.id)
    for person in on_rung(FIRST_RUNG, flag.therapist, await all_staff(tx), roster):
        if person.id not in told:
            await flags.add_event(tx, flag.id, "told", now, rung=rung, staff_id=person.id)
            await _tell(tx, s, flag, rung, person)


async def watch_unclosed_in(tx: Tx, s: Services, flag_id: int, times: int) -> None:
    """Look in a day whether a flag is still open; `times` counts the days."""
    at = s.clock.now() + s.unclosed_after
    await tx.defer(WATCH_UNCLOSED, lock=None, at=at, flag_id=flag_id, times=times)


async def alarm_nobody(tx: Tx, s: Services, flag: Flag, rung: int) -> None:
    """No rung up to this one reaches anybody: the clinic hears it, at every round anew."""
    log.error("a flag reaches nobody", flag=flag.id, rung=rung)
    category = category_text(flag, s.phrases)
    sentence = s.phrases.say("alarms.nobody_reached", alias=flag.alias, category=category)
    await alarm_clinic(tx, s, "nobody_reached", f"flag:{flag.id}:nobody:{rung}", sentence)


async def _tell(tx: Tx, s: Services, flag: Flag, rung: int, person: Staff) -> None:
    assert person.chat_id is not None, "only linked staff stand on a rung"
    now = s.clock.now()
    words = await words_for(tx, s, flag, person, flag.message_id)
    reply = alert(flag, s.phrases, now, await clinic_zone(tx, s), words)
    send = Send(with_console(reply, flag, s.phrases, s.console_url))
    key = f"flag:{flag.id}:rung:{rung}:{person.id}"
    await owe(tx, Delivery(key, person.chat_id, send, Lane.FLAG, about(flag), person.id), now)
    await back_up(tx, s, flag, rung, person)


async def words_for(
    tx: Tx, s: Services, flag: Flag, person: Staff, message_id: int | None
) -> str | None:
    """A parent's words, where the clinic wants them in the alert; who is sent them is noted."""
    if not s.alert_shows_words or message_id is None:
        return None
    now = s.clock.now()
    await flags.add_event(tx, flag.id, "words_sent", now, staff_id=person.id, message_id=message_id)
    tx.note(Act.WORDS_SHOWN, *flag.ids, by=person, how="alert")
    return (await messages.stored_message(tx, message_id)).text


async def hold(tx: Tx, s: Services, flag: Flag, whose: Hearer) -> None:
    """Owe a parent the holding message, about what they themselves wrote."""
    reply = await _holding(tx, s, flag, whose)
    key = holding_key(flag, whose.chat_id)
    delivery = Delivery(key, whose.chat_id, Send(reply), Lane.FLAG, about(flag))
    await owe(tx, delivery, s.clock.now())


async def update_holding(tx: Tx, s: Services, flag: Flag, *, known: str) -> None:
    """Bring the holding message of each parent who has one up to what is known now."""
    for whose in await hearers_of(tx, flag):
        of = holding_key(flag, whose.chat_id)
        edit = Edit(of, await _holding(tx, s, flag, whose))
        delivery = Delivery(f"{of}:{known}", whose.chat_id, edit, Lane.FLAG, about(flag))
        await owe(tx, delivery, s.clock.now())


async def _holding(tx: Tx, s: Services, flag: Flag, whose: Hearer) -> Reply:
    known = await what_is_known(tx, s, flag, whose)
    return holding_reply(told_to(flag, whose), s.directory, s.phrases, known)


def told_to(flag: Flag, whose: Hearer) -> Flag:
    """A flag as one parent hears of it: by the danger in their own words."""
    return replace(flag, category=whose.category, reason=whose.reason)
