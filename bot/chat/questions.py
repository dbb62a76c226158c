"""The buttons under what families asked: which use case each of them runs."""

from bot.core.answered_words import ACTION as ANSWERED
from bot.core.messages import Incoming, Press
from bot.core.people import Staff
from bot.core.question_queue import ACTION as QUEUE
from bot.core.question_queue import DONE, SHOW
from bot.flows.list_questions import finish_question, show_question
from bot.flows.mark_missed import mark_missed
from bot.flows.services import Services
from bot.flows.show_answered import show_answered

MISSED = "missed"
OF_QUESTIONS = frozenset({QUEUE, MISSED, ANSWERED})


async def press_under_question(
    s: Services, who: Staff, incoming: Incoming, press: Press
) -> str | None:
    """What such a button says back; None if it is none that we know."""
    if press.action == MISSED:
        message_id = int(press.argument) if press.argument.isdecimal() else 0
        return await mark_missed(s, who, message_id, incoming.update_id)
    if press.action == ANSWERED:
        return await show_answered(s, who, press.argument, incoming.update_id)
    what, _, number = press.argument.partition(".")
    question_id = int(number) if number.isdecimal() else 0
    if what == SHOW:
        return await show_question(s, who, question_id, incoming.update_id)
    if what == DONE:
        message_id = incoming.message_id
        return await finish_question(s, who, question_id, message_id, incoming.update_id)
    return None
