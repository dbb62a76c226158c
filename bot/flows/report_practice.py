"""What families practise and what came of it, by plan and parent, for whoever looks after them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from bot.core.people import Family, Parent
from bot.core.practice import PracticeAnswer, PracticePlan, Times, days_to_mask
from bot.storage.database import Database, Tx
from bot.storage.nudges import count_nudges
from bot.storage.people import family, parents_of
from bot.storage.practice_plans import all_plans, times_of
from bot.storage.practices import Practice, practices_of


@dataclass(frozen=True, slots=True)
class PractisedPlan:
    """One plan as one parent lives it; `days` is a bit for each weekday, None: not picked yet."""

    plan: int
    family: str
    parent: str = field(repr=False)
    skill: str
    state: str
    often: int
    starts_on: date
    ends_on: date
    days: int | None
    at: str | None
    nudges: int
    answered: int
    did_it: int
    was_hard: int
    not_today: int
    barriers: Mapping[str, int]
    last_on: date | None

    def as_json(self) -> dict[str, Any]:
        """All of it, fit for JSON."""
        dates = {
            name: value.isoformat() if value else None
            for name, value in (
                ("starts_on", self.starts_on),
                ("ends_on", self.ends_on),
                ("last_on", self.last_on),
            )
        }
        return {**asdict(self), **dates}


async def report_practice(database: Database) -> list[PractisedPlan]:
    """Every plan and every parent of its family, the oldest plan first."""
    async with database.transaction() as tx:
        plans = await all_plans(tx)
        counts = await count_nudges(tx)
        log = await practices_of(tx, [plan.id for plan in plans])
        return [one for plan in plans for one in await _of_plan(tx, plan, counts, log)]


async def _of_plan(
    tx: Tx,
    plan: PracticePlan,
    counts: Mapping[tuple[int, int], tuple[int, int]],
    log: Sequence[Practice],
) -> list[PractisedPlan]:
    theirs = await family(tx, plan.family_id)
    found: list[PractisedPlan] = []
    for parent in await parents_of(tx, theirs):
        mine = [one for one in log if (one.plan_id, one.parent_id) == (plan.id, parent.id)]
        times = (await times_of(tx, parent.id)).get(plan.id)
        nudged = counts.get((plan.id, parent.id), (0, 0))
        found.append(_line(plan, theirs, parent, times, nudged, mine))
    return found


def _line(
    plan: PracticePlan,
    theirs: Family,
    parent: Parent,
    times: Times | None,
    nudged: tuple[int, int],
    log: Sequence[Practice],
) -> PractisedPlan:
    said = Counter(one.answer for one in log)
    return PractisedPlan(
        plan=plan.id,
        family=theirs.alias,
        parent=parent.name,
        skill=plan.skill_id,
        state=plan.state,
        often=plan.often,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        days=days_to_mask(times.days) if times and times.days else None,
        at=f"{times.at:%H:%M}" if times and times.days else None,
        nudges=nudged[0],
        answered=nudged[1],
        did_it=said[PracticeAnswer.DID_IT],
        was_hard=said[PracticeAnswer.WAS_HARD],
        not_today=said[PracticeAnswer.NOT_TODAY],
        barriers=dict(Counter(one.barrier for one in log if one.barrier)),
        last_on=max((one.day for one in log), default=None),
    )
