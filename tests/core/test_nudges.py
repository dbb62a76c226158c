"""Nudges: at most one a day, never in quiet hours or while a flag is open, never silently none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.nudges import (
    Calm,
    Chosen,
    Held,
    Nudge,
    PastNudge,
    Rhythm,
    decide,
    delay_of,
    window,
)
from bot.core.practice import PlanState, PracticePlan, QuietHours, Times

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
EVERY_DAY = frozenset(range(7))
MONDAY = date(2026, 3, 2)
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
NIGHTS = st.builds(
    QuietHours,
    st.builds(time, st.integers(18, 23), st.sampled_from([0, 30])),
    st.builds(time, st.integers(4, 11), st.sampled_from([0, 30])),
)
BEGINNINGS = st.integers(0, 20 * 365 * 24 * 60).map(
    lambda minutes: datetime(2010, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def a_plan(
    id_: int = 1,
    *,
    starts_on: date = MONDAY,
    days: int = 28,
    state: PlanState = PlanState.RUNNING,
    has_own_day: bool = False,
) -> PracticePlan:
    ends_on = starts_on + timedelta(days=days - 1)
    return PracticePlan(id_, 1, "slow-voice", "", 7, starts_on, ends_on, state, has_own_day)


def chosen(
    plan: PracticePlan, at: time = time(18), days: frozenset[int] = EVERY_DAY, wordings: int = 3
) -> Chosen:
    return Chosen(plan, Times(days, at), wordings)


def at(day: date, hour: int, minute: int = 0, zone: ZoneInfo = LONDON) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)


def answered(nudge: Nudge) -> PastNudge:
    return PastNudge(nudge.plan_id, nudge.day, nudge.wording, is_ignored=False)


def ignored(*days: int, plan_id: int = 1) -> list[PastNudge]:
    return [PastNudge(plan_id, date(2026, 3, day), 0, is_ignored=True) for day in days]


AT_HOME = Rhythm(LONDON)
TUESDAY = MONDAY + timedelta(days=1)


def test_a_nudge_is_due_at_the_time_the_parent_picked_and_not_a_minute_before() -> None:
    before = decide(AT_HOME, [chosen(a_plan())], [], Calm(), at(MONDAY, 17, 59))
    assert before.held is Held.NOT_YET
    assert before.look_at == at(MONDAY, 18)
    due = decide(AT_HOME, [chosen(a_plan())], [], Calm(), at(MONDAY, 18))
    assert due.nudges == (Nudge(1, MONDAY, 0, at(MONDAY, 21)),)
    assert due.look_at == at(TUESDAY, 18)


def test_what_was_nudged_today_is_not_nudged_again_today() -> None:
    past = [PastNudge(1, MONDAY, 0, is_ignored=True)]
    assert decide(AT_HOME, [chosen(a_plan())], past, Calm(), at(MONDAY, 19)).nudges == ()


def test_only_the_days_that_were_picked_count() -> None:
    plan = chosen(a_plan(), days=frozenset({2}))
    assert decide(AT_HOME, [plan], [], Calm(), at(MONDAY, 18)).look_at == at(date(2026, 3, 4), 18)


def test_after_a_standstill_a_nudge_still_comes_the_same_day_until_quiet_hours() -> None:
    assert decide(AT_HOME, [chosen(a_plan())], [], Calm(), at(MONDAY, 20, 59)).nudges
    late = decide(AT_HOME, [chosen(a_plan())], [], Calm(), at(MONDAY, 21))
    assert late.held is Held.NOT_YET
    assert late.look_at == at(TUESDAY, 18)


@pytest.mark.parametrize(
    ("wanted", "opens", "closes"),
    [
        (time(18), (18, 0), (21, 0)),
        (time(20, 50), (20, 30), (21, 0)),
        (time(22), (20, 30), (21, 0)),
        (time(6), (7, 0), (21, 0)),
    ],
)
def test_a_quiet_time_is_moved_to_the_nearest_that_is_not(
    wanted: time, opens: tuple[int, int], closes: tuple[int, int]
) -> None:
    assert window(AT_HOME, MONDAY, wanted) == (at(MONDAY, *opens), at(MONDAY, *closes))


def test_with_several_plans_there_is_one_nudge_a_day_and_they_take_turns() -> None:
    plans = [chosen(a_plan(1)), chosen(a_plan(2)), chosen(a_plan(3))]
    past: list[PastNudge] = []
    for day in range(9):
        now = at(MONDAY + timedelta(days=day), 18)
        past += [answered(one) for one in decide(AT_HOME, plans, past, Calm(), now).nudges]
    assert [one.plan_id for one in past] == [1, 2, 3] * 3


def test_a_plan_with_a_day_of_its_own_nudges_beside_the_others() -> None:
    plans = [chosen(a_plan(1)), chosen(a_plan(2, has_own_day=True))]
    due = decide(AT_HOME, plans, [], Calm(), at(MONDAY, 18))
    assert [one.plan_id for one in due.nudges] == [1, 2]


@pytest.mark.parametrize("calm", [Calm(flag_is_open=True), Calm(check_is_open=True)])
def test_while_a_flag_or_a_check_is_open_there_is_none_and_it_looks_again_soon(calm: Calm) -> None:
    found = decide(AT_HOME, [chosen(a_plan())], [], calm, at(MONDAY, 18))
    assert (found.nudges, found.held) == ((), Held.FLAG)
    assert found.look_at == at(MONDAY, 18, 10)


def test_within_a_day_after_a_flag_was_closed_there_is_none() -> None:
    calm = Calm(flag_closed_at=at(MONDAY, 18, 30))
    held = decide(AT_HOME, [chosen(a_plan())], [], calm, at(TUESDAY, 18))
    assert held.held is Held.FLAG
    assert held.look_at == at(TUESDAY, 18, 30)
    assert decide(AT_HOME, [chosen(a_plan())], [], calm, at(TUESDAY, 18, 30)).nudges


@pytest.mark.parametrize(
    ("rhythm", "held"),
    [
        (replace(AT_HOME, is_stopped=True), Held.STOPPED),
        (replace(AT_HOME, is_waiting=True), Held.WAITING),
        (replace(AT_HOME, paused_until=TUESDAY), Held.PAUSED),
    ],
)
def test_who_stopped_paused_or_fell_silent_is_left_alone(rhythm: Rhythm, held: Held) -> None:
    assert decide(rhythm, [chosen(a_plan())], [], Calm(), at(MONDAY, 18)).held is held


def test_a_pause_ends_by_itself_on_its_day() -> None:
    rhythm = replace(AT_HOME, paused_until=TUESDAY)
    found = decide(rhythm, [chosen(a_plan())], [], Calm(), at(MONDAY, 18))
    assert found.look_at == at(TUESDAY, 0)
    assert decide(rhythm, [chosen(a_plan())], [], Calm(), at(TUESDAY, 18)).nudges


@pytest.mark.parametrize("state", [PlanState.PAUSED, PlanState.ENDED])
def test_a_plan_that_rests_or_has_ended_asks_for_nothing(state: PlanState) -> None:
    found = decide(AT_HOME, [chosen(a_plan(state=state))], [], Calm(), at(MONDAY, 18))
    assert found.nudges == ()


def test_after_the_last_day_there_is_no_plan_any_more() -> None:
    found = decide(AT_HOME, [chosen(a_plan(days=1))], [], Calm(), at(TUESDAY, 18))
    assert (found.held, found.look_at) == (Held.NO_PLAN, None)


def test_after_three_ignored_days_it_asks_for_another_time_and_says_so_once() -> None:
    plan = chosen(a_plan())
    found = decide(AT_HOME, [plan], ignored(2, 3, 4), Calm(), at(date(2026, 3, 5), 18))
    assert found.asks_another_time
    assert found.nudges == ()
    waiting = replace(AT_HOME, is_waiting=True)
    assert not decide(
        waiting, [plan], ignored(2, 3, 4), Calm(), at(date(2026, 3, 6), 18)
    ).asks_another_time


def test_an_answer_in_between_begins_the_count_anew() -> None:
    past = [*ignored(2, 3), PastNudge(1, date(2026, 3, 4), 2, is_ignored=False), *ignored(5)]
    assert decide(AT_HOME, [chosen(a_plan())], past, Calm(), at(date(2026, 3, 6), 18)).nudges


def test_what_was_ignored_before_another_time_was_picked_is_forgotten() -> None:
    rhythm = replace(AT_HOME, counts_from=date(2026, 3, 4))
    past = ignored(2, 3, 4)
    assert decide(rhythm, [chosen(a_plan())], past, Calm(), at(date(2026, 3, 5), 18)).nudges


def test_moving_from_london_to_new_york_brings_no_second_nudge_that_day_and_no_gap() -> None:
    plan = chosen(a_plan())
    (london,) = decide(AT_HOME, [plan], [], Calm(), at(MONDAY, 18)).nudges
    there = Rhythm(NEW_YORK)
    evening = decide(there, [plan], [answered(london)], Calm(), at(MONDAY, 18, zone=NEW_YORK))
    assert evening.nudges == ()
    assert evening.look_at == at(TUESDAY, 18, zone=NEW_YORK)


def test_the_spread_gives_everybody_the_same_place_every_day_and_spreads_them_evenly() -> None:
    spread = timedelta(minutes=10)
    delays = sorted(delay_of(number, spread) for number in range(1, 1001))
    assert delays == sorted(delay_of(number, spread) for number in range(1, 1001))
    assert delays[0] >= timedelta()
    assert delays[-1] < spread
    assert max(later - earlier for earlier, later in pairwise(delays)) < timedelta(seconds=3)


def lived(
    rhythm: Rhythm,
    plans: list[Chosen],
    begins: datetime,
    days: int,
    calms: list[tuple[datetime, datetime]] | None = None,
    delay: timedelta = timedelta(),
) -> Iterator[tuple[datetime, Nudge]]:
    """Every nudge of so many days, looked for whenever `decide` said to look, always answered."""
    now, past = begins, list[PastNudge]()
    while now < begins + timedelta(days=days):
        calm = Calm(flag_is_open=any(opened <= now < closed for opened, closed in calms or []))
        found = decide(rhythm, plans, past, calm, now, delay=delay)
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
}


def plans_for(begins: datetime, wanted: list[time], days: list[set[int]]) -> list[Chosen]:
    starts_on = begins.date() - timedelta(days=1)
    return [
        chosen(a_plan(number, starts_on=starts_on, days=60), hour, frozenset(days[number]))
        for number, hour in enumerate(wanted)
    ]


@settings(max_examples=150, deadline=None)
@given(**LIVES)
def test_never_two_on_a_day_and_never_in_quiet_hours_whatever_clocks_do(
    zone: ZoneInfo,
    quiet: QuietHours,
    begins: datetime,
    wanted: list[time],
    days: list[set[int]],
    delay: timedelta,
) -> None:
    rhythm = Rhythm(zone, quiet)
    seen = list(lived(rhythm, plans_for(begins, wanted, days), begins, 12, delay=delay))
    by_day = [nudge.day for _, nudge in seen]
    assert len(set(by_day)) == len(by_day)
    assert [rhythm.day_of(sent_at) for sent_at, _ in seen] == by_day
    assert not any(rhythm.is_quiet(sent_at) for sent_at, _ in seen)
    assert all(sent_at < nudge.until for sent_at, nudge in seen)


@settings(max_examples=150, deadline=None)
@given(**LIVES)
def test_never_silently_none_on_a_day_that_a_parent_picked(
    zone: ZoneInfo,
    quiet: QuietHours,
    begins: datetime,
    wanted: list[time],
    days: list[set[int]],
    delay: timedelta,
) -> None:
    rhythm, plans = Rhythm(zone, quiet), plans_for(begins, wanted, days)
    nudged = {nudge.day for _, nudge in lived(rhythm, plans, begins, 12, delay=delay)}
    first = rhythm.day_of(begins) + timedelta(days=1)
    expected = {
        day
        for day in (first + timedelta(days=ahead) for ahead in range(10))
        if any(one.times.falls_on(day) for one in plans)
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
