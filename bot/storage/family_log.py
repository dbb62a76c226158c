"""What a family asked, what was not covered, and what alarmed, from one moment to another."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Column, ColumnElement, and_, func, select

from bot.core.triage import Route
from bot.storage.database import Tx
from bot.storage.gaps import DECLINED
from bot.storage.tables import answers, checks, flags, messages, parents, questions


@dataclass(frozen=True, slots=True)
class AnsweredFrom:
    """An answer, and the page that it came from."""

    id: int
    chat_id: int
    document_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A question that was passed on to the therapist; `skill_id`: the wish to practise that."""

    id: int
    chat_id: int
    words: str = field(repr=False)
    skill_id: str
    at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class NotCovered:
    """A message that no page fitted."""

    id: int
    chat_id: int
    words: str = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class AnsweredWords:
    """A message that the bot answered itself; `document_id` is empty where no page was given."""

    id: int
    chat_id: int
    words: str = field(repr=False)
    document_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag or a check: `state` as it stands, `outcome` how a flag ended."""

    id: int
    chat_id: int
    category: str
    state: str
    outcome: str | None
    at: datetime


def _within(at: Column[datetime], since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(at >= since, at < until)


async def answers_since(
    tx: Tx, family_id: int, since: datetime, until: datetime
) -> tuple[AnsweredFrom, ...]:
    """The family's questions that were answered from a page."""
    query = (
        select(answers.c.id, answers.c.chat_id, answers.c.document_id, answers.c.made_at)
        .join(messages, messages.c.id == answers.c.message_id)
        .where(
            messages.c.family_id == family_id,
            _within(answers.c.made_at, since, until),
            answers.c.route == Route.ANSWER,
            answers.c.document_id.is_not(None),
        )
        .order_by(answers.c.id)
    )
    return tuple(AnsweredFrom(*row) for row in await tx.execute(query))


async def passed_on_since(
    tx: Tx, family_id: int, since: datetime, until: datetime
) -> tuple[PassedOn, ...]:
    """The family's questions that went to the therapist, answered or not."""
    columns = (questions.c.id, questions.c.chat_id, messages.c.text, questions.c.skill_id)
    query = (
        select(*columns, questions.c.asked_at, questions.c.answered_at)
        .join(messages, messages.c.id == questions.c.message_id)
        .where(questions.c.family_id == family_id, _within(questions.c.asked_at, since, until))
        .order_by(questions.c.id)
    )
    return tuple(
        PassedOn(
            row.id,
            row.chat_id,
            "" if row.skill_id else tx.unseal(row.text),
            row.skill_id,
            row.asked_at,
            row.answered_at,
        )
        for row in await tx.execute(query)
    )


async def not_covered_since(
    tx: Tx, family_id: int, since: datetime, until: datetime
) -> tuple[NotCovered, ...]:
    """The family's messages that the guidance had nothing for."""
    query = (
        select(
            messages.c.id,
            messages.c.chat_id,
            messages.c.text,
            func.min(answers.c.made_at).label("at"),
        )
        .join(answers, answers.c.message_id == messages.c.id)
        .where(
            messages.c.family_id == family_id,
            _within(answers.c.made_at, since, until),
            answers.c.route == Route.NOT_COVERED,
            answers.c.reason.in_(DECLINED),
        )
        .group_by(messages.c.id)
        .order_by(messages.c.id)
    )
    rows = (await tx.execute(query)).all()
    return tuple(NotCovered(row.id, row.chat_id, tx.unseal(row.text), row.at) for row in rows)


async def answered_since(
    tx: Tx, family_id: int, since: datetime, until: datetime
) -> tuple[AnsweredWords, ...]:
    """The family's messages that went to nobody, as the bot had an answer of some kind; each once,
    with its last page."""
    query = (
        select(messages.c.id, messages.c.chat_id, messages.c.text)
        .add_columns(answers.c.document_id, answers.c.made_at)
        .join(answers, answers.c.message_id == messages.c.id)
        .where(
            messages.c.family_id == family_id,
            _within(answers.c.made_at, since, until),
            answers.c.route != Route.THERAPIST,
        )
        .order_by(answers.c.id)
    )
    found: dict[int, AnsweredWords] = {}
    for row in await tx.execute(query):
        first = found.get(row.id)
        page, at = row.document_id or "", first.at if first else row.made_at
        words = tx.unseal(row.text)
        found[row.id] = AnsweredWords(row.id, row.chat_id, words, page, at)
    return tuple(found.values())


async def flags_since(
    tx: Tx, family_id: int, since: datetime, until: datetime
) -> tuple[Raised, ...]:
    """The family's flags, closed or not."""
    query = select(
        flags.c.id,
        flags.c.chat_id,
        flags.c.category,
        flags.c.state,
        flags.c.outcome,
        flags.c.raised_at,
    ).where(flags.c.family_id == family_id, _within(flags.c.raised_at, since, until))
    return tuple(Raised(*row) for row in await tx.execute(query.order_by(flags.c.id)))


async def checks_since(
    tx: Tx, family_id: int, since: datetime, until: datetime
) -> tuple[Raised, ...]:
    """The family's safety checks, and what became of them."""
    chats = select(parents.c.chat_id).where(parents.c.family_id == family_id)
    query = select(
        checks.c.id, checks.c.chat_id, checks.c.category, checks.c.state, checks.c.asked_at
    ).where(checks.c.chat_id.in_(chats), _within(checks.c.asked_at, since, until))
    return tuple(
        Raised(row.id, row.chat_id, row.category, row.state, None, row.asked_at)
        for row in await tx.execute(query.order_by(checks.c.id))
    )
