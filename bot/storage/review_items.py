"""Review items: each names its message, and goes when the message goes; no words stand here."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.core.people import Staff
from bot.core.review_items import Decision, Doubt, Label, ReviewItem
from bot.core.triage import Category, Route
from bot.storage.database import Tx
from bot.storage.messages import recent_texts
from bot.storage.tables import (
    checks,
    clinic,
    deliveries,
    families,
    messages,
    questions,
    review_items,
)


async def add_item(
    tx: Tx, message_id: int, doubt: Doubt, now: datetime, *, by: Staff | None = None
) -> bool:
    """Note a doubt about a message; False if the same doubt, or a label, was there before.

    One message is one item: the newest doubt stands until somebody has labelled it. What triage
    never judged (a photo without words, *I need a person*) is none.
    """
    if (await tx.execute(_judged(message_id))).scalar_one_or_none() is None:
        return False
    values = {"doubt": doubt, "raised_at": now, "staff_id": by.id if by else None}
    statement = upsert(review_items).values(message_id=message_id, **values)
    noted = await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["message_id"],
            set_=values,
            where=review_items.c.label.is_(None) & (review_items.c.doubt != doubt),
        ).returning(review_items.c.id)
    )
    return noted.scalar_one_or_none() is not None


def _judged(message_id: int) -> Any:
    return select(messages.c.id).where(messages.c.id == message_id, messages.c.version != "")


async def review_items_of(tx: Tx, *, labelled: bool | None = None) -> tuple[ReviewItem, ...]:
    """Every item, the oldest first; only those with a label, or only those without, if asked."""
    query = _query().order_by(review_items.c.id)
    if labelled is not None:
        has_label = review_items.c.label.is_not(None)
        query = query.where(has_label if labelled else ~has_label)
    rows = (await tx.execute(query)).mappings().all()
    return tuple([await _item(tx, row) for row in rows])


async def therapist_of_message(tx: Tx, message_id: int) -> int | None:
    """The therapist of the family that wrote a message; None for a stranger's, or for none."""
    query = (
        select(families.c.therapist_id)
        .join(messages, messages.c.family_id == families.c.id)
        .where(messages.c.id == message_id)
    )
    found: int | None = (await tx.execute(query)).scalar_one_or_none()
    return found


async def readers_of(tx: Tx, message_id: int) -> frozenset[int]:
    """The staff to whom a message was brought: as a question, or as what a parent said *No* to;
    when it came, or later."""
    versions = _versions_of(message_id)
    asked = select(questions.c.id).where(questions.c.message_id.in_(versions))
    doubted = select(checks.c.id).where(checks.c.message_id.in_(versions))
    about = [f"question:{one}" for one in (await tx.execute(asked)).scalars()]
    about += [f"check:{one}" for one in (await tx.execute(doubted)).scalars()]
    keys = [f"{one}:note" for one in about]
    brought = deliveries.c.about.in_(about) | deliveries.c.key.in_(keys)
    to = select(deliveries.c.staff_id).where(brought)
    return frozenset(one for one in (await tx.execute(to)).scalars() if one is not None)


def _versions_of(message_id: int) -> Any:
    """A message and every edit of it."""
    number = (messages.c.chat_id, messages.c.telegram_message_id)
    its_own = select(*number).where(messages.c.id == message_id)
    return select(messages.c.id).where(tuple_(*number).in_(its_own))


async def save_label(
    tx: Tx, item_id: int, label: Label, category: Category | None, by: Staff, now: datetime
) -> None:
    """Write down what a clinician says the message was; a later label takes its place."""
    values = {"label": label, "category": category, "reviewer_id": by.id, "reviewed_at": now}
    await tx.execute(update(review_items).where(review_items.c.id == item_id).values(**values))


def _query() -> Any:
    of_the_clinic = select(clinic.c.country).scalar_subquery()
    return (
        select(
            review_items,
            messages.c.chat_id,
            messages.c.text,
            messages.c.sent_at,
            messages.c.route,
            messages.c.category.label("decided_category"),
            messages.c.reason,
            messages.c.evidence,
            messages.c.score,
            messages.c.language,
            messages.c.version,
            families.c.therapist_id,
            func.coalesce(families.c.country, of_the_clinic, "ZZ").label("country"),
        )
        .join(messages, messages.c.id == review_items.c.message_id)
        .outerjoin(families, families.c.id == messages.c.family_id)
    )


async def _item(tx: Tx, row: Mapping[Any, Any]) -> ReviewItem:
    context = await recent_texts(tx, row["chat_id"], row["sent_at"], before=row["message_id"])
    return ReviewItem(
        id=row["id"],
        doubt=Doubt(row["doubt"]),
        raised_at=row["raised_at"],
        therapist_id=row["therapist_id"],
        country=row["country"],
        decision=_decision(tx, row),
        text=tx.unseal(row["text"]),
        context=context,
        label=Label(row["label"]) if row["label"] else None,
        category=Category(row["category"]) if row["category"] else None,
    )


def _decision(tx: Tx, row: Mapping[Any, Any]) -> Decision:
    category, evidence = row["decided_category"], row["evidence"]
    return Decision(
        route=Route(row["route"]) if row["route"] else None,
        category=Category(category) if category else None,
        reason=row["reason"] or "",
        evidence=tuple(json.loads(tx.unseal(evidence))) if evidence else (),
        score=row["score"],
        language=row["language"] or "en",
        version=row["version"] or "",
    )
