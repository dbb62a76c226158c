"""Giving a family a plan, and asking its parents for days and a time."""

from collections import Counter
from collections.abc import Mapping
from typing import Protocol

from bot.adapters.clock import Clock
from bot.adapters.zones import usual_zone
from bot.core.deliveries import Delivery, Send
from bot.core.people import Family, Parent
from bot.core.phrases import Phrases
from bot.core.plan_care import Tally
from bot.core.practice import PracticeAnswer, PracticePlan, suggested_days
from bot.core.skills import Skill
from bot.core.standing import standing_text
from bot.core.times import offer
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.people import parents_of
from bot.storage.practice_plans import NewPlan, add_plan, plans_of
from bot.storage.practices import practices_of
from bot.storage.rhythms import ensure_rhythm
from bot.storage.standings import standings_of


class Planner(Protocol):
    """What giving a plan needs of the services; a command has no more than this."""

    @property
    def clock(self) -> Clock:
        """What time it is."""

    @property
    def phrases(self) -> Phrases:
        """The sentences."""

    @property
    def skills(self) -> Mapping[str, Skill]:
        """The skills that may be given, by id."""

    @property
    def time_zone(self) -> str | None:
        """The clinic's time zone; None: the usual one of the family's country."""


async def give_plan(
    tx: Tx, s: Planner, family: Family, new: NewPlan
) -> tuple[PracticePlan, tuple[Parent, ...]] | None:
    """Keep a plan and ask the parents for their days; None if the family has that skill already."""
    if any(one.skill_id == new.skill_id for one in await plans_of(tx, family.id)):
        return None
    plan = await add_plan(tx, new, s.clock.now())
    parents = await parents_of(tx, family)
    for parent in parents:
        await offer_plan(tx, s, parent, plan)
    return plan, parents


async def offer_plan(
    tx: Tx, s: Planner, parent: Parent, plan: PracticePlan, *, again: bool = False
) -> None:
    """Show a parent a plan, and ask for their days; `again`: for the second and last time."""
    await ensure_rhythm(tx, parent.id, home_zone(s, parent.family))
    reply = offer(
        plan,
        s.skills[plan.skill_id],
        suggested_days(plan.often),
        s.phrases,
        therapist=parent.family.therapist.name,
    )
    key = f"plan:{plan.id}:{parent.id}{':again' if again else ''}"
    await owe(tx, Delivery(key, parent.chat_id, Send(reply)), s.clock.now())


async def offer_running_plans(tx: Tx, s: Planner, parent: Parent) -> None:
    """Somebody has joined a family that practises already: they are asked for days of their own."""
    today = s.clock.now().date()
    for plan in await plans_of(tx, parent.family.id):
        if plan.runs_on(max(today, plan.starts_on)) and plan.skill_id in s.skills:
            await offer_plan(tx, s, parent, plan)


async def tally_of(tx: Tx, plan: PracticePlan, parent_id: int | None = None) -> Tally:
    """On how many days the family, or one parent of it, said what of a plan."""
    days = {
        (one.day, one.answer)
        for one in await practices_of(tx, [plan.id])
        if parent_id in (None, one.parent_id)
    }
    said = Counter(answer for _, answer in days)
    return Tally(
        said[PracticeAnswer.DID_IT],
        said[PracticeAnswer.WAS_HARD],
        said[PracticeAnswer.NOT_TODAY],
    )


async def standing_lines(tx: Tx, s: Planner, family: Family, plan: PracticePlan) -> tuple[str, ...]:
    """A line for each parent: how they stand to a plan."""
    parents = await parents_of(tx, family)
    ids = tuple(one.id for one in parents)
    found = await standings_of(tx, plan.id, ids, s.clock.now())
    return tuple(
        s.phrases.say(
            "practice.stands_line",
            parent=one.name,
            what=standing_text(found[one.id], s.phrases),
        )
        for one in parents
    )


def title_of(s: Planner, plan: PracticePlan) -> str:
    """The skill's title; its id where it is not offered any more."""
    skill = s.skills.get(plan.skill_id)
    return skill.title if skill else plan.skill_id


def home_zone(s: Planner, family: Family) -> str:
    """The time zone of a family that has not named one."""
    return s.time_zone or usual_zone(family.country)
