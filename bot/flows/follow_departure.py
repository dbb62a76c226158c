"""Somebody has left the staff: no flag counts on them any more, and they are told."""

from bot.core.alerts import not_asked
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.flows.steps.out_of_reach import note_out_of_reach
from bot.flows.steps.taking import tell
from bot.storage import flags, holds
from bot.storage.database import Tx
from bot.storage.people import clinic_name
from bot.storage.staff_changes import chat_of_leaver, offers_to


async def follow_departure(s: Services, staff_id: int) -> int | None:
    """Do what follows, twice is once; returns their chat, where they had one."""
    async with s.database.transaction() as tx:
        await note_out_of_reach(tx, s, staff_id)
        for flag_id in await offers_to(tx, staff_id):
            await _not_asked(tx, s, flag_id, staff_id)
        chat_id = await chat_of_leaver(tx, staff_id)
        if chat_id is not None:
            text = s.phrases.say("moving.you_left", clinic=await clinic_name(tx))
            await say(tx, s, chat_id, f"staff:{staff_id}:left", Reply(text))
        return chat_id


async def _not_asked(tx: Tx, s: Services, flag_id: int, staff_id: int) -> None:
    """They were asked to take a flag over: whoever has it chooses somebody else."""
    flag = await flags.flag(tx, flag_id, lock=True)
    asked, holder = flag.offered_to, flag.holder
    if asked is None or asked.id != staff_id or holder is None or holder.chat_id is None:
        return
    await holds.mark_not_offered(tx, flag_id)
    reply = not_asked(flag, asked, s.phrases)
    await tell(tx, s, flag, holder, f"pass:left:{staff_id}", reply)
