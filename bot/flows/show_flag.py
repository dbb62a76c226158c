"""A member of staff opens what was written: that is noted, and the family is told who has."""

from bot.core.people import Staff
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.conversation import owe_media
from bot.flows.steps.taking import locked, may_see, tell
from bot.flows.steps.words_of_flag import note_shown, shown_words


async def show_message(s: Services, by: Staff, flag_id: int, update_id: int) -> str:
    """Show what was written to somebody the flag was sent to, and note that they saw it."""
    async with s.database.transaction() as tx:
        flag = await locked(tx, s, flag_id, update_id, "show")
        if flag is None:
            return ""
        if not await may_see(tx, flag, by):
            return s.phrases.say("flags.not_yours")
        reply = Reply(await shown_words(tx, s, flag))
        await tell(tx, s, flag, by, f"shown:{update_id}", reply)
        await owe_media(tx, s, flag, by)
        await note_shown(tx, s, flag, by, "telegram")
        return ""
