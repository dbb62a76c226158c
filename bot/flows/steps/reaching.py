"""The second channel: whoever Telegram does not reach is told by e-mail, text message or pager."""

from bot.adapters.queue import FLAGS, URGENT
from bot.core.alerts import category_text
from bot.core.flags import Flag
from bot.core.notices import NOT_AGAIN_FOR, PATIENCE, Notice, Why, stands_on, text_of, title_of
from bot.core.people import Staff
from bot.flows.services import Services
from bot.flows.steps.alarming import alarm_clinic
from bot.flows.steps.clocks import clinic_zone
from bot.storage.alerts import alerted_staff
from bot.storage.contacts import contacts_of
from bot.storage.database import Tx
from bot.storage.flags import add_event
from bot.storage.notices import owe_notice, told_since
from bot.storage.people import all_staff, staff_member

WATCH_ALERT = "watch_alert"


async def back_up(tx: Tx, s: Services, flag: Flag, rung: int, person: Staff) -> None:
    """Beside an alert: look in a minute whether Telegram has it; from the clinic's rung on, and
    for everybody who was told before, use the second channel at once."""
    at = s.clock.now() + PATIENCE
    ids = {"flag_id": flag.id, "rung": rung, "staff_id": person.id}
    await tx.defer(WATCH_ALERT, lock=None, queue=FLAGS, priority=URGENT, at=at, **ids)
    if rung >= s.second_channel_rung:
        told = await alerted_staff(tx, flag.id) | {person.id}
        for staff_id in sorted(told):
            await reach_otherwise(tx, s, flag, rung, staff_id, Why.NOBODY_TOOK_IT)


async def reach_otherwise(
    tx: Tx, s: Services, flag: Flag, rung: int, staff_id: int, why: Why
) -> bool:
    """Owe a flag's notice to every address of one person; False if they have none."""
    addresses = await contacts_of(tx, staff_id)
    now = s.clock.now()
    zone = await clinic_zone(tx, s)
    title, text = title_of(flag, s.phrases), text_of(flag, s.phrases, why, zone, _link(s))
    for one in addresses:
        if await told_since(tx, flag.id, one.id, now - NOT_AGAIN_FOR):
            continue
        key = f"flag:{flag.id}:second:{rung}:{one.id}"
        notice = Notice(key, title, text, contact_id=one.id, flag_id=flag.id, staff_id=staff_id)
        if await owe_notice(tx, notice, now):
            await add_event(tx, flag.id, f"second_channel:{why}", now, rung=rung, staff_id=staff_id)
    return bool(addresses)


async def reach_or_alarm(tx: Tx, s: Services, flag: Flag, rung: int, staff_id: int) -> None:
    """Telegram has not accepted an alert in time: the second channel, or else the clinic."""
    if await reach_otherwise(tx, s, flag, rung, staff_id, Why.NOT_ACCEPTED):
        return
    await add_event(tx, flag.id, "no_second_channel", s.clock.now(), rung=rung, staff_id=staff_id)
    member = await staff_member(tx, staff_id)
    sentence = s.phrases.say(
        "second_channel.no_contact",
        alias=flag.alias,
        category=category_text(flag, s.phrases),
        name=member.name if member else "-",
    )
    await alarm_clinic(tx, s, "alert_not_accepted", f"flag:{flag.id}:not_accepted", sentence)


async def reach_unlinked(tx: Tx, s: Services, flag: Flag, rung: int) -> None:
    """Whoever stands on a rung without being linked to Telegram hears of it otherwise."""
    for person in await all_staff(tx):
        is_own = flag.therapist is not None and person.id == flag.therapist.id
        if not person.is_linked and stands_on(rung, person.role, is_own=is_own):
            await reach_otherwise(tx, s, flag, rung, person.id, Why.NOT_LINKED)


def _link(s: Services) -> str:
    username = s.bot_username()
    return s.phrases.say("second_channel.bot_link", username=username) if username else ""
