"""A parent lets the therapist know of a hard day; on leave, whoever covers for them reads it."""

from dataclasses import dataclass
from datetime import date

from bot.core.deliveries import Delivery, Send
from bot.core.hard_days import hard_day_text, read_hard_day, told_text
from bot.core.people import Parent
from bot.core.practice_replies import SOMETHING_ELSE
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.flows.steps.other_parent import why_paused
from bot.flows.steps.planning import title_of
from bot.flows.steps.standing_in import Reader, who_reads
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.inbox import claim_update
from bot.storage.practice_plans import find_plan
from bot.storage.practices import find_practice
from bot.storage.rhythms import find_rhythm


@dataclass(frozen=True, slots=True)
class _HardDay:
    """What was hard: the log's entry, the day, the skill's title and the barrier."""

    id: int
    day: date
    title: str
    barrier: str


async def tell_of_hard_day(s: Services, parent: Parent, argument: str, update_id: int) -> str:
    """*Tell NAME*; returns what the button says back."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "practice_tell", s.clock.now()):
            return ""
        if paused := await why_paused(tx, s, parent):
            return paused
        hard = await _hard_day(tx, s, parent, argument)
        if hard is None:
            return s.phrases.say("general.button_gone")
        reader = await who_reads(tx, parent.family, s.clock.now())
        await _tell(tx, s, parent, hard, reader)
        told = told_text(
            parent.family.therapist.name,
            s.phrases,
            is_reached=reader.is_reached,
            cover=reader.person.name if reader.covers else None,
            back_on=reader.back_on,
        )
        key = f"practice:{hard.id}:said:{hard.barrier}"
        await say(tx, s, parent.chat_id, key, Reply(told))
        return ""


async def _hard_day(tx: Tx, s: Services, parent: Parent, argument: str) -> _HardDay | None:
    read = read_hard_day(argument)
    practice = await find_practice(tx, read[0]) if read else None
    plan = await find_plan(tx, practice.plan_id) if practice else None
    if read is None or practice is None or plan is None or practice.parent_id != parent.id:
        return None
    barrier = read[1] or practice.barrier or SOMETHING_ELSE
    return _HardDay(practice.id, practice.day, title_of(s, plan), barrier)


async def _tell(tx: Tx, s: Services, parent: Parent, hard: _HardDay, reader: Reader) -> None:
    chat_id, now = reader.person.chat_id, s.clock.now()
    if chat_id is None or not reader.is_reached:
        return
    rhythm = await find_rhythm(tx, parent.id)
    today = rhythm.day_of(now) if rhythm else now.date()
    words = hard_day_text(
        parent, hard.title, hard.barrier, hard.day, today, s.phrases, covers=reader.covers
    )
    about = f"practice:{hard.id}"
    key = f"{about}:told:{hard.barrier}"
    send = Send(Reply(words), is_quiet=reader.is_away)
    await owe(tx, Delivery(key, chat_id, send, about=about, staff_id=reader.person.id), now)
