"""The safety check is answered by a button, or not answered at all."""

from bot.core.checks import CheckAnswer, CheckState, Next, after_answer
from bot.core.people import Parent, Staff, Stranger, Who
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.flows.steps.checking import end_with_no, raise_from_check
from bot.flows.steps.late_answer import answer_late
from bot.flows.steps.resuming import Resumed, go_on, look_up
from bot.flows.steps.strangers import stranger_reply
from bot.storage.checks import Check, find_check
from bot.storage.database import Tx
from bot.storage.inbox import claim_update
from bot.storage.messages import stored_message
from bot.storage.people import who_is


async def press_check(
    s: Services, who: Who, check_id: int, answer: CheckAnswer, *, chat_id: int, update_id: int
) -> str:
    """A parent pressed *Yes*, *I'm not sure* or *No*; returns what the button says back."""
    state, following = after_answer(answer)
    resumed = await _look_up(s, who, chat_id, check_id) if following is Next.ANSWER else ()
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, f"check_{answer}", s.clock.now()):
            return ""
        check = await find_check(tx, check_id)
        if check is None or check.chat_id != chat_id:
            return s.phrases.say("general.button_gone")
        if not check.is_open:
            return await answer_late(tx, s, check, _parent(who), answer)
        if following is Next.RAISE:
            await raise_from_check(tx, s, check, _parent(who), state)
        else:
            await _follow_no(tx, s, check, who, resumed)
        return ""


async def end_silence(s: Services, check_id: int) -> None:
    """Nothing was pressed in time: a flag."""
    async with s.database.transaction() as tx:
        check = await find_check(tx, check_id)
        if check is None or not check.is_open:
            return
        who = await who_is(tx, check.chat_id, "")
        await raise_from_check(tx, s, check, _parent(who), CheckState.SILENT)
        reply = Reply(s.phrases.say("checks.too_late"))
        await say(tx, s, check.chat_id, f"check:{check.id}:silent", reply)


def _parent(who: Who) -> Parent | None:
    return who if isinstance(who, Parent) else None


async def _look_up(s: Services, who: Who, chat_id: int, check_id: int) -> tuple[Resumed, ...]:
    if not isinstance(who, Parent):
        return ()
    async with s.database.transaction() as tx:
        check = await find_check(tx, check_id)
    if check is None or check.chat_id != chat_id or not check.is_open:
        return ()
    return await look_up(s, who, check)


async def _follow_no(
    tx: Tx, s: Services, check: Check, who: Who, resumed: tuple[Resumed, ...]
) -> None:
    asked = await stored_message(tx, check.message_id)
    await end_with_no(tx, s, check, _parent(who), asked.text)
    match who:
        case Parent():
            await go_on(tx, s, who, resumed)
        case Staff():
            return
        case Stranger():
            reply = await stranger_reply(tx, s, who)
            await say(tx, s, check.chat_id, f"check:{check.id}:no", reply)
