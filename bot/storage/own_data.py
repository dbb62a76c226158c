"""Reads everything that is kept about one parent; nothing that another parent wrote."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, select

from bot.core.deliveries import Copy, DeliveryState, Edit, Send, Upload, What
from bot.core.own_data import (
    Agreed,
    Dated,
    OwnData,
    OwnDay,
    OwnNudge,
    OwnPlan,
    OwnRhythm,
    Spoken,
    TriedTime,
)
from bot.core.people import Parent
from bot.core.practice import PlanState, days_of_mask
from bot.storage.database import Tx
from bot.storage.deliveries import unpacked
from bot.storage.holds import JOINED
from bot.storage.practice_tables import (
    nudges,
    plan_times,
    practice_plans,
    practices,
    rhythms,
    session_notes,
    window_choices,
)
from bot.storage.tables import (
    answers,
    checks,
    deliveries,
    flag_events,
    flags,
    messages,
    parents,
    questions,
)
from bot.storage.wording_tables import past_consents, wordings

NEVER_ARRIVED, GONE = "never", "emptied"
Rows = list[Mapping[Any, Any]]


async def own_data(tx: Tx, parent: Parent) -> OwnData:
    """All of it, the oldest first."""
    plans = await _plans(tx, parent)
    skills = {row["id"]: row["skill_id"] for row in plans}
    return OwnData(
        consents=await _consents(tx, parent),
        talk=await _talk(tx, parent),
        answers=tuple(
            Dated(row["made_at"], row["document_id"] or "", row["feedback"] or "")
            for row in await _in_chat(tx, answers, parent)
        ),
        wordings=tuple(
            Dated(row["made_at"], row["outcome"] or "", row["answered_by"] or row["model"] or "")
            for row in await _in_chat(tx, wordings, parent)
        ),
        checks=tuple(
            Dated(row["asked_at"], row["state"], ended_at=row["settled_at"])
            for row in await _in_chat(tx, checks, parent)
        ),
        flags=await _flags(tx, parent),
        questions=tuple(
            Dated(row["asked_at"], row["kind"], row["skill_id"], row["answered_at"])
            for row in await _in_chat(tx, questions, parent)
        ),
        plans=tuple([await _plan(tx, row, parent) for row in plans]),
        practices=tuple(
            OwnDay(
                row["day"],
                skills.get(row["plan_id"], ""),
                row["answer"],
                row["barrier"],
                tx.unseal(row["note"]) if row["note"] else "",
            )
            for row in await _of_parent(tx, practices, parent)
        ),
        nudges=tuple(
            OwnNudge(
                row["day"], skills.get(row["plan_id"], ""), row["withheld"], row["answered_at"]
            )
            for row in await _of_parent(tx, nudges, parent)
        ),
        notes=tuple(
            Spoken(row["at"], True, "text", tx.unseal(row["words"]))
            for row in await _of_parent(tx, session_notes, parent)
        ),
        tried=tuple(
            TriedTime(row["day"], row["at"], row["probability"])
            for row in await _of_parent(tx, window_choices, parent)
        ),
        rhythm=await _rhythm(tx, parent),
    )


async def _of_parent(tx: Tx, table: Table, parent: Parent) -> Rows:
    query = select(table).where(table.c.parent_id == parent.id)
    return list((await tx.execute(query.order_by(*table.primary_key))).mappings())


async def _in_chat(tx: Tx, table: Table, parent: Parent) -> Rows:
    query = select(table).where(table.c.chat_id == parent.chat_id)
    return list((await tx.execute(query.order_by(*table.primary_key))).mappings())


async def _consents(tx: Tx, parent: Parent) -> tuple[Agreed, ...]:
    before = await _of_parent(tx, past_consents, parent)
    now = select(parents.c.consent_version, parents.c.consented_at).where(parents.c.id == parent.id)
    version, at = (await tx.execute(now)).one()
    past = (Agreed(row["version"], row["consented_at"], row["until"]) for row in before)
    return (*past, Agreed(version, at))


async def _talk(tx: Tx, parent: Parent) -> tuple[Spoken, ...]:
    said = [_written(tx, row) for row in await _in_chat(tx, messages, parent)]
    for row in await _in_chat(tx, deliveries, parent):
        kind, words = _shown(unpacked(tx, row))
        if row["state"] == DeliveryState.NEVER:
            kind = NEVER_ARRIVED
        said.append(Spoken(row["made_at"], False, GONE if row["emptied_at"] else kind, words))
    return tuple(sorted(said, key=lambda one: one.at))


def _written(tx: Tx, row: Mapping[Any, Any]) -> Spoken:
    evidence = json.loads(tx.unseal(row["evidence"])) if row["evidence"] else ()
    words = tx.unseal(row["text"])
    scored = row["score"] if row["version"] else None
    kind = GONE if row["emptied_at"] else row["kind"]
    return Spoken(row["sent_at"], True, kind, words, row["route"], tuple(evidence), scored)


def _shown(what: What) -> tuple[str, str]:
    match what:
        case Send(reply=reply):
            return "text", reply.text
        case Edit(reply=reply):
            return "edited_text", reply.text
        case Upload(name=name, caption=caption):
            return "file", f"{name}\n{caption.text}"
        case Copy():
            return "copy", ""


async def _flags(tx: Tx, parent: Parent) -> tuple[Dated, ...]:
    """The flags that they raised, and those that they joined, from when they did.

    Of what the other parent raised they know nothing: only their own danger is theirs to read.
    """
    columns = (flags.c.raised_at, flags.c.category, flags.c.state, flags.c.outcome)
    raised = select(*columns).where(flags.c.chat_id == parent.chat_id)
    joined = (
        select(flag_events.c.at, messages.c.category, flags.c.state, flags.c.outcome)
        .join(messages, messages.c.id == flag_events.c.message_id)
        .join(flags, flags.c.id == flag_events.c.flag_id)
        .where(
            messages.c.chat_id == parent.chat_id,
            flags.c.chat_id != parent.chat_id,
            flag_events.c.what == JOINED,
        )
    )
    rows = [*await tx.execute(raised), *await tx.execute(joined)]
    found = [Dated(at, category or "", outcome or state) for at, category, state, outcome in rows]
    return tuple(sorted(found, key=lambda one: one.at))


async def _plans(tx: Tx, parent: Parent) -> Rows:
    query = select(practice_plans).where(
        practice_plans.c.family_id == parent.family.id, practice_plans.c.state != PlanState.DRAFT
    )
    return list((await tx.execute(query.order_by(practice_plans.c.id))).mappings())


async def _plan(tx: Tx, row: Mapping[Any, Any], parent: Parent) -> OwnPlan:
    picked = select(plan_times.c.days, plan_times.c.at).where(
        plan_times.c.plan_id == row["id"], plan_times.c.parent_id == parent.id
    )
    times = (await tx.execute(picked)).one_or_none()
    return OwnPlan(
        row["skill_id"],
        tx.unseal(row["goal"]),
        tx.unseal(row["note"]),
        row["starts_on"],
        row["ends_on"],
        row["state"],
        days_of_mask(times.days) if times else frozenset(),
        times.at if times else None,
    )


async def _rhythm(tx: Tx, parent: Parent) -> OwnRhythm | None:
    found = await _of_parent(tx, rhythms, parent)
    if not found:
        return None
    names = ("zone", "quiet_begins", "quiet_ends", "paused_until", "stopped_at")
    values = {name: found[0][name] for name in (*names, "learns_since", "learns_version")}
    return OwnRhythm(**values)
