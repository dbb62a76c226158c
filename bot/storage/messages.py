"""What parents wrote, with the decision on each and what it rested on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, func, insert, select

from bot.core.messages import Content, Incoming, Media, Medium, Words
from bot.core.pace import WITHIN, Lately
from bot.core.receiving import Earlier
from bot.core.triage import Route, Verdict
from bot.storage.database import Tx
from bot.storage.tables import deliveries, messages, questions

REMEMBERED = 6
REMEMBERED_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message as it is kept; `language` is None where triage was not asked."""

    id: int
    chat_id: int
    telegram_message_id: int
    text: str = field(repr=False)
    kind: str
    sent_at: datetime
    language: str | None

    @property
    def is_medium(self) -> bool:
        """Whether it held something other than words."""
        return self.kind in list(Medium)

    @property
    def content(self) -> Content:
        """What it held, as it came."""
        return Media(Medium(self.kind), self.text) if self.is_medium else Words(self.text)


async def add_message(
    tx: Tx, incoming: Incoming, family_id: int | None, verdict: Verdict | None, route: Route | None
) -> int:
    """Keep a message and the decision on it; returns its id."""
    decided = _decision(tx, verdict) if verdict else {}
    statement = insert(messages).values(
        chat_id=incoming.chat_id,
        family_id=family_id,
        telegram_message_id=incoming.message_id,
        update_id=incoming.update_id,
        text=tx.seal(incoming.text),
        kind=_kind(incoming),
        sent_at=incoming.sent_at,
        route=route,
        **decided,
    )
    new_id: int = (await tx.execute(statement.returning(messages.c.id))).scalar_one()
    return new_id


async def recent_texts(
    tx: Tx,
    chat_id: int,
    now: datetime,
    *,
    before: int | None = None,
    without: int | None = None,
) -> tuple[str, ...]:
    """What this chat wrote lately, oldest first: the context of the next message.

    `before` is the message whose context is wanted, where that is not the next one; `without` is
    Telegram's number of a message that was edited: its own old words are not its context.
    """
    query = (
        select(messages.c.text)
        .where(messages.c.chat_id == chat_id, messages.c.sent_at > now - REMEMBERED_FOR)
        .order_by(messages.c.id.desc())
        .limit(REMEMBERED)
    )
    if before is not None:
        query = query.where(messages.c.id < before)
    if without is not None:
        query = query.where(messages.c.telegram_message_id != without)
    found = [tx.unseal(sealed) for sealed in (await tx.execute(query)).scalars()]
    return tuple(text for text in reversed(found) if text)


async def how_much_lately(tx: Tx, chat_id: int, sent_at: datetime, most: int) -> Lately:
    """How many messages a chat sent in the minute before one, as far as `most`."""
    newest = (
        select(messages.c.sent_at)
        .where(messages.c.chat_id == chat_id)
        .order_by(messages.c.id.desc())
        .limit(most)
        .subquery()
    )
    query = select(func.count()).select_from(newest).where(newest.c.sent_at > sent_at - WITHIN)
    count: int = (await tx.execute(query)).scalar_one()
    if count < most:
        return Lately(count)
    said = select(func.max(deliveries.c.made_at)).where(deliveries.c.about == gathered(chat_id))
    return Lately(count, (await tx.execute(said)).scalar_one())


def gathered(chat_id: int) -> str:
    """What the reply to a lot at once is about, among deliveries."""
    return f"gathered:{chat_id}"


async def wrote_of_danger(tx: Tx, chat_id: int, now: datetime) -> bool:
    """Whether this chat lately wrote something that was flagged, or that was asked about."""
    lately = (messages.c.chat_id == chat_id, messages.c.sent_at > now - REMEMBERED_FOR)
    worried = messages.c.route.in_((Route.URGENT, Route.CHECK))
    found: bool = (await tx.execute(select(exists().where(*lately, worried)))).scalar_one()
    return found


async def stored_message(tx: Tx, message_id: int) -> StoredMessage:
    """One message."""
    row = (await tx.execute(select(messages).where(messages.c.id == message_id))).mappings().one()
    return _stored(tx, row)


