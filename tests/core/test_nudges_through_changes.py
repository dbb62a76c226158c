"""Nudges while everything changes: places, quiet hours, days, plans, pauses, flags and checks."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.nudges import CALM_AFTER_FLAG, Calm, Chosen, Decision, Held, Nudge, PastNudge, decide
from bot.core.practice import PlanState, QuietHours, Times
from bot.core.rhythm import Rhythm, window
from tests.core.plans import AT_HOME, MONDAY, NEW_YORK, TUESDAY, a_plan, answered, at, chosen
from tests.core.test_weeks_of_nudges import BEGINNINGS, HOURS, NIGHTS, ZONES

DAYS = 16
OWN_REASONS = {Held.STOPPED, Held.PAUSED, Held.WAITING, Held.NO_PLAN, Held.FLAG}


@dataclass(frozen=True)
class State:
    """Everything that a decision rests on, but the past and the time."""

    rhythm: Rhythm
    plans: tuple[Chosen, ...]
    calm: Calm = field(default_factory=Calm)
    holidays: frozenset[date] = frozenset()

    def holds_back(self, now: datetime) -> bool:
        """Whether no nudge may be sent at a moment."""
        rests = self.rhythm.is_stopped or self.rhythm.is_paused(now)
        rests = rests or self.rhythm.day_of(now) in self.holidays
        return rests or self.calm.until(now) is not None or self.rhythm.is_quiet(now)


@dataclass(frozen=True)
class Change:
    """Something happens so many minutes after the beginning."""

    minutes: int
    what: str
    value: object

    def apply(self, to: State, now: datetime) -> State:
        rhythm, plans, calm, value = to.rhythm, to.plans, to.calm, self.value
        holidays = to.holidays
        match self.what, value:
            case "zone", ZoneInfo():
                rhythm = replace(rhythm, zone=value)
            case "quiet", QuietHours():
                rhythm = replace(rhythm, quiet=value)
            case "stop", bool():
                rhythm = replace(rhythm, is_stopped=value)
            case "pause", int():
                rhythm = replace(rhythm, paused_until=rhythm.day_of(now) + timedelta(days=value))
            case "flag", bool():
                closed_at = now if calm.flag_is_open and not value else calm.flag_closed_at
                calm = replace(calm, flag_is_open=value, flag_closed_at=closed_at)
            case "holiday", int():
                holidays ^= {rhythm.day_of(now) + timedelta(days=value)}
            case "check", bool():
                calm = replace(calm, check_is_open=value)
            case "state", (int() as number, PlanState() as state):
                one = plans[number % len(plans)]
                plans = _instead(plans, one, replace(one, plan=replace(one.plan, state=state)))
            case "times", (int() as number, Times() as times):
                one = plans[number % len(plans)]
                plans = _instead(plans, one, replace(one, times=times))
        return State(rhythm, plans, calm, holidays)


def _instead(plans: tuple[Chosen, ...], old: Chosen, new: Chosen) -> tuple[Chosen, ...]:
    return tuple(new if one is old else one for one in plans)


WEEKDAYS = st.frozensets(st.integers(0, 6))
NUMBERS = st.integers(0, 2)
VALUES = st.one_of(
    st.tuples(st.just("zone"), ZONES),
    st.tuples(st.just("quiet"), NIGHTS),
    st.tuples(st.just("stop"), st.booleans()),
    st.tuples(st.just("pause"), st.integers(1, 4)),
    st.tuples(st.just("holiday"), st.integers(0, 4)),
    st.tuples(st.just("flag"), st.booleans()),
    st.tuples(st.just("check"), st.booleans()),
    st.tuples(st.just("state"), st.tuples(NUMBERS, st.sampled_from(PlanState))),
    st.tuples(st.just("times"), st.tuples(NUMBERS, st.builds(Times, WEEKDAYS, HOURS))),
)
CHANGES = st.lists(
    st.builds(lambda minutes, made: Change(minutes, *made), st.integers(0, DAYS * 1440), VALUES),
    max_size=12,
).map(lambda found: sorted(found, key=lambda one: one.minutes))
WISHES = st.lists(st.builds(Times, WEEKDAYS, HOURS), min_size=1, max_size=3)


@dataclass
class Life:
    """What happened: each decision with the state it was made in, and when the states changed."""

    decided: list[tuple[datetime, State, Decision]] = field(default_factory=list)
    states: list[tuple[datetime, State]] = field(default_factory=list)

    @property
    def sent(self) -> list[tuple[datetime, State, Nudge]]:
        return [(now, state, one) for now, state, made in self.decided for one in made.nudges]


def lived(state: State, begins: datetime, changes: Sequence[Change], delay: timedelta) -> Life:
    """Look whenever a decision says so, and at once when something changes, as the sweep does."""
    life, past, waiting = Life(), list[PastNudge](), list(changes)
    now, ends = begins, begins + timedelta(days=DAYS)
    life.states.append((now, state))
    while now < ends:
        rhythm, holidays = state.rhythm, state.holidays
        made = decide(rhythm, state.plans, past, state.calm, now, delay=delay, holidays=holidays)
        life.decided.append((now, state, made))
        past += [answered(one) for one in made.nudges]
        assert made.look_at is None or made.look_at > now
        changes_at = begins + timedelta(minutes=waiting[0].minutes) if waiting else ends
        if made.look_at is not None and made.look_at < changes_at:
            now = made.look_at
            continue
        now = max(now, changes_at)
        while waiting and begins + timedelta(minutes=waiting[0].minutes) <= now:
            state = waiting.pop(0).apply(state, now)
        life.states.append((now, state))
    life.states.append((ends, state))
    return life


def a_life(
    zone: ZoneInfo, wishes: Sequence[Times], begins: datetime, changes: Sequence[Change]
) -> Life:
    starts_on = begins.date() - timedelta(days=2)
    plans = tuple(
        Chosen(a_plan(number, starts_on=starts_on, days=90), times, 3)
        for number, times in enumerate(wishes)
    )
    return lived(State(Rhythm(zone), plans), begins, changes, timedelta(minutes=7))


@settings(max_examples=250, deadline=None)
@given(zone=ZONES, wishes=WISHES, begins=BEGINNINGS, changes=CHANGES)
def test_whatever_changes_never_two_on_a_day_and_never_when_something_holds_back(
    zone: ZoneInfo, wishes: list[Times], begins: datetime, changes: list[Change]
) -> None:
    sent = a_life(zone, wishes, begins, changes).sent
    days = [nudge.day for _, _, nudge in sent]
    assert len(set(days)) == len(days)
    for now, state, nudge in sent:
        assert nudge.day == state.rhythm.day_of(now)
        assert not state.holds_back(now)
        (one,) = (one for one in state.plans if one.plan.id == nudge.plan_id)
        assert one.plan.runs_on(nudge.day)
        assert one.times.falls_on(nudge.day)
        closed_at = state.calm.flag_closed_at
        assert closed_at is None or now >= closed_at + CALM_AFTER_FLAG


@settings(max_examples=250, deadline=None)
@given(zone=ZONES, wishes=WISHES, begins=BEGINNINGS, changes=CHANGES)
def test_whatever_changes_a_day_without_a_nudge_has_a_reason_that_is_named(
    zone: ZoneInfo, wishes: list[Times], begins: datetime, changes: list[Change]
) -> None:
    """Where nothing changed while a day's windows were open and nothing held back, one came."""
    life = a_life(zone, wishes, begins, changes)
    days = {nudge.day for _, _, nudge in life.sent}
    for _, _, made in life.decided:
        assert made.nudges or made.held in OWN_REASONS or made.look_at is not None
    for (begun, state), (ended, _) in zip(life.states, life.states[1:], strict=False):
        assert days_owed(state, begun, ended) <= days


