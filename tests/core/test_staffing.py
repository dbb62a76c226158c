"""Who can be spared: turns go on, and nobody leaves whom a family cannot do without."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.duty import Duty, Leave, Override, Rota
from bot.core.people import Role
from bot.core.staffing import (
    Clinic,
    check_leaving,
    check_move,
    check_nobody_is_lost,
    roles_left_empty,
)
from bot.errors import PeopleError
from tests.core.people import (
    DANA,
    EVERYBODY,
    NOOR,
    NOW,
    OTHER_THERAPIST,
    ROBINS,
    SUE,
    a_flag,
    unlinked,
)

LONDON = ZoneInfo("Europe/London")
BEGAN = datetime(2026, 1, 5, 9, tzinfo=LONDON)


def clinic(**changes: object) -> Clinic:
    """A clinic with everybody in it, and Robin's family with Dana."""
    whole = Clinic(EVERYBODY, (ROBINS,), frozenset({ROBINS.id}), (), frozenset(), Duty(), NOW)
    return replace(whole, **changes)  # type: ignore[arg-type]


def turns(rota: Rota, since: datetime, days: int = 60) -> list[int | None]:
    """Who has the turn on each of the next days, each turn once."""
    every = [rota.turn(since + timedelta(days=one)) for one in range(days)]
    return [one for at, one in enumerate(every) if at == 0 or every[at - 1] != one]


@given(
    people=st.permutations([1, 2, 3, 4]),
    gone=st.integers(1, 4),
    days=st.integers(1, 9),
    later=st.integers(0, 90),
)
def test_turns_go_on_in_their_order_without_somebody(
    people: list[int], gone: int, days: int, later: int
) -> None:
    rota, moment = Rota(BEGAN.date(), time(9), days, tuple(people)), BEGAN + timedelta(days=later)
    left = rota.without(gone, moment)
    before = [one for one in turns(rota, moment) if one != gone]
    assert turns(left, moment)[:3] == before[:3]


def test_whose_turn_it_is_keeps_it_for_as_long_as_it_was() -> None:
    rota = Rota(date(2026, 1, 5), time(9), 7, (1, 2, 3))
    second = datetime(2026, 1, 14, 12, tzinfo=LONDON)
    left = rota.without(1, second)
    for day in range(12, 19):
        assert left.turn(datetime(2026, 1, day, 12, tzinfo=LONDON)) == 2
    assert left.turn(datetime(2026, 1, 19, 12, tzinfo=LONDON)) == 3


def test_a_rota_that_has_not_begun_begins_when_it_would_have() -> None:
    rota = Rota(date(2026, 1, 5), time(9), 7, (1, 2))
    left = rota.without(1, datetime(2025, 12, 1, tzinfo=LONDON))
    assert (left.first_day, left.people) == (date(2026, 1, 5), (2,))


def test_duty_without_somebody_names_them_nowhere() -> None:
    away = Leave(1, DANA.id, NOOR.id, NOW, NOW + timedelta(days=3))
    own = Leave(2, NOOR.id, SUE.id, NOW, NOW + timedelta(days=3))
    stands_in = Override(1, NOOR.id, NOW, NOW + timedelta(days=3))
    rota = Rota(NOW.date(), time(9), 7, (NOOR.id,))
    duty = Duty(leaves=(away, own), overrides=(stands_in,), rota=rota).without(NOOR.id, NOW)
    assert duty == Duty(leaves=(replace(away, cover_id=None),))


def test_a_flag_with_the_leaver_stands_in_their_way_until_it_is_given_back() -> None:
    held = clinic(families=(), open_flags=(a_flag(holder=SUE),))
    with pytest.raises(PeopleError, match="still open"):
        check_leaving(held, SUE, None, gives_back=False)
    check_leaving(held, SUE, None, gives_back=True)


def test_a_family_goes_to_nobody_whom_telegram_refuses() -> None:
    gone = clinic(unreachable=frozenset({OTHER_THERAPIST.id}))
    with pytest.raises(PeopleError, match="blocked the bot"):
        check_move(gone, ROBINS, OTHER_THERAPIST)
    with pytest.raises(PeopleError, match="has not opened their link"):
        check_move(clinic(), ROBINS, unlinked(OTHER_THERAPIST))
    check_move(clinic(), ROBINS, OTHER_THERAPIST)


def test_whoever_had_nobody_before_keeps_nobody_from_leaving() -> None:
    alone = clinic(staff=(unlinked(DANA), unlinked(NOOR)), open_flags=(a_flag(),))
    check_nobody_is_lost(alone, alone.without(NOOR))


def test_the_roles_that_nobody_has_any_more_are_named() -> None:
    before = clinic()
    assert roles_left_empty(before, before.without(NOOR)) == (Role.ON_CALL,)
    assert roles_left_empty(before, before.without(OTHER_THERAPIST)) == ()
