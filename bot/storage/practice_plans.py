"""Practice plans, and the days and time that each parent picked for them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.core.practice import PlanState, PracticePlan, Times, days_of_mask, days_to_mask
from bot.storage.database import Tx
from bot.storage.practice_tables import plan_times, practice_plans, rhythms
from bot.storage.tables import parents

REMEMBERED = timedelta(weeks=4)
TIMES = (plan_times.c.days, plan_times.c.at, plan_times.c.rests_since)
NOT_ENDED = (PlanState.RUNNING, PlanState.PAUSED)


@dataclass(frozen=True, slots=True)
class NewPlan:
    """What a therapist gives to a family; `note` is a sentence of theirs to the parents."""

    family_id: int
    therapist_id: int
    skill_id: str
    goal: str
    often: int
    starts_on: date
    ends_on: date
    note: str = ""
    has_own_day: bool = False


async def add_plan(
    tx: Tx, new: NewPlan, now: datetime, state: PlanState = PlanState.RUNNING
) -> PracticePlan:
    """Keep a plan."""
    statement = insert(practice_plans).values(
        family_id=new.family_id,
        therapist_id=new.therapist_id,
        skill_id=new.skill_id,
        goal=tx.seal(new.goal),
        note=tx.seal(new.note),
        often=new.often,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        has_own_day=new.has_own_day,
        state=state,
        made_at=now,
    )
    row = await tx.execute(statement.returning(*practice_plans.c))
    return _plan(tx, row.mappings().one())


async def add_draft(tx: Tx, new: NewPlan, now: datetime) -> int:
    """Keep a plan that is not sent yet, in place of its therapist's earlier drafts."""
    await drop_drafts(tx, new.therapist_id)
    plan = await add_plan(tx, new, now, PlanState.DRAFT)
    return plan.id


async def find_draft(tx: Tx, draft_id: int, family_id: int) -> PracticePlan | None:
    """A family's draft."""
    found = await find_plan(tx, draft_id)
    is_it = found is not None and (found.family_id, found.state) == (family_id, PlanState.DRAFT)
    return found if is_it else None


async def drop_drafts(tx: Tx, therapist_id: int) -> None:
    """What a therapist has not sent is forgotten."""
    is_draft = practice_plans.c.state == PlanState.DRAFT
    mine = practice_plans.c.therapist_id == therapist_id
    await tx.execute(delete(practice_plans).where(is_draft, mine))


async def find_plan(tx: Tx, plan_id: int) -> PracticePlan | None:
    """One plan."""
    row = await tx.execute(select(practice_plans).where(practice_plans.c.id == plan_id))
    found = row.mappings().one_or_none()
    return _plan(tx, found) if found else None


async def plans_of(tx: Tx, family_id: int) -> tuple[PracticePlan, ...]:
    """A family's plans that have not ended, the oldest first."""
    query = select(practice_plans).where(
        practice_plans.c.family_id == family_id, practice_plans.c.state.in_(NOT_ENDED)
    )
    rows = (await tx.execute(query.order_by(practice_plans.c.id))).mappings()
    return tuple(_plan(tx, row) for row in rows)


async def plans_since(tx: Tx, family_id: int, now: datetime) -> tuple[PracticePlan, ...]:
    """A family's plans that run, rest, or ended within the last weeks, the oldest first."""
    lately = practice_plans.c.ends_on >= now.date() - REMEMBERED
    query = select(practice_plans).where(
        practice_plans.c.family_id == family_id, lately, practice_plans.c.state != PlanState.DRAFT
    )
    rows = (await tx.execute(query.order_by(practice_plans.c.id))).mappings()
    return tuple(_plan(tx, row) for row in rows)


async def all_plans(tx: Tx) -> tuple[PracticePlan, ...]:
    """Every plan that was ever given, the oldest first."""
    given = select(practice_plans).where(practice_plans.c.state != PlanState.DRAFT)
    rows = await tx.execute(given.order_by(practice_plans.c.id))
    return tuple(_plan(tx, row) for row in rows.mappings())


async def set_plan_state(tx: Tx, plan_id: int, state: PlanState, now: datetime) -> None:
    """Pause a plan, go on with it, or end it; the next sweep looks at the family."""
    changed = update(practice_plans).where(practice_plans.c.id == plan_id)
    await tx.execute(changed.values(state=state))
    await _look_at_family(tx, plan_id, now)


async def change_plan(tx: Tx, plan_id: int, now: datetime, **values: Any) -> None:
    """Change how often, until when or with what aim; the next sweep looks at the family."""
    if "goal" in values:
        values["goal"] = tx.seal(values["goal"])
    await tx.execute(update(practice_plans).where(practice_plans.c.id == plan_id).values(**values))
    await _look_at_family(tx, plan_id, now)


async def set_note(tx: Tx, plan_id: int, note: str) -> None:
    """Keep the therapist's sentence to the parents."""
    changed = update(practice_plans).where(practice_plans.c.id == plan_id)
    await tx.execute(changed.values(note=tx.seal(note)))


async def pick_times(tx: Tx, plan_id: int, parent_id: int, times: Times, now: datetime) -> None:
    """Keep the days and the time that a parent picked; the next sweep looks at them."""
    days = days_to_mask(times.days)
    values = {"days": days, "at": times.at, "picked_at": now, "rests_since": None}
    statement = upsert(plan_times).values(plan_id=plan_id, parent_id=parent_id, **values)
    await tx.execute(
        statement.on_conflict_do_update(index_elements=["plan_id", "parent_id"], set_=values)
    )
    mine = update(rhythms).where(rhythms.c.parent_id == parent_id)
    await tx.execute(mine.values(look_at=now))


