"""Flags: who may take one, and what is known of it."""

import pytest

from bot.core.flags import Flag, FlagState, Taking, take
from tests.core.people import DANA, NOOR, a_flag


@pytest.mark.parametrize(
    ("flag", "alerted", "taking"),
    [
        (a_flag(), True, Taking.TAKEN),
        (a_flag(state=FlagState.DELIVERED), True, Taking.TAKEN),
        (a_flag(), False, Taking.NOT_YOURS_TO_TAKE),
        (a_flag(state=FlagState.ACKNOWLEDGED, holder=NOOR), True, Taking.ALREADY_YOURS),
        (a_flag(state=FlagState.ACKNOWLEDGED, holder=DANA), True, Taking.SOMEBODY_HAS_IT),
        (a_flag(state=FlagState.CLOSED, holder=DANA), True, Taking.IS_CLOSED),
        (a_flag(state=FlagState.CLOSED, holder=NOOR), True, Taking.IS_CLOSED),
    ],
)
def test_the_first_of_those_it_was_sent_to_takes_a_flag(
    flag: Flag, alerted: bool, taking: Taking
) -> None:
    assert take(flag, NOOR, alerted=alerted) is taking


@pytest.mark.parametrize(
    ("state", "is_open", "is_waiting"),
    [
        (FlagState.RAISED, True, True),
        (FlagState.DELIVERED, True, True),
        (FlagState.ACKNOWLEDGED, True, False),
        (FlagState.CLOSED, False, False),
    ],
)
def test_a_delivered_flag_still_waits_and_an_acknowledged_one_is_still_open(
    state: FlagState, is_open: bool, is_waiting: bool
) -> None:
    flag = a_flag(state=state)
    assert (flag.is_open, flag.is_waiting) == (is_open, is_waiting)
