"""One look of the watchdog: what is wrong is alarmed once, and told again when it is over."""

from dataclasses import dataclass
from datetime import datetime

from bot.adapters.clock import machine_time
from bot.core.watch import Kind, Signs, Trouble, compare, not_over, troubles
from bot.flows.services import Services
from bot.flows.steps.alarming import alarm_clinic
from bot.storage.database import Tx
from bot.storage.flags import find_flag
from bot.storage.watch import begin_incident, end_incident, open_incidents, read_signs


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen, and whether somebody was alarmed by it."""

    signs: Signs
    troubles: frozenset[Trouble]
    alarmed: bool


async def keep_watch(
    s: Services, before: frozenset[Trouble], began_at: datetime, workers: int = 0
) -> Look:
    """Look once; `before` is what the last look saw, `workers` the most that were alive so far, and
    `began_at` (by the machine's clock) when the watch began.

    Several processes may do this.
    """
    async with s.database.transaction() as tx:
        now = s.clock.now()
        signs = await read_signs(tx, began_at, workers)
        seen = troubles(signs, now, machine_time())
        known = await open_incidents(tx)
        change = compare(seen, before, set(known))
        over = change.ended - not_over(signs, machine_time())
        alarmed = False
        for trouble in sorted(change.begun, key=str):
            number = await begin_incident(tx, trouble, now)
            if number is not None:
                alarmed |= await _tell(tx, s, trouble, number, "begun")
        for trouble in sorted(over, key=str):
            if await end_incident(tx, known[trouble], now):
                alarmed |= await _tell(tx, s, trouble, known[trouble], "ended")
    return Look(signs, seen, alarmed)


async def _tell(tx: Tx, s: Services, trouble: Trouble, number: int, part: str) -> bool:
    alias = ""
    if trouble.kind is Kind.FLAG_UNDELIVERED:
        flag = await find_flag(tx, int(trouble.subject))
        alias = flag.alias if flag else ""
    sentence = s.phrases.say(f"watchdog.{part}_{trouble.kind}", alias=alias)
    await alarm_clinic(tx, s, f"{trouble.kind}_{part}", f"incident:{number}:{part}", sentence)
    return True
