"""The lines that parents add: to a day's practice, or to what they want to bring to a session."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.messages import Incoming
from bot.core.people import Parent
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.storage.database import Tx
from bot.storage.deliveries import what_about
from bot.storage.practices import add_note, find_practice
from bot.storage.sessions import add_session_note, family_of_digest

PRACTICE, SESSION = "practice", "digest"


@dataclass(frozen=True, slots=True)
class NoteFor:
    """What a parent's line belongs to: the `PRACTICE` or the `SESSION` with this number."""

    kind: str
    id: int


async def note_wanted(tx: Tx, parent: Parent, incoming: Incoming) -> NoteFor | None:
    """What a message was written under, if that is where lines are kept for the therapist."""
    if incoming.reply_to is None:
        return None
    about = await what_about(tx, incoming.chat_id, incoming.reply_to) or ""
    kind, _, number = about.partition(":")
    if not number.isdecimal():
        return None
    if kind == PRACTICE:
        practice = await find_practice(tx, int(number))
        is_theirs = practice is not None and practice.parent_id == parent.id
    else:
        is_theirs = kind == SESSION and await family_of_digest(tx, int(number)) == parent.family.id
    return NoteFor(kind, int(number)) if is_theirs else None


async def keep_note(
    tx: Tx, wanted: NoteFor, parent: Parent, words: str, message_id: int, now: datetime
) -> None:
    """Keep the words, or that there is a message without any."""
    if wanted.kind == PRACTICE:
        await add_note(tx, wanted.id, words, message_id)
    else:
        await add_session_note(tx, wanted.id, parent.id, words, message_id, now)


async def say_noted(tx: Tx, s: Services, wanted: NoteFor, parent: Parent, message_id: int) -> None:
    """Tell the parent that it is kept, and for whom."""
    name = parent.family.therapist.name
    if wanted.kind == PRACTICE:
        text = s.phrases.say("practice.noted", therapist=name)
    else:
        text = s.phrases.say("digest.brought", therapist=name)
    await say(tx, s, parent.chat_id, f"noted:{message_id}", Reply(text))
