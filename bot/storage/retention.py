"""Takes away words whose time is over; that there was a message, when and of which kind, stays."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, insert, literal, or_, select, update

from bot.core.deliveries import DeliveryState
from bot.core.flags import FlagState
from bot.core.retention import QUESTION_OPEN, Forgotten, Retention
from bot.storage.alarm_tables import notices
from bot.storage.database import Tx
from bot.storage.practice_tables import practices, session_notes
from bot.storage.privacy_tables import retention_runs
from bot.storage.tables import (
    checks,
    deliveries,
    flag_events,
    flags,
    inbox,
    messages,
    questions,
    review_items,
)
from bot.storage.wording_tables import wordings

NOTHING = {"do": "send", "text": "", "buttons": [], "keyboard": [], "quiet": True}
EMPTIED = 200  # bytes: what is sealed and shorter holds nothing of an update


async def forget_words(tx: Tx, rule: Retention, now: datetime) -> Forgotten:
    """Take away every word that is too old; nothing of what is open."""
    flag_count = of_flags = message_count = of_messages = 0
    if (before := rule.flags_before(now)) is not None:
        flag_count, of_flags = await _forget_flags(tx, before, now)
    if (before := rule.messages_before(now)) is not None:
        message_count, of_messages = await _forget_messages(tx, before, now)
    return Forgotten(message_count, flag_count, of_flags + of_messages)


async def note_run(tx: Tx, rule: Retention, done: Forgotten, now: datetime) -> None:
    """Keep that it was done, by which rule, and how much it was."""
    values = {
        "at": now,
        "message_days": rule.message_days or None,
        "flag_days": rule.flag_days or None,
        "messages": done.messages,
        "flags": done.flags,
        "deliveries": done.deliveries,
    }
    await tx.execute(insert(retention_runs).values(**values))


async def last_run(tx: Tx) -> datetime | None:
    """When words were last looked through."""
    found: datetime | None = (await tx.execute(select(func.max(retention_runs.c.at)))).scalar_one()
    return found


async def _forget_messages(tx: Tx, before: datetime, now: datetime) -> tuple[int, int]:
    old = (messages.c.sent_at < before, messages.c.emptied_at.is_(None))
    query = select(messages.c.id).where(*old, *_may_go(now), ~_is_of_a_flag())
    ids = tuple((await tx.execute(query)).scalars())
    await _empty_messages(tx, ids, now)
    await _empty_practice(tx, before)
    worded = (wordings.c.made_at < before, wordings.c.settled_at.is_not(None))
    await tx.execute(update(wordings).where(*worded).values(passages=None, sentences=None))
    handled = (inbox.c.received_at < before, inbox.c.handled_at.is_not(None))
    full = func.octet_length(inbox.c.payload) > EMPTIED
    await tx.execute(update(inbox).where(*handled, full).values(payload=tx.seal("")))
    of_flag = or_(
        deliveries.c.key.like("flag:%"), func.coalesce(deliveries.c.about, "").like("flag:%")
    )
    sent = (deliveries.c.made_at < before, ~of_flag, ~_asks_what_is_open(now))
    return len(ids), await _empty_deliveries(tx, sent, now)


def _may_go(now: datetime) -> tuple[Any, ...]:
    """Nothing of a family, or a chat, in which something is open."""
    is_open = flags.c.state != FlagState.CLOSED
    of_family = exists().where(is_open, flags.c.family_id == messages.c.family_id)
    of_chat = exists().where(is_open, flags.c.chat_id == messages.c.chat_id)
    checked = exists().where(checks.c.chat_id == messages.c.chat_id, checks.c.settled_at.is_(None))
    asked = exists().where(questions.c.message_id == messages.c.id, *_is_open_question(now))
    return ~of_family, ~of_chat, ~checked, ~asked


def _is_open_question(now: datetime) -> tuple[Any, ...]:
    return questions.c.answered_at.is_(None), questions.c.asked_at > now - QUESTION_OPEN


def _asks_what_is_open(now: datetime) -> Any:
    """Whether it brought a question to somebody that is not answered yet."""
    named = literal("question:").concat(questions.c.id)
    return exists().where(deliveries.c.about == named, *_is_open_question(now))


def _is_of_a_flag() -> Any:
    """A flag's words go by the rule for flags."""
    told = exists().where(flag_events.c.message_id == messages.c.id)
    return told | exists().where(flags.c.message_id == messages.c.id)


async def _empty_messages(tx: Tx, ids: Sequence[int], now: datetime) -> None:
    values = {"text": tx.seal(""), "evidence": None, "emptied_at": now}
    await tx.execute(update(messages).where(messages.c.id.in_(ids)).values(**values))
    await tx.execute(delete(review_items).where(review_items.c.message_id.in_(ids)))


async def _empty_practice(tx: Tx, before: datetime) -> None:
    """What parents added in their own words."""
    noted = (practices.c.changed_at < before, practices.c.note.is_not(None))
    gone = {"note": None, "note_message_id": None}
    await tx.execute(update(practices).where(*noted).values(**gone))
    await tx.execute(delete(session_notes).where(session_notes.c.at < before))


async def _empty_deliveries(tx: Tx, which: tuple[Any, ...], now: datetime) -> int:
    settled = (deliveries.c.state != DeliveryState.OWED, deliveries.c.emptied_at.is_(None))
    values = {"body": tx.seal(json.dumps(NOTHING)), "emptied_at": now}
    done = await tx.execute(update(deliveries).where(*which, *settled).values(**values))
    return int(done.rowcount)


async def _forget_flags(tx: Tx, before: datetime, now: datetime) -> tuple[int, int]:
    due = await _due_flags(tx, before)
    if not due:
        return 0, 0
    told = flag_events.alias()
    of_due = (told.c.message_id == messages.c.id, told.c.flag_id.in_(due))
    of_others = (told.c.message_id == messages.c.id, told.c.flag_id.not_in(due))
    of_them = exists().where(*of_due) | exists().where(
        flags.c.message_id == messages.c.id, flags.c.id.in_(due)
    )
    query = select(messages.c.id).where(
        of_them, messages.c.emptied_at.is_(None), ~exists().where(*of_others)
    )
    await _empty_messages(tx, tuple((await tx.execute(query)).scalars()), now)
    await tx.execute(update(flags).where(flags.c.id.in_(due)).values(emptied_at=now))
    body = tx.seal(json.dumps(["", ""]))
    await tx.execute(update(notices).where(notices.c.flag_id.in_(due)).values(body=body))
    keys = (deliveries.c.key.startswith(f"flag:{one}:") for one in due)
    about = deliveries.c.about.in_([f"flag:{one}" for one in due])
    return len(due), await _empty_deliveries(tx, (or_(about, *keys),), now)


async def _due_flags(tx: Tx, before: datetime) -> tuple[int, ...]:
    """Flags that were closed long enough ago, of families in which none is open."""
    other = flags.alias()
    is_open = other.c.state != FlagState.CLOSED
    same = (other.c.family_id == flags.c.family_id) | (other.c.chat_id == flags.c.chat_id)
    closed_since = exists().where(
        flag_events.c.flag_id == flags.c.id,
        flag_events.c.what.like("closed:%"),
        flag_events.c.at >= before,
    )
    query = select(flags.c.id).where(
        flags.c.state == FlagState.CLOSED,
        flags.c.emptied_at.is_(None),
        flags.c.raised_at < before,
        ~closed_since,
        ~exists().where(is_open, same),
    )
    return tuple((await tx.execute(query)).scalars())
