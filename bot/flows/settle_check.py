"""The safety check is answered by a button, or not answered at all."""

from bot.core.checks import CheckAnswer, CheckState, Next, after_answer
from bot.core.messages import Incoming, Media, Medium, Words
from bot.core.outcomes import Standing, passed_on
from bot.core.people import Parent, Staff, Who
from bot.core.replies import Reply
from bot.core.routing import Consultation
from bot.flows.services import Services
from bot.flows.steps.answering import ask_therapist, follow_consultation, say
from bot.flows.steps.checking import end_with_no, raise_from_check
from bot.flows.steps.following_up import follow_up
from bot.flows.steps.strangers import stranger_reply
from bot.storage.checks import Check, find_check
from bot.storage.database import Tx
from bot.storage.flags import open_flag
from bot.storage.inbox import claim_update
from bot.storage.messages import StoredMessage, recent_texts, stored_message
from bot.storage.people import who_is


async def press_check(
    s: Services, who: Who, check_id: int, answer: CheckAnswer, *, chat_id: int, update_id: int
) -> str:
    """A parent pressed *Yes*, *I'm not sure* or *No*; returns what the button says back."""
    state, following = after_answer(answer)
    found = await _look_up(s, who, chat_id, check_id) if following is Next.ANSWER else None
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, f"check_{answer}", s.clock.now()):
            return ""
        check = await find_check(tx, check_id)
        if check is None or check.chat_id != chat_id:
            return s.phrases.say("general.button_gone")
        if not check.is_open:
            return s.phrases.say("checks.already")
        if following is Next.RAISE:
            await raise_from_check(tx, s, check, _parent(who), state)
        else:
            await _follow_no(tx, s, check, who, found)
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


async def _look_up(s: Services, who: Who, chat_id: int, check_id: int) -> Consultation | None:
    therapist = who.family.therapist.name if isinstance(who, Parent) else None
    async with s.database.transaction() as tx:
        check = await find_check(tx, check_id)
        if check is None or check.chat_id != chat_id or check.wants_person:
            return None
        asked = await stored_message(tx, check.message_id)
        context = await recent_texts(tx, chat_id, s.clock.now())
    return await s.judgement.consult(asked.text, _before(context, asked), therapist)


def _before(context: tuple[str, ...], asked: StoredMessage) -> tuple[str, ...]:
    return context[: context.index(asked.text)] if asked.text in context else context


def _as_it_came(asked: StoredMessage, parent: Parent) -> Incoming:
    is_medium = asked.kind in list(Medium)
    content = Media(Medium(asked.kind), asked.text) if is_medium else Words(asked.text)
    number, chat_id = asked.telegram_message_id, asked.chat_id
    return Incoming(0, chat_id, number, parent.name, None, asked.sent_at, content)


async def _follow_no(
    tx: Tx, s: Services, check: Check, who: Who, found: Consultation | None
) -> None:
    asked = await stored_message(tx, check.message_id)
    await end_with_no(tx, s, check, _parent(who), asked.text)
    match who:
        case Parent():
            flag = await open_flag(tx, who.chat_id, who.family.id)
            if flag is not None:
                await follow_up(tx, s, flag, who, _as_it_came(asked, who), asked.id)
                return
            if found is not None:
                await follow_consultation(tx, s, who, asked.id, asked.text, found)
                return
            await ask_therapist(tx, s, who, asked.id, asked.text, was_triaged=False)
            standing = Standing(who.family.therapist.name, who.family.therapist.is_linked)
            await say(tx, s, check.chat_id, f"check:{check.id}:no", passed_on(s.phrases, standing))
        case Staff():
            return
        case _:
            reply = await stranger_reply(tx, s)
            await say(tx, s, check.chat_id, f"check:{check.id}:no", reply)
