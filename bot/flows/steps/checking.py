"""Asking the safety check, and raising a flag when its answer is not a plain no."""

from bot.core.checks import CheckState
from bot.core.deliveries import Delivery, Lane, Send
from bot.core.outcomes import check_reply
from bot.core.people import Parent
from bot.core.receiving import REASON_OF_CHECK, worse
from bot.core.replies import Reply, as_written
from bot.core.review_items import Doubt
from bot.core.triage import Category
from bot.flows.services import Services
from bot.flows.steps.answering import for_reader, missed_button
from bot.flows.steps.raising import raise_or_join
from bot.flows.steps.standing_in import who_reads
from bot.storage.checks import Check, add_check, settle_check
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.flags import add_event
from bot.storage.messages import written_since
from bot.storage.review_items import add_item


async def ask_check(
    tx: Tx,
    s: Services,
    chat_id: int,
    message_id: int,
    category: Category | None,
    *,
    wants_person: bool = False,
    therapist: str | None = None,
) -> None:
    """Ask whether anyone is in danger; silence for too long is a flag."""
    now = s.clock.now()
    check_id = await add_check(
        tx,
        message_id,
        chat_id,
        category or Category.OTHER_DANGER,
        wants_person=wants_person,
        now=now,
        silent_at=now + s.check_waits,
    )
    phrase = "ask_person" if wants_person else "ask"
    reply = check_reply(s.phrases, str(check_id), phrase, who=therapist)
    await owe(tx, Delivery(f"check:{check_id}", chat_id, Send(reply), Lane.FLAG), now)


async def ask_again(tx: Tx, s: Services, check: Check, message_id: int) -> None:
    """Ask the same check once more, under a message that did not answer it."""
    reply = check_reply(s.phrases, str(check.id), "ask_again")
    delivery = Delivery(f"check:{check.id}:{message_id}", check.chat_id, Send(reply), Lane.FLAG)
    await owe(tx, delivery, s.clock.now())


async def end_with_no(tx: Tx, s: Services, check: Check, parent: Parent | None, text: str) -> None:
    """Nobody is in danger: it ends, stands quietly in the therapist's day, and is reviewed.

    While the therapist is on leave, it stands in the day of whoever covers for them.
    """
    await settle_check(tx, check.id, CheckState.ANSWERED_NO, s.clock.now())
    if not check.wants_person:
        await add_item(tx, check.message_id, Doubt.SAID_NO, s.clock.now())
    if parent is None or check.wants_person:
        return
    reader = await who_reads(tx, parent.family, s.clock.now())
    if reader.person.chat_id is None or not reader.is_reached:
        return
    words = s.phrases.say(
        "questions.to_therapist_check",
        alias=parent.family.alias,
        parent=parent.name,
        text=as_written(text),
    )
    reply = Reply(for_reader(s, parent, reader, words), missed_button(s, check.message_id))
    note, key = Send(reply, is_quiet=True), f"check:{check.id}:note"
    about = f"check:{check.id}"
    delivery = Delivery(key, reader.person.chat_id, note, about=about, staff_id=reader.person.id)
    await owe(tx, delivery, s.clock.now())


async def raise_from_check(
    tx: Tx,
    s: Services,
    check: Check,
    parent: Parent | None,
    state: CheckState,
    *,
    category: Category | None = None,
    message_id: int | None = None,
) -> None:
    """Settle a check with a flag. `message_id` is the newer message, where there is one.

    The flag is about the message that worries; everything else that was written since the check
    was asked belongs to it too, and is shown with it.
    """
    await settle_check(tx, check.id, state, s.clock.now())
    worries = state is CheckState.WORRYING_MESSAGE and message_id is not None
    flag = await raise_or_join(
        tx,
        s,
        chat_id=check.chat_id,
        parent=parent,
        category=worse(check.category, category),
        reason=REASON_OF_CHECK[state],
        message_id=message_id if worries else check.message_id,
    )
    for written in await written_since(tx, check.chat_id, check.message_id):
        if written.id != flag.message_id:
            await add_event(tx, flag.id, "written", s.clock.now(), message_id=written.id)
