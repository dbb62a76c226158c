"""`/questions`: what waits for an answer; the words of one on request; one that is done."""

from bot.core.audit import Act
from bot.core.deliveries import Delivery, Edit, Send
from bot.core.people import Parent, Staff
from bot.core.question_queue import done_button, queue_of
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.bringing import asked_reply, bring, moment_text
from bot.flows.steps.queueing import LIST, queue_for, reading_of
from bot.flows.steps.standing_in import Reader
from bot.storage.database import Tx
from bot.storage.deliveries import key_of, owe
from bot.storage.duty import the_duty
from bot.storage.inbox import claim_update
from bot.storage.open_questions import SHOWN
from bot.storage.people import who_is
from bot.storage.questions import Question, asked_at, find_question, is_answered, mark_answered

VIEW = "/questions"


async def list_questions(s: Services, by: Staff, update_id: int) -> None:
    """Show somebody the open questions that are theirs to answer, the oldest first."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "list_questions", s.clock.now()):
            return
        assert by.chat_id is not None, "they wrote from their chat"
        reply = queue_of(await queue_for(tx, s, by), s.phrases)
        key = f"{LIST}{by.id}:{update_id}"
        delivery = Delivery(key, by.chat_id, Send(reply), staff_id=by.id)
        await owe(tx, delivery, s.clock.now())


async def show_question(s: Services, by: Staff, question_id: int, update_id: int) -> str:
    """*Read*: the words of one, which a reply answers; that they were shown is written down."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "show_question", s.clock.now()):
            return ""
        question = await find_question(tx, question_id)
        parent = await who_is(tx, question.chat_id, "") if question else None
        if question is None or not isinstance(parent, Parent):
            return s.phrases.say("general.button_gone")
        if not await _may_read(tx, s, by, question):
            return s.phrases.say("questions.queue_not_yours")
        await _show(tx, s, by, question, parent, update_id)
        return ""


async def finish_question(
    s: Services, by: Staff, question_id: int, message_id: int, update_id: int
) -> str:
    """*Done*: it was answered elsewhere, by somebody, now; the list under it grows shorter."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "finish_question", s.clock.now()):
            return ""
        question = await find_question(tx, question_id)
        if question is None:
            return s.phrases.say("general.button_gone")
        if not await _may_read(tx, s, by, question):
            return s.phrases.say("questions.queue_not_yours")
        fresh = await mark_answered(tx, question.id, by, s.clock.now(), elsewhere=True)
        await _shorten_list(tx, s, by, message_id, update_id)
        return s.phrases.say("questions.done" if fresh else "questions.done_already")


async def _may_read(tx: Tx, s: Services, by: Staff, question: Question) -> bool:
    return (await reading_of(tx, s, by)).may_read(question)


async def _show(
    tx: Tx, s: Services, by: Staff, question: Question, parent: Parent, update_id: int
) -> None:
    duty, covers = await the_duty(tx), parent.family.therapist.id != by.id
    when = moment_text(await asked_at(tx, question.id), duty.zone_of(by.id))
    is_done = await is_answered(tx, question.id)
    heading = s.phrases.say("questions.asked_on", when=when)
    if is_done:
        heading = s.phrases.say("questions.asked_on_answered", when=when)
    reply = await asked_reply(tx, s, parent, Reader(by, covers), question, heading)
    if not is_done:
        done = done_button(question.id, s.phrases)
        reply = Reply(reply.text, (*reply.buttons, (done,)))
    await bring(tx, s, by, question, reply, f"{SHOWN}:{update_id}")
    ids = f"question:{question.id}", f"family:{parent.family.id}"
    tx.note(Act.WORDS_SHOWN, *ids, by=by, how=VIEW)


async def _shorten_list(tx: Tx, s: Services, by: Staff, message_id: int, update_id: int) -> None:
    """Where the button stood in a list, that shows what is open now."""
    assert by.chat_id is not None, "they pressed it in their chat"
    of_key = await key_of(tx, by.chat_id, message_id)
    if of_key is None or not of_key.startswith(LIST):
        return
    edit = Edit(of_key, queue_of(await queue_for(tx, s, by), s.phrases))
    delivery = Delivery(f"{of_key}:after:{update_id}", by.chat_id, edit, staff_id=by.id)
    await owe(tx, delivery, s.clock.now())
