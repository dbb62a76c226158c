"""The lines that parents add: to a day's practice, or to what they want to bring to a session."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.messages import Incoming, Media
from bot.core.people import Family, Parent
from bot.core.planning import date_text
from bot.core.practice import PracticeAnswer
from bot.core.practice_notes import NOTE_WITHIN, asks_something
from bot.core.practice_replies import note_kept
from bot.core.replies import Reply
from bot.core.sessions import begins_at, coming
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.flows.steps.planning import home_zone
from bot.flows.steps.standing_in import who_reads
from bot.storage.database import Tx
from bot.storage.deliveries import last_number_about, what_about
from bot.storage.messages import earlier_version, message_numbers_after, number_of
from bot.storage.practices import (
    add_note,
    find_practice,
    last_practice_of,
    practice_noted_in,
)
from bot.storage.sessions import (
    add_session_note,
    family_of_digest,
    locked_preparation,
    session_of_digest,
    sessions_of,
)

PRACTICE, SESSION = "practice", "digest"


@dataclass(frozen=True, slots=True)
class NoteFor:
    """What a parent's line belongs to: the `PRACTICE` or the `SESSION` with this number.

    `is_reply`: it was written under what the bot said of it; else it only came right after that.
    `instead_of`: the words that it changes, where it is an edit.
    """

    kind: str
    id: int
    is_reply: bool = True
    instead_of: str = field(default="", repr=False)


async def note_wanted(tx: Tx, parent: Parent, incoming: Incoming, now: datetime) -> NoteFor | None:
    """What a message is a line for, if the bot asked for one where it was written."""
    if incoming.edited and (changed := await _changed_note(tx, parent, incoming)):
        return changed
    if incoming.reply_to is None:
        return None if incoming.edited else await _right_after(tx, parent, incoming, now)
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


async def _changed_note(tx: Tx, parent: Parent, incoming: Incoming) -> NoteFor | None:
    """An edit of a line that stands in the log."""
    practice_id = await practice_noted_in(tx, parent.id, incoming.chat_id, incoming.message_id)
    if practice_id is None:
        return None
    before = await earlier_version(tx, incoming.chat_id, incoming.message_id)
    words = before.text if before else ""
    return NoteFor(PRACTICE, practice_id, incoming.reply_to is not None, words)


async def _right_after(tx: Tx, parent: Parent, incoming: Incoming, now: datetime) -> NoteFor | None:
    """The line that *Did it* asked for, though it is no reply: it came next, and asks nothing."""
    practice = await last_practice_of(tx, parent.id, now - NOTE_WITHIN)
    if practice is None or practice.answer is not PracticeAnswer.DID_IT or incoming.forwarded:
        return None
    asked = await last_number_about(tx, incoming.chat_id, f"{PRACTICE}:{practice.id}")
    if asked is None:
        return None
    noted = await number_of(tx, practice.note_message_id) if practice.note_message_id else None
    if any(one != noted for one in await message_numbers_after(tx, incoming.chat_id, asked)):
        return None
    is_medium = isinstance(incoming.content, Media)
    if not is_medium and asks_something(incoming.text, parent.family.therapist.name):
        return None
    return NoteFor(PRACTICE, practice.id, is_reply=False)


async def keep_note(
    tx: Tx, wanted: NoteFor, parent: Parent, words: str, message_id: int, now: datetime
) -> None:
    """Keep the words, or that there is a message without any."""
    if wanted.kind == PRACTICE:
        await add_note(tx, wanted.id, words, message_id, now, instead_of=wanted.instead_of)
    else:
        await add_session_note(tx, wanted.id, parent.id, words, message_id, now)


async def comes_too_late(tx: Tx, s: Services, wanted: NoteFor, parent: Parent) -> bool:
    """Whether it would stand on no page: that has gone out, or none comes for that session.

    Until this is committed no page goes out, so that what is kept stands on it.
    """
    if wanted.kind != SESSION:
        return False
    prepared = await locked_preparation(tx, wanted.id)
    dates = await sessions_of(tx, parent.family.id)
    if prepared is None or dates is None or prepared.prepared.sent_at is not None:
        return True
    zone = ZoneInfo(home_zone(s, parent.family))
    return coming(dates, zone, s.clock.now()) != prepared.session_on


async def for_the_session(tx: Tx, s: Services, wanted: NoteFor, words: str) -> str:
    """What comes too late, with a line that says for which session it was meant."""
    session_on = await session_of_digest(tx, wanted.id)
    assert session_on is not None, "the message they replied to names it"
    return f"{s.phrases.say('digest.late_note', day=date_text(session_on))}\n{words}"


async def say_noted(tx: Tx, s: Services, wanted: NoteFor, parent: Parent, message_id: int) -> None:
    """Tell the parent that it is kept, and for whom."""
    if wanted.kind == PRACTICE:
        name = parent.family.therapist.name
        asked = None if wanted.is_reply else f"{wanted.id}.{message_id}"
        reply = note_kept(s.phrases, therapist=name, meant_as_question=asked)
    else:
        name = await _who_gets_the_page(tx, s, parent.family, wanted.id)
        reply = Reply(s.phrases.say("digest.brought", reader=name))
    await say(tx, s, parent.chat_id, f"noted:{message_id}", reply)


async def _who_gets_the_page(tx: Tx, s: Services, family: Family, digest_id: int) -> str:
    session_on, dates = await session_of_digest(tx, digest_id), await sessions_of(tx, family.id)
    if session_on is None or dates is None:
        return family.therapist.name
    begins = begins_at(dates, session_on, ZoneInfo(home_zone(s, family)))
    return (await who_reads(tx, family, begins)).person.name