def days_owed(state: State, begun: datetime, ended: datetime) -> set[date]:
    """The days whose windows, of every plan that falls on them, lie in a stretch of no change."""
    first = state.rhythm.day_of(begun)
    found: set[date] = set()
    for day in (first + timedelta(days=ahead) for ahead in range(DAYS + 2)):
        windows = [
            window(state.rhythm, day, one.times.at)
            for one in state.plans
            if one.plan.runs_on(day) and one.times.falls_on(day)
        ]
        are_within = all(begun <= opens and closes <= ended for opens, closes in windows)
        are_free = not any(
            state.holds_back(opens + timedelta(minutes=minutes))
            for opens, closes in windows
            for minutes in range(0, int((closes - opens).total_seconds() // 60), 10)
        )
        is_a_day = all(state.rhythm.day_of(opens) == day for opens, _ in windows)
        if windows and are_within and are_free and is_a_day:
            found.add(day)
    return found


@settings(max_examples=100, deadline=None)
@given(
    zone=ZONES,
    quiet=NIGHTS,
    now=BEGINNINGS,
    wishes=WISHES,
    past=st.lists(
        st.builds(
            PastNudge,
            st.integers(0, 2),
            st.dates(date(2026, 1, 1), date(2026, 12, 31)),
            st.integers(0, 2),
            st.booleans(),
        ),
        max_size=6,
        unique_by=lambda one: (one.plan_id, one.day),
    ),
)
def test_a_decision_is_the_same_whenever_it_is_made_anew_and_in_whatever_order_things_are_read(
    zone: ZoneInfo, quiet: QuietHours, now: datetime, wishes: list[Times], past: list[PastNudge]
) -> None:
    rhythm, starts_on = Rhythm(zone, quiet), now.date() - timedelta(days=2)
    plans = [
        Chosen(a_plan(number, starts_on=starts_on, days=30), times, 3)
        for number, times in enumerate(wishes)
    ]
    given_plans, given_past = list(plans), list(past)
    made = decide(rhythm, plans, past, Calm(), now)
    assert made == decide(rhythm, plans, past, Calm(), now)
    assert made == decide(rhythm, plans[::-1], past[::-1], Calm(), now)
    assert (plans, past) == (given_plans, given_past), "nothing that was given is changed"


def test_picking_a_later_time_after_todays_nudge_brings_no_second_one() -> None:
    plan = chosen(a_plan())
    (first,) = decide(AT_HOME, [plan], [], Calm(), at(MONDAY, 18)).nudges
    later = replace(plan, times=replace(plan.times, at=time(20)))
    assert decide(AT_HOME, [later], [answered(first)], Calm(), at(MONDAY, 20)).nudges == ()


def test_a_plan_that_ends_after_its_nudge_leaves_that_the_only_one_of_the_day() -> None:
    first, second = chosen(a_plan(1)), chosen(a_plan(2))
    (sent,) = decide(AT_HOME, [first, second], [], Calm(), at(MONDAY, 18)).nudges
    assert sent.plan_id == 1
    left = decide(AT_HOME, [second], [answered(sent)], Calm(), at(MONDAY, 19))
    assert left.nudges == ()
    assert left.look_at == at(TUESDAY, 18)


def test_a_plan_with_a_day_of_its_own_takes_no_day_from_the_others_even_when_it_has_ended() -> None:
    past = [PastNudge(1, MONDAY, 0, is_ignored=False, has_own_day=True)]
    assert decide(AT_HOME, [chosen(a_plan(2))], past, Calm(), at(MONDAY, 18)).nudges


def test_a_move_to_new_york_and_back_within_a_day_brings_no_second_nudge() -> None:
    plan = chosen(a_plan())
    (sent,) = decide(AT_HOME, [plan], [], Calm(), at(MONDAY, 18)).nudges
    past = [answered(sent)]
    there = decide(Rhythm(NEW_YORK), [plan], past, Calm(), at(MONDAY, 18, zone=NEW_YORK))
    assert there.nudges == ()
    back = decide(AT_HOME, [plan], past, Calm(), at(MONDAY, 20, 59))
    assert back.nudges == ()
