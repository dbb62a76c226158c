"""Erases parents: every row that is theirs, in one transaction, table by table.

What each table is to a parent stands in `COVERED`; a test walks the schema and fails when a new
table with a parent's number, a chat or sealed words is missing there.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, Table, delete, false, func, or_, select, text, update

from bot.core.audit import Act
from bot.core.enrolment import LinkKind
from bot.storage import erasing_traces as traces
from bot.storage.database import Tx
from bot.storage.duty import readiness_may_have_changed
from bot.storage.practice_tables import (
    digests,
    family_sessions,
    nudges,
    plan_times,
    practice_plans,
    practices,
    rhythms,
    session_notes,
    window_choices,
)
from bot.storage.privacy_tables import erase_wishes
from bot.storage.safety_tables import flag_notes
from bot.storage.tables import (
    answers,
    checks,
    families,
    flag_events,
    flags,
    inbox,
    links,
    messages,
    parents,
    questions,
    wrong_codes,
)
from bot.storage.wording_tables import past_consents, word_use, wordings

NOBODY = 0
"""The chat of a flag whose parent was erased."""

OF_A_PARENT = (
    plan_times,
    rhythms,
    nudges,
    practices,
    session_notes,
    window_choices,
    past_consents,
    erase_wishes,
)
OF_A_FAMILY = (practice_plans, family_sessions, digests, word_use)

COVERED: Mapping[str, str] = {
    **{table.name: "the parent's rows go" for table in OF_A_PARENT},
    **{table.name: "goes with the family" for table in OF_A_FAMILY},
    "parents": "the row goes",
    "families": "goes with its last parent",
    "messages": "all of the chat's go",
    "answers": "go with their messages",
    "wordings": "go with their answers",
    "checks": "go with their messages",
    "questions": "go with their messages",
    "review_items": "go with their messages",
    "flags": "stay without chat, message and name; without the family if that goes",
    "flag_events": "stay without the message",
    "flag_notes": "go, unless the clinic has to keep them",
    "inbox": "the chat's go; what staff sent and might quote them is emptied",
    "deliveries": "those to the chat go, and those to staff that are about them",
    "notices": "those about their flags go, and those that name them",
    "alarms": "stay without the sentence, where it is about them",
    "wrong_codes": "the chat's goes",
    "links": "those that they opened or used go, and those of a family that goes",
}

NOT_THEIRS: Mapping[str, str] = {
    "clinic": "the clinic's name",
    "key_check": "the proof of the key",
    "staff": "people who work here",
    "contacts": "addresses of staff",
}


@dataclass(frozen=True, slots=True)
class Leaving:
    """Whom to erase; `family_goes`: nobody of the family is left. `names` as staff read them."""

    parent_ids: tuple[int, ...]
    chat_ids: tuple[int, ...]
    family_id: int
    family_goes: bool
    names: tuple[str, ...] = field(repr=False)


async def erase(tx: Tx, who: Leaving, *, keep_notes: bool, gone: str) -> Counter[str]:
    """Erase them; how many rows of which kind. `gone` stands in place of a name in old flags."""
    await tx.execute(text("set local heldinmind.erasing = 'on'"))
    theirs = await _found(tx, who)
    count: Counter[str] = Counter()
    count += await traces.erase_traces(tx, theirs)
    for table in OF_A_PARENT:
        count["practice"] += await _drop(tx, table, table.c.parent_id.in_(who.parent_ids))
    count["questions"] += await _drop(tx, questions, _of(questions, theirs))
    await _drop(tx, wordings, wordings.c.answer_id.in_(theirs.answers))
    count["answers"] += await _drop(tx, answers, answers.c.id.in_(theirs.answers))
    count["checks"] += await _drop(tx, checks, _of(checks, theirs))
    count["flags"] += await _strip_flags(tx, who, theirs, keep_notes=keep_notes, gone=gone)
    count["messages"] += await _drop(tx, messages, messages.c.id.in_(theirs.messages))
    count["updates"] += await _drop(
        tx, inbox, inbox.c.chat_id.in_(who.chat_ids) & inbox.c.handled_at.is_not(None)
    )
    await _drop_links(tx, who)
    await _drop(tx, wrong_codes, wrong_codes.c.chat_id.in_(who.chat_ids))
    count["parents"] += await _drop(tx, parents, parents.c.id.in_(who.parent_ids))
    if who.family_goes:
        count["families"] += await _drop_family(tx, who.family_id)
    await readiness_may_have_changed(tx)
    gone_ids = [f"parent:{one}" for one in who.parent_ids]
    whole = "all of the family" if who.family_goes else ""
    tx.note(Act.ERASED, f"family:{who.family_id}", *gone_ids, detail=whole)
    return +count


async def _found(tx: Tx, who: Leaving) -> traces.Theirs:
    """The numbers of everything that is theirs."""
    written = await _ids(tx, select(messages.c.id).where(messages.c.chat_id.in_(who.chat_ids)))
    of_messages = answers.c.message_id.in_(written)
    of_family = flags.c.family_id == who.family_id if who.family_goes else false()
    own = or_(flags.c.chat_id.in_(who.chat_ids), of_family)
    raised = await _ids(tx, select(flags.c.id).where(own))
    named = select(flag_events.c.flag_id).where(flag_events.c.message_id.in_(written))
    also = select(flags.c.id).where(flags.c.message_id.in_(written))
    return traces.Theirs(
        chats=who.chat_ids,
        names=who.names,
        messages=written,
        answers=await _ids(
            tx, select(answers.c.id).where(of_messages | answers.c.chat_id.in_(who.chat_ids))
        ),
        questions=await _ids(
            tx, select(questions.c.id).where(questions.c.chat_id.in_(who.chat_ids))
        ),
        checks=await _ids(tx, select(checks.c.id).where(checks.c.chat_id.in_(who.chat_ids))),
        practices=await _ids(
            tx, select(practices.c.id).where(practices.c.parent_id.in_(who.parent_ids))
        ),
        digests=await _ids(tx, select(digests.c.id).where(digests.c.family_id == who.family_id)),
        links=await _ids(tx, select(links.c.id).where(links.c.used_by.in_(who.chat_ids))),
        updates=await _ids(tx, select(inbox.c.update_id).where(inbox.c.chat_id.in_(who.chat_ids))),
        raised=raised,
        flags=tuple({*raised, *await _ids(tx, named), *await _ids(tx, also)}),
        family=who.family_id,
        family_goes=who.family_goes,
        plans=await _ids(
            tx, select(practice_plans.c.id).where(practice_plans.c.family_id == who.family_id)
        )
        if who.family_goes
        else (),
    )


async def _ids(tx: Tx, query: Select[Any]) -> tuple[int, ...]:
    return tuple((await tx.execute(query)).scalars())


def _of(table: Table, theirs: traces.Theirs) -> Any:
    """A table's rows in their chats, and those of their messages."""
    return or_(table.c.chat_id.in_(theirs.chats), table.c.message_id.in_(theirs.messages))


