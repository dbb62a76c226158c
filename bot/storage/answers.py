"""Answers that were given, from which document, and what the parent thought of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from bot.core.triage import Route
from bot.storage.database import Tx
from bot.storage.tables import answers


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer as it was given; `document_id` is None where nothing was covered."""

    id: int
    message_id: int
    chat_id: int
    document_id: str | None


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """What is written down about an answer."""

    message_id: int
    chat_id: int
    document_id: str | None
    document_sha256: str | None
    release: str
    route: Route
    reason: str


async def add_answer(tx: Tx, new: NewAnswer, now: datetime) -> int:
    """Keep what was answered; returns the answer's id."""
    statement = insert(answers).values(
        message_id=new.message_id,
        chat_id=new.chat_id,
        document_id=new.document_id,
        document_sha256=new.document_sha256,
        release=new.release,
        route=new.route,
        reason=new.reason,
        made_at=now,
    )
    new_id: int = (await tx.execute(statement.returning(answers.c.id))).scalar_one()
    return new_id


async def find_answer(tx: Tx, answer_id: int, chat_id: int) -> GivenAnswer | None:
    """An answer that was given to this very chat."""
    columns = (answers.c.id, answers.c.message_id, answers.c.chat_id, answers.c.document_id)
    query = select(*columns).where(answers.c.id == answer_id, answers.c.chat_id == chat_id)
    row = (await tx.execute(query)).one_or_none()
    return GivenAnswer(*row) if row else None


async def latest_answer(tx: Tx, chat_id: int) -> GivenAnswer | None:
    """The last answer that this chat was given."""
    columns = (answers.c.id, answers.c.message_id, answers.c.chat_id, answers.c.document_id)
    query = select(*columns).where(answers.c.chat_id == chat_id).order_by(answers.c.id.desc())
    row = (await tx.execute(query.limit(1))).one_or_none()
    return GivenAnswer(*row) if row else None


async def pages_shown(tx: Tx, message_id: int) -> frozenset[str]:
    """The documents that a message was already answered from."""
    query = select(answers.c.document_id).where(
        answers.c.message_id == message_id, answers.c.document_id.is_not(None)
    )
    return frozenset((await tx.execute(query)).scalars())


async def save_feedback(tx: Tx, answer_id: int, feedback: str) -> None:
    """Keep what the parent thought of an answer."""
    await tx.execute(update(answers).where(answers.c.id == answer_id).values(feedback=feedback))
