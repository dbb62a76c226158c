"""A therapist gives a family a practice plan, in five taps: whom, what, how often, until, send."""

from dataclasses import dataclass

from bot.core.deliveries import Delivery, Send
from bot.core.people import Family, Role, Staff
from bot.core.plan_care import plan_button
from bot.core.planning import (
    DROP,
    SEND,
    PlanChoice,
    ask_family,
    ask_often,
    ask_skill,
    ask_weeks,
    plan_given,
    read_choice,
)
from bot.core.practice import ends_after
from bot.core.replies import Reply
from bot.core.skills import Skill
from bot.flows.services import Services
from bot.flows.steps.aiming import PLANNING, about_aim, aim_of, ask_whether_to_send, look_at_plan
from bot.flows.steps.answering import say
from bot.flows.steps.planning import give_plan, title_of
from bot.flows.steps.showing import change_message
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.inbox import claim_update
from bot.storage.people import families_of
from bot.storage.practice_plans import NewPlan, drop_drafts, plans_of


async def begin_plan(s: Services, therapist: Staff, name: str, update_id: int) -> None:
    """`/plan`, with the beginning of a family's name or without: for whom."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "plan", s.clock.now()):
            return
        assert therapist.chat_id is not None, "they wrote from their chat"
        if therapist.role is not Role.THERAPIST:
            reply = Reply(s.phrases.say("practice.plan_not_allowed"))
        else:
            reply = ask_family(await families_of(tx, therapist), name, s.phrases)
        await say(tx, s, therapist.chat_id, f"{PLANNING}{update_id}", reply)


async def choose_for_plan(
    s: Services, therapist: Staff, argument: str, message_id: int, update_id: int
) -> str:
    """One more tap towards a plan; returns what the button says back."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "plan_choice", s.clock.now()):
            return ""
        choice = read_choice(argument)
        families = {one.id: one for one in await families_of(tx, therapist)}
        if choice is None or choice.family_id not in families:
            return s.phrases.say("practice.plan_not_yours")
        family = families[choice.family_id]
        skill = s.skills.get(choice.skill_id) if choice.skill_id else None
        if choice.skill_id and skill is None:
            return s.phrases.say("practice.plan_skill_gone")
        step = _Step(therapist, family, skill, choice, message_id, update_id)
        if choice.ending == SEND and skill is not None:
            return await _give(tx, s, step, skill)
        key = f"{PLANNING}{update_id}"
        reply = await _question(tx, s, step)
        about = about_aim(choice) if reply.buttons else None
        await change_message(tx, s, step.chat_id, message_id, key, reply, PLANNING, about=about)
        return ""


@dataclass(frozen=True, slots=True)
class _Step:
    """One press on the way to a plan."""

    therapist: Staff
    family: Family
    skill: Skill | None
    choice: PlanChoice
    message_id: int
    update_id: int

    @property
    def chat_id(self) -> int:
        assert self.therapist.chat_id is not None, "they pressed a button in their chat"
        return self.therapist.chat_id


async def _question(tx: Tx, s: Services, step: _Step) -> Reply:
    choice, family, skill = step.choice, step.family, step.skill
    if choice.ending == DROP:
        await drop_drafts(tx, step.therapist.id)
        return Reply(s.phrases.say("practice.plan_dropped"))
    if skill is None:
        return await _which_skill(tx, s, family)
    if choice.often is None:
        return ask_often(family, skill, s.phrases)
    if choice.weeks is None:
        return ask_weeks(family, skill, choice.often, s.phrases)
    return await ask_whether_to_send(tx, s, family, skill, choice)


async def _which_skill(tx: Tx, s: Services, family: Family) -> Reply:
    """The skills to give, below the plans that the family has."""
    plans = await plans_of(tx, family.id)
    had = {one.skill_id for one in plans}
    asked = ask_skill(family, {k: v for k, v in s.skills.items() if k not in had}, s.phrases)
    rows = tuple((plan_button(one, title_of(s, one), s.phrases),) for one in plans)
    return Reply(asked.text, rows + asked.buttons)


async def _give(tx: Tx, s: Services, step: _Step, skill: Skill) -> str:
    choice, family = step.choice, step.family
    assert choice.often is not None, "the last button carries everything"
    assert choice.weeks is not None, "the last button carries everything"
    today = s.clock.now().date()
    new = NewPlan(
        family.id,
        step.therapist.id,
        skill.id,
        await aim_of(tx, choice, skill),
        choice.often,
        starts_on=today,
        ends_on=ends_after(today, choice.weeks),
    )
    given = await give_plan(tx, s, family, new)
    if given is None:
        return s.phrases.say("practice.plan_there_already", alias=family.alias)
    plan, parents = given
    names = [one.name for one in parents]
    settled = Reply(await look_at_plan(tx, s, family, skill, choice))
    key = f"{PLANNING}{step.update_id}"
    await drop_drafts(tx, step.therapist.id)
    await change_message(tx, s, step.chat_id, step.message_id, key, settled, PLANNING)
    told = plan_given(family, plan, skill.title, names, s.phrases)
    confirmed = Delivery(f"planned:{plan.id}", step.chat_id, Send(told), about=f"plan:{plan.id}")
    await owe(tx, confirmed, s.clock.now())
    return ""