async def _drop(tx: Tx, table: Table, condition: Any) -> int:
    return int((await tx.execute(delete(table).where(condition))).rowcount)


async def _strip_flags(
    tx: Tx, who: Leaving, theirs: traces.Theirs, *, keep_notes: bool, gone: str
) -> int:
    """Times, states and outcomes stay; words, chat and name go."""
    named = flag_events.c.message_id.in_(theirs.messages)
    await tx.execute(update(flag_events).where(named).values(message_id=None))
    worded = flags.c.message_id.in_(theirs.messages)
    await tx.execute(update(flags).where(worded).values(message_id=None))
    values: dict[str, Any] = {"chat_id": NOBODY, "alias": tx.seal(gone), "note_awaited_until": None}
    if who.family_goes:
        values["family_id"] = None
    mine = flags.c.id.in_(theirs.raised)
    done = await tx.execute(update(flags).where(mine).values(**values))
    if not keep_notes:
        await _drop(tx, flag_notes, flag_notes.c.flag_id.in_(theirs.raised))
    return int(done.rowcount)


async def _drop_links(tx: Tx, who: Leaving) -> None:
    """A link that was used stays useless: it is gone. One that was only opened is as new."""
    await _drop(tx, links, links.c.used_by.in_(who.chat_ids))
    opened = links.c.opened_by.in_(who.chat_ids)
    await tx.execute(update(links).where(opened).values(opened_by=None))


async def _drop_family(tx: Tx, family_id: int) -> int:
    for table in OF_A_FAMILY:
        await _drop(tx, table, table.c.family_id == family_id)
    invited = (links.c.kind == LinkKind.PARENT) & (links.c.owner_id == family_id)
    await _drop(tx, links, invited)
    return await _drop(tx, families, families.c.id == family_id)


async def others_of(tx: Tx, family_id: int, leaving: Sequence[int]) -> int:
    """How many of a family stay."""
    stay = (parents.c.family_id == family_id, parents.c.id.not_in(leaving))
    query = select(func.count()).select_from(parents).where(*stay)
    return int((await tx.execute(query)).scalar_one())
