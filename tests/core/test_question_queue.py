"""When somebody is reminded of a question, over weekends, leave and changes of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.phrasebook import load_phrases
from bot.core.duty import Duty, Hours, Leave
from bot.core.question_queue import (
    LISTED,
    Waiting,
    may_remind,
    queue_of,
    queue_reply,
    reminder_due,
    reminder_of,
)
from bot.settings import ROOT

PHRASES = load_phrases(ROOT / "prompts")
LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
DANA, NOOR = 1, 2
OFFICE = tuple(Hours(day, time(9), time(17)) for day in range(5))
WEEKDAYS = Duty(zone=LONDON, hours={DANA: OFFICE})


def at(text: str, zone: ZoneInfo = LONDON) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def away(begins: str, ends: str, staff_id: int = DANA) -> Leave:
    return Leave(1, staff_id, None, at(begins), at(ends))


@pytest.mark.parametrize(
    ("since", "due"),
    [
        ("2026-03-02T10:00", "2026-03-04T10:00"),  # Monday, at work
        ("2026-03-02T07:00", "2026-03-04T09:00"),  # before the day begins
        ("2026-03-02T16:59", "2026-03-04T16:59"),
        ("2026-03-02T17:00", "2026-03-05T09:00"),  # the day is over: it begins tomorrow
        ("2026-03-05T10:00", "2026-03-09T10:00"),  # Thursday: Friday and Monday
        ("2026-03-06T20:00", "2026-03-11T09:00"),  # Friday night counts from Monday
        ("2026-03-07T12:00", "2026-03-11T09:00"),
    ],
)
def test_two_working_days_pass_and_the_weekend_is_none(since: str, due: str) -> None:
    assert reminder_due(at(since), WEEKDAYS, DANA, 2) == at(due)


def test_who_works_on_mondays_alone_is_reminded_two_mondays_later() -> None:
    duty = Duty(zone=LONDON, hours={DANA: (OFFICE[0],)})
    assert reminder_due(at("2026-03-03T10:00"), duty, DANA, 2) == at("2026-03-23T09:00")


def test_a_time_at_which_the_day_has_no_work_moves_on_to_its_next_hours() -> None:
    duty = Duty(
        zone=LONDON,
        hours={DANA: (Hours(0, time(9), time(12)), Hours(1, time(13), time(17)), OFFICE[2])},
    )
    assert reminder_due(at("2026-03-02T10:00"), duty, DANA, 1) == at("2026-03-03T13:00")
    assert reminder_due(at("2026-03-03T16:00"), duty, DANA, 1) == at("2026-03-04T16:00")


def test_leave_is_no_working_day() -> None:
    duty = Duty(
        zone=LONDON,
        hours={DANA: OFFICE},
        leaves=(away("2026-03-03T00:00", "2026-03-10T00:00"),),
    )
    assert reminder_due(at("2026-03-02T10:00"), duty, DANA, 2) == at("2026-03-11T10:00")
    assert reminder_due(at("2026-03-04T10:00"), duty, DANA, 2) == at("2026-03-12T09:00")


def test_a_colleagues_leave_changes_nothing() -> None:
    leave = away("2026-03-03T00:00", "2026-03-10T00:00", NOOR)
    duty = Duty(zone=LONDON, hours={DANA: OFFICE}, leaves=(leave,))
    assert reminder_due(at("2026-03-02T10:00"), duty, DANA, 2) == at("2026-03-04T10:00")


def test_a_holiday_is_no_working_day_and_nobody_is_reminded_on_it() -> None:
    holidays = {date(2026, 4, 3), date(2026, 4, 6)}
    assert reminder_due(at("2026-04-02T10:00"), WEEKDAYS, DANA, 1, holidays) == at(
        "2026-04-07T10:00"
    )
    assert reminder_due(at("2026-04-03T10:00"), WEEKDAYS, DANA, 1, holidays) == at(
        "2026-04-08T09:00"
    )
    assert not may_remind(at("2026-04-06T10:00"), WEEKDAYS, DANA, holidays)
    assert may_remind(at("2026-04-06T10:00"), WEEKDAYS, DANA)


@pytest.mark.parametrize(
    ("since", "due"),
    [
        ("2026-03-27T10:00", "2026-03-31T10:00"),  # the clocks go forward on 29 March
        ("2026-10-23T10:00", "2026-10-27T10:00"),  # and back on 25 October
    ],
)
def test_across_a_change_of_the_clocks_it_is_the_same_hour_on_the_wall(
    since: str, due: str
) -> None:
    assert reminder_due(at(since), WEEKDAYS, DANA, 2) == at(due)
    assert at(due) - at(since) != timedelta(days=4)


def test_hours_go_by_the_persons_own_clock() -> None:
    duty = Duty(zone=LONDON, zones={DANA: NEW_YORK}, hours={DANA: OFFICE})
    due = reminder_due(at("2026-03-02T09:00"), duty, DANA, 2)
    assert due == at("2026-03-04T09:00", NEW_YORK)


def test_without_hours_a_day_is_24_hours_and_any_time_will_do() -> None:
    since = at("2026-03-06T22:00")
    assert reminder_due(since, Duty(zone=LONDON), DANA, 2) == since + timedelta(hours=48)
    assert may_remind(since, Duty(zone=LONDON), DANA)


@pytest.mark.parametrize(
    ("now", "may"),
    [
        ("2026-03-02T08:59", False),
        ("2026-03-02T09:00", True),
        ("2026-03-02T17:00", False),
        ("2026-03-07T12:00", False),
    ],
)
def test_nobody_is_reminded_outside_their_hours(now: str, may: bool) -> None:
    assert may_remind(at(now), WEEKDAYS, DANA) is may


MOMENTS = st.timedeltas(timedelta(), timedelta(days=700)).map(
    lambda later: at("2026-01-01T00:00") + later
)
SPANS = st.builds(Hours, st.integers(0, 6), st.times(), st.times())
SOME_HOURS = st.lists(SPANS, min_size=1, max_size=4).map(tuple)


@given(since=MOMENTS, hours=SOME_HOURS, days=st.integers(1, 5), leave=st.integers(0, 20))
def test_it_is_due_in_their_hours_and_never_before_a_day_has_passed(
    since: datetime, hours: tuple[Hours, ...], days: int, leave: int
) -> None:
    leaves = (Leave(1, DANA, None, since, since + timedelta(days=leave)),)
    duty = Duty(zone=LONDON, hours={DANA: hours}, leaves=leaves)
    due = reminder_due(since, duty, DANA, days)
    assert may_remind(due, duty, DANA)
    assert due >= since + timedelta(days=days, hours=-1)
    assert due <= since + timedelta(days=leave, weeks=days + 2)


def many(count: int) -> list[Waiting]:
    return [Waiting(n, f"Family {n}", "Sam", "2 March 2026, 12:00") for n in range(count)]


@pytest.mark.parametrize("count", [1, 2, LISTED, LISTED + 3])
def test_a_list_names_the_first_and_counts_the_rest(count: int) -> None:
    reply = queue_reply(many(count), "", PHRASES)
    assert len(reply.buttons) == min(count, LISTED)
    more = PHRASES.say("questions.queue_more", count=count - LISTED)
    assert (more in reply.text) is (count > LISTED)


def test_one_question_is_said_to_be_one() -> None:
    assert queue_of(many(1), PHRASES).text.startswith(PHRASES.say("questions.queue_one"))
    assert reminder_of(many(1), PHRASES).text.startswith(PHRASES.say("questions.reminder_one"))
