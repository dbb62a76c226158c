"""The safety check is answered after its time: a person has been told, and hears this too."""

from bot.core.alerts import Again
from bot.core.checks import CheckAnswer, CheckState
from bot.core.deliveries import Delivery, Lane, Send
from bot.core.flags import Flag
from bot.core.people import Parent
from bot.core.receiving import REASON_OF_CHECK
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.flagging import about
from bot.flows.steps.known import what_is_known
from bot.flows.steps.raising import raise_or_join
from bot.flows.steps.ringing import ring_again
from bot.storage.checks import Check
from bot.storage.conversation import LATE
from bot.storage.database import Tx
from bot.storage.deliveries import owe, state_of
from bot.storage.flags import add_event, find_flag, open_flag
from bot.storage.holds import hearers_of

_STATES = {
    CheckAnswer.YES: CheckState.ANSWERED_YES,
    CheckAnswer.UNSURE: CheckState.ANSWERED_UNSURE,
}


async def answer_late(
    tx: Tx, s: Services, check: Check, parent: Parent | None, answer: CheckAnswer
) -> str:
    """Say what has happened meanwhile, and tell whoever has the flag; what the button says back.

    It takes nothing back. What is not a plain *No* raises a flag where that one has ended.
    """
    if check.state is not CheckState.SILENT:
        return s.phrases.say("checks.already")
    key = f"check:{check.id}:late:{answer}"
    if await state_of(tx, key) is not None:
        return s.phrases.say("checks.late_again")
    there = await open_flag(tx, check.chat_id, parent.family.id if parent else None)
    flag = await find_flag(tx, there.id, lock=True) if there else None
    is_open = flag is not None and flag.is_open
    if not is_open and answer in _STATES:
        await raise_or_join(
            tx,
            s,
            chat_id=check.chat_id,
            parent=parent,
            category=check.category,
            reason=REASON_OF_CHECK[_STATES[answer]],
            message_id=check.message_id,
        )
        return ""
    pressed = s.phrases.say(f"checks.{answer}_button")
    if flag is not None and is_open:
        await _tell_staff(tx, s, flag, check, parent, answer, pressed)
    text = await _what_happened(tx, s, flag if is_open else None, check, pressed)
    send = Send(Reply(text))
    await owe(tx, Delivery(key, check.chat_id, send, Lane.FLAG), s.clock.now())
    return s.phrases.say("checks.late")


async def _tell_staff(
    tx: Tx,
    s: Services,
    flag: Flag,
    check: Check,
    parent: Parent | None,
    answer: CheckAnswer,
    pressed: str,
) -> None:
    """A *No* makes no sound: it calms nothing down by itself."""
    await add_event(tx, flag.id, f"{LATE}:{answer}", s.clock.now())
    part, is_quiet = f"late:{check.id}:{answer}", answer is CheckAnswer.NO
    if flag.holder is None:
        await ring_again(tx, s, flag, Again.LATE, part, what=pressed, is_quiet=is_quiet)
        return
    assert flag.holder.chat_id is not None, "they pressed a button in their chat"
    text = s.phrases.say(
        "flags.from_parent_late",
        alias=flag.alias,
        parent=parent.name if parent else "-",
        answer=pressed,
    )
    holder, key = flag.holder, f"flag:{flag.id}:{part}:{flag.holder.id}"
    send = Send(Reply(text), is_quiet=is_quiet)
    delivery = Delivery(key, flag.holder.chat_id, send, Lane.FLAG, about(flag), holder.id)
    await owe(tx, delivery, s.clock.now())


async def _what_happened(tx: Tx, s: Services, flag: Flag | None, check: Check, pressed: str) -> str:
    """What became of their message while they had not answered, and what to do now."""
    begin = s.phrases.say(
        "checks.late_begin", answer=pressed, minutes=int(s.check_waits.total_seconds() // 60)
    )
    if flag is None:
        return f"{begin} {s.phrases.say('checks.late_over')}"
    hearers = await hearers_of(tx, flag)
    whose = next((one for one in hearers if one.chat_id == check.chat_id), hearers[0])
    known = await what_is_known(tx, s, flag, whose)
    emergency = s.directory.of(flag.country).emergency
    if flag.holder is not None:
        then = s.phrases.say("checks.late_taken", name=flag.holder.name, emergency=emergency)
    elif known.reached:
        who = known.sent_to or s.phrases.say("holding.their_clinic")
        then = s.phrases.say("checks.late_waiting", who=who, emergency=emergency)
    else:
        then = s.phrases.say("checks.late_nobody", emergency=emergency)
    return f"{begin} {then}"
