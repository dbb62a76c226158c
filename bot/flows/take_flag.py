"""A member of staff takes a flag, or says that it is not urgent."""

from bot.core.flags import Flag, Outcome, Taking, take
from bot.core.people import Staff
from bot.flows.services import Services
from bot.flows.steps.closing import ask_first, close
from bot.flows.steps.taking import give, locked, may_see
from bot.storage import flags
from bot.storage.alerts import has_opened
from bot.storage.database import Tx

_TAKING_PHRASES = {
    Taking.ALREADY_YOURS: "flags.already_yours",
    Taking.SOMEBODY_HAS_IT: "flags.somebody_has_it",
    Taking.IS_CLOSED: "flags.is_closed",
    Taking.NOT_YOURS_TO_TAKE: "flags.not_yours",
}

MAY_CLOSE = (Taking.TAKEN, Taking.ALREADY_YOURS)


async def take_flag(s: Services, by: Staff, flag_id: int, update_id: int) -> str:
    """Somebody takes a flag; returns what the button says back."""
    async with s.database.transaction() as tx:
        flag = await locked(tx, s, flag_id, update_id, "take")
        return await _take(tx, s, flag, by) if flag else ""


async def dismiss_flag(s: Services, by: Staff, flag_id: int, update_id: int) -> str:
    """*Not urgent*: the flag is taken and closed in one press, by whoever has read the message.

    Whoever has not opened it is asked first.
    """
    async with s.database.transaction() as tx:
        flag = await locked(tx, s, flag_id, update_id, "not_urgent")
        if flag is None:
            return ""
        can_take = take(flag, by, alerted=await may_see(tx, flag, by)) in MAY_CLOSE
        if can_take and not await has_opened(tx, flag.id, by.id):
            return await ask_first(tx, s, flag, by, update_id)
        return await _dismiss(tx, s, flag, by)


async def dismiss_unread(s: Services, by: Staff, flag_id: int, update_id: int) -> str:
    """They were asked, and close it as not urgent without having opened the message."""
    async with s.database.transaction() as tx:
        flag = await locked(tx, s, flag_id, update_id, "not_urgent_unread")
        return await _dismiss(tx, s, flag, by) if flag else ""


async def _dismiss(tx: Tx, s: Services, flag: Flag, by: Staff) -> str:
    said = await _take(tx, s, flag, by)
    flag = await flags.flag(tx, flag.id)
    if flag.holder is None or flag.holder.id != by.id or not flag.is_open:
        return said
    await close(tx, s, flag, by, Outcome.NOT_URGENT)
    return ""


async def _take(tx: Tx, s: Services, flag: Flag, by: Staff) -> str:
    taking = take(flag, by, alerted=await may_see(tx, flag, by))
    if taking is not Taking.TAKEN:
        holder = flag.holder.name if flag.holder else ""
        return s.phrases.say(_TAKING_PHRASES[taking], name=holder)
    await give(tx, s, flag, by)
    return ""
