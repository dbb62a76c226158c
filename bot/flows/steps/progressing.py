"""A family's progress, and the picture of it."""

import asyncio
from datetime import datetime
from functools import partial

from bot.adapters.chart import draw_progress
from bot.core.phrases import Phrases
from bot.core.practice import PracticeAnswer
from bot.core.progress import Progress, progress_of
from bot.flows.services import Services
from bot.flows.steps.planning import title_of
from bot.storage.database import Tx
from bot.storage.practice_plans import plans_since
from bot.storage.practices import practices_of


async def family_progress(
    tx: Tx, s: Services, family_id: int, now: datetime, *, until: datetime | None = None
) -> tuple[Progress, ...]:
    """Every plan of a family that has something in its log, with both parents' days.

    `until`: without what was said after that.
    """
    plans = await plans_since(tx, family_id, now)
    every = await practices_of(tx, [plan.id for plan in plans])
    log = [one for one in every if until is None or one.changed_at < until]
    found: list[Progress] = []
    for plan in plans:
        days = [(one.day, one.answer) for one in log if one.plan_id == plan.id]
        if days:
            last = max(day for day, _ in days)
            today = max(last, min(now.date(), plan.ends_on))
            found.append(progress_of(title_of(s, plan), days, plan.starts_on, today))
    return tuple(found)


async def picture_of(
    progress: tuple[Progress, ...], phrases: Phrases, *, side_by_side: int = 1
) -> bytes:
    """The chart, drawn beside the event loop."""
    words = {f"day_{day}": phrases.say(f"practice.day_{day}") for day in range(7)}
    legend = {answer: phrases.say(f"practice.legend_{answer}") for answer in PracticeAnswer}
    drawn = partial(draw_progress, progress, words | legend, side_by_side=side_by_side)
    return await asyncio.to_thread(drawn)
