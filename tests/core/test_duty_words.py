"""Duty in words: what is written is read back, and what is wrong is said clearly."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.duty import Hours
from bot.core.duty_words import (
    read_date,
    read_hours,
    read_moment,
    read_time,
    read_week,
    write_hours,
    write_moment,
)
from bot.errors import DutyError

LONDON = ZoneInfo("Europe/London")
MINUTES = st.builds(time, st.integers(0, 23), st.integers(0, 59))


def test_days_in_a_row_get_a_span_each() -> None:
    assert read_hours("Mon-Wed 9:00-17:30") == tuple(
        Hours(day, time(9), time(17, 30)) for day in range(3)
    )


def test_a_row_of_days_may_go_over_sunday() -> None:
    assert [one.weekday for one in read_hours("sat-mon 10:00-12:00")] == [5, 6, 0]


@given(st.builds(Hours, st.integers(0, 6), MINUTES, MINUTES))
def test_what_is_written_is_read_back(one: Hours) -> None:
    assert read_hours(write_hours(one)) == (one,)


@pytest.mark.parametrize(
    "words", ["", "monday", "mon 9-17", "mon 09:00-25:00", "moon 09:00-17:00", "mon 09:00"]
)
def test_hours_that_are_none_are_named(words: str) -> None:
    with pytest.raises(DutyError, match="should be"):
        read_week([words])


def test_a_day_may_have_two_spans_that_do_not_overlap() -> None:
    week = read_week(["mon 13:00-17:00", "mon 09:00-12:00"])
    assert [one.begins for one in week] == [time(9), time(13)]


def test_spans_that_overlap_are_refused() -> None:
    with pytest.raises(DutyError, match="two spans of mon overlap"):
        read_week(["mon 09:00-12:00", "mon 11:00-17:00"])


@pytest.mark.parametrize("read", [read_date, read_time, lambda one: read_moment(one, UTC)])
def test_what_is_no_day_time_or_moment_is_named(read: object) -> None:
    assert callable(read)
    with pytest.raises(DutyError, match="'soon' should be"):
        read("soon")


def test_a_moment_is_by_the_clock_that_is_given_unless_it_says_otherwise() -> None:
    assert read_moment("2026-07-01 18:00", LONDON) == datetime(2026, 7, 1, 17, tzinfo=UTC)
    assert read_moment("2026-07-01 18:00+00:00", LONDON) == datetime(2026, 7, 1, 18, tzinfo=UTC)


def test_a_moment_is_written_with_the_name_of_its_clock() -> None:
    assert write_moment(datetime(2026, 7, 1, 17, tzinfo=UTC), LONDON).endswith("18:00 BST")
