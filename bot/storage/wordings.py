"""Answers that a language model may word: owed once, and everything that it wrote."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import case, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.adapters.queue import OUT, WORDS
from bot.core.drafts import Price, Reworded, Use
from bot.core.replies import Reply
from bot.core.rewording import Passage
from bot.core.triage import Route
from bot.storage.database import Tx
from bot.storage.deliveries import pack_reply, unpack_reply
from bot.storage.messages import REMEMBERED_FOR
from bot.storage.tables import answers, messages
from bot.storage.wording_tables import word_use, wordings

WORD_ANSWER = "word_answer"
SEND_AS_IT_IS = "send_as_it_is"
_MAY_BE_SHOWN = (Route.ANSWER, Route.NOT_COVERED)


class Outcome(StrEnum):
    """What the parent got: a model's words, the page as it is, or, with a flag open, neither."""

    WORDED = "worded"
    CURATED = "curated"
    PASSED_ON = "passed_on"


@dataclass(frozen=True, slots=True)
class Owed:
    """An answer that is owed in one form or the other."""

    answer_id: int
    message_id: int
    chat_id: int
    family_id: int
    document_id: str
    document_sha256: str
    curated: Reply = field(repr=False)
    due_at: datetime
    is_begun: bool


@dataclass(frozen=True, slots=True)
class NewWording:
    """What is owed: the reply as it would be without a model, and until when one is waited for."""

    answer_id: int
    chat_id: int
    family_id: int
    curated: Reply = field(repr=False)


async def owe_wording(tx: Tx, new: NewWording, now: datetime, patience: timedelta) -> None:
    """Owe an answer, with the job that words it, and another that sees to it if that one dies."""
    due_at = now + patience
    statement = insert(wordings).values(
        answer_id=new.answer_id,
        chat_id=new.chat_id,
        family_id=new.family_id,
        curated=tx.seal(json.dumps(pack_reply(new.curated), ensure_ascii=False)),
        made_at=now,
        due_at=due_at,
    )
    await tx.execute(statement)
    await tx.defer(WORD_ANSWER, lock=None, queue=WORDS, answer_id=new.answer_id)
    await tx.defer(SEND_AS_IT_IS, lock=None, queue=OUT, at=due_at, answer_id=new.answer_id)


async def still_owed(tx: Tx, answer_id: int) -> Owed | None:
    """An answer that nobody has sent yet, locked until the transaction ends."""
    mine = wordings.c.answer_id == answer_id
    query = select(wordings).where(mine, wordings.c.settled_at.is_(None)).with_for_update()
    row = (await tx.execute(query)).mappings().one_or_none()
    if row is None:
        return None
    columns = (answers.c.message_id, answers.c.document_id, answers.c.document_sha256)
    about = (await tx.execute(select(*columns).where(answers.c.id == answer_id))).one()
    return Owed(
        answer_id,
        about.message_id,
        row["chat_id"],
        row["family_id"],
        about.document_id,
        about.document_sha256,
        unpack_reply(json.loads(tx.unseal(row["curated"]))),
        row["due_at"],
        row["begun_at"] is not None,
    )


async def note_begun(tx: Tx, answer_id: int, now: datetime) -> None:
    """A model is about to be asked; whoever finds this later knows that the job was cut off."""
    mine = wordings.c.answer_id == answer_id
    await tx.execute(update(wordings).where(mine).values(begun_at=now))


async def note_settled(
    tx: Tx, answer_id: int, outcome: Outcome, reason: str, now: datetime
) -> None:
    """It was sent, in whichever form."""
    values = {"settled_at": now, "outcome": outcome, "reason": reason}
    mine = wordings.c.answer_id == answer_id
    await tx.execute(update(wordings).where(mine).values(**values))


@dataclass(frozen=True, slots=True)
class Made:
    """What a draft was made by and from."""

    model: str
    prompt_id: str
    prompt_version: int
    passages: Sequence[Passage]


async def keep_words(tx: Tx, answer_id: int, made: Made, found: Reworded) -> None:
    """Keep every sentence that a model wrote, sent or not, with all that it came from."""
    said = [{"text": one.text, "on": one.passages, "kept": True} for one in found.kept]
    said += [
        {"text": one.sentence.text, "on": one.sentence.passages, "kept": False, "why": one.reason}
        for one in found.dropped
    ]
    from_ = [{"section": one.section, "text": one.text} for one in made.passages]
    values = {
        "model": made.model,
        "answered_by": found.answered_by,
        "prompt_id": made.prompt_id,
        "prompt_version": made.prompt_version,
        "passages": tx.seal(json.dumps(from_, ensure_ascii=False)),
        "sentences": tx.seal(json.dumps(said, ensure_ascii=False)),
        "tokens_read": found.use.read if found.use else None,
        "tokens_written": found.use.written if found.use else None,
    }
    mine = wordings.c.answer_id == answer_id
    await tx.execute(update(wordings).where(mine).values(**values))


