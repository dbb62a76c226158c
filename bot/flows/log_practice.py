"""A parent says how it went: *Did it*, *Was hard*, *Not today*, or asks to be shown how."""

from dataclasses import dataclass
from datetime import date

from bot.core.deliveries import Delivery, Send
from bot.core.people import Parent
from bot.core.practice import PlanState, PracticeAnswer, PracticePlan
from bot.core.practice_replies import (
    ANSWER_OF,
    HOW,
    after_did_it,
    after_was_hard,
    help_with,
    how_to,
    is_barrier,
)
from bot.core.replies import Reply
from bot.core.skills import Skill
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.flows.steps.other_parent import why_paused
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.inbox import claim_update
from bot.storage.nudges import find_nudge, mark_nudge_answered
from bot.storage.practice_plans import find_plan
from bot.storage.practices import log_practice, practices_of, set_barrier
from bot.storage.rhythms import change_rhythm, find_rhythm

BARRIER, LOG = "barrier", "logged"
ACTIONS = frozenset({*ANSWER_OF, HOW, BARRIER, LOG})


@dataclass(frozen=True, slots=True)
class _Day:
    """The day of a plan that is spoken of; `nudge_id` is None where no nudge asked."""

    plan: PracticePlan
    skill: Skill
    day: date
    nudge_id: int | None


async def answer_nudge(
    s: Services, parent: Parent, action: str, argument: str, update_id: int
) -> str:
    """One of the buttons of a nudge, or of what followed it; what the button says back."""
    async with s.database.transaction() as tx:
        now = s.clock.now()
        if not await claim_update(tx, update_id, f"practice_{action}", now):
            return ""
        if paused := await why_paused(tx, s, parent):
            return paused
        number, _, barrier = argument.partition(".")
        found = await _day(tx, s, parent, action, number)
        if found is None:
            return s.phrases.say("general.button_gone")
        if found.nudge_id is not None:
            await mark_nudge_answered(tx, found.nudge_id, now)
        await _hears_again(tx, parent, s)
        if action == BARRIER:
            return await _barrier(tx, s, parent, found, barrier)
        if action == HOW:
            key = f"how:{found.nudge_id}:{update_id}"
            await say(tx, s, parent.chat_id, key, how_to(found.skill, s.phrases))
            return ""
        answer = ANSWER_OF.get(action, PracticeAnswer.DID_IT)
        await _log(tx, s, parent, found, answer, update_id)
        return ""


async def _day(tx: Tx, s: Services, parent: Parent, action: str, number: str) -> _Day | None:
    if not number.isdecimal():
        return None
    if action == LOG:
        plan, nudge_id = await find_plan(tx, int(number)), None
        rhythm = await find_rhythm(tx, parent.id)
        day = rhythm.day_of(s.clock.now()) if rhythm else s.clock.now().date()
    else:
        nudge = await find_nudge(tx, int(number))
        if nudge is None or nudge.parent_id != parent.id:
            return None
        plan, nudge_id, day = await find_plan(tx, nudge.plan_id), nudge.id, nudge.day
    if plan is None or plan.family_id != parent.family.id or plan.state is PlanState.DRAFT:
        return None
    if plan.skill_id not in s.skills:
        return None
    return _Day(plan, s.skills[plan.skill_id], day, nudge_id)


async def _hears_again(tx: Tx, parent: Parent, s: Services) -> None:
    """Whoever answers is there: waiting for them ends."""
    rhythm = await find_rhythm(tx, parent.id)
    if rhythm is not None and rhythm.is_waiting:
        now = s.clock.now()
        await change_rhythm(
            tx, parent.id, now, waiting_since=None, counts_from=rhythm.day_before(now)
        )


async def _log(
    tx: Tx, s: Services, parent: Parent, found: _Day, answer: PracticeAnswer, update_id: int
) -> None:
    now = s.clock.now()
    practice_id = await log_practice(tx, found.plan.id, parent.id, found.day, answer, now)
    reply = await _reply(tx, s, parent, found, answer)
    delivery = Delivery(
        f"practice:{practice_id}:{answer}:{update_id}",
        parent.chat_id,
        Send(reply),
        about=f"practice:{practice_id}",
    )
    await owe(tx, delivery, now)


async def _reply(tx: Tx, s: Services, parent: Parent, found: _Day, answer: PracticeAnswer) -> Reply:
    match answer:
        case PracticeAnswer.DID_IT:
            days = [
                one.day
                for one in await practices_of(tx, [found.plan.id])
                if one.parent_id == parent.id and one.answer is PracticeAnswer.DID_IT
            ]
            name = parent.family.therapist.name
            return after_did_it(found.skill, days, s.phrases, therapist=name)
        case PracticeAnswer.WAS_HARD if found.nudge_id is not None:
            return after_was_hard(found.skill, found.nudge_id, s.phrases)
        case _:
            return Reply(s.phrases.say("practice.not_today"))


async def _barrier(tx: Tx, s: Services, parent: Parent, found: _Day, barrier: str) -> str:
    if not is_barrier(found.skill, barrier):
        return s.phrases.say("general.button_gone")
    now, answer = s.clock.now(), PracticeAnswer.WAS_HARD
    practice_id = await log_practice(tx, found.plan.id, parent.id, found.day, answer, now)
    await set_barrier(tx, practice_id, barrier)
    name = parent.family.therapist.name
    reply = help_with(found.skill, barrier, practice_id, s.phrases, therapist=name)
    await say(tx, s, parent.chat_id, f"practice:{practice_id}:{barrier}", reply)
    return ""
