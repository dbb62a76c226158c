"""The ladder: every rung in its turn, none twice, and it never gives up."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.flags import FlagState
from bot.core.ladder import FIRST_RUNG, Climb, Ladder, climb, on_rung
from bot.core.people import Role, Staff
from tests.core.people import ADA, DANA, EVERYBODY, NOOR, NOW, OTHER_THERAPIST, SUE, unlinked

CLINIC = Ladder()
LEAPS = st.lists(st.timedeltas(timedelta(), timedelta(hours=5)), min_size=1, max_size=12)
SOME_STAFF = st.lists(
    st.sampled_from([NOOR, SUE, ADA, OTHER_THERAPIST, unlinked(NOOR), unlinked(SUE)]),
    unique_by=lambda one: one.id,
)
THERAPISTS = st.sampled_from([DANA, unlinked(DANA), None])


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def climb_from(
    rung: int,
    after: timedelta,
    *,
    therapist: Staff | None = DANA,
    staff: tuple[Staff, ...] = EVERYBODY,
    hurry: bool = False,
    woken: bool = False,
    state: FlagState = FlagState.RAISED,
) -> Climb:
    return climb(
        CLINIC,
        state=state,
        next_rung=rung,
        raised_at=NOW,
        now=NOW + after,
        therapist=therapist,
        staff=staff,
        hurry=hurry,
        woken=woken,
    )


def test_the_therapist_is_told_at_once_and_the_reminder_comes_next() -> None:
    done = climb_from(FIRST_RUNG, timedelta())
    assert done == Climb(((0, (DANA,)),), (), 1)


@pytest.mark.parametrize(
    ("rung", "after", "people"),
    [(1, 5, (DANA,)), (2, 10, (NOOR,)), (3, 20, (SUE,)), (4, 35, (DANA, NOOR, SUE))],
)
def test_each_rung_tells_its_own_people_at_its_own_time(
    rung: int, after: int, people: tuple[Staff, ...]
) -> None:
    assert climb_from(rung, minutes(after)).told == ((rung, people),)


@pytest.mark.parametrize(("rung", "after"), [(1, 5), (2, 10), (3, 20), (4, 35), (5, 50)])
def test_no_rung_is_climbed_a_second_before_its_time(rung: int, after: int) -> None:
    done = climb_from(rung, minutes(after) - timedelta(seconds=1))
    assert done == Climb((), (), rung)


def test_after_the_supervisor_everybody_is_told_every_fifteen_minutes_for_ever() -> None:
    times = [CLINIC.rung_at(rung) for rung in range(3, 200)]
    assert {later - earlier for earlier, later in pairwise(times)} == {minutes(15)}


def test_another_familys_therapist_and_the_administrator_stand_on_no_rung() -> None:
    told = {one for rung in range(8) for one in on_rung(rung, DANA, EVERYBODY)}
    assert told == {DANA, NOOR, SUE}


def test_a_therapist_who_is_on_call_as_well_is_told_once() -> None:
    told = on_rung(4, DANA, (*EVERYBODY, Staff(DANA.id, "Dana", Role.ON_CALL, DANA.chat_id)))
    assert [one.id for one in told].count(DANA.id) == 1


def test_rungs_that_reach_nobody_are_skipped_at_once_until_somebody_is_told() -> None:
    done = climb_from(FIRST_RUNG, timedelta(), therapist=unlinked(DANA))
    assert done == Climb(((2, (NOOR,)),), (0, 1), 3)


def test_with_nobody_linked_it_goes_up_to_everyone_and_then_waits_for_the_next_round() -> None:
    done = climb_from(FIRST_RUNG, timedelta(), therapist=None, staff=(unlinked(NOOR),))
    assert done == Climb((), (0, 1, 2, 3, 4), 5)
    assert not done.reaches_somebody


def test_hurrying_climbs_the_next_rung_before_its_time() -> None:
    assert climb_from(1, timedelta(), hurry=True).told == ((1, (DANA,)),)


def test_hurrying_stops_at_the_first_round_that_tells_everybody() -> None:
    assert climb_from(5, timedelta(), hurry=True) == Climb((), (), 5)


def test_however_early_the_rungs_were_hurried_through_the_next_round_is_fifteen_minutes_off() -> (
    None
):
    assert {CLINIC.next_at(rung, NOW, NOW) for rung in (4, 5, 6)} == {NOW + minutes(15)}
    woken = climb_from(5, minutes(15), woken=True)
    assert [rung for rung, _ in woken.told] == [5]


@given(leaps=LEAPS, therapist=THERAPISTS, staff=SOME_STAFF, hurried=st.lists(st.booleans()))
def test_no_rung_is_left_out_or_climbed_twice_however_the_clock_leaps(
    leaps: list[timedelta], therapist: Staff | None, staff: list[Staff], hurried: list[bool]
) -> None:
    next_rung, after, climbed = FIRST_RUNG, timedelta(), list[int]()
    for turn, leap in enumerate(leaps):
        after += leap
        hurry = turn < len(hurried) and hurried[turn]
        done = climb_from(next_rung, after, therapist=therapist, staff=tuple(staff), hurry=hurry)
        climbed += sorted([*(rung for rung, _ in done.told), *done.skipped])
        assert done.next_rung >= next_rung
        next_rung = done.next_rung
    assert climbed == list(range(next_rung))


@given(leaps=LEAPS, therapist=THERAPISTS, staff=SOME_STAFF)
def test_every_rung_whose_time_has_come_has_been_climbed(
    leaps: list[timedelta], therapist: Staff | None, staff: list[Staff]
) -> None:
    next_rung, after = FIRST_RUNG, timedelta()
    for leap in leaps:
        after += leap
        next_rung = climb_from(next_rung, after, therapist=therapist, staff=tuple(staff)).next_rung
        assert not CLINIC.is_due(next_rung, NOW, NOW + after)


@given(
    state=st.sampled_from(FlagState),
    rung=st.integers(FIRST_RUNG, 40),
    leap=st.timedeltas(timedelta(), timedelta(days=2)),
    therapist=THERAPISTS,
    staff=SOME_STAFF,
    hurry=st.booleans(),
    woken=st.booleans(),
)
def test_a_flag_that_somebody_has_taken_is_never_climbed_and_one_that_waits_always_is(
    state: FlagState,
    rung: int,
    leap: timedelta,
    therapist: Staff | None,
    staff: list[Staff],
    hurry: bool,
    woken: bool,
) -> None:
    done = climb_from(
        rung,
        leap,
        therapist=therapist,
        staff=tuple(staff),
        hurry=hurry,
        woken=woken,
        state=state,
    )
    if state in (FlagState.ACKNOWLEDGED, FlagState.CLOSED):
        assert done == Climb((), (), rung, goes_on=False)
    else:
        is_due = woken or CLINIC.is_due(rung, NOW, NOW + leap)
        assert done.goes_on
        assert done.next_rung > rung if is_due else done.next_rung >= rung


@given(therapist=THERAPISTS, staff=SOME_STAFF, leap=st.timedeltas(timedelta(), timedelta(days=2)))
def test_only_people_who_can_be_written_to_are_ever_told(
    therapist: Staff | None, staff: list[Staff], leap: timedelta
) -> None:
    done = climb_from(FIRST_RUNG, leap, therapist=therapist, staff=tuple(staff))
    assert all(people for _, people in done.told)
    assert all(one.is_linked for _, people in done.told for one in people)


@given(therapist=THERAPISTS, staff=SOME_STAFF)
def test_whoever_can_be_reached_at_all_is_reached_at_once_when_those_before_cannot(
    therapist: Staff | None, staff: list[Staff]
) -> None:
    reachable = on_rung(4, therapist, staff)
    done = climb_from(FIRST_RUNG, timedelta(), therapist=therapist, staff=tuple(staff))
    assert done.reaches_somebody == bool(reachable)


@given(
    remind=st.integers(1, 60), more=st.integers(0, 60), most=st.integers(0, 60), rung=st.integers(0)
)
def test_a_later_rung_never_comes_before_an_earlier_one(
    remind: int, more: int, most: int, rung: int
) -> None:
    ladder = Ladder(
        minutes(remind), minutes(remind + more), minutes(remind + more + most), minutes(1)
    )
    rung %= 100
    assert ladder.rung_at(rung) <= ladder.rung_at(rung + 1)
