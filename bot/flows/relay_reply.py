"""A member of staff writes: it goes to the family they mean, under their name."""

import re
from datetime import datetime

from bot.core.deliveries import Delivery, Lane, Send
from bot.core.flags import Flag
from bot.core.messages import Incoming, Media
from bot.core.people import Staff
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.aiming import aim_wanted, take_aim
from bot.flows.steps.changing import changed_aim_wanted, take_changed_aim
from bot.flows.steps.flagging import about as about_flag
from bot.flows.steps.relaying import parts_for, relay
from bot.storage import flags
from bot.storage.database import Tx
from bot.storage.deliveries import key_of, owe, what_about
from bot.storage.holds import add_note, awaited_notes
from bot.storage.inbox import claim_update
from bot.storage.messages import number_of, stored_message
from bot.storage.people import family, parents_of
from bot.storage.practice_plans import find_plan, set_note
from bot.storage.practices import find_practice
from bot.storage.questions import find_question, mark_answered

_RELAYED = re.compile(r"flag:\d+:(?:relay|media):(?P<message>\d+):\d+(:\d+)?")


async def relay_reply(s: Services, sender: Staff, incoming: Incoming) -> str:
    """Pass on what staff wrote; returns a short word for what was done with it."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, incoming.update_id, "relay", s.clock.now()):
            return "seen"
        aim = await aim_wanted(tx, sender, incoming, s.clock.now())
        if aim is not None:
            return await take_aim(tx, s, sender, incoming, aim)
        plan_id = await changed_aim_wanted(tx, s, sender, incoming)
        if plan_id is not None:
            return await take_changed_aim(tx, s, sender, incoming, plan_id)
        about = await _about(tx, sender, incoming, s.clock.now())
        kind, _, number = about.partition(":")
        if kind == "flag":
            return await _to_flag(tx, s, sender, incoming, int(number))
        if kind in ("plan", "practice"):
            return await _to_family(tx, s, sender, incoming, kind, int(number))
        if kind == "note":
            return await _to_note(tx, s, sender, incoming, int(number))
        if kind == "question":
            return await _to_question(tx, s, sender, incoming, int(number))
        await _say(tx, s, incoming, s.phrases.say("general.reply_to_which"))
        return "unclear"


async def _about(tx: Tx, sender: Staff, incoming: Incoming, now: datetime) -> str:
    """What they answered; without a reply, the one flag they hold, or else the one note awaited."""
    if incoming.reply_to is not None:
        found = await what_about(tx, incoming.chat_id, incoming.reply_to)
        if found:
            return found
    held = [f"flag:{one.id}" for one in await flags.held_flags(tx, sender)]
    meant = held or [f"note:{one}" for one in await awaited_notes(tx, sender, now)]
    return meant[0] if len(meant) == 1 else ""


async def _to_flag(tx: Tx, s: Services, sender: Staff, incoming: Incoming, flag_id: int) -> str:
    flag = await flags.flag(tx, flag_id)
    if flag.holder is None or flag.holder.id != sender.id:
        phrase = "flags.take_first" if flag.holder is None else "flags.somebody_has_it"
        name = flag.holder.name if flag.holder else ""
        await _say(tx, s, incoming, s.phrases.say(phrase, name=name))
        return "not_theirs"
    chat_id = await _writer(tx, flag, incoming)
    parts = parts_for(s, sender, incoming)
    await relay(tx, s, incoming, chat_id, parts, Lane.FLAG, about_flag(flag))
    await flags.add_event(tx, flag.id, "replied", s.clock.now(), staff_id=sender.id)
    await _say(tx, s, incoming, _sent(s, incoming, flag.alias), Lane.FLAG)
    return "relayed"


async def _writer(tx: Tx, flag: Flag, incoming: Incoming) -> int:
    """The parent whose message was replied to; else the one whose message raised the flag."""
    key = await key_of(tx, incoming.chat_id, incoming.reply_to) if incoming.reply_to else None
    found = _RELAYED.fullmatch(key or "")
    if found is None:
        return flag.chat_id
    return (await stored_message(tx, int(found["message"]))).chat_id


async def _to_note(tx: Tx, s: Services, sender: Staff, incoming: Incoming, flag_id: int) -> str:
    flag = await flags.flag(tx, flag_id)
    if flag.holder is None or flag.holder.id != sender.id:
        await _say(tx, s, incoming, s.phrases.say("flags.not_holder"))
        return "not_theirs"
    if not incoming.text.strip():
        await _say(tx, s, incoming, s.phrases.say("flags.note_words_only"))
        return "unclear"
    now = s.clock.now()
    await add_note(tx, flag.id, sender, incoming.text, now)
    await flags.add_event(tx, flag.id, "noted", now, staff_id=sender.id)
    await _say(tx, s, incoming, s.phrases.say("flags.note_kept", alias=flag.alias))
    return "noted"


async def _to_question(
    tx: Tx, s: Services, sender: Staff, incoming: Incoming, question_id: int
) -> str:
    question = await find_question(tx, question_id)
    assert question is not None, "the delivery they replied to names it"
    under = await number_of(tx, question.message_id)
    parts = parts_for(s, sender, incoming, under)
    await relay(tx, s, incoming, question.chat_id, parts, about=f"question:{question.id}")
    await mark_answered(tx, question.id, sender, s.clock.now())
    alias = (await family(tx, question.family_id)).alias
    await _say(tx, s, incoming, _sent(s, incoming, alias))
    return "answered"


async def _to_family(
    tx: Tx, s: Services, sender: Staff, incoming: Incoming, kind: str, number: int
) -> str:
    """Under a plan: to every parent of the family. Under a hard day: to whoever said so."""
    practice = await find_practice(tx, number) if kind == "practice" else None
    plan = await find_plan(tx, practice.plan_id if practice else number)
    assert plan is not None, "the delivery they replied to names it"
    theirs = await family(tx, plan.family_id)
    every = await parents_of(tx, theirs)
    meant = [one for one in every if practice is None or one.id == practice.parent_id]
    for parent in meant:
        await relay(tx, s, incoming, parent.chat_id, parts_for(s, sender, incoming))
    if kind == "plan" and incoming.text:
        await set_note(tx, plan.id, incoming.text)
    nobody = s.phrases.say("questions.sent_nobody", alias=theirs.alias)
    await _say(tx, s, incoming, _sent(s, incoming, theirs.alias) if meant else nobody)
    return "relayed"


def _sent(s: Services, incoming: Incoming, alias: str) -> str:
    """What is known: it is owed. If Telegram refuses it, that is said (steps/not_arrived)."""
    copied = isinstance(incoming.content, Media)
    return s.phrases.say("questions.copied_back" if copied else "questions.sent_back", alias=alias)


async def _say(tx: Tx, s: Services, incoming: Incoming, text: str, lane: Lane = Lane.REPLY) -> None:
    key = f"staff:{incoming.update_id}"
    await owe(tx, Delivery(key, incoming.chat_id, Send(Reply(text)), lane), s.clock.now())
