"""Giving a flag to somebody, and everybody who has to know of it."""

from bot.core.alerts import alert_closed, alert_taken, taken_by_you, with_console
from bot.core.audit import Act
from bot.core.deliveries import Delivery, Edit, Lane, Send
from bot.core.flags import Flag, Outcome
from bot.core.people import Role, Staff
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.conversation import owe_media
from bot.flows.steps.flagging import about, update_holding
from bot.storage import alerts, flags, holds
from bot.storage.database import Tx
from bot.storage.deliveries import deliveries_about, owe
from bot.storage.inbox import claim_update
from bot.storage.people import all_staff

SEES_ALL = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
CHANGES = (":rung:", ":again:", ":hold:", ":unread:")
ENDS = (*CHANGES, ":ask:", ":pass:")


async def locked(tx: Tx, s: Services, flag_id: int, update_id: int, what: str) -> Flag | None:
    """The flag that a button belongs to, locked; None if the press was handled before."""
    if not await claim_update(tx, update_id, f"flag_{what}", s.clock.now()):
        return None
    return await flags.find_flag(tx, flag_id, lock=True)


async def may_see(tx: Tx, flag: Flag, by: Staff) -> bool:
    """Whether a flag is somebody's business: it was sent to them, or they answer for all."""
    return by.role in SEES_ALL or by.id in await alerts.alerted_staff(tx, flag.id)


async def give(tx: Tx, s: Services, flag: Flag, to: Staff) -> Flag:
    """Somebody has a flag from now on: family, colleagues and they themselves are told."""
    now = s.clock.now()
    await holds.mark_acknowledged(tx, flag.id, to)
    number = await flags.add_event(tx, flag.id, "acknowledged", now, staff_id=to.id)
    taken = await flags.flag(tx, flag.id)
    await _tell_family(tx, s, taken, to, number)
    held = await flags.held_flags(tx, to)
    reply = _yours(s, taken, is_only=len(held) == 1)
    await tell(tx, s, taken, to, f"hold:{number}", reply)
    follow = s.phrases.say("flags.media_follow", alias=taken.alias)
    if await owe_media(tx, s, taken, to, heading=follow):
        await flags.add_event(tx, flag.id, "media_sent", now, staff_id=to.id)
        tx.note(Act.WORDS_SHOWN, *flag.ids, by=to, how="taking it", detail="media")
    for person in (to, flag.holder) if flag.holder else (to,):
        await keep_promises(tx, s, person, number)
    await _change_alerts(tx, s, taken, to, number)
    await _tell_others(tx, s, taken, to, number)
    await watch(tx, s, flag.id, number)
    return taken


async def keep_promises(tx: Tx, s: Services, holder: Staff, number: int) -> None:
    """Let what stands above say where plain words go now: to the one flag they hold, or nowhere.

    `number` is the line of a history that changed what they hold.
    """
    held = await flags.held_flags(tx, holder)
    for flag in held:
        hold = await holds.hold_of(tx, flag.id)
        if hold is None or holder.chat_id is None or hold.number == number:
            continue
        of = f"flag:{flag.id}:hold:{hold.number}"
        edit = Edit(of, _yours(s, flag, is_only=len(held) == 1))
        await owe(
            tx, Delivery(f"{of}:now:{number}", holder.chat_id, edit, Lane.FLAG), s.clock.now()
        )


def _yours(s: Services, flag: Flag, *, is_only: bool) -> Reply:
    reply = taken_by_you(flag, s.phrases, is_only=is_only)
    return with_console(reply, flag, s.phrases, s.console_url)


async def watch(tx: Tx, s: Services, flag_id: int, number: int) -> None:
    """Look, before the holder's time is over, whether anything has followed."""
    at = s.clock.now() + s.holder_patience * 2 / 3
    await tx.defer(holds.WATCH_HOLDER, lock=None, at=at, flag_id=flag_id, hold=number)


async def tell(
    tx: Tx, s: Services, flag: Flag, person: Staff, part: str, reply: Reply, *, of: str = ""
) -> None:
    """Owe a member of staff a message about a flag; `of` is what a reply to it belongs to."""
    assert person.chat_id is not None, "they are linked, or pressed a button in their chat"
    key = f"flag:{flag.id}:{part}"
    what = of or about(flag)
    delivery = Delivery(key, person.chat_id, Send(reply), Lane.FLAG, what, person.id)
    await owe(tx, delivery, s.clock.now())


async def tell_writers(tx: Tx, s: Services, flag: Flag, part: str, text: str) -> None:
    """Owe a message to each parent who raised this flag or joined it, and to no other."""
    for one in await holds.hearers_of(tx, flag):
        key = f"flag:{flag.id}:{part}:{one.chat_id}"
        await owe(tx, Delivery(key, one.chat_id, Send(Reply(text)), Lane.FLAG), s.clock.now())


async def _tell_family(tx: Tx, s: Services, flag: Flag, by: Staff, number: int) -> None:
    await update_holding(tx, s, flag, known=f"taken:{number}")
    news = s.phrases.say("holding.taken_news", name=by.name)
    await tell_writers(tx, s, flag, f"taken:{number}", news)


async def _change_alerts(tx: Tx, s: Services, flag: Flag, by: Staff, number: int) -> None:
    """Everybody who was alerted sees who has it now, where the alert stood."""
    for old in await _standing(tx, flag, CHANGES):
        if old.key != f"flag:{flag.id}:hold:{number}":
            reply = alert_taken(flag, by, s.phrases, is_theirs=old.chat_id == by.chat_id)
            edit = Delivery(
                f"{old.key}:taken:{number}", old.chat_id, Edit(old.key, reply), Lane.FLAG
            )
            await owe(tx, edit, s.clock.now())


async def close_alerts(tx: Tx, s: Services, flag: Flag, outcome: Outcome) -> None:
    """Nothing about a flag that has ended keeps a button."""
    reply = alert_closed(flag, outcome, s.phrases)
    for old in await _standing(tx, flag, ENDS):
        edit = Delivery(f"{old.key}:closed", old.chat_id, Edit(old.key, reply), Lane.FLAG)
        await owe(tx, edit, s.clock.now())


async def _standing(tx: Tx, flag: Flag, kinds: tuple[str, ...]) -> list[Delivery]:
    """The messages about a flag that are of these kinds, to staff who work here still."""
    here = {one.id for one in await all_staff(tx)}
    owed = [one.delivery for one in await deliveries_about(tx, about(flag))]
    of_staff = (one for one in owed if one.staff_id in here)
    of_kind = (one for one in of_staff if any(kind in one.key for kind in kinds))
    return [one for one in of_kind if isinstance(one.what, Send)]


async def _tell_others(tx: Tx, s: Services, flag: Flag, by: Staff, number: int) -> None:
    """An edit rings nobody: whoever was alerted is told as well, without a sound."""
    alerted = await alerts.alerted_staff(tx, flag.id)
    text = s.phrases.say("flags.taken_news", name=by.name, alias=flag.alias)
    for person in await all_staff(tx):
        if person.id in alerted and person.id != by.id and person.chat_id is not None:
            key = f"flag:{flag.id}:news:{number}:{person.id}"
            send = Send(Reply(text), is_quiet=True)
            delivery = Delivery(key, person.chat_id, send, Lane.FLAG, about(flag), person.id)
            await owe(tx, delivery, s.clock.now())
