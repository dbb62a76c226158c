"""Ringing those who were told of a waiting flag once more, and hurrying its ladder."""

from bot.core.alerts import Again, alert, with_console
from bot.core.deliveries import Delivery, Lane, Send
from bot.core.flags import Flag
from bot.core.ladder import EVERYONE
from bot.flows.services import Services
from bot.flows.steps.clocks import clinic_zone
from bot.flows.steps.flagging import about, climb_rungs, words_for
from bot.storage import alerts, flags
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.people import all_staff


async def ring_again(
    tx: Tx,
    s: Services,
    flag: Flag,
    why: Again,
    part: str,
    *,
    message_id: int | None = None,
    only: frozenset[int] | set[int] | None = None,
    what: str = "",
    is_quiet: bool = False,
) -> None:
    """Owe everybody who was told of a flag one more alert; `part` makes it one and no more."""
    told = await alerts.alerted_staff(tx, flag.id) if only is None else only
    now, zone = s.clock.now(), await clinic_zone(tx, s)
    for person in await all_staff(tx):
        if person.id not in told or person.chat_id is None:
            continue
        words = await words_for(tx, s, flag, person, message_id)
        reply = alert(flag, s.phrases, now, zone, words, again=why, what=what)
        key = f"flag:{flag.id}:again:{part}:{person.id}"
        send = Send(with_console(reply, flag, s.phrases, s.console_url), is_quiet=is_quiet)
        delivery = Delivery(key, person.chat_id, send, Lane.FLAG, about(flag), person.id)
        await owe(tx, delivery, now)


async def hurry(tx: Tx, s: Services, flag: Flag) -> frozenset[int]:
    """Climb before its time, until somebody is told who was not, or everybody is; who was."""
    before = await alerts.alerted_staff(tx, flag.id)
    told: set[int] = set()
    while not told - before:
        waiting = await flags.flag(tx, flag.id)
        done = await climb_rungs(tx, s, waiting, woken=True)
        told |= {person.id for _, people in done.told for person in people}
        if waiting.next_rung >= EVERYONE:
            break
    return frozenset(told)
