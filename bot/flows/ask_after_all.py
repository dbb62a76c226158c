"""What was kept as a line about practice was meant as a question: the parent says so, by a tap."""

from bot.core.people import Parent
from bot.flows.services import Services
from bot.flows.steps.answering import follow_consultation
from bot.flows.steps.other_parent import why_paused
from bot.storage.database import Tx
from bot.storage.inbox import claim_update
from bot.storage.messages import StoredMessage, recent_texts, stored_message
from bot.storage.practices import find_practice, take_note_back


async def ask_after_all(
    s: Services, parent: Parent, practice_id: int, message_id: int, update_id: int
) -> str:
    """Answer the line from the guidance, and take it out of the log; what the button says back."""
    async with s.database.reading() as tx:
        message = await _kept(tx, parent, practice_id, message_id)
        if message is None:
            return s.phrases.say("general.button_gone")
        context = await recent_texts(tx, message.chat_id, message.sent_at, before=message.id)
    found = await s.judgement.consult(message.text, context, parent.family.therapist.name)
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "ask_after_all", s.clock.now()):
            return ""
        if paused := await why_paused(tx, s, parent):
            return paused
        await take_note_back(tx, practice_id, message.text)
        await follow_consultation(tx, s, parent, message.id, message.text, found)
        return ""


async def _kept(tx: Tx, parent: Parent, practice_id: int, message_id: int) -> StoredMessage | None:
    """The message, if its words still stand in that day's log and both are this parent's."""
    practice = await find_practice(tx, practice_id)
    if practice is None or practice.parent_id != parent.id or not practice.note_message_id:
        return None
    message = await stored_message(tx, message_id) if message_id else None
    if message is None or message.chat_id != parent.chat_id:
        return None
    return message if message.text and message.text in practice.note else None