async def rest_times(tx: Tx, plan_id: int, parent_id: int, now: datetime) -> None:
    """A parent pauses one plan; their days stay, and when they paused it first."""
    theirs = (plan_times.c.plan_id == plan_id) & (plan_times.c.parent_id == parent_id)
    since = func.coalesce(plan_times.c.rests_since, now)
    await tx.execute(update(plan_times).where(theirs).values(rests_since=since))


async def wake_times(tx: Tx, parent_id: int, now: datetime, plan_id: int | None = None) -> None:
    """A parent goes on with a plan that they paused, or with all of them; the next sweep looks."""
    theirs = [plan_times.c.parent_id == parent_id]
    if plan_id is not None:
        theirs.append(plan_times.c.plan_id == plan_id)
    await tx.execute(update(plan_times).where(*theirs).values(rests_since=None))
    mine = update(rhythms).where(rhythms.c.parent_id == parent_id)
    await tx.execute(mine.values(look_at=now))


async def drop_times(tx: Tx, plan_id: int, parent_id: int, now: datetime) -> None:
    """A parent wants no nudges for a plan: it has no days; the next sweep looks at them."""
    await pick_times(tx, plan_id, parent_id, Times(frozenset(), time()), now)


async def unanswered_offers(
    tx: Tx, made_after: datetime, made_before: datetime
) -> tuple[tuple[PracticePlan, int], ...]:
    """Plans made in between, with each parent who never said anything about days for it."""
    answered = plan_times.alias()
    same = (answered.c.plan_id == practice_plans.c.id) & (answered.c.parent_id == parents.c.id)
    query = (
        select(practice_plans, parents.c.id.label("parent_id"))
        .join(parents, parents.c.family_id == practice_plans.c.family_id)
        .join(rhythms, rhythms.c.parent_id == parents.c.id)
        .outerjoin(answered, same)
        .where(
            practice_plans.c.state == PlanState.RUNNING,
            practice_plans.c.made_at.between(made_after, made_before),
            answered.c.plan_id.is_(None),
        )
    )
    rows = (await tx.execute(query)).mappings()
    return tuple((_plan(tx, row), row["parent_id"]) for row in rows)


async def end_finished_plans(tx: Tx, today: date) -> tuple[PracticePlan, ...]:
    """Plans whose last day has passed everywhere on earth: they end now, each once."""
    passed = practice_plans.c.ends_on < today - timedelta(days=1)
    changed = (
        update(practice_plans)
        .where(practice_plans.c.state.in_(NOT_ENDED), passed)
        .values(state=PlanState.ENDED)
        .returning(*practice_plans.c)
    )
    return tuple(_plan(tx, row) for row in (await tx.execute(changed)).mappings())


async def times_of(tx: Tx, parent_id: int) -> Mapping[int, Times]:
    """The times that a parent picked, by plan."""
    rows = await tx.execute(select(plan_times).where(plan_times.c.parent_id == parent_id))
    return {row["plan_id"]: _times(row) for row in rows.mappings()}


async def picked_plans(
    tx: Tx, parent_ids: Sequence[int]
) -> Mapping[int, tuple[tuple[PracticePlan, Times], ...]]:
    """The running plans for which these parents have picked times, by parent."""
    query = (
        select(practice_plans, plan_times.c.parent_id, *TIMES)
        .join(plan_times, plan_times.c.plan_id == practice_plans.c.id)
        .where(plan_times.c.parent_id.in_(parent_ids), practice_plans.c.state == PlanState.RUNNING)
        .order_by(practice_plans.c.id)
    )
    found: dict[int, list[tuple[PracticePlan, Times]]] = defaultdict(list)
    for row in (await tx.execute(query)).mappings():
        found[row["parent_id"]].append((_plan(tx, row), _times(row)))
    return {parent_id: tuple(plans) for parent_id, plans in found.items()}


async def count_plans(tx: Tx) -> dict[str, int]:
    """How many plans there are by state."""
    given = practice_plans.c.state != PlanState.DRAFT
    query = (
        select(practice_plans.c.state, func.count()).where(given).group_by(practice_plans.c.state)
    )
    return dict((await tx.execute(query)).all())


async def _look_at_family(tx: Tx, plan_id: int, now: datetime) -> None:
    family = select(practice_plans.c.family_id).where(practice_plans.c.id == plan_id)
    theirs = select(parents.c.id).where(parents.c.family_id == family.scalar_subquery())
    changed = update(rhythms).where(rhythms.c.parent_id.in_(theirs))
    await tx.execute(changed.values(look_at=now))


def _times(row: Mapping[Any, Any]) -> Times:
    return Times(days_of_mask(row["days"]), row["at"], row["rests_since"] is not None)


def _plan(tx: Tx, row: Mapping[Any, Any]) -> PracticePlan:
    return PracticePlan(
        id=row["id"],
        family_id=row["family_id"],
        skill_id=row["skill_id"],
        goal=tx.unseal(row["goal"]),
        often=row["often"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        state=PlanState(row["state"]),
        has_own_day=row["has_own_day"],
        note=tx.unseal(row["note"]),
    )
