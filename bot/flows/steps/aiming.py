"""The aim of a plan: the skill's own, or what the therapist writes before they send the plan."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.deliveries import Delivery, Edit, Owed, Send
from bot.core.messages import Incoming
from bot.core.people import Family, Staff
from bot.core.planning import (
    AIM,
    AIM_WITHIN,
    LONGEST_AIM,
    PlanChoice,
    ask_to_send,
    plan_at_a_look,
    read_choice,
)
from bot.core.practice import ends_after
from bot.core.replies import Reply
from bot.core.skills import Skill
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.storage.database import Tx
from bot.storage.deliveries import key_of, last_said, last_said_in, owe
from bot.storage.flags import held_flags
from bot.storage.people import families_of, parents_of
from bot.storage.practice_plans import NewPlan, add_draft, find_draft

PLANNING = "planning:"


@dataclass(frozen=True, slots=True)
class AimFor:
    """The choices of the plan that is shown, and the key of the message that shows it."""

    choice: PlanChoice
    key: str


def about_aim(choice: PlanChoice) -> str | None:
    """What a message is about in which a plan stands ready to be sent; None before that."""
    return f"{AIM}:{choice}" if choice.weeks is not None else None


async def aim_of(tx: Tx, choice: PlanChoice, skill: Skill) -> str:
    """The aim that was written for a plan, or the skill's own."""
    if choice.draft_id is None:
        return skill.goal
    draft = await find_draft(tx, choice.draft_id, choice.family_id)
    return draft.goal if draft else skill.goal


async def look_at_plan(
    tx: Tx, s: Services, family: Family, skill: Skill, choice: PlanChoice
) -> str:
    """The plan at a look, with its aim as it stands."""
    assert choice.weeks is not None, "it is asked before"
    until = ends_after(s.clock.now().date(), choice.weeks)
    goal = await aim_of(tx, choice, skill)
    return plan_at_a_look(family, skill, choice, until, goal, s.phrases)


async def ask_whether_to_send(
    tx: Tx, s: Services, family: Family, skill: Skill, choice: PlanChoice
) -> Reply:
    """The plan at a look, with the button to send it."""
    names = [one.name for one in await parents_of(tx, family)]
    shown = await look_at_plan(tx, s, family, skill, choice)
    return ask_to_send(shown, choice, names, s.phrases)


async def aim_wanted(tx: Tx, sender: Staff, incoming: Incoming, now: datetime) -> AimFor | None:
    """The plan to be sent whose aim a therapist writes."""
    return _aim(await plan_written_under(tx, sender, incoming, now))


async def plan_written_under(
    tx: Tx, sender: Staff, incoming: Incoming, now: datetime
) -> Owed | None:
    """What stands in the plan that a therapist replies to, or that was shown right before.

    Whoever has a flag in hand writes to that family, unless they reply to the plan.
    """
    if incoming.reply_to is not None:
        key = await key_of(tx, incoming.chat_id, incoming.reply_to)
        is_planning = key is not None and key.startswith(PLANNING)
        return await last_said_in(tx, incoming.chat_id, key) if key and is_planning else None
    if await held_flags(tx, sender):
        return None
    shown = await last_said(tx, incoming.chat_id)
    return None if shown is None or now > shown.made_at + AIM_WITHIN else shown


def _aim(shown: Owed | None) -> AimFor | None:
    kind, _, choices = ((shown.delivery.about if shown else None) or "").partition(":")
    choice = read_choice(choices) if kind == AIM else None
    if shown is None or choice is None:
        return None
    what = shown.delivery.what
    return AimFor(choice, what.of_key if isinstance(what, Edit) else shown.delivery.key)


async def take_aim(tx: Tx, s: Services, sender: Staff, incoming: Incoming, aim: AimFor) -> str:
    """Keep the aim in a draft, and show the plan with it; a short word for what was done."""
    words, choice = " ".join(incoming.text.split()), aim.choice
    key = f"{PLANNING}{incoming.update_id}"
    family = {one.id: one for one in await families_of(tx, sender)}.get(choice.family_id)
    skill = s.skills.get(choice.skill_id or "")
    if family is None or skill is None or choice.often is None or choice.weeks is None:
        await say(tx, s, incoming.chat_id, key, Reply(s.phrases.say("practice.plan_skill_gone")))
        return "unclear"
    if not words or len(words) > LONGEST_AIM:
        phrase = "practice.aim_too_long" if words else "practice.aim_words_only"
        text = s.phrases.say(phrase, longest=LONGEST_AIM)
        about = about_aim(choice)
        again = Delivery(f"{key}:again", incoming.chat_id, Send(Reply(text)), about=about)
        await owe(tx, again, s.clock.now())
        return "unclear"
    today = s.clock.now().date()
    new = NewPlan(
        family.id,
        sender.id,
        skill.id,
        words,
        choice.often,
        starts_on=today,
        ends_on=ends_after(today, choice.weeks),
    )
    draft_id = await add_draft(tx, new, s.clock.now())
    settled = Edit(aim.key, Reply(s.phrases.say("practice.aim_changed")))
    await owe(tx, Delivery(f"{key}:before", incoming.chat_id, settled), s.clock.now())
    reply = await ask_whether_to_send(tx, s, family, skill, replace(choice, draft_id=draft_id))
    shown = Delivery(key, incoming.chat_id, Send(reply), about=about_aim(choice))
    await owe(tx, shown, s.clock.now())
    return "aim"
