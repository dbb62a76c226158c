"""Ending a flag: how it ended, the family's news, and the note that may follow."""

from datetime import timedelta

from bot.core.alerts import ask_unread, closed_by_you
from bot.core.flags import Flag, Outcome
from bot.core.people import Staff
from bot.core.review_items import Doubt
from bot.flows.services import Services
from bot.flows.steps.erasing import tell_who_waited
from bot.flows.steps.flagging import update_holding
from bot.flows.steps.taking import close_alerts, keep_promises, tell, tell_writers
from bot.storage import flags, holds
from bot.storage.database import Tx
from bot.storage.review_items import add_item

NOTE_AWAITED = timedelta(hours=1)


async def close(tx: Tx, s: Services, flag: Flag, by: Staff, outcome: Outcome) -> None:
    """Whoever has a flag says how it ended."""
    now = s.clock.now()
    await holds.mark_closed(tx, flag.id, outcome, now + NOTE_AWAITED)
    number = await flags.add_event(tx, flag.id, f"closed:{outcome}", now, staff_id=by.id)
    if outcome is Outcome.NOT_URGENT and flag.message_id is not None:
        await add_item(tx, flag.message_id, Doubt.NOT_URGENT, now, by=by)
    ended = await flags.flag(tx, flag.id)
    reply = closed_by_you(ended, outcome, s.phrases, await flags.held_flags(tx, by))
    await tell(tx, s, ended, by, "closed", reply, of=f"note:{flag.id}")
    await close_alerts(tx, s, ended, outcome)
    await keep_promises(tx, s, by, number)
    await update_holding(tx, s, ended, known="closed")
    await tell_writers(tx, s, ended, "ended", s.phrases.say("holding.closed", name=by.name))
    await tell_who_waited(tx, s, ended)


async def ask_first(tx: Tx, s: Services, flag: Flag, by: Staff, update_id: int) -> str:
    """*Not urgent* from somebody who has not opened the message: one question before it ends."""
    await tell(tx, s, flag, by, f"unread:{update_id}", ask_unread(flag, s.phrases))
    return s.phrases.say("flags.unread_toast")
