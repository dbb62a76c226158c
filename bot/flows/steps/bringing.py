"""A question that was asked earlier, put before somebody's eyes as it came."""

from datetime import datetime, tzinfo

from bot.core.deliveries import Copy, Delivery, Send
from bot.core.messages import Media
from bot.core.people import Parent, Staff
from bot.core.planning import date_text, plan_data
from bot.core.replies import Button, Reply, as_written
from bot.core.times import time_text
from bot.flows.services import Services
from bot.flows.steps.answering import for_reader, medium_text, missed_button
from bot.flows.steps.standing_in import Reader
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.messages import StoredMessage, newest_version
from bot.storage.questions import Question, QuestionKind

Rows = tuple[tuple[Button, ...], ...]


def moment_text(at: datetime, zone: tzinfo) -> str:
    """When something was asked, by the clock of whoever reads it: `2 March 2026, 18:04`."""
    local = at.astimezone(zone)
    return f"{date_text(local.date())}, {time_text(local.time())}"


async def bring(
    tx: Tx,
    s: Services,
    to: Staff,
    question: Question,
    reply: Reply,
    part: str,
    *,
    is_quiet: bool = False,
) -> None:
    """Owe a member of staff a question, with what was sent along; a reply to it answers it."""
    assert to.chat_id is not None, "they are reached, or pressed a button in their chat"
    key, about = f"question:{question.id}:{part}", f"question:{question.id}"
    now, send = s.clock.now(), Send(reply, is_quiet=is_quiet)
    await owe(tx, Delivery(f"{key}:words", to.chat_id, send, about=about, staff_id=to.id), now)
    message = await newest_version(tx, question.message_id)
    if question.kind is QuestionKind.WORDS and message.is_medium:
        copy = Copy(message.chat_id, message.telegram_message_id)
        await owe(tx, Delivery(f"{key}:copy", to.chat_id, copy, about=about, staff_id=to.id), now)


async def asked_reply(
    tx: Tx, s: Services, parent: Parent, reader: Reader, question: Question, heading: str
) -> Reply:
    """A question as it came, in its last words, under a heading that says when it was asked."""
    message = await newest_version(tx, question.message_id)
    words = f"{heading}\n{_words(s, parent, question, message)}"
    return Reply(for_reader(s, parent, reader, words), _buttons(s, parent, question, message))


def _words(s: Services, parent: Parent, question: Question, message: StoredMessage) -> str:
    alias, name = parent.family.alias, parent.name
    if question.kind is QuestionKind.PRACTICE:
        skill = s.skills.get(question.skill_id)
        title = skill.title if skill else question.skill_id
        return s.phrases.say("questions.practice_wish", alias=alias, parent=name, skill=title)
    match message.content:
        case Media(medium):
            what = medium_text(medium, s)
            return s.phrases.say(
                "questions.to_therapist_medium", alias=alias, parent=name, medium=what
            )
        case _:
            text = as_written(message.text)
            return s.phrases.say("questions.to_therapist", alias=alias, parent=name, text=text)


def _buttons(s: Services, parent: Parent, question: Question, message: StoredMessage) -> Rows:
    if question.kind is QuestionKind.PRACTICE:
        plan_it = s.phrases.say("practice.plan_it_button")
        is_known = question.skill_id in s.skills
        data = plan_data(parent.family.id, question.skill_id)
        return ((Button(plan_it, data),),) if is_known else ()
    was_judged = message.language is not None and bool(message.text.strip())
    return missed_button(s, message.id) if was_judged else ()
