"""What was said while a flag was open: by the family, by staff, and by a late press."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from bot.core.checks import CheckAnswer
from bot.core.deliveries import DeliveryState, What
from bot.storage.database import Tx
from bot.storage.deliveries import unpacked
from bot.storage.messages import StoredMessage, stored_message
from bot.storage.tables import deliveries, flag_events

LATE = "late_answer"


@dataclass(frozen=True, slots=True)
class Written:
    """A message of the family's that belongs to a flag, and from when on it did.

    `is_copied`: it holds something that cannot be put into words, and is the newest that its chat
    shows of it.
    """

    message: StoredMessage
    at: datetime
    is_copied: bool


@dataclass(frozen=True, slots=True)
class Said:
    """Something that staff wrote or sent to a parent."""

    id: int
    chat_id: int
    at: datetime
    what: What = field(repr=False)


@dataclass(frozen=True, slots=True)
class LateAnswer:
    """A parent's answer to the safety check that came after its time."""

    answer: CheckAnswer
    at: datetime


async def written_of(tx: Tx, flag_id: int) -> tuple[Written, ...]:
    """The family's messages of a flag, in the order in which they were written."""
    query = select(flag_events.c.message_id, flag_events.c.at).where(
        flag_events.c.flag_id == flag_id, flag_events.c.message_id.is_not(None)
    )
    joined: dict[int, datetime] = {}
    for number, at in await tx.execute(query):
        joined[number] = min(at, joined.get(number, at))
    latest: dict[tuple[int, int], int] = {}
    messages = [await stored_message(tx, number) for number in sorted(joined)]
    for one in messages:
        latest[one.chat_id, one.telegram_message_id] = one.id
    found: list[Written] = []
    for one in reversed(messages):  # what was written before something joined no later than that
        at = min(joined[one.id], found[-1].at) if found else joined[one.id]
        newest = latest[one.chat_id, one.telegram_message_id] == one.id
        found.append(Written(one, at, one.is_medium and newest))
    return tuple(reversed(found))


async def replies_of(tx: Tx, flag_id: int) -> tuple[Said, ...]:
    """What staff wrote to the family under a flag, in order; what never arrived was not said."""
    query = (
        select(deliveries)
        .where(
            deliveries.c.about == f"flag:{flag_id}",
            deliveries.c.key.like("reply:%"),
            deliveries.c.state != DeliveryState.NEVER,
        )
        .order_by(deliveries.c.id)
    )
    rows = (await tx.execute(query)).mappings()
    return tuple(Said(row["id"], row["chat_id"], row["made_at"], unpacked(tx, row)) for row in rows)


async def late_answers(tx: Tx, flag_id: int) -> tuple[LateAnswer, ...]:
    """The answers to a safety check that came after its time."""
    query = select(flag_events.c.what, flag_events.c.at).where(
        flag_events.c.flag_id == flag_id, flag_events.c.what.like(f"{LATE}:%")
    )
    rows = await tx.execute(query.order_by(flag_events.c.id))
    return tuple(LateAnswer(CheckAnswer(what.partition(":")[2]), at) for what, at in rows)
