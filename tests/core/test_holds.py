"""A flag that was taken is not forgotten, a parent who writes ten rings once, passing is asking."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.flags import Flag, FlagState, Taking, take
from bot.core.holds import Danger, Hold, Next, Passing, after_silence, makes_worse, pass_to
from bot.core.people import Staff
from bot.core.triage import Category
from tests.core.people import DANA, NOOR, NOW, SUE, a_flag, unlinked

PATIENCE = timedelta(minutes=45)
HOLD = Hold(1, DANA.id, NOW)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


@pytest.mark.parametrize(
    ("after", "following", "look_after"),
    [(0, Next.WAIT, 30), (29, Next.WAIT, 30), (30, Next.ASK, 45), (300, Next.ASK, 315)],
)
def test_a_silent_holder_is_asked_first_however_long_nobody_looked(
    after: int, following: Next, look_after: int
) -> None:
    found = after_silence(HOLD, NOW + minutes(after), PATIENCE)
    assert (found.next, found.look_at - NOW) == (following, minutes(look_after))


@pytest.mark.parametrize(("after", "following"), [(44, Next.WAIT), (45, Next.RELEASE)])
def test_a_holder_who_was_asked_has_a_third_of_the_time_to_say_so(
    after: int, following: Next
) -> None:
    asked = Hold(1, DANA.id, NOW, asked_at=NOW + minutes(30))
    assert after_silence(asked, NOW + minutes(after), PATIENCE).next is following


def test_whoever_did_something_after_being_asked_is_left_alone() -> None:
    busy = Hold(1, DANA.id, NOW + minutes(40), asked_at=NOW + minutes(30))
    assert after_silence(busy, NOW + minutes(60), PATIENCE).next is Next.WAIT


@given(
    patience=st.timedeltas(timedelta(minutes=1), timedelta(hours=24)),
    leaps=st.lists(st.timedeltas(timedelta(), timedelta(hours=3)), max_size=20),
)
def test_whenever_the_clock_is_looked_at_it_is_asked_once_and_then_released(
    patience: timedelta, leaps: list[timedelta]
) -> None:
    hold, now, seen = HOLD, NOW, list[Next]()
    for leap in leaps:
        now += leap
        found = after_silence(hold, now, patience)
        assert found.next is not Next.WAIT or found.look_at > now
        if found.next is Next.ASK:
            hold = Hold(1, DANA.id, NOW, asked_at=now)
        if found.next is not Next.WAIT:
            seen.append(found.next)
        if found.next is Next.RELEASE:
            break
    assert seen in ([], [Next.ASK], [Next.ASK, Next.RELEASE])


def test_silence_is_counted_in_real_minutes_when_the_clocks_are_put_back() -> None:
    taken_at = datetime(2026, 10, 25, 1, 50, tzinfo=ZoneInfo("Europe/London"))
    hold = Hold(1, DANA.id, taken_at)
    found = after_silence(hold, taken_at.astimezone(UTC) + minutes(30), PATIENCE)
    assert found.next is Next.ASK
    asked = Hold(1, DANA.id, taken_at, asked_at=taken_at.replace(hour=1, minute=20, fold=1))
    after = after_silence(asked, taken_at.astimezone(UTC) + minutes(45), PATIENCE)
    assert after.next is Next.RELEASE


TABLETS = Danger(Category.MEDICAL_EMERGENCY, "model")
DYING = Danger(Category.CHILD_SUICIDE_SELF_HARM, "model")


@pytest.mark.parametrize(
    ("danger", "worse"),
    [
        (TABLETS, True),
        (DYING, False),
        (Danger(Category.CHILD_SUICIDE_SELF_HARM, "rule:has_a_plan"), True),
        (Danger(Category.CHILD_SUICIDE_SELF_HARM, "rule:wants_to_die"), False),
        (Danger(Category.OTHER_DANGER, "model"), False),
        (Danger(Category.OTHER_DANGER, "rule:help_now"), True),
    ],
)
def test_another_danger_or_new_plain_words_make_it_worse_and_nothing_else_does(
    danger: Danger, worse: bool
) -> None:
    known = (DYING, Danger(Category.CHILD_SUICIDE_SELF_HARM, "rule:wants_to_die"))
    assert makes_worse(danger, known) is worse


TAKEN = a_flag(state=FlagState.ACKNOWLEDGED, holder=DANA)


@pytest.mark.parametrize(
    ("flag", "by", "colleague", "passing"),
    [
        (TAKEN, DANA, NOOR, Passing.OFFERED),
        (TAKEN, NOOR, SUE, Passing.NOT_YOURS),
        (TAKEN, DANA, DANA, Passing.CANNOT),
        (TAKEN, DANA, unlinked(NOOR), Passing.CANNOT),
        (TAKEN, DANA, None, Passing.CANNOT),
        (a_flag(state=FlagState.CLOSED, holder=DANA), DANA, NOOR, Passing.IS_CLOSED),
    ],
)
def test_only_the_holder_of_an_open_flag_can_pass_it_and_only_to_somebody_linked(
    flag: Flag, by: Staff, colleague: Staff | None, passing: Passing
) -> None:
    assert pass_to(flag, by, colleague, alerted=True) is passing


def test_a_flag_that_nobody_has_can_be_offered_by_those_it_was_sent_to() -> None:
    assert pass_to(a_flag(), DANA, NOOR, alerted=True) is Passing.OFFERED
    assert pass_to(a_flag(), DANA, NOOR, alerted=False) is Passing.NOT_YOURS
    assert pass_to(a_flag(), DANA, DANA, alerted=True) is Passing.CANNOT


def test_whoever_it_was_offered_to_may_take_it_from_its_holder_and_nobody_else_may() -> None:
    offered = a_flag(state=FlagState.ACKNOWLEDGED, holder=DANA, offered_to=NOOR)
    assert take(offered, NOOR, alerted=True) is Taking.TAKEN
    assert take(offered, SUE, alerted=True) is Taking.SOMEBODY_HAS_IT
    assert take(offered, DANA, alerted=True) is Taking.ALREADY_YOURS
