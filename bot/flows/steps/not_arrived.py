"""Telegram refused what was for a family: whoever wrote it, or has their flag, hears that."""

import re

from bot.core.deliveries import Delivery, Send
from bot.core.flags import Flag
from bot.core.people import Parent, Staff
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.taking import tell
from bot.storage import flags
from bot.storage.database import Tx
from bot.storage.deliveries import owe, state_of
from bot.storage.people import who_is
from bot.storage.reachability import REFUSALS

_TAKEN = re.compile(r"flag:(?P<flag>\d+):taken:(?P<number>\d+):-?\d+")


async def note_family_refused(tx: Tx, s: Services, delivery: Delivery, why: str) -> None:
    """If staff wrote it, or it told of who has a flag: say to them that it has not arrived."""
    taken = _TAKEN.fullmatch(delivery.key)
    if delivery.passes_on is not None:
        await _words_refused(tx, s, delivery, delivery.passes_on, why)
    elif taken is not None and why in REFUSALS:
        await _news_refused(tx, s, delivery, int(taken["flag"]), int(taken["number"]))


async def _words_refused(tx: Tx, s: Services, delivery: Delivery, message: str, why: str) -> None:
    """A new message under their own words, on the way that brought *On its way*: after that."""
    chat, _, number = message.partition(":")
    sender = await who_is(tx, int(chat), "")
    key = f"{delivery.key.rpartition(':')[0]}:lost"
    if not isinstance(sender, Staff) or await state_of(tx, key) is not None:
        return
    flag = await _flag_of(tx, delivery)
    if flag is not None:
        now = s.clock.now()
        await flags.add_event(tx, flag.id, "not_arrived", now, staff_id=sender.id)
    who = await _whom(tx, s, delivery.chat_id, flag)
    if why not in REFUSALS:
        text = s.phrases.say("questions.not_taken", who=who)
    elif flag is not None:
        emergency = s.directory.of(flag.country).emergency
        text = s.phrases.say("flags.not_arrived", who=who, emergency=emergency)
    else:
        text = s.phrases.say("questions.not_arrived", who=who)
    send = Send(Reply(text), answers=int(number))
    told = Delivery(key, int(chat), send, delivery.lane, delivery.about, sender.id)
    await owe(tx, told, s.clock.now())


async def _news_refused(tx: Tx, s: Services, delivery: Delivery, flag_id: int, number: int) -> None:
    """Whoever took a flag counts on writing to the parent, before they have written a word."""
    flag = await flags.find_flag(tx, flag_id)
    if flag is None or not flag.is_open or flag.holder is None or flag.holder.chat_id is None:
        return
    who = await _whom(tx, s, delivery.chat_id, flag)
    emergency = s.directory.of(flag.country).emergency
    reply = Reply(s.phrases.say("flags.taken_not_told", who=who, emergency=emergency))
    await tell(tx, s, flag, flag.holder, f"untold:{number}:{delivery.chat_id}", reply)


async def _flag_of(tx: Tx, delivery: Delivery) -> Flag | None:
    kind, _, number = (delivery.about or "").partition(":")
    return await flags.find_flag(tx, int(number)) if kind == "flag" else None


async def _whom(tx: Tx, s: Services, chat_id: int, flag: Flag | None) -> str:
    """Whom it was for, as staff call them."""
    found = await who_is(tx, chat_id, "")
    if isinstance(found, Parent):
        name = found.name
        return s.phrases.say("questions.parent_of", alias=found.family.alias, parent=name)
    return flag.alias if flag is not None else s.phrases.say("questions.somebody_gone")
