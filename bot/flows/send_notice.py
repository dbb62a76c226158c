"""Send what is owed on the second channel, and write each attempt into the flag's history."""

from datetime import datetime

import structlog

from bot.core.deliveries import Accepted, DeliveryState, Never, RetryIn, SendResult
from bot.core.notices import OwedNotice, event_of, retry_after
from bot.flows.services import Services
from bot.storage.database import Tx
from bot.storage.flags import add_event, find_flag
from bot.storage.notices import count_attempt, find_notice, settle_notice

log = structlog.get_logger(__name__)
NO_LONGER_NEEDED = "somebody has taken it"
ADDRESS_GONE = "the address is gone"


async def send_notice(s: Services, notice_id: int) -> datetime | None:
    """Try once; when to try again, by the clock, or None if it is settled."""
    async with s.database.reading() as tx:
        owed = await find_notice(tx, notice_id)
        if owed is None or owed.is_settled:
            return None
        needed = await _is_needed(tx, owed)
    result = await _try(s, owed) if needed else Never(NO_LONGER_NEEDED)
    async with s.database.transaction() as tx:
        return await _note(tx, s, owed, result)


async def _is_needed(tx: Tx, owed: OwedNotice) -> bool:
    if owed.notice.flag_id is None:
        return True
    flag = await find_flag(tx, owed.notice.flag_id)
    return flag is not None and flag.is_waiting


async def _try(s: Services, owed: OwedNotice) -> SendResult:
    mark = owed.notice.clinic_mark
    url = s.second_channel.clinic_url(mark) if mark else owed.url
    if url is None:
        return Never(ADDRESS_GONE)
    return await s.second_channel.send(url, owed.notice.title, owed.notice.text, owed.attempts)


async def _note(tx: Tx, s: Services, owed: OwedNotice, result: SendResult) -> datetime | None:
    now = s.clock.now()
    match result:
        case Accepted():
            await settle_notice(tx, owed.id, DeliveryState.ACCEPTED, now)
            await _remember(tx, owed, "accepted", now)
            return None
        case RetryIn(_, why):
            delay = retry_after(owed.attempts, owed.made_at, now)
            await count_attempt(tx, owed.id, why)
            await _remember(tx, owed, "failed", now)
            log.warning("the second channel failed", notice=owed.id, kind=owed.kind, why=why)
            if delay is None:
                await settle_notice(tx, owed.id, DeliveryState.NEVER, now, why)
                return None
            return now + delay
        case Never(why):
            await settle_notice(tx, owed.id, DeliveryState.NEVER, now, why)
            if why != NO_LONGER_NEEDED:
                await _remember(tx, owed, "never", now)
                log.error("the second channel cannot be used", notice=owed.id, why=why)
            return None


async def _remember(tx: Tx, owed: OwedNotice, outcome: str, now: datetime) -> None:
    flag_id, staff_id = owed.notice.flag_id, owed.notice.staff_id
    if flag_id is not None:
        await add_event(tx, flag_id, event_of(owed.kind, outcome), now, staff_id=staff_id)
