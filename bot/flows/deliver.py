"""Send what is owed, and note what is known of it afterwards."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Protocol

import structlog

from bot.core.deliveries import (
    TOO_MANY,
    Accepted,
    Delivery,
    DeliveryState,
    Edit,
    Lane,
    Never,
    Owed,
    RetryIn,
    SendResult,
    is_settled,
)
from bot.flows.services import Services
from bot.flows.steps.nudging import note_withheld, reason_to_withhold
from bot.flows.steps.out_of_reach import (
    alerted_flag,
    note_accepted,
    note_out_of_reach,
    note_refused,
    superseded,
)
from bot.flows.steps.passing_late import brought_late, note_brought
from bot.storage.database import Tx
from bot.storage.deliveries import (
    count_attempt,
    find_owed,
    mark_accepted,
    mark_never,
    sent_as,
)
from bot.storage.pace import hold_back, take_turn, wait_for

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
    """What came of one attempt; `retry_at` is by the clock."""

    retry_at: datetime | None = None


Unrecorded = dict[int, Accepted]
"""What Telegram has accepted and the database has not heard of: it went away in between. As long
as the process lives, that is not sent a second time."""


async def deliver(
    s: Services, messenger: Messenger, delivery_id: int, unrecorded: Unrecorded
) -> Delivered:
    """Try once to deliver what is owed; what is settled already is not sent again."""
    asked = monotonic()
    async with s.database.reading() as tx:
        owed = await find_owed(tx, delivery_id)
        if owed is None or is_settled(owed.state):
            unrecorded.pop(delivery_id, None)
            return await _finish(s, owed)
        what = owed.delivery.what
        edited = await sent_as(tx, what.of_key) if isinstance(what, Edit) else None
        withheld = await reason_to_withhold(tx, owed.delivery, s.clock.now())
        withheld = withheld or await superseded(tx, owed)
        turn = await take_turn(tx, s.clock.offset)
    if delivery_id in unrecorded:
        result: SendResult = unrecorded[delivery_id]
    elif withheld is not None:
        result = Never(withheld)
    elif isinstance(what, Edit) and edited is None:
        result = Never("what it would edit was never sent")
    else:
        if owed.delivery.lane is not Lane.FLAG:  # a flag takes its turn, and waits for no other
            if turn > LONG_WAIT:
                return Delivered(retry_at=s.clock.now() + timedelta(seconds=turn))
            await wait_for(turn, asked, s.database, s.clock.offset)
        result = await messenger.send(owed.delivery, edited, owed.attempts)
    if isinstance(result, Accepted):
        unrecorded[delivery_id] = result
        await _record(s, owed, result)
        unrecorded.pop(delivery_id, None)
        return await _follow_up(s, owed)
    async with s.database.transaction() as tx:
        return await _note(tx, s, owed, result)


async def _record(s: Services, owed: Owed, accepted: Accepted) -> None:
    """Write down that Telegram has it, alone and at once.

    Until this is committed, a process that dies sends it again; what follows from it can wait.
    """
    async with s.database.transaction() as tx:
        await mark_accepted(tx, owed.id, accepted.message_id, s.clock.now())


async def _follow_up(s: Services, owed: Owed) -> Delivered:
    """What follows when an alert was accepted, or a question after all; the job is not done before
    this is written too."""
    if alerted_flag(owed.delivery) is not None:
        async with s.database.transaction() as tx:
            await note_accepted(tx, s, owed.delivery)
    if brought_late(owed.delivery) is not None:
        async with s.database.transaction() as tx:
            await note_brought(tx, s, owed.delivery)
    return Delivered()


async def _finish(s: Services, owed: Owed | None) -> Delivered:
    """A job that was cut off after its message was recorded: do the rest of it."""
    if owed is None or owed.state is not DeliveryState.ACCEPTED:
        return Delivered()
    return await _follow_up(s, owed)


async def _note(tx: Tx, s: Services, owed: Owed, result: RetryIn | Never) -> Delivered:
    now = s.clock.now()
    match result:
        case RetryIn(delay, why):
            await count_attempt(tx, owed.id, why)
            if why == TOO_MANY:
                await hold_back(tx, delay, s.clock.offset)
            log.warning("not delivered yet", delivery=owed.id, why=why)
            return Delivered(retry_at=now + delay)
        case Never(why):
            lost = await mark_never(tx, owed.id, why, now)
            await note_withheld(tx, owed.delivery, why, now)
            log.warning("cannot be delivered", delivery=owed.id, why=why)
            await note_refused(tx, s, owed.delivery, why)
            if lost is not None:
                await note_out_of_reach(tx, s, lost)
            return Delivered()