async def was_worded(tx: Tx, answer_id: int) -> bool:
    """Whether a parent got this answer in a model's words."""
    query = select(wordings.c.outcome).where(wordings.c.answer_id == answer_id)
    found: str | None = (await tx.execute(query)).scalar_one_or_none()
    return found == Outcome.WORDED


async def may_be_shown(tx: Tx, message_id: int) -> bool:
    """Whether a model may read a message: nothing that was urgent, checked or a therapist's."""
    query = select(messages.c.route).where(messages.c.id == message_id)
    return (await tx.execute(query)).scalar_one_or_none() in _MAY_BE_SHOWN


async def turns_before(tx: Tx, chat_id: int, message_id: int, most: int) -> tuple[str, ...]:
    """What this chat wrote lately before a message, oldest first, as far as a model may read it."""
    asked_at = select(messages.c.sent_at).where(messages.c.id == message_id).scalar_subquery()
    query = (
        select(messages.c.text)
        .where(
            messages.c.chat_id == chat_id,
            messages.c.id < message_id,
            messages.c.sent_at > asked_at - REMEMBERED_FOR,
            messages.c.route.in_(_MAY_BE_SHOWN),
        )
        .order_by(messages.c.id.desc())
        .limit(most)
    )
    found = [tx.unseal(sealed) for sealed in (await tx.execute(query)).scalars()]
    return tuple(text for text in reversed(found) if text)


async def used_on(tx: Tx, day: date, family_id: int) -> tuple[int, int]:
    """How many tokens a family's answers took on a day, and all families' together."""
    total = word_use.c.tokens_read + word_use.c.tokens_written
    of_family = func.sum(case((word_use.c.family_id == family_id, total), else_=0))
    query = select(of_family, func.sum(total)).where(word_use.c.day == day)
    theirs, everybodys = (await tx.execute(query)).one()
    return int(theirs or 0), int(everybodys or 0)


async def count_use(
    tx: Tx, day: date, family_id: int, use: Use, price: Price, *, answers_more: int = 0
) -> None:
    """Add to what a family's answers took on a day."""
    values = {
        "answers": answers_more,
        "tokens_read": use.read,
        "tokens_written": use.written,
        "cost": price.of(use),
    }
    added = {name: word_use.c[name] + value for name, value in values.items()}
    statement = upsert(word_use).values(family_id=family_id, day=day, **values)
    await tx.execute(
        statement.on_conflict_do_update(index_elements=["family_id", "day"], set_=added)
    )


@dataclass(frozen=True, slots=True)
class DayOfWords:
    """What came of a day's answers that a model might word, and what that took."""

    by_outcome: Mapping[str, int]
    tokens: int
    cost: float


async def day_of_words(tx: Tx, day: date, since: datetime) -> DayOfWords:
    """The counts of one day, which began at `since`."""
    outcome = func.coalesce(wordings.c.outcome, "waiting")
    query = select(outcome, func.count()).where(wordings.c.made_at >= since).group_by(outcome)
    counted: dict[str, int] = dict((await tx.execute(query)).all())
    total = func.sum(word_use.c.tokens_read + word_use.c.tokens_written)
    used = select(total, func.sum(word_use.c.cost)).where(word_use.c.day == day)
    tokens, cost = (await tx.execute(used)).one()
    return DayOfWords(counted, int(tokens or 0), float(cost or 0.0))


@dataclass(frozen=True, slots=True)
class KeptWording:
    """An answer with all that a model wrote for it, to be read by whoever reviews it."""

    answer_id: int
    made_at: datetime
    outcome: str | None
    reason: str | None
    model: str
    answered_by: str | None
    prompt: str
    document_id: str
    passages: list[dict[str, Any]] = field(repr=False)
    sentences: list[dict[str, Any]] = field(repr=False)


async def kept_wordings(tx: Tx, most: int) -> tuple[KeptWording, ...]:
    """What models wrote, the newest first."""
    query = (
        select(wordings, answers.c.document_id)
        .join(answers, answers.c.id == wordings.c.answer_id)
        .where(wordings.c.sentences.is_not(None))
        .order_by(wordings.c.answer_id.desc())
        .limit(most)
    )
    return tuple(
        KeptWording(
            row["answer_id"],
            row["made_at"],
            row["outcome"],
            row["reason"],
            row["model"],
            row["answered_by"],
            f"{row['prompt_id']} {row['prompt_version']}",
            row["document_id"],
            json.loads(tx.unseal(row["passages"])),
            json.loads(tx.unseal(row["sentences"])),
        )
        for row in (await tx.execute(query)).mappings()
    )
