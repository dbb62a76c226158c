"""Families' session dates, what was prepared before each, and what parents want to bring."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.core.sessions import Prepared, SessionDates
from bot.storage.database import Tx
from bot.storage.practice_tables import digests, family_sessions, session_notes
from bot.storage.tables import families


@dataclass(frozen=True, slots=True)
class Preparation:
    """What is prepared for one session of a family."""

    id: int
    family_id: int
    session_on: date
    prepared: Prepared


@dataclass(frozen=True, slots=True)
class SessionNote:
    """Something that a parent wants to bring."""

    id: int
    parent_id: int
    words: str = field(repr=False)
    at: datetime


async def set_sessions(
    tx: Tx, family_id: int, dates: SessionDates, set_by: int | None, now: datetime
) -> None:
    """Keep when a family's sessions are."""
    values = {
        "first_on": dates.first_on,
        "at": dates.at,
        "every_weeks": dates.every_weeks,
        "set_by": set_by,
        "set_at": now,
    }
    statement = upsert(family_sessions).values(family_id=family_id, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["family_id"], set_=values))


async def drop_sessions(tx: Tx, family_id: int) -> None:
    """The family has no session dates any more."""
    await tx.execute(delete(family_sessions).where(family_sessions.c.family_id == family_id))


async def sessions_of(tx: Tx, family_id: int) -> SessionDates | None:
    """When a family's sessions are."""
    columns = (family_sessions.c.first_on, family_sessions.c.at, family_sessions.c.every_weeks)
    query = select(*columns).where(family_sessions.c.family_id == family_id)
    row = (await tx.execute(query)).one_or_none()
    return SessionDates(*row) if row else None


async def all_sessions(tx: Tx) -> tuple[tuple[int, str, SessionDates], ...]:
    """Every family that has session dates: its number, its country, the dates."""
    query = select(family_sessions, families.c.country).join(
        families, families.c.id == family_sessions.c.family_id
    )
    return tuple(
        (
            row["family_id"],
            row["country"],
            SessionDates(row["first_on"], row["at"], row["every_weeks"]),
        )
        for row in (await tx.execute(query)).mappings()
    )


async def preparation_for(tx: Tx, family_id: int, session_on: date) -> Preparation:
    """What is prepared for a session, locked until the transaction ends; made if there is none."""
    fresh = upsert(digests).values(family_id=family_id, session_on=session_on)
    await tx.execute(fresh.on_conflict_do_nothing())
    query = select(digests).where(
        digests.c.family_id == family_id, digests.c.session_on == session_on
    )
    row = (await tx.execute(query.with_for_update())).mappings().one()
    prepared = Prepared(row["asked_at"], row["sent_at"])
    return Preparation(row["id"], family_id, session_on, prepared)


async def locked_preparation(tx: Tx, digest_id: int) -> Preparation | None:
    """What is prepared under a number, locked until the transaction ends."""
    query = select(digests).where(digests.c.id == digest_id).with_for_update()
    row = (await tx.execute(query)).mappings().one_or_none()
    if row is None:
        return None
    prepared = Prepared(row["asked_at"], row["sent_at"])
    return Preparation(row["id"], row["family_id"], row["session_on"], prepared)


async def prepared_for(tx: Tx, family_id: int, session_on: date) -> Prepared:
    """What is prepared for a session, only to look."""
    query = select(digests.c.asked_at, digests.c.sent_at).where(
        digests.c.family_id == family_id, digests.c.session_on == session_on
    )
    row = (await tx.execute(query)).one_or_none()
    return Prepared(*row) if row else Prepared()


async def last_digest_at(tx: Tx, family_id: int, before: date) -> datetime | None:
    """Up to when the log stands in the digest that was sent before an earlier session."""
    query = (
        select(digests.c.asked_at)
        .where(
            digests.c.family_id == family_id,
            digests.c.session_on < before,
            digests.c.sent_at.is_not(None),
        )
        .order_by(digests.c.session_on.desc())
        .limit(1)
    )
    found: datetime | None = (await tx.execute(query)).scalar_one_or_none()
    return found


async def mark_asked(tx: Tx, digest_id: int, now: datetime) -> None:
    """The parents were shown what there was at that moment, and asked for more."""
    await tx.execute(update(digests).where(digests.c.id == digest_id).values(asked_at=now))


async def mark_sent(tx: Tx, digest_id: int, now: datetime) -> None:
    """The therapist gets the page."""
    await tx.execute(update(digests).where(digests.c.id == digest_id).values(sent_at=now))


async def family_of_digest(tx: Tx, digest_id: int) -> int | None:
    """Whose page it is."""
    query = select(digests.c.family_id).where(digests.c.id == digest_id)
    found: int | None = (await tx.execute(query)).scalar_one_or_none()
    return found


async def session_of_digest(tx: Tx, digest_id: int) -> date | None:
    """The day of the session that it is prepared for."""
    query = select(digests.c.session_on).where(digests.c.id == digest_id)
    found: date | None = (await tx.execute(query)).scalar_one_or_none()
    return found


async def add_session_note(
    tx: Tx, digest_id: int, parent_id: int, words: str, message_id: int, now: datetime
) -> None:
    """Keep what a parent wants to bring."""
    await tx.execute(
        insert(session_notes).values(
            digest_id=digest_id,
            parent_id=parent_id,
            words=tx.seal(words),
            message_id=message_id,
            at=now,
        )
    )


async def notes_for(tx: Tx, digest_id: int) -> tuple[SessionNote, ...]:
    """What the parents want to bring to a session."""
    query = select(session_notes).where(session_notes.c.digest_id == digest_id)
    rows = (await tx.execute(query.order_by(session_notes.c.id))).mappings()
    return tuple(
        SessionNote(row["id"], row["parent_id"], tx.unseal(row["words"]), row["at"]) for row in rows
    )
