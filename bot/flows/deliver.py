"""Send what is owed, and note what is known of it afterwards."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.core.deliveries import (
    TOO_MANY,
    Accepted,
    Delivery,
    Edit,
    Lane,
    Never,
    Owed,
    RetryIn,
    SendResult,
    is_settled,
)
from bot.core.notices import Why
from bot.flows.services import Services
from bot.flows.steps.flagging import update_holding
from bot.flows.steps.nudging import note_withheld, reason_to_withhold
from bot.flows.steps.reaching import reach_otherwise
from bot.storage import flags
from bot.storage.database import Tx
from bot.storage.deliveries import (
    count_attempt,
    find_owed,
    mark_accepted,
    mark_never,
    sent_as,
)
from bot.storage.pace import hold_back, take_turn

log = structlog.get_logger(__name__)
LONG_WAIT = 10.0


class Messenger(Protocol):
    """The way out to a chat."""

    async def send(
        self, delivery: Delivery, edited_message_id: int | None, attempts: int
    ) -> SendResult:
        """Try once to deliver."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of one attempt; `retry_at` is by the clock, `hurry` names who was not reached."""

    retry_at: datetime | None = None
    hurry: tuple[int, int] | None = None


Unrecorded = dict[int, Accepted]
"""What Telegram has accepted and the database has not heard of: it went away in between. As long
as the process lives, that is not sent a second time."""


async def deliver(
    s: Services, messenger: Messenger, delivery_id: int, unrecorded: Unrecorded
) -> Delivered:
    """Try once to deliver what is owed; what is settled already is left alone."""
    async with s.database.reading() as tx:
        owed = await find_owed(tx, delivery_id)
        if owed is None or is_settled(owed.state):
            unrecorded.pop(delivery_id, None)
            return Delivered()
        what = owed.delivery.what
        edited = await sent_as(tx, what.of_key) if isinstance(what, Edit) else None
        withheld = await reason_to_withhold(tx, owed.delivery, s.clock.now())
        turn = await take_turn(tx, s.clock.offset)
    if withheld is not None:
        result: SendResult = Never(withheld)
    elif isinstance(what, Edit) and edited is None:
        result = Never("what it would edit was never sent")
    elif delivery_id in unrecorded:
        result = unrecorded[delivery_id]
    else:
        if owed.delivery.lane is not Lane.FLAG:  # a flag takes its turn, and waits for no other
            if turn > LONG_WAIT:
                return Delivered(retry_at=s.clock.now() + timedelta(seconds=turn))
            await asyncio.sleep(turn)
        result = await messenger.send(owed.delivery, edited, owed.attempts)
    if isinstance(result, Accepted):
        unrecorded[delivery_id] = result
    async with s.database.transaction() as tx:
        done = await _note(tx, s, owed, result)
    unrecorded.pop(delivery_id, None)
    return done


async def _note(tx: Tx, s: Services, owed: Owed, result: SendResult) -> Delivered:
    now = s.clock.now()
    match result:
        case Accepted(message_id):
            await mark_accepted(tx, owed.id, message_id, now)
            await _note_alert(tx, s, owed.delivery)
            return Delivered()
        case RetryIn(delay, why):
            await count_attempt(tx, owed.id, why)
            if why == TOO_MANY:
                await hold_back(tx, delay, s.clock.offset)
            log.warning("not delivered yet", delivery=owed.id, why=why)
            return Delivered(retry_at=now + delay)
        case Never(why):
            await mark_never(tx, owed.id, why, now)
            await note_withheld(tx, owed.delivery, why, now)
            log.warning("cannot be delivered", delivery=owed.id, why=why)
            flag_id = alerted_flag(owed.delivery)
            staff_id = owed.delivery.staff_id
            if flag_id and staff_id:
                await _reach_otherwise(tx, s, flag_id, staff_id, owed.delivery.key)
            return Delivered(hurry=(flag_id, staff_id) if flag_id and staff_id else None)


def alerted_flag(delivery: Delivery) -> int | None:
    """The flag that a delivery is an alert of, if it is one: `flag:4:rung:…`."""
    parts = delivery.key.split(":")
    return (
        int(parts[1]) if parts[0] == "flag" and parts[2:3] == ["rung"] and parts[5:] == [] else None
    )


async def _reach_otherwise(tx: Tx, s: Services, flag_id: int, staff_id: int, key: str) -> None:
    flag = await flags.flag(tx, flag_id)
    if flag.is_waiting:
        rung = int(key.split(":")[3])
        await reach_otherwise(tx, s, flag, rung, staff_id, Why.CANNOT_BE_WRITTEN_TO)


async def _note_alert(tx: Tx, s: Services, delivery: Delivery) -> None:
    flag_id = alerted_flag(delivery)
    if flag_id is None:
        return
    await flags.add_event(tx, flag_id, "delivered", s.clock.now(), staff_id=delivery.staff_id)
    if await flags.mark_delivered(tx, flag_id):
        flag = await flags.flag(tx, flag_id)
        await update_holding(tx, s, flag, reached=True, known="delivered")
