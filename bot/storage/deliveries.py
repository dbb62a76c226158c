"""Deliveries: owed until Telegram has them, each with the job that sends it."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.queue import FLAG, FLAGS, ORDINARY, OUT
from bot.core.deliveries import (
    SUPERSEDED,
    Copy,
    Delivery,
    DeliveryState,
    Edit,
    Lane,
    Owed,
    Send,
    Upload,
    What,
)
from bot.core.replies import Button, Reply
from bot.storage.database import Tx
from bot.storage.reachability import note_presence, note_refusal
from bot.storage.tables import deliveries

DELIVER = "deliver"
FORGOTTEN_EXPORT = "mydata:"
FORGOTTEN_NEWS = "erased:"
FORGOTTEN = (FORGOTTEN_EXPORT, FORGOTTEN_NEWS)
"""How the keys of deliveries begin that are not kept once they are settled: a copy of all that is
known of somebody, and the news that it was erased."""
_QUEUE = {Lane.FLAG: FLAGS, Lane.REPLY: OUT}
_PRIORITY = {Lane.FLAG: FLAG, Lane.REPLY: ORDINARY}


async def owe(tx: Tx, delivery: Delivery, now: datetime, *, at: datetime | None = None) -> None:
    """Owe somebody something, with the job that sends it; owing it twice is owing it once.

    What is to go out later, `at`, keeps no order with the rest: nothing must wait behind it.
    """
    statement = insert(deliveries).values(
        key=delivery.key,
        chat_id=delivery.chat_id,
        lane=delivery.lane,
        body=tx.seal(json.dumps(_pack(delivery.what), ensure_ascii=False)),
        about=delivery.about,
        staff_id=delivery.staff_id,
        passes_on=delivery.passes_on,
        state=DeliveryState.OWED,
        made_at=now,
    )
    fresh = await tx.execute(statement.on_conflict_do_nothing().returning(deliveries.c.id))
    delivery_id = fresh.scalar_one_or_none()
    if delivery_id is not None:
        await tx.defer(
            DELIVER,
            lock=f"{delivery.lane}:{delivery.chat_id}" if at is None else None,
            at=at,
            queue=_QUEUE[delivery.lane],
            priority=_PRIORITY[delivery.lane],
            delivery_id=delivery_id,
        )


async def find_owed(tx: Tx, delivery_id: int) -> Owed | None:
    """A delivery as it stands."""
    row = await tx.execute(select(deliveries).where(deliveries.c.id == delivery_id))
    found = row.mappings().one_or_none()
    return _owed(tx, found) if found else None


async def mark_accepted(tx: Tx, delivery_id: int, message_id: int | None, now: datetime) -> None:
    """Telegram has it; a member of staff who was sent something new can be reached."""
    settled = await _settle(tx, delivery_id, now, state="accepted", telegram_message_id=message_id)
    if settled is not None and message_id is not None and settled.staff_id is not None:
        await note_presence(tx, settled.chat_id)


async def mark_never(tx: Tx, delivery_id: int, why: str, now: datetime) -> int | None:
    """It cannot be delivered; a member of staff whose chat it was counts as unreachable.

    Returns who it is that could be reached until now.
    """
    settled = await _settle(tx, delivery_id, now, state="never", error=why)
    return None if settled is None else await note_refusal(tx, settled.chat_id, why, now)


async def count_attempt(tx: Tx, delivery_id: int, why: str) -> None:
    """It did not go through this time."""
    values = {"attempts": deliveries.c.attempts + 1, "error": why}
    await tx.execute(update(deliveries).where(deliveries.c.id == delivery_id).values(**values))


async def sent_as(tx: Tx, key: str) -> int | None:
    """Telegram's id of what was sent under a key, once it has been accepted."""
    query = select(deliveries.c.telegram_message_id).where(deliveries.c.key == key)
    found: int | None = (await tx.execute(query)).scalar_one_or_none()
    return found


async def state_of(tx: Tx, key: str) -> DeliveryState | None:
    """How the delivery of a key stands; None if nothing was owed under it."""
    query = select(deliveries.c.state).where(deliveries.c.key == key)
    found = (await tx.execute(query)).scalar_one_or_none()
    return None if found is None else DeliveryState(found)


