"""Telegram refused what a parent has read was passed on: they and the clinic hear that."""

import re

from bot.core.deliveries import Delivery, Send
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.alarming import alarm_clinic
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.messages import number_of
from bot.storage.people import family, parents_of, staff_member
from bot.storage.practice_plans import find_plan
from bot.storage.practices import find_practice
from bot.storage.questions import Question, find_question
from bot.storage.reachability import REFUSALS

_QUESTION = re.compile(r"question:(?P<question>\d+):(?P<part>words|copy|edited:\d+)")
_HARD_DAY = re.compile(r"practice:(?P<practice>\d+):told:.+")
NOT_PASSED_ON, COPY = "questions.not_passed_on", "copy"


async def note_question_refused(tx: Tx, s: Services, delivery: Delivery, why: str) -> None:
    """If it was a question, or a part of one: say to the parent that it has reached nobody."""
    found = _QUESTION.fullmatch(delivery.key)
    question = await find_question(tx, int(found["question"])) if found else None
    person = await staff_member(tx, delivery.staff_id) if delivery.staff_id else None
    if found is None or question is None:
        return
    name = person.name if person else s.phrases.say("holding.their_clinic")
    part = found["part"]
    is_gone = why in REFUSALS
    if part == COPY and not is_gone:
        await _tell_parent(tx, s, question, f"{part}:lost", "questions.copy_not_passed_on", name)
        return
    phrase = "questions.edit_not_passed_on" if part.startswith("edited") else NOT_PASSED_ON
    of = part if part.startswith("edited") else "words"
    await _tell_parent(tx, s, question, f"{of}:lost", phrase, name)
    alias = (await family(tx, question.family_id)).alias
    sentence = s.phrases.say("alarms.question_refused", alias=alias, name=name)
    await alarm_clinic(tx, s, "question_refused", f"question:{question.id}:{of}:lost", sentence)


async def note_hard_day_refused(tx: Tx, s: Services, delivery: Delivery) -> None:
    """If it told of a hard day: say to the parent that nobody has been told of it."""
    found = _HARD_DAY.fullmatch(delivery.key)
    practice = await find_practice(tx, int(found["practice"])) if found else None
    plan = await find_plan(tx, practice.plan_id) if practice else None
    person = await staff_member(tx, delivery.staff_id) if delivery.staff_id else None
    if practice is None or plan is None:
        return
    name = person.name if person else s.phrases.say("holding.their_clinic")
    theirs, key = await family(tx, plan.family_id), f"{delivery.key}:lost"
    keyboard = (s.phrases.say("general.person_button"),)
    send = Send(Reply(s.phrases.say("practice.not_told", name=name)), keyboard)
    for parent in await parents_of(tx, theirs):
        if parent.id == practice.parent_id:
            await owe(tx, Delivery(key, parent.chat_id, send), s.clock.now())
    sentence = s.phrases.say("alarms.hard_day_refused", alias=theirs.alias, name=name)
    await alarm_clinic(tx, s, "hard_day_refused", key, sentence)


async def _tell_parent(
    tx: Tx, s: Services, question: Question, part: str, phrase: str, name: str
) -> None:
    """A new message, under theirs: an edit of what they have read would make no sound."""
    under = await number_of(tx, question.message_id)
    keyboard = (s.phrases.say("general.person_button"),)
    send = Send(Reply(s.phrases.say(phrase, name=name)), keyboard, answers=under)
    key = f"question:{question.id}:{part}"
    await owe(tx, Delivery(key, question.chat_id, send), s.clock.now())
