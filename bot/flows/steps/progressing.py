"""A family's progress, and the picture of it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot.adapters.chart import draw_progress
from bot.core.family_progress import ParentsProgress
from bot.core.people import Family
from bot.core.phrases import Phrases
from bot.core.practice import PracticeAnswer, PracticePlan
from bot.core.progress import Progress, progress_of
from bot.flows.services import Services
from bot.flows.steps.planning import title_of
from bot.storage.database import Tx
from bot.storage.people import parents_of
from bot.storage.practice_plans import plans_since
from bot.storage.practices import Practice, practices_of


async def family_progress(
    tx: Tx, s: Services, family_id: int, now: datetime, *, until: datetime | None = None
) -> tuple[Progress, ...]:
    """Every plan of a family that has something in its log, with both parents' days.

    `until`: without what was said after that.
    """
    plans = await plans_since(tx, family_id, now)
    every = await practices_of(tx, [plan.id for plan in plans])
    log = [one for one in every if until is None or one.changed_at < until]
    found = [
        _of_plan(s, plan, [one for one in log if one.plan_id == plan.id], now) for plan in plans
    ]
    return tuple(one for one in found if one is not None)


async def progress_by_parent(
    tx: Tx, s: Services, family: Family, now: datetime
) -> tuple[ParentsProgress, ...]:
    """The same by plan and parent, without whoever has said nothing of a plan."""
    plans = await plans_since(tx, family.id, now)
    log = await practices_of(tx, [plan.id for plan in plans])
    parents = await parents_of(tx, family)
    found: list[ParentsProgress] = []
    for plan in plans:
        for parent in parents:
            mine = [one for one in log if (one.plan_id, one.parent_id) == (plan.id, parent.id)]
            progress = _of_plan(s, plan, mine, now)
            if progress is not None:
                found.append(ParentsProgress(parent.name, progress))
    return tuple(found)


def _of_plan(
    s: Services, plan: PracticePlan, log: Sequence[Practice], now: datetime
) -> Progress | None:
    if not log:
        return None
    today = max(max(one.day for one in log), min(now.date(), plan.ends_on))
    days = [(one.day, one.answer) for one in log]
    return progress_of(title_of(s, plan), days, plan.starts_on, today)


async def picture_of(
    progress: tuple[Progress, ...], phrases: Phrases, *, side_by_side: int = 1
) -> bytes:
    """The chart, drawn beside the event loop."""
    words = {f"day_{day}": phrases.say(f"practice.day_{day}") for day in range(7)}
    legend = {answer: phrases.say(f"practice.legend_{answer}") for answer in PracticeAnswer}
    drawn = partial(draw_progress, progress, words | legend, side_by_side=side_by_side)
    return await asyncio.to_thread(drawn)
