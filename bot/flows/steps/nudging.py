"""What may still hold a nudge back when it is about to be sent."""

from datetime import datetime

from bot.core.deliveries import Delivery
from bot.core.people import Parent
from bot.storage.checks import open_check
from bot.storage.database import Tx
from bot.storage.flags import open_flag
from bot.storage.nudges import find_nudge, withhold
from bot.storage.people import who_is
from bot.storage.rhythms import find_rhythm

ABOUT = "nudge:"


def nudge_of(delivery: Delivery) -> int | None:
    """The nudge that a delivery is, if it is one."""
    about = delivery.about or ""
    return int(about.removeprefix(ABOUT)) if about.startswith(ABOUT) else None


async def reason_to_withhold(tx: Tx, delivery: Delivery, now: datetime) -> str | None:
    """Why a nudge is no longer to be sent: a flag since then, too late, or *stop*."""
    nudge_id = nudge_of(delivery)
    nudge = await find_nudge(tx, nudge_id) if nudge_id is not None else None
    if nudge is None:
        return None
    if now >= nudge.send_until:
        return "too late"
    rhythm = await find_rhythm(tx, nudge.parent_id)
    if rhythm is None or rhythm.is_stopped:
        return "stopped"
    who = await who_is(tx, delivery.chat_id, "")
    family_id = who.family.id if isinstance(who, Parent) else None
    if await open_flag(tx, delivery.chat_id, family_id) is not None:
        return "flag"
    if await open_check(tx, delivery.chat_id) is not None:
        return "check"
    return None


async def note_withheld(tx: Tx, delivery: Delivery, why: str) -> None:
    """Note on the nudge that it was not sent."""
    nudge_id = nudge_of(delivery)
    if nudge_id is not None:
        await withhold(tx, nudge_id, why)
