"""Giving a family a plan, and asking its parents for days and a time."""

from collections.abc import Mapping
from typing import Protocol

from bot.adapters.clock import Clock
from bot.adapters.zones import usual_zone
from bot.core.deliveries import Delivery, Send
from bot.core.people import Family, Parent
from bot.core.phrases import Phrases
from bot.core.practice import PracticePlan, suggested_days
from bot.core.skills import Skill
from bot.core.times import offer
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.people import parents_of
from bot.storage.practice_plans import NewPlan, add_plan, plans_of
from bot.storage.rhythms import ensure_rhythm


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


async def offer_plan(tx: Tx, s: Planner, parent: Parent, plan: PracticePlan) -> None:
    """Show a parent a plan, and ask for their days."""
    await ensure_rhythm(tx, parent.id, home_zone(s, parent.family))
    reply = offer(
        plan,
        s.skills[plan.skill_id],
        suggested_days(plan.often),
        s.phrases,
        therapist=parent.family.therapist.name,
    )
    key = f"plan:{plan.id}:{parent.id}"
    await owe(tx, Delivery(key, parent.chat_id, Send(reply)), s.clock.now())


def home_zone(s: Planner, family: Family) -> str:
    """The time zone of a family that has not named one."""
    return s.time_zone or usual_zone(family.country)
