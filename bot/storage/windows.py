"""The times of day that were tried for parents who agreed to it, with the chance each had."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, time

from sqlalchemy import and_, func, select
from sqlalchemy.dialects.postgresql import insert

from bot.core.practice import PracticeAnswer
from bot.core.trial import TrialDay
from bot.core.windows import Tried, WindowChoice
from bot.storage.database import Tx
from bot.storage.practice_tables import nudges, practices, window_choices

PRACTISED = (PracticeAnswer.DID_IT, PracticeAnswer.WAS_HARD)


async def add_choice(tx: Tx, parent_id: int, choice: WindowChoice, now: object) -> None:
    """Keep a day's choice; the first one stays."""
    statement = insert(window_choices).values(
        parent_id=parent_id,
        day=choice.day,
        at=choice.at,
        probability=choice.probability,
        offered=",".join(f"{at:%H:%M}" for at in choice.offered),
        chosen_at=now,
    )
    await tx.execute(statement.on_conflict_do_nothing())


async def chosen_since(
    tx: Tx, parent_ids: Sequence[int], since: date
) -> Mapping[tuple[int, date], time]:
    """The times that were chosen for these parents, by parent and day."""
    query = select(window_choices.c.parent_id, window_choices.c.day, window_choices.c.at).where(
        window_choices.c.parent_id.in_(parent_ids), window_choices.c.day >= since
    )
    return {(row.parent_id, row.day): row.at for row in await tx.execute(query)}


async def tried_by(tx: Tx, parent_ids: Sequence[int]) -> Mapping[int, tuple[Tried, ...]]:
    """What came of the days that were tried so far, by parent; a day without a nudge is none."""
    found: dict[int, list[Tried]] = defaultdict(list)
    for one in await _days(tx, window_choices.c.parent_id.in_(parent_ids)):
        found[one.parent_id].append(Tried(one.at, one.worked))
    return {parent_id: tuple(tried) for parent_id, tried in found.items()}


async def trial_days(tx: Tx) -> tuple[TrialDay, ...]:
    """Every randomised day on which a nudge was sent."""
    return await _days(tx, window_choices.c.day.is_not(None))


async def _days(tx: Tx, of: object) -> tuple[TrialDay, ...]:
    """Days with their choice and their outcome: what was logged before the nudge is none."""
    same_day = and_(
        nudges.c.parent_id == window_choices.c.parent_id, nudges.c.day == window_choices.c.day
    )
    said = and_(
        practices.c.parent_id == window_choices.c.parent_id,
        practices.c.day == window_choices.c.day,
        practices.c.answer.in_(PRACTISED),
        practices.c.at >= nudges.c.made_at,
    )
    query = (
        select(
            window_choices.c.parent_id,
            window_choices.c.day,
            window_choices.c.at,
            window_choices.c.probability,
            window_choices.c.offered,
            func.count(practices.c.id).label("said"),
        )
        .join(nudges, and_(same_day, nudges.c.withheld.is_(None)))
        .outerjoin(practices, said)
        .where(of)  # type: ignore[arg-type]
        .group_by(window_choices.c.parent_id, window_choices.c.day)
        .order_by(window_choices.c.parent_id, window_choices.c.day)
    )
    return tuple(
        TrialDay(
            row.parent_id,
            row.at,
            row.probability,
            row.offered.partition(",")[0] == f"{row.at:%H:%M}",
            row.said > 0,
            row.day,
            tuple(row.offered.split(",")),
        )
        for row in await tx.execute(query)
    )
