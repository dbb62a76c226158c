"""What keeps failing goes to a person, whoever sent it is told, and the chat goes on."""

from dataclasses import replace

import structlog

from bot.core.alerts import Again
from bot.core.checks import CheckAnswer
from bot.core.messages import Command, Incoming, Press, Words
from bot.core.people import Parent, Staff, Stranger
from bot.core.replies import Reply
from bot.core.triage import Category, Route
from bot.flows.services import Services
from bot.flows.steps.alarming import alarm_clinic
from bot.flows.steps.answering import say
from bot.flows.steps.raising import raise_or_join
from bot.storage.database import Tx
from bot.storage.flags import find_flag, held_flags
from bot.storage.inbox import claim_update
from bot.storage.messages import add_message
from bot.storage.people import who_is

log = structlog.get_logger(__name__)
UNDER_A_FLAG = frozenset(
    {"take", "show", "noturgent", "dismiss", "pass", "passto", "onit", "nonote", "close"}
)


async def give_up_on_update(s: Services, incoming: Incoming) -> str:
    """Hand over what could not be handled; returns what a pressed button says back.

    What a family wrote, or answered to the safety check, is a flag with the reason `triage_failed`,
    or joins the one that is open, and rings. A button that failed is told to whoever pressed it;
    the clinic is alarmed if it was one of a flag.
    """
    async with s.database.transaction() as tx:
        if not await claim_update(tx, incoming.update_id, "failed", s.clock.now()):
            return ""
        log.error("gave up on an update", update=incoming.update_id)
        match await who_is(tx, incoming.chat_id, incoming.sender_name):
            case Staff() as member:
                return await _staffs(tx, s, member, incoming)
            case (Parent() | Stranger()) as who:
                return await _familys(tx, s, who, incoming)


async def _familys(tx: Tx, s: Services, who: Parent | Stranger, incoming: Incoming) -> str:
    if isinstance(incoming.content, Press) and incoming.content.action != "check":
        return await _say_failed(tx, s, incoming, "general.press_failed")
    parent = who if isinstance(who, Parent) else None
    said = _as_words(s, incoming)
    family_id = parent.family.id if parent else None
    message_id = await add_message(tx, said, family_id, None, Route.URGENT)
    await raise_or_join(
        tx,
        s,
        chat_id=incoming.chat_id,
        parent=parent,
        category=Category.OTHER_DANGER,
        reason="triage_failed",
        message_id=message_id,
        asks=Again.UNREAD,
    )
    return ""


def _as_words(s: Services, incoming: Incoming) -> Incoming:
    """An answer to the safety check reads as the button that was pressed, a command as typed."""
    if isinstance(incoming.content, Command):
        typed = f"/{incoming.content.name} {incoming.content.argument}".rstrip()
        return replace(incoming, content=Words(typed))
    if not isinstance(incoming.content, Press):
        return incoming
    answer = incoming.content.argument.partition(".")[2]
    known = answer in list(CheckAnswer)
    label = s.phrases.say(f"checks.{answer}_button") if known else incoming.content.argument
    return replace(incoming, content=Words(label))


async def _staffs(tx: Tx, s: Services, member: Staff, incoming: Incoming) -> str:
    if not isinstance(incoming.content, Press):
        for flag in await held_flags(tx, member):
            sentence = s.phrases.say("alarms.reply_failed", name=member.name, alias=flag.alias)
            await _alarm(tx, s, incoming, sentence)
        return await _say_failed(tx, s, incoming, "general.message_failed")
    first = incoming.content.argument.partition(".")[0]
    if incoming.content.action in UNDER_A_FLAG and first.isdecimal():
        pressed = await find_flag(tx, int(first))
        if pressed is not None:
            sentence = s.phrases.say("alarms.press_failed", name=member.name, alias=pressed.alias)
            await _alarm(tx, s, incoming, sentence)
            return await _say_failed(tx, s, incoming, "general.press_failed_flag", pressed.alias)
    return await _say_failed(tx, s, incoming, "general.press_failed")


async def _alarm(tx: Tx, s: Services, incoming: Incoming, sentence: str) -> None:
    await alarm_clinic(tx, s, "handling_failed", f"update:{incoming.update_id}:failed", sentence)


async def _say_failed(tx: Tx, s: Services, incoming: Incoming, phrase: str, alias: str = "") -> str:
    reply = Reply(s.phrases.say(phrase, alias=alias))
    await say(tx, s, incoming.chat_id, f"failed:{incoming.update_id}", reply)
    return s.phrases.say("general.press_failed_toast")
