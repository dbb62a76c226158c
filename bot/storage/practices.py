"""The log of practice: what a parent said of a day, and the words they added for the therapist."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from bot.core.practice import PracticeAnswer
from bot.storage.database import Tx
from bot.storage.practice_tables import practices


@dataclass(frozen=True, slots=True)
class Practice:
    """One day's practice of one parent; `note` is what they added in their own words.

    `has_note`: they added something, be it without words, such as a voice note.
    """

    id: int
    plan_id: int
    parent_id: int
    day: date
    answer: PracticeAnswer
    barrier: str | None
    note: str = field(repr=False)
    at: datetime
    has_note: bool = False


async def log_practice(
    tx: Tx, plan_id: int, parent_id: int, day: date, answer: PracticeAnswer, now: datetime
) -> int:
    """Keep what a parent said of a day; saying something else later replaces it."""
    values = {"answer": answer, "at": now}
    statement = insert(practices).values(plan_id=plan_id, parent_id=parent_id, day=day, **values)
    changed = statement.on_conflict_do_update(
        index_elements=["plan_id", "parent_id", "day"], set_=values
    )
    logged: int = (await tx.execute(changed.returning(practices.c.id))).scalar_one()
    return logged


async def find_practice(tx: Tx, practice_id: int) -> Practice | None:
    """One entry of the log."""
    row = await tx.execute(select(practices).where(practices.c.id == practice_id))
    found = row.mappings().one_or_none()
    return _practice(tx, found) if found else None


async def set_barrier(tx: Tx, practice_id: int, barrier: str) -> None:
    """Keep what made it hard."""
    changed = update(practices).where(practices.c.id == practice_id)
    await tx.execute(changed.values(barrier=barrier))


async def add_note(tx: Tx, practice_id: int, note: str, message_id: int) -> None:
    """Keep the parent's own words, and the message that they stand in."""
    changed = update(practices).where(practices.c.id == practice_id)
    await tx.execute(changed.values(note=tx.seal(note), note_message_id=message_id))


async def practices_of(tx: Tx, plan_ids: Sequence[int]) -> tuple[Practice, ...]:
    """The log of some plans, in order of days."""
    query = select(practices).where(practices.c.plan_id.in_(plan_ids))
    rows = await tx.execute(query.order_by(practices.c.day, practices.c.id))
    return tuple(_practice(tx, row) for row in rows.mappings())


def _practice(tx: Tx, row: Mapping[Any, Any]) -> Practice:
    return Practice(
        id=row["id"],
        plan_id=row["plan_id"],
        parent_id=row["parent_id"],
        day=row["day"],
        answer=PracticeAnswer(row["answer"]),
        barrier=row["barrier"],
        note=tx.unseal(row["note"]) if row["note"] else "",
        at=row["at"],
        has_note=row["note_message_id"] is not None,
    )
