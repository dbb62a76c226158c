"""Sessions: when the next one is, and what is due before it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.sessions import Due, Prepared, SessionDates, coming, due_before

LONDON = ZoneInfo("Europe/London")
THURSDAY = date(2026, 3, 5)
WEEKLY = SessionDates(THURSDAY, time(15), 1)
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON).astimezone(UTC)


WEDNESDAY = THURSDAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("hour", "prepared", "due"),
    [
        (9, Prepared(), None),
        (10, Prepared(), Due.ASK),
        (18, Prepared(at(WEDNESDAY, 10)), None),
        (19, Prepared(at(WEDNESDAY, 10)), Due.SEND),
        (20, Prepared(at(WEDNESDAY, 10), at(WEDNESDAY, 19)), None),
    ],
)
def test_the_day_before_the_parents_are_asked_and_that_evening_the_page_goes(
    hour: int, prepared: Prepared, due: Due | None
) -> None:
    assert due_before(WEEKLY, THURSDAY, prepared, LONDON, at(WEDNESDAY, hour)) is due


def test_a_session_that_is_set_late_still_asks_first_and_leaves_an_hour() -> None:
    late = at(WEDNESDAY, 22)
    assert due_before(WEEKLY, THURSDAY, Prepared(), LONDON, late) is Due.ASK
    asked = Prepared(late)
    soon, later = late + timedelta(minutes=59), late + timedelta(hours=1)
    assert due_before(WEEKLY, THURSDAY, asked, LONDON, soon) is None
    assert due_before(WEEKLY, THURSDAY, asked, LONDON, later) is Due.SEND


def test_when_it_has_begun_nothing_is_due_any_more() -> None:
    assert due_before(WEEKLY, THURSDAY, Prepared(), LONDON, at(THURSDAY, 15)) is None


def test_the_session_that_comes_is_todays_until_it_begins() -> None:
    assert coming(WEEKLY, LONDON, at(THURSDAY, 14)) == THURSDAY
    assert coming(WEEKLY, LONDON, at(THURSDAY, 15)) == THURSDAY + timedelta(weeks=1)


def test_a_session_that_is_only_once_does_not_come_again() -> None:
    once = SessionDates(THURSDAY, time(15), 0)
    assert coming(once, LONDON, at(THURSDAY, 15)) is None


@given(first_on=DAYS, day=DAYS, every=st.integers(1, 8))
def test_the_next_session_is_on_the_right_weekday_and_never_skips_one(
    first_on: date, day: date, every: int
) -> None:
    found = SessionDates(first_on, time(9), every).next_on(day)
    assert found is not None
    assert found >= max(day, first_on)
    assert (found - first_on).days % (7 * every) == 0
    assert found - max(day, first_on) < timedelta(weeks=every)


def test_while_a_flag_is_open_nobody_is_asked_and_in_the_evening_it_says_that_it_waits() -> None:
    for hour, due in ((10, None), (18, None), (19, Due.WAIT)):
        now = at(WEDNESDAY, hour)
        found = due_before(WEEKLY, THURSDAY, Prepared(), LONDON, now, flag_is_open=True)
        assert found is due
    asked = Prepared(at(WEDNESDAY, 10))
    evening = at(WEDNESDAY, 19)
    assert due_before(WEEKLY, THURSDAY, asked, LONDON, evening, flag_is_open=True) is Due.SEND
