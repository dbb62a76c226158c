"""Who has a flag: taken, offered to a colleague, given back, closed; and what was noted of it."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, insert, select, update

from bot.core.flags import Flag, FlagState, Outcome
from bot.core.holds import Danger, Hold
from bot.core.people import Staff
from bot.core.triage import Category
from bot.storage.database import Tx
from bot.storage.safety_tables import flag_notes
from bot.storage.tables import families, flag_events, flags, messages

WATCH_HOLDER = "watch_holder"
WATCH_UNCLOSED = "watch_unclosed"
JOINED = "joined"
ACTIVE = ("acknowledged", "shown", "replied", "on_it")


@dataclass(frozen=True, slots=True)
class Hearer:
    """A chat that is told of a flag, of which danger its own words spoke, and what decided that.

    `since` is the line of the history with which it joined; 0 where it raised the flag.
    """

    chat_id: int
    category: Category
    reason: str
    since: int = 0


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


async def mark_not_offered(tx: Tx, flag_id: int) -> None:
    """Nobody is asked to take it over any more; its holder keeps it."""
    await _set(tx, flag_id, offered_to_id=None)


async def who_passed(tx: Tx, flag_id: int, offer: int) -> int | None:
    """Who asked the colleague of an offer, which is a line of the history."""
    passed = (flag_events.c.flag_id == flag_id, flag_events.c.what == "passed")
    query = select(flag_events.c.staff_id).where(*passed, flag_events.c.id < offer)
    found: int | None = (
        await tx.execute(query.order_by(flag_events.c.id.desc()).limit(1))
    ).scalar_one_or_none()
    return found


async def mark_released(tx: Tx, flag_id: int) -> None:
    """Nothing followed from its holder, or they cannot be reached: nobody has it any more."""
    await _set(tx, flag_id, state=FlagState.RAISED, holder_id=None, offered_to_id=None)


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


async def hearers_of(tx: Tx, flag: Flag) -> tuple[Hearer, ...]:
    """Who is told of a flag: the chat that raised it, then any that joined it by danger of its own.

    Nobody else of the family is: what one parent raised is not the other's to know.
    """
    query = (
        select(messages.c.chat_id, messages.c.category, messages.c.reason, flag_events.c.id)
        .join(flag_events, flag_events.c.message_id == messages.c.id)
        .where(flag_events.c.flag_id == flag.id, flag_events.c.what == JOINED)
        .order_by(flag_events.c.id)
    )
    found = {flag.chat_id: Hearer(flag.chat_id, flag.category, flag.reason)}
    for row in await tx.execute(query):
        category = Category(row.category) if row.category else Category.OTHER_DANGER
        found.setdefault(row.chat_id, Hearer(row.chat_id, category, row.reason or "", row.id))
    return tuple(found.values())


async def hears_of(tx: Tx, flag: Flag, chat_id: int) -> bool:
    """Whether a chat is told of a flag."""
    return chat_id in {one.chat_id for one in await hearers_of(tx, flag)}


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
