"""The queue of open questions: what staff read of it, and when somebody is reminded of one."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.core.duty import Duty
from bot.core.phrases import Phrases
from bot.core.replies import Button, Reply, as_written

ACTION = "queue"
SHOW, DONE = "show", "done"
LISTED = 10
_DAY = timedelta(days=1)
_FURTHEST = 366
"""Somebody who has no working day in so many is reminded all the same."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One open question at a glance, without its words; `when` it was asked, by their clock."""

    id: int
    alias: str
    parent: str = ""
    when: str = ""
    is_wish: bool = False


def queue_reply(waiting: Sequence[Waiting], heading: str, phrases: Phrases) -> Reply:
    """The oldest questions under a heading, each with a button that shows it and one that ends it;
    and how many more there are."""
    listed = waiting[:LISTED]
    lines = [_line(number, one, phrases) for number, one in enumerate(listed, start=1)]
    if more := len(waiting) - len(listed):
        lines.append(phrases.say("questions.queue_more", count=more))
    text = "\n".join((heading, *lines, "", phrases.say("questions.queue_how")))
    rows = tuple(_row(number, one, phrases) for number, one in enumerate(listed, start=1))
    return Reply(text, rows)


def queue_of(waiting: Sequence[Waiting], phrases: Phrases) -> Reply:
    """All that is open, for whoever asks; that there is nothing, where there is nothing."""
    if not waiting:
        return Reply(phrases.say("questions.queue_empty"))
    phrase = "questions.queue_one" if len(waiting) == 1 else "questions.queue"
    return queue_reply(waiting, phrases.say(phrase, count=len(waiting)), phrases)


def reminder_of(waiting: Sequence[Waiting], phrases: Phrases) -> Reply:
    """What somebody is reminded of, all in one message."""
    phrase = "questions.reminder_one" if len(waiting) == 1 else "questions.reminder"
    return queue_reply(waiting, phrases.say(phrase, count=len(waiting)), phrases)


def done_button(question_id: int, phrases: Phrases) -> Button:
    """The button under a question that says it was answered elsewhere."""
    return Button(phrases.say("questions.done_button"), f"{ACTION}:{DONE}.{question_id}")


def reminder_due(
    since: datetime,
    duty: Duty,
    staff_id: int,
    days: int,
    holidays: AbstractSet[date] = frozenset(),
) -> datetime:
    """When somebody is to be reminded of a question that came before them at a moment.

    So many of their working days later, by the clock on the wall, and while they are at work; the
    days begin with their next hour of work. Leave and holidays are no working days. Without hours
    a day is 24 hours.
    """
    begins = at_work_from(since, duty, staff_id, holidays)
    if begins is None:
        return since + days * _DAY
    zone = duty.zone_of(staff_id)
    local = begins.astimezone(zone)
    day = _days_on(local.date(), days, duty, staff_id, holidays)
    due = datetime.combine(day, local.time(), zone).astimezone(UTC)
    return at_work_from(due, duty, staff_id, holidays) or due


def may_remind(
    now: datetime, duty: Duty, staff_id: int, holidays: AbstractSet[date] = frozenset()
) -> bool:
    """Whether somebody is at work at a moment, or has no hours that would say so."""
    return at_work_from(now, duty, staff_id, holidays) in (None, now)


def at_work_from(
    at: datetime, duty: Duty, staff_id: int, holidays: AbstractSet[date] = frozenset()
) -> datetime | None:
    """When somebody is at work next, holidays left out; None: no hours of theirs are known."""
    zone = duty.zone_of(staff_id)
    for _ in range(_FURTHEST):
        begins = duty.next_at_work(staff_id, at)
        if begins is None or begins.astimezone(zone).date() not in holidays:
            return begins
        tomorrow = begins.astimezone(zone).date() + _DAY
        at = datetime.combine(tomorrow, time(), zone).astimezone(UTC)
    return at


def _days_on(day: date, days: int, duty: Duty, staff_id: int, holidays: AbstractSet[date]) -> date:
    """The day that is so many working days later."""
    left = days
    for _ in range(_FURTHEST):
        if not left:
            break
        day += _DAY
        left -= day not in holidays and _works_on(day, duty, staff_id)
    return day


def _works_on(day: date, duty: Duty, staff_id: int) -> bool:
    zone = duty.zone_of(staff_id)
    return any(
        duty.back_at(staff_id, one.on(day, zone)[0]) is None
        for one in duty.hours.get(staff_id, ())
        if one.weekday == day.weekday()
    )


def _line(number: int, one: Waiting, phrases: Phrases) -> str:
    phrase = "questions.queue_wish" if one.is_wish else "questions.queue_line"
    alias, parent = as_written(one.alias), as_written(one.parent)
    return phrases.say(phrase, number=number, alias=alias, parent=parent, when=one.when)


def _row(number: int, one: Waiting, phrases: Phrases) -> tuple[Button, ...]:
    return (
        Button(phrases.say("questions.read_button", number=number), f"{ACTION}:{SHOW}.{one.id}"),
        Button(phrases.say("questions.done_row", number=number), f"{ACTION}:{DONE}.{one.id}"),
    )
