"""Whoever has a flag says how it ended, and may leave the note out."""

from bot.core.alerts import closed_without_note
from bot.core.deliveries import Delivery, Edit, Lane
from bot.core.flags import Outcome
from bot.core.people import Staff
from bot.flows.services import Services
from bot.flows.steps.closing import ask_first, close
from bot.flows.steps.taking import locked
from bot.storage.alerts import has_opened
from bot.storage.deliveries import owe
from bot.storage.holds import await_no_note


async def close_flag(s: Services, by: Staff, flag_id: int, outcome: Outcome, update_id: int) -> str:
    """Close a flag; returns what the button says back."""
    async with s.database.transaction() as tx:
        flag = await locked(tx, s, flag_id, update_id, "close")
        if flag is None:
            return ""
        if not flag.is_open:
            return s.phrases.say("flags.is_closed")
        if flag.holder is None or flag.holder.id != by.id:
            return s.phrases.say("flags.not_holder")
        if outcome is Outcome.NOT_URGENT and not await has_opened(tx, flag.id, by.id):
            return await ask_first(tx, s, flag, by, update_id)
        await close(tx, s, flag, by, outcome)
        return ""


async def skip_note(s: Services, by: Staff, flag_id: int, update_id: int) -> str:
    """There is nothing to add: what they write next is no note."""
    async with s.database.transaction() as tx:
        flag = await locked(tx, s, flag_id, update_id, "skip_note")
        if flag is None or flag.holder is None or flag.holder.id != by.id or by.chat_id is None:
            return s.phrases.say("flags.not_holder")
        await await_no_note(tx, flag.id)
        key = f"flag:{flag.id}:closed"
        edit = Edit(key, closed_without_note(flag, s.phrases))
        await owe(tx, Delivery(f"{key}:skip", by.chat_id, edit, Lane.FLAG), s.clock.now())
        return ""
