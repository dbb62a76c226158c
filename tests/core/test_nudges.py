"""Nudges: which are due, which wait for when, and what holds them back."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from bot.core.nudges import Calm, Held, Nudge, PastNudge, decide
from bot.core.practice import PlanState, QuietHours
from bot.core.rhythm import Rhythm, delay_of, window
from tests.core.plans import (
    AT_HOME,
    MONDAY,
    NEW_YORK,
    TUESDAY,
    a_plan,
    answered,
    at,
    chosen,
    ignored,
)


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


def test_in_an_hour_that_clocks_repeat_quiet_hours_are_kept_the_second_time_as_well() -> None:
    rhythm = replace(AT_HOME, quiet=QuietHours(time(21), time(1, 30)))
    plan = chosen(a_plan(starts_on=date(2026, 10, 20)), time(1, 30))
    again_ten_past_one = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    held = decide(rhythm, [plan], [], Calm(), again_ten_past_one)
    assert (held.nudges, held.held) == ((), Held.QUIET)
    assert decide(rhythm, [plan], [], Calm(), again_ten_past_one + timedelta(minutes=20)).nudges


def test_on_a_holiday_there_is_none_and_the_turn_passes_to_the_next_day_they_picked() -> None:
    plan = chosen(a_plan(), days=frozenset({0, 2}))
    found = decide(AT_HOME, [plan], [], Calm(), at(MONDAY, 18), holidays={MONDAY})
    assert (found.nudges, found.held) == ((), Held.HOLIDAY)
    wednesday = date(2026, 3, 4)
    assert found.look_at == at(wednesday, 18)
    assert decide(AT_HOME, [plan], [], Calm(), at(wednesday, 18), holidays={MONDAY}).nudges


def test_after_many_holidays_on_the_one_day_of_a_week_that_they_picked_it_is_still_found() -> None:
    plan = chosen(a_plan(days=60), days=frozenset({0}))
    mondays = {MONDAY + timedelta(weeks=week) for week in range(4)}
    found = decide(AT_HOME, [plan], [], Calm(), at(MONDAY, 18), holidays=mondays)
    assert found.look_at == at(date(2026, 3, 30), 18)
