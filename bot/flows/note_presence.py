"""A member of staff wrote: whatever Telegram said of their chat before, they can be reached."""

from bot.core.people import Staff
from bot.flows.services import Services
from bot.storage import reachability


async def note_presence(s: Services, member: Staff) -> None:
    """Note that somebody is there."""
    assert member.chat_id is not None, "they wrote from their chat"
    async with s.database.transaction() as tx:
        await reachability.note_presence(tx, member.chat_id)
