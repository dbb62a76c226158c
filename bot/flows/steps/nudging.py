"""What may still hold a nudge back when it is about to be sent."""

from datetime import datetime

from bot.core.deliveries import Delivery
from bot.core.nudges import LOOK_AGAIN
from bot.core.people import Parent
from bot.storage.checks import open_check
from bot.storage.database import Tx
from bot.storage.flags import open_flag
from bot.storage.holidays import holidays_ahead
from bot.storage.nudges import (
    CHECK,
    FLAG,
    HOLIDAY,
    MADE_AGAIN,
    NO_PLAN,
    PAUSED,
    QUIET,
    STOPPED,
    TOO_LATE,
    find_nudge,
    is_still_planned,
    withhold,
)
from bot.storage.people import who_is
from bot.storage.rhythms import find_rhythm, look_again_by

ABOUT = "nudge:"


def nudge_of(delivery: Delivery) -> int | None:
    """The nudge that a delivery is, if it is one."""
    about = delivery.about or ""
    return int(about.removeprefix(ABOUT)) if about.startswith(ABOUT) else None


async def reason_to_withhold(tx: Tx, delivery: Delivery, now: datetime) -> str | None:
    """Why a nudge is not to be sent now: a flag since then, too late, *stop*, and the like."""
    nudge_id = nudge_of(delivery)
    nudge = await find_nudge(tx, nudge_id) if nudge_id is not None else None
    if nudge is None:
        return None
    if now >= nudge.send_until:
        return TOO_LATE
    rhythm = await find_rhythm(tx, nudge.parent_id)
    if rhythm is None or rhythm.is_stopped:
        return STOPPED
    if rhythm.is_paused(now):
        return PAUSED
    if nudge.day in await holidays_ahead(tx, now):
        return HOLIDAY
    if rhythm.is_quiet(now):
        return QUIET
    if not await is_still_planned(tx, nudge):
        return NO_PLAN
    who = await who_is(tx, delivery.chat_id, "")
    family_id = who.family.id if isinstance(who, Parent) else None
    if await open_flag(tx, delivery.chat_id, family_id) is not None:
        return FLAG
    if await open_check(tx, delivery.chat_id) is not None:
        return CHECK
    return None


async def note_withheld(tx: Tx, delivery: Delivery, why: str, now: datetime) -> None:
    """Note on the nudge that it was not sent; if that may pass, it is looked at again soon."""
    nudge_id = nudge_of(delivery)
    nudge = await find_nudge(tx, nudge_id) if nudge_id is not None else None
    if nudge is None:
        return
    await withhold(tx, nudge.id, why)
    if why in MADE_AGAIN:
        await look_again_by(tx, nudge.parent_id, now + LOOK_AGAIN)
