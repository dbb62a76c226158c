"""The line a parent adds to a day of practice: kept for the therapist, in the parent's words."""

from bot.core.messages import Incoming
from bot.core.people import Parent
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.storage.database import Tx
from bot.storage.deliveries import what_about
from bot.storage.practices import add_note, find_practice

ABOUT = "practice:"


async def practice_answered(tx: Tx, parent: Parent, incoming: Incoming) -> int | None:
    """The day's practice under which a message was written, if it was."""
    if incoming.reply_to is None:
        return None
    about = await what_about(tx, incoming.chat_id, incoming.reply_to) or ""
    number = about.removeprefix(ABOUT)
    practice = (
        await find_practice(tx, int(number))
        if about.startswith(ABOUT) and number.isdecimal()
        else None
    )
    return practice.id if practice is not None and practice.parent_id == parent.id else None


async def keep_note(tx: Tx, practice_id: int, words: str, message_id: int) -> None:
    """Keep the words, or that there is a message without any."""
    await add_note(tx, practice_id, words, message_id)


async def say_noted(tx: Tx, s: Services, parent: Parent, message_id: int) -> None:
    """Tell the parent that it is kept, and for whom."""
    reply = Reply(s.phrases.say("practice.noted", therapist=parent.family.therapist.name))
    await say(tx, s, parent.chat_id, f"noted:{message_id}", reply)
