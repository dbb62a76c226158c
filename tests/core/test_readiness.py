"""Readiness: a family whose ladder ends in nobody is known before it matters."""

from datetime import time, timedelta

import pytest

from bot.core.duty import Duty, Hours, Leave
from bot.core.people import Family, Staff
from bot.core.readiness import Readiness, check_readiness
from tests.core.people import DANA, EVERYBODY, NOOR, NOW, OTHER_THERAPIST, ROBINS, SUE, unlinked

PIPS = Family(12, "Pip's family", "IE", OTHER_THERAPIST)
BOTH = (ROBINS, PIPS)
DAY = timedelta(days=1)


def looked_at(
    *blocked: Staff, duty: Duty | None = None, staff: tuple[Staff, ...] = EVERYBODY
) -> Readiness:
    gone = frozenset(one.id for one in blocked)
    return check_readiness(BOTH, staff, gone, duty or Duty(), NOW)


def names(families: tuple[Family, ...]) -> list[str]:
    return [one.alias for one in families]


def test_with_everybody_there_nothing_is_wrong() -> None:
    found = looked_at()
    assert found.is_ready
    assert not found.has_concerns


def test_a_family_whose_people_have_all_blocked_the_bot_is_lost_and_others_are_not() -> None:
    found = looked_at(DANA, NOOR, SUE)
    assert names(found.lost) == ["Robin's family"]
    assert not found.is_ready


def test_people_who_are_not_linked_count_as_little_as_people_who_have_blocked_the_bot() -> None:
    found = looked_at(OTHER_THERAPIST, staff=(DANA, unlinked(NOOR), unlinked(SUE)))
    assert names(found.lost) == ["Pip's family"]


def test_one_person_who_can_be_reached_is_enough() -> None:
    assert looked_at(DANA, NOOR, OTHER_THERAPIST).is_ready


def test_a_therapist_who_cannot_be_reached_is_named_though_others_can() -> None:
    found = looked_at(DANA)
    assert [one.name for one in found.unreached] == ["Dana"]
    assert found.is_ready


@pytest.mark.parametrize(("cover", "named"), [(None, ["Dana"]), (NOOR.id, [])])
def test_leave_that_nobody_covers_is_named(cover: int | None, named: list[str]) -> None:
    duty = Duty(leaves=(Leave(1, DANA.id, cover, NOW + DAY / 2, NOW + DAY * 9),))
    assert [one.name for one, _ in looked_at(duty=duty).uncovered] == named


def test_leave_of_next_week_is_not_yet_named() -> None:
    duty = Duty(leaves=(Leave(1, DANA.id, None, NOW + DAY * 3, NOW + DAY * 9),))
    assert looked_at(duty=duty).uncovered == ()


def test_hours_in_which_nobody_is_on_duty_are_found_and_are_no_loss() -> None:
    hours = tuple(Hours(day, time(9), time(17)) for day in range(7))
    duty = Duty(hours={one.id: hours for one in EVERYBODY})
    found = looked_at(duty=duty)
    assert found.is_ready
    night, evening = found.gaps
    assert names(night.families) == ["Robin's family", "Pip's family"]
    assert (night.begins_at, night.ends_at - NOW) == (NOW, timedelta(hours=12))
    assert evening.ends_at == NOW + DAY


def test_one_person_on_duty_at_night_leaves_no_gap() -> None:
    hours = tuple(Hours(day, time(9), time(17)) for day in range(7))
    duty = Duty(hours={one.id: hours for one in EVERYBODY if one is not NOOR})
    assert looked_at(duty=duty).gaps == ()
