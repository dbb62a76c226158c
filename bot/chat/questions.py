"""The buttons of the queue of questions: which use case each of them runs."""

from bot.core.messages import Incoming, Press
from bot.core.people import Staff
from bot.core.question_queue import DONE, SHOW
from bot.flows.list_questions import finish_question, show_question
from bot.flows.services import Services


async def press_in_queue(s: Services, who: Staff, incoming: Incoming, press: Press) -> str | None:
    """What a button of the queue says back; None if it is none that we know."""
    what, _, number = press.argument.partition(".")
    question_id = int(number) if number.isdecimal() else 0
    if what == SHOW:
        return await show_question(s, who, question_id, incoming.update_id)
    if what == DONE:
        message_id = incoming.message_id
        return await finish_question(s, who, question_id, message_id, incoming.update_id)
    return None