async def given_to_staff(tx: Tx, key: str) -> int | None:
    """The member of staff to whom the delivery of a key is owed, or was; None: to nobody."""
    query = select(deliveries.c.staff_id).where(deliveries.c.key == key)
    found: int | None = (await tx.execute(query)).scalar_one_or_none()
    return found


async def alert_state(tx: Tx, flag_id: int, rung: int, staff_id: int) -> DeliveryState | None:
    """How the alert of a rung to somebody stands, or the newest, where that went in its place."""
    key = f"flag:{flag_id}:rung:{rung}:{staff_id}"
    asked = select(deliveries.c.state, deliveries.c.error).where(deliveries.c.key == key)
    found = (await tx.execute(asked)).one_or_none()
    if found is None or found.error != SUPERSEDED:
        return None if found is None else DeliveryState(found.state)
    newest = select(deliveries.c.state).where(*_alerts(flag_id, staff_id))
    state = await tx.execute(newest.order_by(deliveries.c.id.desc()).limit(1))
    return DeliveryState(state.scalar_one())


async def has_newer_alert(tx: Tx, owed: Owed, flag_id: int) -> bool:
    """Whether a later alert of the same flag is owed to the same person's chat, or has reached it;
    the ladder is climbed in order, so what was owed later is of a later rung."""
    query = select(deliveries.c.id).where(
        *_alerts(flag_id, owed.delivery.staff_id),
        deliveries.c.id > owed.id,
        deliveries.c.chat_id == owed.delivery.chat_id,
        deliveries.c.state != DeliveryState.NEVER,
    )
    return (await tx.execute(query.limit(1))).scalar_one_or_none() is not None


def _alerts(flag_id: int, staff_id: int | None) -> tuple[Any, ...]:
    return (
        deliveries.c.about == f"flag:{flag_id}",
        deliveries.c.key.like(f"flag:{flag_id}:rung:%"),
        deliveries.c.staff_id == staff_id,
    )


async def key_of(tx: Tx, chat_id: int, telegram_message_id: int) -> str | None:
    """The key under which a message was sent; None if it is not one of ours."""
    query = select(deliveries.c.key).where(
        deliveries.c.chat_id == chat_id, deliveries.c.telegram_message_id == telegram_message_id
    )
    found: str | None = (await tx.execute(query.limit(1))).scalar_one_or_none()
    return found


async def what_about(tx: Tx, chat_id: int, telegram_message_id: int) -> str | None:
    """What the message that somebody replied to was about."""
    query = select(deliveries.c.about).where(
        deliveries.c.chat_id == chat_id, deliveries.c.telegram_message_id == telegram_message_id
    )
    found: str | None = (await tx.execute(query.limit(1))).scalar_one_or_none()
    return found


async def last_number_about(tx: Tx, chat_id: int, about: str) -> int | None:
    """Telegram's number of the newest message about something in a chat."""
    query = select(func.max(deliveries.c.telegram_message_id)).where(
        deliveries.c.about == about, deliveries.c.chat_id == chat_id
    )
    found: int | None = (await tx.execute(query)).scalar_one()
    return found


async def last_said_in(tx: Tx, chat_id: int, key: str, back: int = 20) -> Owed | None:
    """What the message of a key was last made to say: itself, or the newest edit of it."""
    query = select(deliveries).where(deliveries.c.chat_id == chat_id)
    newest = query.order_by(deliveries.c.id.desc()).limit(back)
    for row in (await tx.execute(newest)).mappings():
        owed = _owed(tx, row)
        what = owed.delivery.what
        if owed.delivery.key == key or (isinstance(what, Edit) and what.of_key == key):
            return owed
    return None


async def last_said(tx: Tx, chat_id: int) -> Owed | None:
    """The newest of everything that a chat was told."""
    query = select(deliveries).where(deliveries.c.chat_id == chat_id)
    newest = query.order_by(deliveries.c.id.desc()).limit(1)
    row = (await tx.execute(newest)).mappings().one_or_none()
    return _owed(tx, row) if row else None


