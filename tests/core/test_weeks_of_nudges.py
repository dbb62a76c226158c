"""Nudges over weeks: never two on a day, never quiet, never in a flag, never silently none."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.nudges import Calm, Chosen, Nudge, PastNudge, decide
from bot.core.practice import QuietHours
from bot.core.rhythm import Rhythm
from bot.core.rhythm_words import LEAST_AWAKE, awake
from tests.core.plans import AT_HOME, LONDON, a_plan, answered, at, chosen

ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "Europe/London",
            "America/New_York",
            "America/Santiago",  # clocks change at midnight
            "Australia/Lord_Howe",  # by half an hour
            "Asia/Kolkata",
            "Pacific/Apia",  # left out a whole day in 2011
            "Pacific/Kiritimati",
            "UTC",
        )
    ]
)
HOURS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 10, 30, 59]))
HALF_HOURS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
NIGHTS = st.one_of(
    st.builds(
        QuietHours,
        st.builds(time, st.integers(18, 23), st.sampled_from([0, 30])),
        st.builds(time, st.integers(4, 11), st.sampled_from([0, 30])),
    ),
    st.builds(QuietHours, HALF_HOURS, HALF_HOURS).filter(lambda one: awake(one) >= LEAST_AWAKE),
)
"""Ordinary nights, and whatever else `/quiet` takes: an afternoon, an hour that clocks repeat."""
ODD_DAYS = st.sampled_from(
    [
        date(2011, 12, 30),  # Samoa had none
        date(2026, 3, 8),  # New York, Sunday in March
        date(2026, 3, 29),  # London in March
        date(2026, 4, 5),  # Lord Howe and Santiago in April
        date(2026, 9, 6),  # Santiago in September, at midnight
        date(2026, 10, 25),  # London in October
        date(2026, 11, 1),  # New York in November
        date(2028, 2, 29),
    ]
)
BEGINNINGS = st.one_of(
    st.integers(0, 20 * 365 * 24 * 60).map(
        lambda minutes: datetime(2010, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    st.builds(
        lambda day, minutes: (
            datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(minutes=minutes)
        ),
        ODD_DAYS,
        st.integers(0, 5 * 24 * 60),
    ),
)
"""Any minute of twenty years, and more often the days before clocks or calendars do odd things."""


def lived(
    rhythm: Rhythm,
    plans: list[Chosen],
    begins: datetime,
    days: int,
    calms: list[tuple[datetime, datetime]] | None = None,
    delay: timedelta = timedelta(),
    holidays: frozenset[date] = frozenset(),
) -> Iterator[tuple[datetime, Nudge]]:
    """Every nudge of so many days, looked for whenever `decide` said to look, always answered."""
    now, past = begins, list[PastNudge]()
    while now < begins + timedelta(days=days):
        calm = Calm(flag_is_open=any(opened <= now < closed for opened, closed in calms or []))
        found = decide(rhythm, plans, past, calm, now, delay=delay, holidays=holidays)
        past += [answered(one) for one in found.nudges]
        yield from ((now, one) for one in found.nudges)
        if found.look_at is None:
            return
        assert found.look_at > now
        now = found.look_at


LIVES = {
    "zone": ZONES,
    "quiet": NIGHTS,
    "begins": BEGINNINGS,
    "wanted": st.lists(HOURS, min_size=1, max_size=3),
    "days": st.lists(st.sets(st.integers(0, 6), min_size=1), min_size=3, max_size=3),
    "delay": st.timedeltas(timedelta(), timedelta(minutes=10)),
    "rests": st.frozensets(st.integers(-1, 13)),
}


def plans_for(begins: datetime, wanted: list[time], days: list[set[int]]) -> list[Chosen]:
    starts_on = begins.date() - timedelta(days=1)
    return [
        chosen(a_plan(number, starts_on=starts_on, days=60), hour, frozenset(days[number]))
        for number, hour in enumerate(wanted)
    ]


def holidays_after(begins: datetime, rests: frozenset[int]) -> frozenset[date]:
    return frozenset(begins.date() + timedelta(days=number) for number in rests)


@settings(max_examples=150, deadline=None)
@given(**LIVES)
def test_never_two_on_a_day_never_in_quiet_hours_and_never_on_a_holiday_whatever_clocks_do(
    zone: ZoneInfo,
    quiet: QuietHours,
    begins: datetime,
    wanted: list[time],
    days: list[set[int]],
    delay: timedelta,
    rests: frozenset[int],
) -> None:
    rhythm, holidays = Rhythm(zone, quiet), holidays_after(begins, rests)
    plans = plans_for(begins, wanted, days)
    seen = list(lived(rhythm, plans, begins, 12, delay=delay, holidays=holidays))
    by_day = [nudge.day for _, nudge in seen]
    assert len(set(by_day)) == len(by_day)
    assert [rhythm.day_of(sent_at) for sent_at, _ in seen] == by_day
    assert not holidays & set(by_day)
    assert not any(rhythm.is_quiet(sent_at) for sent_at, _ in seen)
    assert all(sent_at < nudge.until for sent_at, nudge in seen)


@settings(max_examples=150, deadline=None)
@given(**LIVES)
def test_never_silently_none_on_a_day_that_a_parent_picked_and_is_no_holiday(
    zone: ZoneInfo,
    quiet: QuietHours,
    begins: datetime,
    wanted: list[time],
    days: list[set[int]],
    delay: timedelta,
    rests: frozenset[int],
) -> None:
    rhythm, plans = Rhythm(zone, quiet), plans_for(begins, wanted, days)
    holidays = holidays_after(begins, rests)
    seen = lived(rhythm, plans, begins, 12, delay=delay, holidays=holidays)
    nudged = {nudge.day for _, nudge in seen}
    first = rhythm.day_of(begins) + timedelta(days=1)
    expected = {
        day
        for day in (first + timedelta(days=ahead) for ahead in range(10))
        if day not in holidays and any(one.times.falls_on(day) for one in plans)
    }
    if "Apia" in zone.key:
        expected.discard(date(2011, 12, 30))  # Samoa had no such day
    assert expected <= nudged


@settings(max_examples=100, deadline=None)
@given(
    zone=ZONES,
    begins=BEGINNINGS,
    hour=HOURS,
    after=st.timedeltas(timedelta(), timedelta(days=5)),
    lasts=st.timedeltas(timedelta(minutes=1), timedelta(days=3)),
)
def test_never_while_a_flag_is_open_and_again_when_it_is_closed(
    zone: ZoneInfo, begins: datetime, hour: time, after: timedelta, lasts: timedelta
) -> None:
    opened, closed = begins + after, begins + after + lasts
    plan = chosen(a_plan(starts_on=begins.date(), days=60), hour)
    seen = list(lived(Rhythm(zone), [plan], begins, 14, [(opened, closed)]))
    assert not any(opened <= sent_at < closed for sent_at, _ in seen)
    assert any(sent_at >= closed for sent_at, _ in seen)


@settings(max_examples=100, deadline=None)
@given(zone=ZONES, begins=BEGINNINGS, wordings=st.integers(2, 5))
def test_no_wording_comes_twice_in_a_row(zone: ZoneInfo, begins: datetime, wordings: int) -> None:
    plan = chosen(a_plan(starts_on=begins.date()), wordings=wordings)
    used = [nudge.wording for _, nudge in lived(Rhythm(zone), [plan], begins, 10)]
    assert all(first != second for first, second in pairwise(used))


def test_a_plan_over_a_leap_day_nudges_on_it() -> None:
    plan = chosen(a_plan(starts_on=date(2028, 2, 27), days=4))
    begins = at(date(2028, 2, 27), 12)
    days = [nudge.day for _, nudge in lived(AT_HOME, [plan], begins, 6)]
    assert days == [date(2028, 2, 27), date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)]


@pytest.mark.parametrize("changes_on", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_hour_stays_the_parents_own_when_clocks_change(changes_on: date) -> None:
    starts_on = changes_on - timedelta(days=2)
    plan = chosen(a_plan(starts_on=starts_on))
    seen = lived(AT_HOME, [plan], at(starts_on, 12), 6)
    assert {sent_at.astimezone(LONDON).time() for sent_at, _ in seen} == {time(18)}
