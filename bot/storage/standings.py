"""How each parent of a family stands to its plans."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from bot.core.practice import Times, days_of_mask
from bot.core.standing import Since, Standing, standing_of
from bot.storage.database import Tx
from bot.storage.practice_tables import plan_times, rhythms
from bot.storage.rhythms import find_rhythm


async def standings_of(
    tx: Tx, plan_id: int, parent_ids: tuple[int, ...], now: datetime
) -> Mapping[int, Standing]:
    """How these parents stand to a plan, by parent."""
    return {one: await _standing(tx, plan_id, one, now) for one in parent_ids}


async def _standing(tx: Tx, plan_id: int, parent_id: int, now: datetime) -> Standing:
    picked = select(plan_times).where(
        plan_times.c.plan_id == plan_id, plan_times.c.parent_id == parent_id
    )
    row = (await tx.execute(picked)).mappings().one_or_none()
    held = select(rhythms.c.paused_at, rhythms.c.stopped_at).where(rhythms.c.parent_id == parent_id)
    known = (await tx.execute(held)).mappings().one_or_none()
    times = (
        Times(days_of_mask(row["days"]), row["at"], row["rests_since"] is not None) if row else None
    )
    since = Since(
        picked=row["picked_at"] if row else None,
        rests=row["rests_since"] if row else None,
        paused=known["paused_at"] if known else None,
        stopped=known["stopped_at"] if known else None,
    )
    return standing_of(times, await find_rhythm(tx, parent_id), since, now)
