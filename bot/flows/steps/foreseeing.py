"""What a parent can expect next: when a nudge comes, and which plans take turns."""

from bot.core.foresight import Picked, next_nudge_at, next_nudge_text
from bot.core.nudges import Chosen
from bot.core.people import Parent
from bot.flows.services import Services
from bot.flows.steps.trying import is_willing
from bot.storage.database import Tx
from bot.storage.holidays import holidays_ahead
from bot.storage.nudges import REMEMBERED, past_nudges
from bot.storage.practice_plans import picked_plans
from bot.storage.rhythms import find_rhythm, learning_agreed


async def next_nudge(tx: Tx, s: Services, parent: Parent) -> str:
    """A line about the next nudge; nothing where it cannot be told."""
    rhythm, now = await find_rhythm(tx, parent.id), s.clock.now()
    if rhythm is None or is_willing(s, await learning_agreed(tx, parent.id)):
        return ""
    past = await past_nudges(tx, [parent.id], (now - REMEMBERED).date())
    chosen = chosen_of(s, await plans_picked(tx, parent))
    holidays = await holidays_ahead(tx, now)
    at = next_nudge_at(rhythm, chosen, past.get(parent.id, ()), now, holidays)
    return next_nudge_text(at, rhythm, now, s.phrases)


async def plans_picked(tx: Tx, parent: Parent) -> tuple[Picked, ...]:
    """The running plans for which a parent has picked days."""
    found = await picked_plans(tx, [parent.id])
    return tuple(one for one in found.get(parent.id, ()) if one[1].are_asked)


def chosen_of(s: Services, plans: tuple[Picked, ...]) -> list[Chosen]:
    """The plans whose skill is still offered."""
    return [
        Chosen(plan, times, len(s.skills[plan.skill_id].nudges))
        for plan, times in plans
        if plan.skill_id in s.skills
    ]
