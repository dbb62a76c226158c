"""Questions passed to the therapist, and whether they were answered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select, update

from bot.core.people import Parent, Staff
from bot.storage.database import Tx
from bot.storage.tables import messages, questions


class QuestionKind(StrEnum):
    """words: what the parent wrote. practice: they would like to practise a skill."""

    WORDS = "words"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Question:
    """A parent's question to their therapist; `skill_id` is empty unless it is about practice."""

    id: int
    message_id: int
    family_id: int
    chat_id: int
    therapist_id: int
    kind: QuestionKind = QuestionKind.WORDS
    skill_id: str = ""


OF_A_QUESTION = (
    questions.c.id,
    questions.c.message_id,
    questions.c.family_id,
    questions.c.chat_id,
    questions.c.therapist_id,
    questions.c.kind,
    questions.c.skill_id,
)


def question_in(row: Any) -> Question:
    """The question in a row that has the columns `OF_A_QUESTION`."""
    of_it = {column.name: row._mapping[column.name] for column in OF_A_QUESTION}
    return Question(**{**of_it, "kind": QuestionKind(row.kind)})


async def add_question(
    tx: Tx, parent: Parent, message_id: int, now: datetime, *, skill_id: str = ""
) -> int:
    """Note a question; asking it twice of the same message is asking once.

    With a `skill_id` it is the wish to practise that skill.
    """
    kind = QuestionKind.PRACTICE if skill_id else QuestionKind.WORDS
    known = await tx.execute(
        select(questions.c.id).where(
            questions.c.message_id == message_id,
            questions.c.kind == kind,
            questions.c.skill_id == skill_id,
        )
    )
    found: int | None = known.scalar_one_or_none()
    if found is not None:
        return found
    statement = insert(questions).values(
        message_id=message_id,
        family_id=parent.family.id,
        chat_id=parent.chat_id,
        therapist_id=parent.family.therapist.id,
        kind=kind,
        skill_id=skill_id,
        asked_at=now,
    )
    new_id: int = (await tx.execute(statement.returning(questions.c.id))).scalar_one()
    return new_id


async def find_question(tx: Tx, question_id: int) -> Question | None:
    """One question."""
    query = select(*OF_A_QUESTION).where(questions.c.id == question_id)
    row = (await tx.execute(query)).one_or_none()
    return question_in(row) if row else None


async def asked_at(tx: Tx, question_id: int) -> datetime:
    """When a question was asked."""
    query = select(questions.c.asked_at).where(questions.c.id == question_id)
    found: datetime = (await tx.execute(query)).scalar_one()
    return found


async def is_answered(tx: Tx, question_id: int) -> bool:
    """Whether somebody has answered a question, here or elsewhere."""
    query = select(questions.c.answered_at).where(questions.c.id == question_id)
    return (await tx.execute(query)).scalar_one_or_none() is not None


async def unanswered_of(tx: Tx, family_id: int, since: datetime) -> tuple[int, ...]:
    """The questions of a family since a moment that nobody has answered, the oldest first."""
    query = select(questions.c.id).where(
        questions.c.family_id == family_id,
        questions.c.answered_at.is_(None),
        questions.c.asked_at >= since,
    )
    return tuple((await tx.execute(query.order_by(questions.c.id))).scalars())


async def question_of_message(tx: Tx, chat_id: int, number: int) -> int | None:
    """The first question that the message of this Telegram number became, if it became one."""
    query = (
        select(questions.c.id)
        .join(messages, messages.c.id == questions.c.message_id)
        .where(messages.c.chat_id == chat_id, messages.c.telegram_message_id == number)
        .order_by(questions.c.id)
        .limit(1)
    )
    found: int | None = (await tx.execute(query)).scalar_one_or_none()
    return found


async def mark_answered(
    tx: Tx, question_id: int, by: Staff, now: datetime, *, elsewhere: bool = False
) -> bool:
    """Somebody has answered, `elsewhere` if not through the bot; the first answer stays.

    Returns whether it was open until now.
    """
    values = {"answered_at": now, "answered_by_id": by.id, "answered_elsewhere": elsewhere}
    settled = await tx.execute(
        update(questions)
        .where(questions.c.id == question_id, questions.c.answered_at.is_(None))
        .values(**values)
    )
    return bool(settled.rowcount)
