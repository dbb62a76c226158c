"""Who has a flag: taken, offered to a colleague, given back, closed; and what was noted of it."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, insert, select, update

from bot.core.flags import FlagState, Outcome
from bot.core.holds import Danger, Hold
from bot.core.people import Staff
from bot.core.triage import Category
from bot.storage.database import Tx
from bot.storage.safety_tables import flag_notes
from bot.storage.tables import families, flag_events, flags, messages

WATCH_HOLDER = "watch_holder"
WATCH_UNCLOSED = "watch_unclosed"
ACTIVE = ("acknowledged", "shown", "replied", "on_it")


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote down after they had closed a flag."""

    staff_id: int
    at: datetime
    text: str = field(repr=False)


async def mark_acknowledged(tx: Tx, flag_id: int, holder: Staff) -> None:
    """Somebody takes it."""
    await _set(tx, flag_id, state=FlagState.ACKNOWLEDGED, holder_id=holder.id, offered_to_id=None)


async def mark_offered(tx: Tx, flag_id: int, colleague: Staff) -> None:
    """Its holder asks a colleague to take it over; until then they keep it."""
    await _set(tx, flag_id, offered_to_id=colleague.id)


async def mark_released(tx: Tx, flag_id: int) -> None:
    """Nothing followed from its holder: nobody has it any more."""
    await _set(tx, flag_id, state=FlagState.DELIVERED, holder_id=None, offered_to_id=None)


async def mark_closed(tx: Tx, flag_id: int, outcome: Outcome, note_until: datetime) -> None:
    """It has ended, and how; its holder may add a note until a moment."""
    state = {"state": FlagState.CLOSED, "offered_to_id": None}
    await _set(tx, flag_id, outcome=outcome, note_awaited_until=note_until, **state)


async def _set(tx: Tx, flag_id: int, **values: object) -> None:
    await tx.execute(update(flags).where(flags.c.id == flag_id).values(**values))


async def lock_family(tx: Tx, family_id: int | None, chat_id: int) -> None:
    """Let nobody else raise a flag of this family, or of this stranger, until this is committed.

    The weaker lock of a row: writing down a message takes a share of it, and both parents may
    have done that already.
    """
    if family_id is None:
        await tx.execute(select(func.pg_advisory_xact_lock(chat_id)))
        return
    lock = select(families.c.id).where(families.c.id == family_id)
    await tx.execute(lock.with_for_update(key_share=True))


async def hold_of(tx: Tx, flag_id: int) -> Hold | None:
    """The newest acknowledgement of a flag, and what its holder has done since."""
    events = select(flag_events).where(flag_events.c.flag_id == flag_id)
    taken = events.where(flag_events.c.what == "acknowledged").order_by(flag_events.c.id.desc())
    row = (await tx.execute(taken.limit(1))).one_or_none()
    if row is None:
        return None
    since = events.where(flag_events.c.staff_id == row.staff_id, flag_events.c.id >= row.id)
    lines = (await tx.execute(since)).all()
    asked = [one.at for one in lines if one.what == "asked_holder"]
    active = [one.at for one in lines if one.what in ACTIVE]
    return Hold(row.id, row.staff_id, max(active), max(asked, default=None))


async def dangers_of(tx: Tx, flag_id: int) -> tuple[Danger, ...]:
    """The dangers that a flag's people were rung for."""
    own = select(flags.c.category, flags.c.reason).where(flags.c.id == flag_id)
    later = (
        select(messages.c.category, messages.c.reason)
        .join(flag_events, flag_events.c.message_id == messages.c.id)
        .where(flag_events.c.flag_id == flag_id, flag_events.c.what == "worse")
    )
    rows = [*(await tx.execute(own)).all(), *(await tx.execute(later)).all()]
    return tuple(Danger(Category(row.category), row.reason) for row in rows if row.category)


async def writers_of(tx: Tx, flag_id: int) -> tuple[int, ...]:
    """The chats in which something of a flag was written; the one that raised it first."""
    own = select(flags.c.chat_id).where(flags.c.id == flag_id)
    later = (
        select(messages.c.chat_id)
        .join(flag_events, flag_events.c.message_id == messages.c.id)
        .where(flag_events.c.flag_id == flag_id)
        .order_by(flag_events.c.id)
    )
    chats = [(await tx.execute(own)).scalar_one(), *(await tx.execute(later)).scalars()]
    return tuple(dict.fromkeys(chats))


async def add_note(tx: Tx, flag_id: int, by: Staff, text: str, now: datetime) -> None:
    """Keep what somebody wrote of a flag, sealed; none is awaited any more."""
    values = {"flag_id": flag_id, "staff_id": by.id, "at": now, "text": tx.seal(text)}
    await tx.execute(insert(flag_notes).values(values))
    await await_no_note(tx, flag_id)


async def await_no_note(tx: Tx, flag_id: int) -> None:
    """Nothing that is written from now on is taken for a note."""
    await _set(tx, flag_id, note_awaited_until=None)


async def notes_of(tx: Tx, flag_id: int) -> tuple[Note, ...]:
    """The notes on a flag, in order."""
    query = select(flag_notes).where(flag_notes.c.flag_id == flag_id).order_by(flag_notes.c.id)
    return tuple(Note(one.staff_id, one.at, tx.unseal(one.text)) for one in await tx.execute(query))


async def awaited_notes(tx: Tx, by: Staff, now: datetime) -> tuple[int, ...]:
    """The flags that somebody has closed and may still add a note to."""
    query = (
        select(flags.c.id)
        .where(flags.c.holder_id == by.id, flags.c.note_awaited_until > now)
        .order_by(flags.c.id)
    )
    return tuple((await tx.execute(query)).scalars())
