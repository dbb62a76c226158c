"""What is left of parents with others: deliveries to staff, notices, alarms, jobs, and quotes."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, text, update

from bot.core.deliveries import DeliveryState
from bot.storage.alarm_tables import notices
from bot.storage.checks import CHECK_SILENCE
from bot.storage.database import Tx
from bot.storage.deliveries import DELIVER
from bot.storage.family_changes import FAMILY_CHANGED
from bot.storage.safety_tables import alarms
from bot.storage.tables import deliveries, inbox, staff
from bot.storage.wordings import SEND_AS_IT_IS, WORD_ANSWER

EMPTIED = 200  # bytes: what is sealed and shorter holds nothing of an update
OTHERS = ("flag:", "question:", "practice:", "check:", "session:", "note:", "plan:", "erased:")
"""How the keys begin of what belongs to one thing: a name in it alone takes nothing away."""

_DROP_JOBS = text(
    "delete from procrastinate_jobs where status <> 'doing' "
    "and task_name = :task and (args ->> :name)::bigint in :ids"
).bindparams(bindparam("ids", expanding=True))
_DROP_DONE = text(
    "delete from procrastinate_jobs where status not in ('doing', 'todo') and lock in :locks"
).bindparams(bindparam("locks", expanding=True))

Ids = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Theirs:
    """The numbers of all that is theirs: `flags` are those that a message of theirs is in, `raised`
    their own. `plans` and `family_goes`: where nobody of the family is left."""

    chats: Ids
    names: tuple[str, ...] = field(repr=False)
    messages: Ids
    answers: Ids
    questions: Ids
    checks: Ids
    practices: Ids
    digests: Ids
    links: Ids
    updates: Ids
    raised: Ids
    flags: Ids
    family: int
    family_goes: bool
    plans: Ids


async def erase_traces(tx: Tx, theirs: Theirs) -> Counter[str]:
    """Erase them; how many of which kind."""
    count: Counter[str] = Counter()
    gone = await _drop_deliveries(tx, theirs)
    count["deliveries"] = len(gone)
    count["jobs"] = await _drop_jobs(tx, theirs, gone)
    count["notices"] = await _drop_notices(tx, theirs)
    await _empty_alarms(tx, theirs)
    await _empty_quotes(tx)
    return count


async def _drop_deliveries(tx: Tx, theirs: Theirs) -> Ids:
    to_staff = _to_staff()
    about = [f"question:{one}" for one in theirs.questions]
    about += [f"practice:{one}" for one in theirs.practices]
    about += [f"plan:{one}" for one in theirs.plans]
    about += [f"{kind}:{one}" for kind in ("flag", "note") for one in theirs.flags]
    of_them = deliveries.c.about.in_(about) | _begins(deliveries.c.key, _keys(theirs))
    named = deliveries.c.id.in_(await _named(tx, theirs))
    mine = deliveries.c.chat_id.in_(theirs.chats) | (to_staff & (of_them | named))
    gone = await tx.execute(delete(deliveries).where(mine).returning(deliveries.c.id))
    return tuple(gone.scalars())


def _to_staff() -> Any:
    left = select(staff.c.left_chat_id).where(staff.c.left_chat_id.is_not(None))
    here = select(staff.c.chat_id).where(staff.c.chat_id.is_not(None))
    chat = deliveries.c.chat_id
    return deliveries.c.staff_id.is_not(None) | chat.in_(here) | chat.in_(left)


def _keys(theirs: Theirs) -> Iterable[str]:
    """How the keys begin of what was made for staff about them."""
    if theirs.family_goes:
        yield f"family:{theirs.family}:"
    kinds = {
        "flag": theirs.flags,
        "alarm:flag": theirs.flags,
        "question": theirs.questions,
        "alarm:question": theirs.questions,
        "check": theirs.checks,
        "practice": theirs.practices,
        "session": theirs.digests,
        "link": theirs.links,
        "alarm:update": theirs.updates,
    }
    for kind, numbers in kinds.items():
        for one in numbers:
            yield f"{kind}:{one}:"


def _begins(column: Any, beginnings: Iterable[str]) -> Any:
    return or_(*(column.startswith(one, autoescape=True) for one in beginnings))


async def _named(tx: Tx, theirs: Theirs) -> Ids:
    """What staff were sent that belongs to nothing in particular, and names them: lists, links."""
    of_others = _begins(deliveries.c.key, OTHERS) | _begins(deliveries.c.about, OTHERS)
    settled = deliveries.c.state != DeliveryState.OWED
    query = select(deliveries.c.id, deliveries.c.body).where(_to_staff(), settled)
    rows = await tx.execute(query.where(func.coalesce(of_others, False).is_(False)))
    return tuple(row.id for row in rows if _names_them(tx.unseal(row.body), theirs))


def _names_them(said: str, theirs: Theirs) -> bool:
    return any(re.search(rf"\b{re.escape(one)}\b", said, re.IGNORECASE) for one in theirs.names)


async def _drop_jobs(tx: Tx, theirs: Theirs, gone: Ids) -> int:
    done = 0
    for task, name, numbers in (
        (DELIVER, "delivery_id", gone),
        (CHECK_SILENCE, "check_id", theirs.checks),
        (WORD_ANSWER, "answer_id", theirs.answers),
        (SEND_AS_IT_IS, "answer_id", theirs.answers),
        (FAMILY_CHANGED, "family_id", (theirs.family,) if theirs.family_goes else ()),
    ):
        if numbers:
            values = {"task": task, "name": name, "ids": list(numbers)}
            done += (await tx.connection.execute(_DROP_JOBS, values)).rowcount
    locks = [f"{of}:{one}" for one in theirs.chats for of in ("chat", "reply", "flag")]
    await tx.connection.execute(_DROP_DONE, {"locks": locks})
    return done


async def _drop_notices(tx: Tx, theirs: Theirs) -> int:
    rows = await tx.execute(select(notices.c.id, notices.c.body))
    named = [row.id for row in rows if _names_them(tx.unseal(row.body), theirs)]
    of_flags = notices.c.flag_id.in_(theirs.flags)
    mine = or_(of_flags, notices.c.id.in_(named), _begins(notices.c.key, _keys(theirs)))
    return int((await tx.execute(delete(notices).where(mine))).rowcount)


async def _empty_alarms(tx: Tx, theirs: Theirs) -> None:
    """That there was an alarm, of which kind and when, stays."""
    keys = tuple(one.removeprefix("alarm:") for one in _keys(theirs))
    for row in await tx.execute(select(alarms.c.id, alarms.c.key, alarms.c.sentence)):
        if row.key.startswith(keys) or _names_them(tx.unseal(row.sentence), theirs):
            mine = update(alarms).where(alarms.c.id == row.id)
            await tx.execute(mine.values(sentence=tx.seal("")))


async def _empty_quotes(tx: Tx) -> None:
    """What staff sent may quote a parent, and is of no use once it was handled."""
    here = select(staff.c.chat_id).where(staff.c.chat_id.is_not(None))
    left = select(staff.c.left_chat_id).where(staff.c.left_chat_id.is_not(None))
    theirs = inbox.c.chat_id.in_(here) | inbox.c.chat_id.in_(left)
    handled = inbox.c.handled_at.is_not(None) & (func.octet_length(inbox.c.payload) > EMPTIED)
    await tx.execute(update(inbox).where(theirs, handled).values(payload=tx.seal("")))
