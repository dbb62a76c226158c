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
from bot.storage.tables import messages


@dataclass(frozen=True, slots=True)
class Practice:
    """One day's practice of one parent; `note` is what they added in their own words.

    It stands in `note_message_id`, which may be a message without words, such as a voice note.
    `changed_at`: when they last said something of the day, or added to it.
    """

    id: int
    plan_id: int
    parent_id: int
    day: date
    answer: PracticeAnswer
    barrier: str | None
    note: str = field(repr=False)
    at: datetime
    changed_at: datetime
    note_message_id: int | None = None

    @property
    def has_note(self) -> bool:
        """Whether they added anything."""
        return self.note_message_id is not None


async def log_practice(
    tx: Tx, plan_id: int, parent_id: int, day: date, answer: PracticeAnswer, now: datetime
) -> int:
    """Keep what a parent said of a day; saying something else later replaces it."""
    values: dict[str, object] = {"answer": answer, "at": now, "changed_at": now}
    if answer is not PracticeAnswer.WAS_HARD:
        values["barrier"] = None  # nothing was in the way after all
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


async def add_note(
    tx: Tx, practice_id: int, words: str, message_id: int, now: datetime, *, instead_of: str = ""
) -> None:
    """Add a parent's own words to a day's, or change those that they edited."""
    query = select(practices.c.note).where(practices.c.id == practice_id).with_for_update()
    sealed = (await tx.execute(query)).scalar_one()
    known = tx.unseal(sealed) if sealed else ""
    if instead_of and instead_of in known:
        note = known.replace(instead_of, words)
    else:
        note = "\n".join(one for one in (known, words) if one)
    changed = update(practices).where(practices.c.id == practice_id)
    values = {"note": tx.seal(note), "note_message_id": message_id, "changed_at": now}
    await tx.execute(changed.values(**values))


async def take_note_back(tx: Tx, practice_id: int, words: str) -> None:
    """These words were no line for the log after all."""
    found = await find_practice(tx, practice_id)
    left = [one for one in (found.note if found else "").split("\n") if one]
    for line in words.split("\n"):
        if line in left:
            left.remove(line)
    note = "\n".join(left)
    values = {"note": tx.seal(note)} if note else {"note": None, "note_message_id": None}
    await tx.execute(update(practices).where(practices.c.id == practice_id).values(**values))


async def last_practice_of(tx: Tx, parent_id: int, since: datetime) -> Practice | None:
    """The last day that a parent spoke of, from a moment on."""
    query = select(practices).where(practices.c.parent_id == parent_id, practices.c.at >= since)
    row = await tx.execute(query.order_by(practices.c.at.desc()).limit(1))
    found = row.mappings().one_or_none()
    return _practice(tx, found) if found else None


async def practice_noted_in(
    tx: Tx, parent_id: int, chat_id: int, message_number: int
) -> int | None:
    """The day whose line stands in a message, by Telegram's number of that."""
    query = (
        select(practices.c.id)
        .join(messages, messages.c.id == practices.c.note_message_id)
        .where(
            practices.c.parent_id == parent_id,
            messages.c.chat_id == chat_id,
            messages.c.telegram_message_id == message_number,
        )
    )
    found: int | None = (await tx.execute(query.limit(1))).scalar_one_or_none()
    return found


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
        changed_at=row["changed_at"],
        note_message_id=row["note_message_id"],
    )
