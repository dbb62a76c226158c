"""A plan for which a parent has picked no days is asked about once more, and then left alone."""

from datetime import timedelta

from bot.core.people import Parent
from bot.core.practice import PracticePlan
from bot.flows.services import Services
from bot.flows.steps.planning import offer_plan
from bot.storage.database import Tx
from bot.storage.deliveries import state_of
from bot.storage.flags import open_flag
from bot.storage.people import family as family_of
from bot.storage.people import parents_of
from bot.storage.practice_plans import unanswered_offers
from bot.storage.rhythms import find_rhythm

AFTER, NO_LONGER_AFTER = timedelta(days=2), timedelta(days=4)


async def ask_again_for_days(s: Services) -> int:
    """Ask whoever has not said anything for two days; how many that were. Twice asks once."""
    now, asked = s.clock.now(), 0
    async with s.database.transaction() as tx:
        for plan, parent_id in await unanswered_offers(tx, now - NO_LONGER_AFTER, now - AFTER):
            family = await family_of(tx, plan.family_id)
            for parent in await parents_of(tx, family):
                if parent.id == parent_id and await _may_ask(tx, s, plan, parent):
                    await offer_plan(tx, s, parent, plan, again=True)
                    asked += 1
    return asked


async def _may_ask(tx: Tx, s: Services, plan: PracticePlan, parent: Parent) -> bool:
    if plan.skill_id not in s.skills:
        return False
    if await state_of(tx, f"plan:{plan.id}:{parent.id}:again") is not None:
        return False
    rhythm, now = await find_rhythm(tx, parent.id), s.clock.now()
    if rhythm is None or rhythm.is_stopped or rhythm.is_quiet(now):
        return False
    return await open_flag(tx, parent.chat_id, parent.family.id) is None
