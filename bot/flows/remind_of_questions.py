"""The sweep over questions that wait too long: whoever reads them is reminded of each once."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.core.deliveries import Delivery, Send
from bot.core.duty import Duty
from bot.core.people import Family
from bot.core.question_queue import may_remind, reminder_due, reminder_of
from bot.flows.services import Services
from bot.flows.steps.queueing import LIST, glances
from bot.flows.steps.standing_in import Reader, all_readers
from bot.storage.database import Tx
from bot.storage.deliveries import owe, state_of
from bot.storage.duty import the_duty
from bot.storage.holidays import all_holidays
from bot.storage.open_questions import OpenQuestion, mark_reminded, not_reminded
from bot.storage.people import every_family
from bot.storage.questions import QuestionKind

A_DAY_AT_LEAST = timedelta(hours=22)
"""No working day later is sooner than this, not even across a change of the clocks."""


async def remind_of_questions(s: Services) -> int:
    """Remind whoever is at work of all that is due, in one message a day; how many were reminded.

    Running it twice reminds nobody twice.
    """
    now, reminded = s.clock.now(), 0
    if not s.question_days:
        return 0
    async with s.database.transaction() as tx:
        waiting = await not_reminded(tx, now)
        old = [one for one in waiting if _since(one) <= now - A_DAY_AT_LEAST]
        if not old:
            return 0
        duty, holidays = await the_duty(tx), {one.day for one in await all_holidays(tx)}
        for reader, theirs in (await _by_reader(tx, old, now)).values():
            staff_id = reader.person.id
            if not reader.is_reached or not may_remind(now, duty, staff_id, holidays):
                continue
            due = [one for one in theirs if _is_due(s, one, duty, staff_id, holidays, now)]
            if due and await _remind(tx, s, reader, due, duty):
                reminded += 1
    return reminded


async def _by_reader(
    tx: Tx, waiting: list[OpenQuestion], now: datetime
) -> Mapping[int, tuple[Reader, list[OpenQuestion]]]:
    """What waits for whom; nobody is reminded while they are on leave."""
    readers = await all_readers(tx, now)
    families = {one.id: one for one in await every_family(tx)}
    found: dict[int, tuple[Reader, list[OpenQuestion]]] = {}
    for one in waiting:
        reader = _reader(readers, families[one.question.family_id], one)
        if reader is not None and not reader.is_away:
            found.setdefault(reader.person.id, (reader, []))[1].append(one)
    return found


def _reader(readers: Mapping[int, Reader], family: Family, one: OpenQuestion) -> Reader | None:
    """Whoever reads it now; a wish to practise waits for the therapist."""
    reader = readers.get(family.therapist.id)
    is_wish = one.question.kind is QuestionKind.PRACTICE
    return None if reader is None or (is_wish and reader.covers) else reader


def _since(one: OpenQuestion) -> datetime:
    return max(one.asked_at, one.brought_at or one.asked_at)


def _is_due(
    s: Services,
    one: OpenQuestion,
    duty: Duty,
    staff_id: int,
    holidays: set[date],
    now: datetime,
) -> bool:
    return reminder_due(_since(one), duty, staff_id, s.question_days, holidays) <= now


async def _remind(tx: Tx, s: Services, reader: Reader, due: list[OpenQuestion], duty: Duty) -> bool:
    """One message a day for all; what comes due later on that day waits for the next."""
    now, person, zone = s.clock.now(), reader.person, duty.zone_of(reader.person.id)
    key = f"{LIST}{person.id}:reminder:{now.astimezone(zone).date()}"
    if person.chat_id is None or await state_of(tx, key) is not None:
        return False
    reply = reminder_of(await glances(tx, due, zone), s.phrases)
    send = Send(reply, is_quiet=True)
    await owe(tx, Delivery(key, person.chat_id, send, staff_id=person.id), now)
    await mark_reminded(tx, [one.question.id for one in due], now)
    return True
