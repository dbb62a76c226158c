"""The ladder with hours, rota and leave: whoever is off is passed over, nothing waits for it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.duty import Duty, Hours, Leave, Override, Roster, Rota
from bot.core.flags import FlagState
from bot.core.ladder import EVERYONE, FIRST_RUNG, Climb, Ladder, climb, on_rung
from bot.core.people import Role, Staff
from tests.core.people import ADA, DANA, EVERYBODY, NOOR, NOW, OTHER_THERAPIST, SUE, unlinked

CLINIC = Ladder()
LINA = Staff(6, "Lina", Role.ON_CALL, 1007)
PEOPLE = (*EVERYBODY, LINA)
IDS = [one.id for one in PEOPLE]
ZONES = [ZoneInfo(name) for name in ("Europe/London", "America/New_York", "Pacific/Auckland")]
ROUND_THE_CLOCK = range(EVERYONE + 4)

ANY_TIME = st.timedeltas(timedelta(), timedelta(days=400)).map(
    lambda since: datetime(2025, 12, 1, tzinfo=UTC) + since
)
# an hour on either side of the nights on which the clocks change, and any other time
NEAR_CHANGES = st.one_of(
    st.sampled_from(
        [
            datetime(2026, 3, 29, 1, tzinfo=UTC),
            datetime(2026, 10, 25, 1, tzinfo=UTC),
            datetime(2026, 3, 8, 7, tzinfo=UTC),
            datetime(2026, 11, 1, 6, tzinfo=UTC),
            datetime(2026, 4, 4, 14, tzinfo=UTC),
        ]
    ).flatmap(
        lambda change: st.timedeltas(timedelta(hours=-1), timedelta(hours=1)).map(
            lambda off: change + off
        )
    ),
    ANY_TIME,
)
WHO = st.sampled_from(IDS)
SPANS = st.tuples(
    ANY_TIME,
    st.timedeltas(timedelta(minutes=1), timedelta(days=60)),
)
HOURS = st.lists(st.builds(Hours, st.integers(0, 6), st.times(), st.times()), max_size=3).map(tuple)
DUTIES = st.builds(
    Duty,
    zone=st.sampled_from(ZONES),
    zones=st.dictionaries(WHO, st.sampled_from(ZONES)),
    hours=st.dictionaries(WHO, HOURS),
    leaves=st.lists(
        st.builds(
            lambda who, cover, span: Leave(1, who, cover, span[0], span[0] + span[1]),
            WHO,
            st.one_of(st.none(), WHO),
            SPANS,
        ),
        max_size=4,
    ).map(tuple),
    rota=st.one_of(
        st.none(),
        st.builds(
            Rota,
            st.dates(date(2025, 12, 1), date(2026, 12, 31)),
            st.times(),
            st.integers(1, 14),
            st.lists(WHO, min_size=1, max_size=4).map(tuple),
        ),
    ),
    overrides=st.lists(
        st.builds(lambda who, span: Override(1, who, span[0], span[0] + span[1]), WHO, SPANS),
        max_size=2,
    ).map(tuple),
)
SOME_STAFF = st.lists(
    st.sampled_from([*PEOPLE, *(unlinked(one) for one in PEOPLE)]), unique_by=lambda one: one.id
).map(tuple)
THERAPISTS = st.sampled_from([DANA, unlinked(DANA), None])


def climbed(
    duty: Duty,
    *,
    at: datetime = NOW,
    rung: int = FIRST_RUNG,
    raised_at: datetime = NOW,
    therapist: Staff | None = DANA,
    staff: tuple[Staff, ...] = PEOPLE,
    hurry: bool = False,
) -> Climb:
    return climb(
        CLINIC,
        state=FlagState.RAISED,
        next_rung=rung,
        raised_at=raised_at,
        now=at,
        therapist=therapist,
        staff=staff,
        duty=duty,
        hurry=hurry,
    )


def away(*who: int, cover: int | None = None) -> tuple[Leave, ...]:
    day = timedelta(days=1)
    return tuple(Leave(one, one, cover, NOW - day, NOW + day) for one in who)


NEVER_AT_WORK = (Hours(NOW.weekday(), time(1), time(1, 1)),)


def test_a_therapist_whose_hours_are_over_is_passed_over_at_once() -> None:
    done = climbed(Duty(hours={DANA.id: NEVER_AT_WORK}))
    assert done == Climb(((2, (NOOR, LINA)),), (0, 1), 3)


def test_a_therapist_on_leave_is_covered_by_whoever_they_named() -> None:
    done = climbed(Duty(leaves=away(DANA.id, cover=OTHER_THERAPIST.id)))
    assert done == Climb(((0, (OTHER_THERAPIST,)),), (), 1)


def test_a_therapist_on_leave_without_cover_is_passed_over_at_once() -> None:
    assert climbed(Duty(leaves=away(DANA.id))).skipped == (0, 1)


def test_cover_counts_within_the_hours_of_whoever_covers() -> None:
    duty = Duty(
        leaves=away(DANA.id, cover=OTHER_THERAPIST.id), hours={OTHER_THERAPIST.id: NEVER_AT_WORK}
    )
    assert climbed(duty).skipped == (0, 1)


def test_whoever_the_rota_names_is_on_call_whatever_their_role_or_hours() -> None:
    roster = Roster(off=frozenset({OTHER_THERAPIST.id}), on_call=frozenset({OTHER_THERAPIST.id}))
    assert on_rung(2, DANA, PEOPLE, roster) == (OTHER_THERAPIST,)


def test_somebody_named_by_the_rota_who_is_on_leave_is_covered() -> None:
    roster = Roster(away={NOOR.id: LINA.id}, on_call=frozenset({NOOR.id}))
    assert on_rung(2, DANA, PEOPLE, roster) == (LINA,)


@pytest.mark.parametrize("staff", [(DANA, unlinked(NOOR), LINA, SUE), (DANA, LINA, SUE)])
def test_a_rota_that_names_nobody_who_can_be_told_leaves_it_to_all_who_are_on_call(
    staff: tuple[Staff, ...],
) -> None:
    assert on_rung(2, DANA, staff, Roster(on_call=frozenset({NOOR.id}))) == (LINA,)


def test_the_round_that_tells_everyone_knows_neither_hours_nor_leave() -> None:
    everybody = {DANA.id, NOOR.id, SUE.id, LINA.id}
    roster = Roster(away=dict.fromkeys(everybody), off=frozenset(everybody))
    assert {one.id for one in on_rung(EVERYONE, DANA, PEOPLE, roster)} == everybody


def test_with_everybody_off_duty_everyone_is_told_at_once() -> None:
    done = climbed(Duty(hours=dict.fromkeys(IDS, NEVER_AT_WORK)))
    assert done.skipped == (0, 1, 2, 3)
    assert [rung for rung, _ in done.told] == [EVERYONE]


@given(duty=DUTIES, now=NEAR_CHANGES, therapist=THERAPISTS, staff=SOME_STAFF)
def test_whoever_duty_puts_on_a_rung_is_among_everyone(
    duty: Duty, now: datetime, therapist: Staff | None, staff: tuple[Staff, ...]
) -> None:
    roster = duty.roster(now)
    everyone = {one.id for one in on_rung(EVERYONE, therapist, staff, roster)}
    for rung in ROUND_THE_CLOCK:
        assert {one.id for one in on_rung(rung, therapist, staff, roster)} <= everyone


@given(duty=DUTIES, now=NEAR_CHANGES, therapist=THERAPISTS, staff=SOME_STAFF)
def test_duty_takes_nobody_away_from_the_round_that_tells_everyone(
    duty: Duty, now: datetime, therapist: Staff | None, staff: tuple[Staff, ...]
) -> None:
    without = {one.id for one in on_rung(EVERYONE, therapist, staff)}
    assert without <= {one.id for one in on_rung(EVERYONE, therapist, staff, duty.roster(now))}


@given(
    duty=DUTIES,
    now=NEAR_CHANGES,
    therapist=THERAPISTS,
    staff=SOME_STAFF,
    blocked=st.frozensets(WHO),
)
def test_the_first_person_who_can_be_reached_is_told_no_later_than_if_everyone_were_told(
    duty: Duty,
    now: datetime,
    therapist: Staff | None,
    staff: tuple[Staff, ...],
    blocked: frozenset[int],
) -> None:
    """Telegram refuses whoever blocked the bot, and then the ladder is hurried on, at once."""
    done = climbed(duty, at=now, raised_at=now, therapist=therapist, staff=staff)
    reached = _reached(done, blocked)
    while not reached and done.told and done.next_rung <= EVERYONE:
        done = climbed(
            duty,
            at=now,
            raised_at=now,
            rung=done.next_rung,
            therapist=therapist,
            staff=staff,
            hurry=True,
        )
        reached = _reached(done, blocked)
    if any(one.id not in blocked for one in on_rung(EVERYONE, therapist, staff)):
        assert reached


def _reached(done: Climb, blocked: frozenset[int]) -> bool:
    return any(one.id not in blocked for _, people in done.told for one in people)


@given(
    duty=DUTIES,
    raised_at=NEAR_CHANGES,
    therapist=THERAPISTS,
    staff=SOME_STAFF,
    leaps=st.lists(st.timedeltas(timedelta(), timedelta(hours=5)), min_size=1, max_size=12),
)
def test_no_rung_is_left_out_or_climbed_twice_whatever_duty_says(
    duty: Duty,
    raised_at: datetime,
    therapist: Staff | None,
    staff: tuple[Staff, ...],
    leaps: list[timedelta],
) -> None:
    next_rung, now, seen = FIRST_RUNG, raised_at, list[int]()
    for leap in leaps:
        now += leap
        done = climbed(
            duty, at=now, rung=next_rung, raised_at=raised_at, therapist=therapist, staff=staff
        )
        seen += sorted([*(rung for rung, _ in done.told), *done.skipped])
        next_rung = done.next_rung
        assert not CLINIC.is_due(next_rung, raised_at, now)
    assert seen == list(range(next_rung))


@given(zone=st.sampled_from(ZONES), raised_at=NEAR_CHANGES, rung=st.integers(0, 60))
def test_a_rung_comes_as_soon_on_a_night_when_the_clocks_change(
    zone: ZoneInfo, raised_at: datetime, rung: int
) -> None:
    """Whichever clock the moments are written by: a database gives them by its own."""
    due = raised_at + CLINIC.rung_at(rung)
    local = raised_at.astimezone(zone)
    assert CLINIC.next_at(rung, local, local) <= due
    assert CLINIC.is_due(rung, local, due.astimezone(zone))
    assert not CLINIC.is_due(rung, local, (due - timedelta(seconds=1)).astimezone(zone))


def test_the_administrator_is_told_of_no_flag_even_by_the_round_for_everyone() -> None:
    assert ADA not in on_rung(EVERYONE, DANA, PEOPLE)
