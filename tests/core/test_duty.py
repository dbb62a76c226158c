"""Duty: hours by the clock on the wall, turns of the rota, leave and who covers for whom."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.duty import Duty, Hours, Leave, Override, Rota, days_of_leave

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
MONDAY, SATURDAY, SUNDAY = 0, 5, 6
OFFICE = Hours(MONDAY, time(9), time(17))
NIGHT = Hours(SATURDAY, time(22), time(6))
DANA, NOOR, SUE = 1, 2, 3


def at(text: str, zone: ZoneInfo = LONDON) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        ("2026-03-02T08:59:59", False),
        ("2026-03-02T09:00", True),
        ("2026-03-02T16:59:59", True),
        ("2026-03-02T17:00", False),
        ("2026-03-03T10:00", False),
    ],
)
def test_hours_begin_on_the_minute_and_end_before_it(moment: str, works: bool) -> None:
    duty = Duty(zone=LONDON, hours={DANA: (OFFICE,)})
    assert duty.roster(at(moment)).is_at_work(DANA) is works


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        ("2026-03-07T21:59", False),
        ("2026-03-07T22:00", True),
        ("2026-03-08T05:59", True),
        ("2026-03-08T06:00", False),
        ("2026-03-08T22:00", False),
    ],
)
def test_hours_over_midnight_belong_to_the_evening_they_begin_on(moment: str, works: bool) -> None:
    duty = Duty(zone=LONDON, hours={DANA: (NIGHT,)})
    assert duty.roster(at(moment)).is_at_work(DANA) is works


def test_the_same_time_twice_is_the_whole_day() -> None:
    duty = Duty(zone=LONDON, hours={DANA: (Hours(MONDAY, time(9), time(9)),)})
    assert duty.roster(at("2026-03-02T09:00")).is_at_work(DANA)
    assert duty.roster(at("2026-03-03T08:59")).is_at_work(DANA)
    assert not duty.roster(at("2026-03-03T09:00")).is_at_work(DANA)


def test_somebody_without_hours_is_always_at_work() -> None:
    assert Duty().roster(at("2026-03-08T03:00")).is_at_work(DANA)


def test_hours_go_by_the_persons_own_clock() -> None:
    duty = Duty(zone=LONDON, zones={DANA: NEW_YORK}, hours={DANA: (OFFICE,), NOOR: (OFFICE,)})
    roster = duty.roster(at("2026-03-02T10:00"))
    assert (roster.is_at_work(DANA), roster.is_at_work(NOOR)) == (False, True)


@pytest.mark.parametrize("day", ["2026-03-23", "2026-03-30", "2026-10-19", "2026-10-26"])
def test_nine_is_nine_before_and_after_the_clocks_change(day: str) -> None:
    duty = Duty(zone=LONDON, hours={DANA: (OFFICE,)})
    assert duty.roster(at(f"{day}T09:00")).is_at_work(DANA)
    assert not duty.roster(at(f"{day}T08:59")).is_at_work(DANA)


def test_a_night_on_which_the_clocks_go_back_is_worked_through() -> None:
    duty = Duty(zone=LONDON, hours={DANA: (NIGHT,)})
    begins, ends = at("2026-10-24T22:00"), at("2026-10-25T06:00")
    minutes = int((ends - begins).total_seconds() // 60)
    assert minutes == 9 * 60
    assert all(
        duty.roster(begins + timedelta(minutes=one)).is_at_work(DANA) for one in range(minutes)
    )


ROTA = Rota(date(2026, 3, 2), time(9), 7, (NOOR, SUE))


@pytest.mark.parametrize(
    ("moment", "turn"),
    [
        ("2026-03-02T08:59", None),
        ("2026-03-02T09:00", NOOR),
        ("2026-03-09T08:59", NOOR),
        ("2026-03-09T09:00", SUE),
        ("2026-03-16T09:00", NOOR),
        ("2026-03-30T08:59", SUE),
        ("2026-03-30T09:00", NOOR),
    ],
)
def test_turns_are_handed_over_by_the_clock_on_the_wall(moment: str, turn: int | None) -> None:
    named = Duty(zone=LONDON, rota=ROTA).roster(at(moment)).on_call
    assert named == (frozenset() if turn is None else {turn})


def test_whoever_stands_in_is_on_call_instead_and_then_the_rota_goes_on() -> None:
    instead = Override(1, DANA, at("2026-03-04T18:00"), at("2026-03-05T08:00"))
    duty = Duty(zone=LONDON, rota=ROTA, overrides=(instead,))
    moments = ("2026-03-04T17:59", "2026-03-04T18:00", "2026-03-05T07:59", "2026-03-05T08:00")
    named = [duty.roster(at(moment)).on_call for moment in moments]
    assert named == [{NOOR}, {DANA}, {DANA}, {NOOR}]


def leave(who: int, cover: int | None) -> Leave:
    return Leave(1, who, cover, *days_of_leave(date(2026, 3, 1), date(2026, 3, 10), LONDON))


def test_leave_is_from_the_first_days_first_minute_to_the_last_days_last() -> None:
    duty = Duty(leaves=(leave(DANA, NOOR),))
    moments = ("2026-02-28T23:59", "2026-03-01T00:00", "2026-03-10T23:59", "2026-03-11T00:00")
    standing = [duty.roster(at(moment)).stands_in(DANA) for moment in moments]
    assert standing == [DANA, NOOR, NOOR, DANA]


@pytest.mark.parametrize(
    ("leaves", "stands_in"),
    [
        ([], DANA),
        ([leave(DANA, None)], None),
        ([leave(DANA, NOOR), leave(NOOR, SUE)], SUE),
        ([leave(DANA, NOOR), leave(NOOR, None)], None),
        ([leave(DANA, NOOR), leave(NOOR, DANA)], None),
        ([leave(DANA, DANA)], None),
        ([leave(DANA, NOOR), leave(NOOR, SUE), leave(SUE, NOOR)], None),
    ],
)
def test_covers_who_are_away_themselves_are_covered_in_turn(
    leaves: list[Leave], stands_in: int | None
) -> None:
    assert Duty(leaves=tuple(leaves)).roster(at("2026-03-05T12:00")).stands_in(DANA) == stands_in


def test_whoever_is_away_is_back_when_the_last_of_the_leaves_that_meet_ends() -> None:
    weeks = [at(f"2026-03-{day:02}T00:00") for day in (2, 9, 16, 23)]
    leaves = tuple(
        Leave(number, DANA, None, weeks[first], weeks[first + 1])
        for number, first in enumerate((0, 1))
    )
    duty = Duty(zone=LONDON, leaves=(*leaves, Leave(9, NOOR, None, weeks[0], weeks[3])))
    assert duty.back_at(DANA, at("2026-03-04T12:00")) == weeks[2]
    assert duty.back_at(DANA, weeks[2]) is None
    assert duty.back_at(SUE, at("2026-03-04T12:00")) is None
