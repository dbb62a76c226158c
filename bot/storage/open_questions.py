"""Questions that nobody has answered, and which of them have reached nobody who could."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    cast,
    exists,
    false,
    func,
    literal,
    select,
    update,
)

from bot.core.checks import CheckState
from bot.core.deliveries import DeliveryState
from bot.storage.database import Tx
from bot.storage.questions import OF_A_QUESTION, Question, QuestionKind, question_in
from bot.storage.reachability import REFUSALS
from bot.storage.tables import checks, deliveries, parents, questions

OPEN_FOR = timedelta(weeks=4)
"""A question that nobody answered here for longer was answered elsewhere, or is no question now:
it stays in the queue, and is not sent again by itself."""
LATE, SHOWN = "late", "shown"
"""In the keys of deliveries: what was passed on after all, and what was looked at in the queue."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question without an answer; `brought_at`: when it last came before somebody's eyes."""

    question: Question
    asked_at: datetime
    brought_at: datetime | None


@dataclass(frozen=True, slots=True)
class QuietNote:
    """A safety check that a parent answered *No*, of which nobody was told."""

    check_id: int
    message_id: int
    chat_id: int
    asked_at: datetime


async def open_questions(
    tx: Tx, families: Iterable[int] | None = None, *, without_wishes: Iterable[int] = ()
) -> tuple[OpenQuestion, ...]:
    """Questions without an answer, the oldest first; of some families only, if they are given.

    `without_wishes`: families of which only words count, as their wishes wait for the therapist.
    """
    query = _open_ones().order_by(questions.c.asked_at, questions.c.id)
    if families is not None:
        query = query.where(questions.c.family_id.in_(list(families)))
    is_wish = and_(
        questions.c.family_id.in_(list(without_wishes)), questions.c.kind == QuestionKind.PRACTICE
    )
    return tuple(_found(row) for row in await tx.execute(query.where(~is_wish)))


async def unreached_questions(
    tx: Tx, now: datetime, family_id: int | None = None
) -> tuple[OpenQuestion, ...]:
    """The open questions of the last weeks that are on their way to nobody, and reached nobody."""
    query = _open_ones().where(
        questions.c.asked_at >= now - OPEN_FOR, ~_reaches(_about("question", questions.c.id))
    )
    if family_id is not None:
        query = query.where(questions.c.family_id == family_id)
    return tuple(_found(row) for row in await tx.execute(query.order_by(questions.c.id)))


async def unreached_notes(
    tx: Tx, now: datetime, family_id: int | None = None
) -> tuple[QuietNote, ...]:
    """What parents said *No* to in the last weeks, where no note of it reached anybody."""
    about = _about("check", checks.c.id)
    query = (
        select(checks.c.id, checks.c.message_id, checks.c.chat_id, checks.c.asked_at)
        .join(parents, parents.c.chat_id == checks.c.chat_id)
        .where(
            checks.c.state == CheckState.ANSWERED_NO,
            ~checks.c.wants_person,
            checks.c.settled_at >= now - OPEN_FOR,
            ~_reaches(about),
            ~_reaches(about, key=about.concat(":note")),
        )
        .order_by(checks.c.id)
    )
    if family_id is not None:
        query = query.where(parents.c.family_id == family_id)
    return tuple(QuietNote(*row) for row in await tx.execute(query))


async def times_refused(tx: Tx, about: str) -> int:
    """How often Telegram would not bring something to staff; the next try is named by it."""
    refused = (deliveries.c.about == about, deliveries.c.state == DeliveryState.NEVER)
    query = select(func.count()).where(*refused, deliveries.c.staff_id.is_not(None))
    return int((await tx.execute(query)).scalar_one())


async def was_brought_in_time(tx: Tx, question_id: int) -> bool:
    """Whether somebody got a question when it was asked: neither late, nor from the queue alone."""
    key, number = deliveries.c.key, f"question:{question_id}"
    query = exists().where(
        deliveries.c.about == number,
        deliveries.c.staff_id.is_not(None),
        deliveries.c.state == DeliveryState.ACCEPTED,
        ~key.startswith(f"{number}:{LATE}:"),
        ~key.startswith(f"{number}:{SHOWN}:"),
    )
    return bool((await tx.execute(select(query))).scalar_one())


async def mark_reminded(tx: Tx, ids: Iterable[int], now: datetime) -> None:
    """Somebody is reminded of these questions, and is not again."""
    await tx.execute(update(questions).where(questions.c.id.in_(list(ids))).values(reminded_at=now))


async def not_reminded(tx: Tx, now: datetime) -> tuple[OpenQuestion, ...]:
    """The open questions of the last weeks that came before somebody, and of which nobody was
    reminded; the oldest first."""
    query = _open_ones().where(
        questions.c.asked_at >= now - OPEN_FOR, questions.c.reminded_at.is_(None)
    )
    found = [_found(row) for row in await tx.execute(query.order_by(questions.c.asked_at))]
    return tuple(one for one in found if one.brought_at is not None)


def _open_ones() -> Any:
    brought = (
        select(func.max(deliveries.c.settled_at))
        .where(
            deliveries.c.about == _about("question", questions.c.id),
            deliveries.c.staff_id.is_not(None),
            deliveries.c.state == DeliveryState.ACCEPTED,
            ~deliveries.c.key.contains(f":{SHOWN}:"),
        )
        .scalar_subquery()
    )
    open_ones = select(*OF_A_QUESTION, questions.c.asked_at, brought.label("brought_at"))
    return open_ones.where(questions.c.answered_at.is_(None))


def _about(noun: str, number: Any) -> ColumnElement[str]:
    return literal(f"{noun}:").concat(cast(number, String))


def _reaches(about: ColumnElement[str], key: ColumnElement[str] | None = None) -> Any:
    """Whether something reached staff or is on its way; what was refused for its form counts too,
    as sending it again would not mend that."""
    is_it = deliveries.c.about == about if key is None else deliveries.c.key == key
    is_refused = and_(
        deliveries.c.state == DeliveryState.NEVER,
        func.coalesce(deliveries.c.error.in_(REFUSALS), false()),
    )
    return exists().where(is_it, deliveries.c.staff_id.is_not(None), ~is_refused)


def _found(row: Any) -> OpenQuestion:
    return OpenQuestion(question_in(row), row.asked_at, row.brought_at)
