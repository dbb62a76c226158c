"""Safety checks that were asked, and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from bot.adapters.queue import FLAG, FLAGS
from bot.core.checks import CheckState
from bot.core.triage import Category
from bot.storage.database import Tx
from bot.storage.tables import checks

CHECK_SILENCE = "check_silence"


@dataclass(frozen=True, slots=True)
class Check:
    """A safety check. `wants_person`: it was asked because the parent asked for a person."""

    id: int
    message_id: int
    chat_id: int
    category: Category
    wants_person: bool
    is_open: bool
    asked_at: datetime
    state: CheckState


async def add_check(
    tx: Tx,
    message_id: int,
    chat_id: int,
    category: Category,
    *,
    wants_person: bool,
    now: datetime,
    silent_at: datetime,
) -> int:
    """Note a check, with the job that raises a flag if nothing is pressed by `silent_at`."""
    statement = insert(checks).values(
        message_id=message_id,
        chat_id=chat_id,
        state=CheckState.ASKED,
        category=category,
        asked_at=now,
        wants_person=wants_person,
    )
    check_id: int = (await tx.execute(statement.returning(checks.c.id))).scalar_one()
    await tx.defer(
        CHECK_SILENCE,
        lock=f"check:{check_id}",
        queue=FLAGS,
        priority=FLAG,
        at=silent_at,
        check_id=check_id,
    )
    return check_id


async def find_check(tx: Tx, check_id: int) -> Check | None:
    """One check, locked until the transaction ends."""
    row = await tx.execute(select(checks).where(checks.c.id == check_id).with_for_update())
    return _check(row.mappings().one_or_none())


async def open_check(tx: Tx, chat_id: int) -> Check | None:
    """The check that a chat has not answered yet, locked until the transaction ends."""
    query = (
        select(checks)
        .where(checks.c.chat_id == chat_id, checks.c.settled_at.is_(None))
        .order_by(checks.c.id)
        .limit(1)
        .with_for_update()
    )
    return _check((await tx.execute(query)).mappings().one_or_none())


async def settle_check(tx: Tx, check_id: int, state: CheckState, now: datetime) -> None:
    """Write down what became of a check."""
    values = {"state": state, "settled_at": now}
    await tx.execute(update(checks).where(checks.c.id == check_id).values(**values))


def _check(row: Mapping[Any, Any] | None) -> Check | None:
    if row is None:
        return None
    return Check(
        row["id"],
        row["message_id"],
        row["chat_id"],
        Category(row["category"]),
        row["wants_person"],
        row["settled_at"] is None,
        row["asked_at"],
        CheckState(row["state"]),
    )
