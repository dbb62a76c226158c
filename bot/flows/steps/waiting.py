"""A parent whose message nobody has taken for long hears that, as a new message, a few times."""

from dataclasses import replace

from bot.core.deliveries import Delivery, Lane, Send
from bot.core.flags import Flag
from bot.core.holding import point_passed, still_waiting
from bot.flows.services import Services
from bot.flows.steps.flagging import about, told_to
from bot.flows.steps.known import what_is_known
from bot.storage import alerts
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.holds import hearers_of


async def tell_who_wait(tx: Tx, s: Services, flag: Flag, *, reached: bool) -> None:
    """Owe each parent who waits what is known, at the points that a wait passes, and once each.

    `reached`: somebody could be before this rung, whose alerts are only on their way.
    """
    now = s.clock.now()
    for whose in await hearers_of(tx, flag):
        since = await alerts.waiting_since(tx, flag, since=whose.since)
        point = point_passed(now - since)
        if point is None:
            continue
        known = replace(await what_is_known(tx, s, flag, whose), reached=reached)
        reply = still_waiting(told_to(flag, whose), s.directory, s.phrases, known)
        key = f"flag:{flag.id}:waiting:{int(since.timestamp())}:{point}:{whose.chat_id}"
        await owe(tx, Delivery(key, whose.chat_id, Send(reply), Lane.FLAG, about(flag)), now)
