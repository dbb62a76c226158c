"""Nudges that were made, one for each plan, parent and day; and what holds them back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.core.flags import FlagState
from bot.core.nudges import Calm, Nudge, PastNudge
from bot.core.practice import PlanState
from bot.storage.database import Tx
from bot.storage.practice_tables import nudges, plan_times, practice_plans
from bot.storage.rhythms import Listener
from bot.storage.tables import checks, flag_events, flags

REMEMBERED = timedelta(days=90)
"""How far back the nudges of a parent are looked at."""
FLAG, CHECK, STOPPED, PAUSED, QUIET, NO_PLAN = (
    "flag",
    "check",
    "stopped",
    "paused",
    "quiet",
    "no plan",
)
TOO_LATE, HOLIDAY = "too late", "holiday"
MADE_AGAIN = (FLAG, CHECK, STOPPED, PAUSED, QUIET, NO_PLAN, HOLIDAY)
"""What held a nudge back on the way, and may be over while there is still time on that day."""
SEND_NUDGES = "send_nudges"
"""The sweep over the parents who are to be looked at."""


@dataclass(frozen=True, slots=True)
class StoredNudge:
    """A nudge as it is kept; `withheld` says why it was not sent after all."""

    id: int
    plan_id: int
    parent_id: int
    day: date
    wording: int
    send_until: datetime
    withheld: str | None


async def sweep_now(tx: Tx) -> None:
    """Look for nudges without waiting for the next minute: a sandbox's clock was moved."""
    await tx.defer(SEND_NUDGES, lock=SEND_NUDGES, timestamp=0)


async def add_nudge(tx: Tx, parent_id: int, nudge: Nudge, now: datetime) -> int | None:
    """Keep a nudge; None if this plan has nudged this parent on that day already.

    One that was held back on the way and may be made again is made again.
    """
    values = {"wording": nudge.wording, "made_at": now, "send_until": nudge.until}
    statement = insert(nudges).values(
        plan_id=nudge.plan_id, parent_id=parent_id, day=nudge.day, **values
    )
    again = statement.on_conflict_do_update(
        index_elements=["plan_id", "parent_id", "day"],
        set_=values | {"withheld": None},
        where=nudges.c.withheld.in_(MADE_AGAIN),
    )
    fresh = await tx.execute(again.returning(nudges.c.id))
    found: int | None = fresh.scalar_one_or_none()
    return found


async def find_nudge(tx: Tx, nudge_id: int) -> StoredNudge | None:
    """One nudge."""
    columns = (
        nudges.c.id,
        nudges.c.plan_id,
        nudges.c.parent_id,
        nudges.c.day,
        nudges.c.wording,
        nudges.c.send_until,
        nudges.c.withheld,
    )
    row = (await tx.execute(select(*columns).where(nudges.c.id == nudge_id))).one_or_none()
    return StoredNudge(*row) if row else None


async def is_still_planned(tx: Tx, nudge: StoredNudge) -> bool:
    """Whether the plan runs and the parent has days for it."""
    mine = and_(
        plan_times.c.plan_id == practice_plans.c.id, plan_times.c.parent_id == nudge.parent_id
    )
    query = (
        select(practice_plans.c.id)
        .join(plan_times, mine)
        .where(
            practice_plans.c.id == nudge.plan_id,
            practice_plans.c.state == PlanState.RUNNING,
            plan_times.c.days > 0,
            plan_times.c.rests_since.is_(None),
        )
    )
    return (await tx.execute(query)).first() is not None


async def mark_nudge_answered(tx: Tx, nudge_id: int, now: datetime) -> None:
    """The parent has tapped; the first tap's time stays."""
    unanswered = update(nudges).where(nudges.c.id == nudge_id, nudges.c.answered_at.is_(None))
    await tx.execute(unanswered.values(answered_at=now))


async def withhold(tx: Tx, nudge_id: int, why: str) -> None:
    """It is not sent after all."""
    await tx.execute(update(nudges).where(nudges.c.id == nudge_id).values(withheld=why))


async def count_nudges(tx: Tx) -> Mapping[tuple[int, int], tuple[int, int]]:
    """How many nudges were sent, and how many answered, by plan and parent."""
    query = (
        select(
            nudges.c.plan_id,
            nudges.c.parent_id,
            func.count(),
            func.count(nudges.c.answered_at),
        )
        .where(nudges.c.withheld.is_(None))
        .group_by(nudges.c.plan_id, nudges.c.parent_id)
    )
    rows = await tx.execute(query)
    return {(plan, parent): (sent, answered) for plan, parent, sent, answered in rows}


async def past_nudges(
    tx: Tx, parent_ids: Sequence[int], since: date
) -> Mapping[int, tuple[PastNudge, ...]]:
    """What these parents were nudged for from a day on, by parent; a day may still come again on
    which a nudge was only held back."""
    unanswered = nudges.c.answered_at.is_(None) & nudges.c.withheld.is_(None)
    query = select(
        nudges.c.parent_id,
        nudges.c.plan_id,
        nudges.c.day,
        nudges.c.wording,
        unanswered.label("is_ignored"),
        practice_plans.c.has_own_day,
    )
    query = query.join(practice_plans, practice_plans.c.id == nudges.c.plan_id).where(
        nudges.c.parent_id.in_(parent_ids),
        nudges.c.day >= since,
        or_(nudges.c.withheld.is_(None), nudges.c.withheld.not_in(MADE_AGAIN)),
    )
    found: dict[int, list[PastNudge]] = defaultdict(list)
    for row in await tx.execute(query):
        found[row.parent_id].append(
            PastNudge(row.plan_id, row.day, row.wording, row.is_ignored, row.has_own_day)
        )
    return {parent_id: tuple(past) for parent_id, past in found.items()}


async def calms_of(tx: Tx, listeners: Sequence[Listener]) -> Mapping[int, Calm]:
    """What holds nudges back, by parent."""
    families = [one.family_id for one in listeners]
    chats = [one.chat_id for one in listeners]
    open_flags = set((await tx.execute(_open_flags(families))).scalars())
    closed = dict((await tx.execute(_closed_flags(families))).all())
    asked = select(checks.c.chat_id).where(
        checks.c.chat_id.in_(chats), checks.c.settled_at.is_(None)
    )
    checked = set((await tx.execute(asked)).scalars())
    return {
        one.parent_id: Calm(
            flag_is_open=one.family_id in open_flags,
            check_is_open=one.chat_id in checked,
            flag_closed_at=_unless_excused(closed.get(one.family_id), one.flags_excused_at),
        )
        for one in listeners
    }


def _open_flags(families: Sequence[int]) -> object:
    return select(flags.c.family_id).where(
        flags.c.family_id.in_(families), flags.c.state != FlagState.CLOSED
    )


def _closed_flags(families: Sequence[int]) -> object:
    return (
        select(flags.c.family_id, func.max(flag_events.c.at))
        .join(flag_events, flag_events.c.flag_id == flags.c.id)
        .where(flags.c.family_id.in_(families), flag_events.c.what.like("closed:%"))
        .group_by(flags.c.family_id)
    )


def _unless_excused(closed_at: datetime | None, excused_at: datetime | None) -> datetime | None:
    if closed_at is not None and excused_at is not None and closed_at <= excused_at:
        return None
    return closed_at
