"""Questions passed to the therapist, and whether they were answered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from bot.core.people import Parent
from bot.storage.database import Tx
from bot.storage.tables import questions


@dataclass(frozen=True, slots=True)
class Question:
    """A parent's question to their therapist."""

    id: int
    message_id: int
    family_id: int
    chat_id: int
    therapist_id: int


async def add_question(tx: Tx, parent: Parent, message_id: int, now: datetime) -> int:
    """Note a question; asking it twice of the same message is asking once."""
    known = await tx.execute(select(questions.c.id).where(questions.c.message_id == message_id))
    found: int | None = known.scalar_one_or_none()
    if found is not None:
        return found
    statement = insert(questions).values(
        message_id=message_id,
        family_id=parent.family.id,
        chat_id=parent.chat_id,
        therapist_id=parent.family.therapist.id,
        asked_at=now,
    )
    new_id: int = (await tx.execute(statement.returning(questions.c.id))).scalar_one()
    return new_id


async def find_question(tx: Tx, question_id: int) -> Question | None:
    """One question."""
    columns = (
        questions.c.id,
        questions.c.message_id,
        questions.c.family_id,
        questions.c.chat_id,
        questions.c.therapist_id,
    )
    row = (await tx.execute(select(*columns).where(questions.c.id == question_id))).one_or_none()
    return Question(*row) if row else None


async def mark_answered(tx: Tx, question_id: int, now: datetime) -> None:
    """The therapist has answered; the first answer's time stays."""
    await tx.execute(
        update(questions)
        .where(questions.c.id == question_id, questions.c.answered_at.is_(None))
        .values(answered_at=now)
    )