async def deliveries_about(tx: Tx, about: str) -> tuple[Owed, ...]:
    """Every delivery that belongs to something, in order."""
    query = select(deliveries).where(deliveries.c.about == about).order_by(deliveries.c.id)
    return tuple(_owed(tx, row) for row in (await tx.execute(query)).mappings())


async def passed_on_from(tx: Tx, message: str) -> tuple[Owed, ...]:
    """All that a message of a member of staff became in families' chats, corrections too."""
    query = select(deliveries).where(deliveries.c.passes_on == message).order_by(deliveries.c.id)
    return tuple(_owed(tx, row) for row in (await tx.execute(query)).mappings())


async def count_deliveries(tx: Tx) -> dict[str, int]:
    """How many deliveries there are by state."""
    query = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
    return dict((await tx.execute(query)).all())


async def _settle(tx: Tx, delivery_id: int, now: datetime, **values: Any) -> Any:
    """Note how it ended; whose it was, or None if it was erased while it was on its way."""
    mine = deliveries.c.id == delivery_id
    settled = update(deliveries).where(mine).values(settled_at=now, **values)
    returned = settled.returning(deliveries.c.key, deliveries.c.chat_id, deliveries.c.staff_id)
    found = (await tx.execute(returned)).one_or_none()
    if found is not None and found.key.startswith(FORGOTTEN):
        await tx.execute(delete(deliveries).where(mine))
    return found


def _owed(tx: Tx, row: Mapping[Any, Any]) -> Owed:
    delivery = Delivery(
        key=row["key"],
        chat_id=row["chat_id"],
        what=unpacked(tx, row),
        lane=Lane(row["lane"]),
        about=row["about"],
        staff_id=row["staff_id"],
        passes_on=row["passes_on"],
    )
    return Owed(row["id"], delivery, DeliveryState(row["state"]), row["attempts"], row["made_at"])


def unpacked(tx: Tx, row: Mapping[Any, Any]) -> What:
    """What is owed by a row of the table."""
    return _unpack(json.loads(tx.unseal(row["body"])))


def _pack(what: What) -> dict[str, Any]:
    match what:
        case Send(reply, keyboard, is_quiet, answers):
            form = {"keyboard": keyboard, "quiet": is_quiet, "answers": answers}
            return {"do": "send", **pack_reply(reply), **form}
        case Edit(of_key, reply):
            return {"do": "edit", "of": of_key, **pack_reply(reply)}
        case Copy(from_chat_id, message_id, is_quiet):
            of = {"from": from_chat_id, "message": message_id}
            return {"do": "copy", **of, "quiet": is_quiet}
        case Upload(name, content, caption, is_picture, is_quiet):
            file = {"name": name, "content": b64encode(content).decode(), "picture": is_picture}
            return {"do": "upload", **file, **pack_reply(caption), "quiet": is_quiet}


def pack_reply(reply: Reply) -> dict[str, Any]:
    """A reply as it is kept."""
    rows = [[[button.text, button.data] for button in row] for row in reply.buttons]
    return {"text": reply.text, "buttons": rows}


def _unpack(body: Mapping[str, Any]) -> What:
    match body["do"]:
        case "send":
            keyboard, answers = tuple(body["keyboard"]), body.get("answers")
            return Send(unpack_reply(body), keyboard, body["quiet"], answers)
        case "edit":
            return Edit(body["of"], unpack_reply(body))
        case "upload":
            content, caption = b64decode(body["content"]), unpack_reply(body)
            return Upload(body["name"], content, caption, body["picture"], body["quiet"])
        case "copy":
            # what was owed before there was a quiet form has none
            return Copy(body["from"], body["message"], body.get("quiet", False))
        case other:
            raise ValueError(f"a delivery of unknown form: {other}")


def unpack_reply(body: Mapping[str, Any]) -> Reply:
    """A reply as it was kept."""
    rows = tuple(tuple(Button(text, data) for text, data in row) for row in body["buttons"])
    return Reply(body["text"], rows)
