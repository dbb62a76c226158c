"""A colleague is asked to take a flag; until they do, it is with its holder, or with nobody."""

from bot.core.alerts import asked_text, colleagues, offered, with_console
from bot.core.flags import Flag
from bot.core.holds import Passing, pass_to
from bot.core.people import Staff
from bot.flows.services import Services
from bot.flows.steps.taking import locked, may_see, tell
from bot.storage import flags
from bot.storage.database import Tx
from bot.storage.duty import the_duty
from bot.storage.holds import mark_offered
from bot.storage.people import all_staff
from bot.storage.reachability import unreachable_staff

_REFUSED = {
    Passing.IS_CLOSED: "flags.is_closed",
    Passing.NOT_YOURS: "flags.not_holder",
    Passing.CANNOT: "flags.cannot_pass",
}


async def choose_colleague(s: Services, by: Staff, flag_id: int, update_id: int) -> str:
    """*Pass to …*: show those who can be asked; returns what the button says back."""
    async with s.database.transaction() as tx:
        flag = await locked(tx, s, flag_id, update_id, "pass")
        if flag is None:
            return ""
        found = await _colleagues(tx, s, by)
        alerted = await may_see(tx, flag, by)
        refused = pass_to(flag, by, found[0] if found else None, alerted=alerted)
        if refused is not Passing.OFFERED:
            return s.phrases.say(_REFUSED[refused])
        await tell(tx, s, flag, by, f"pass:{update_id}", colleagues(flag, found, s.phrases))
        return ""


async def pass_flag(s: Services, by: Staff, flag_id: int, staff_id: int, update_id: int) -> str:
    """A colleague was chosen: they are asked, and the holder is told that they are."""
    async with s.database.transaction() as tx:
        flag = await locked(tx, s, flag_id, update_id, "pass_to")
        if flag is None:
            return ""
        chosen = next((one for one in await all_staff(tx) if one.id == staff_id), None)
        done = pass_to(flag, by, chosen, alerted=await may_see(tx, flag, by))
        if done is not Passing.OFFERED or chosen is None:
            return s.phrases.say(_REFUSED.get(done, "flags.cannot_pass"))
        await _offer(tx, s, flag, by, chosen)
        return asked_text(flag, chosen, s.phrases)


async def _offer(tx: Tx, s: Services, flag: Flag, by: Staff, to: Staff) -> None:
    if flag.holder is not None:
        await mark_offered(tx, flag.id, to)
    now = s.clock.now()
    await flags.add_event(tx, flag.id, "passed", now, staff_id=by.id)
    number = await flags.add_event(tx, flag.id, "offered", now, staff_id=to.id)
    reply = with_console(offered(flag, by, s.phrases), flag, s.phrases, s.console_url)
    await tell(tx, s, flag, to, f"again:offer:{number}", reply)


async def _colleagues(tx: Tx, s: Services, by: Staff) -> tuple[Staff, ...]:
    """Those who can be reached, whoever is on duty now first."""
    roster = (await the_duty(tx)).roster(s.clock.now())
    gone = await unreachable_staff(tx)
    others = [one for one in await all_staff(tx) if one.id != by.id and one.id not in gone]

    def is_off(one: Staff) -> bool:
        return one.id in roster.away or not roster.is_at_work(one.id)

    return tuple(sorted((one for one in others if one.is_linked), key=is_off))
