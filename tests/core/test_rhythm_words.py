"""Dates and hours as parents write them."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.practice import QuietHours
from bot.core.rhythm_words import LEAST_AWAKE, NEVER_QUIET, awake, read_date, read_quiet_hours

TODAY = date(2026, 11, 26)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None))


@pytest.mark.parametrize(
    "words",
    [
        "24 December",
        "24 dec",
        "until 24 December",
        "24th december 2026",
        "December 24",
        "Dec 24th, 2026",
        "24/12",
        "24.12.",
        "24.12.2026",
        "2026-12-24",
    ],
)
def test_a_date_is_read_in_each_way_it_is_written(words: str) -> None:
    assert read_date(words, TODAY) == date(2026, 12, 24)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("tomorrow", date(2026, 11, 27)),
        ("2 weeks", date(2026, 12, 10)),
        ("for 2 weeks", date(2026, 12, 10)),
        ("a week", date(2026, 12, 3)),
        ("10 days", date(2026, 12, 6)),
        ("a month", date(2026, 12, 24)),
        ("until Monday", date(2026, 11, 30)),
        ("next friday", date(2026, 11, 27)),
        ("Thursday", date(2026, 12, 3)),
        ("till wed", date(2026, 12, 2)),
    ],
)
def test_a_day_is_read_as_people_say_it(words: str, day: date) -> None:
    assert TODAY.strftime("%A") == "Thursday"
    assert read_date(words, TODAY) == day


def test_without_a_year_the_next_such_day_is_meant() -> None:
    assert read_date("3 January", TODAY) == date(2027, 1, 3)
    assert read_date("26 November", TODAY) == date(2027, 11, 26)


@pytest.mark.parametrize(
    "words",
    [
        "soon",
        "0 days",
        "next week or so",
        "monde",
        "31 February",
        "2025-12-24",
        "24 foo",
        "13/13",
        "",
    ],
)
def test_what_is_no_day_to_come_is_not_read(words: str) -> None:
    assert read_date(words, TODAY) is None


@pytest.mark.parametrize(
    "words",
    ["20:30-7", "20.30 - 7:00", "20:30 to 7", "20:30–07:00", "8:30pm-7am", "8.30 PM until 7 am"],
)
def test_quiet_hours_are_read_in_each_way_they_are_written(words: str) -> None:
    assert read_quiet_hours(words) == QuietHours(time(20, 30), time(7))


def test_none_means_no_quiet_hours() -> None:
    assert read_quiet_hours("None") == NEVER_QUIET


@pytest.mark.parametrize(
    "words", ["late", "25-7", "13pm-7am", "0am-7am", "7-6", "20:75-7", "8 to 6:00"]
)
def test_hours_that_are_none_or_leave_too_little_of_a_day_are_not_taken(words: str) -> None:
    assert read_quiet_hours(words) is None


@given(begins=TIMES, ends=TIMES)
def test_written_and_read_again_quiet_hours_are_the_same(begins: time, ends: time) -> None:
    quiet = QuietHours(begins, ends)
    found = read_quiet_hours(f"{begins:%H:%M}-{ends:%H:%M}")
    assert found == (quiet if awake(quiet) >= LEAST_AWAKE else None)


def test_a_whole_day_is_awake_without_quiet_hours() -> None:
    assert awake(NEVER_QUIET) == timedelta(days=1)