async def newest_version(tx: Tx, message_id: int) -> StoredMessage:
    """A message in its last words: itself, or the newest edit of it."""
    first = await stored_message(tx, message_id)
    query = select(messages).where(
        messages.c.chat_id == first.chat_id,
        messages.c.telegram_message_id == first.telegram_message_id,
        messages.c.id >= message_id,
    )
    rows = await tx.execute(query.order_by(messages.c.id.desc()).limit(1))
    return _stored(tx, rows.mappings().one())


async def written_since(
    tx: Tx, chat_id: int, first_id: int, *, route: Route | None = None
) -> tuple[StoredMessage, ...]:
    """What a chat wrote from a message on, each in its last words, in the order it first came.

    Only what was decided to be `route`, where one is given.
    """
    query = (
        select(messages)
        .where(messages.c.chat_id == chat_id, messages.c.id >= first_id)
        .order_by(messages.c.id)
    )
    if route is not None:
        query = query.where(messages.c.route == route)
    latest: dict[int, StoredMessage] = {}
    for row in (await tx.execute(query)).mappings():
        latest[row["telegram_message_id"]] = _stored(tx, row)
    return tuple(latest.values())


async def earlier_version(tx: Tx, chat_id: int, number: int) -> Earlier | None:
    """What the message of this Telegram number said last, before the edit that has come now."""
    its_own = (messages.c.chat_id == chat_id, messages.c.telegram_message_id == number)
    query = select(messages.c.text, messages.c.route).where(*its_own)
    row = (await tx.execute(query.order_by(messages.c.id.desc()).limit(1))).one_or_none()
    if row is None:
        return None
    of_it = select(messages.c.id).where(*its_own)
    asked = await tx.execute(select(exists().where(questions.c.message_id.in_(of_it))))
    route = Route(row.route) if row.route else None
    return Earlier(tx.unseal(row.text), route, bool(asked.scalar_one()))


async def message_numbers_after(tx: Tx, chat_id: int, number: int) -> tuple[int, ...]:
    """Telegram's numbers of what a chat wrote after a message."""
    query = select(messages.c.telegram_message_id).where(
        messages.c.chat_id == chat_id, messages.c.telegram_message_id > number
    )
    return tuple((await tx.execute(query)).scalars())


async def number_of(tx: Tx, message_id: int) -> int:
    """Telegram's number of a message."""
    query = select(messages.c.telegram_message_id).where(messages.c.id == message_id)
    found: int = (await tx.execute(query)).scalar_one()
    return found


async def evidence_of(tx: Tx, message_id: int) -> tuple[str, ...]:
    """The words that decided."""
    query = select(messages.c.evidence).where(messages.c.id == message_id)
    sealed = (await tx.execute(query)).scalar_one_or_none()
    return tuple(json.loads(tx.unseal(sealed))) if sealed else ()


async def score_of(tx: Tx, message_id: int) -> tuple[float, str] | None:
    """The score of a message and the version that gave it; None where triage gave none."""
    query = select(messages.c.score, messages.c.version).where(messages.c.id == message_id)
    row = (await tx.execute(query)).one_or_none()
    return (row.score, row.version) if row and row.version else None


def _kind(incoming: Incoming) -> str:
    if isinstance(incoming.content, Media):
        return incoming.content.medium
    prefix = "edited_" if incoming.edited else "forwarded_" if incoming.forwarded else ""
    return f"{prefix}text"


def _decision(tx: Tx, verdict: Verdict) -> dict[str, Any]:
    return {
        "category": verdict.category,
        "reason": verdict.reason,
        "evidence": tx.seal(json.dumps(verdict.evidence, ensure_ascii=False)),
        "score": verdict.score,
        "language": verdict.language,
        "version": verdict.version,
    }


def _stored(tx: Tx, row: Mapping[Any, Any]) -> StoredMessage:
    return StoredMessage(
        row["id"],
        row["chat_id"],
        row["telegram_message_id"],
        tx.unseal(row["text"]),
        row["kind"],
        row["sent_at"],
        row["language"],
    )
