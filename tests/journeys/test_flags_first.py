"""Flags overtake everything: a broadcast to 2,000, a storm of refusals, a blocked chat."""

import time

import pytest

from tests.journeys.broadcast import broadcasts
from tests.journeys.people import Person
from tests.journeys.stage import Stage
from tests.journeys.waiting import wait_for
from tests.journeys.words import ADMIN, HOLDING, URGENT

MANY = 2000
TEN_SECONDS = 10.0
SENDING_ALL = 240.0


def told_within(stage: Stage, parent: Person) -> float:
    """Seconds from an urgent message to Telegram's acceptance of the alert."""
    began = time.monotonic()
    parent.says(URGENT)
    stage.dana.expects(f"URGENT: {parent.alias}", within=60.0)
    return time.monotonic() - began


def is_sending(stage: Stage) -> None:
    """Come back when the broadcast is under way, and far from its end."""
    wait_for(lambda: stage.metrics().get("deliveries_owed", 0) < MANY - 60, "it is being sent")
    assert stage.metrics()["deliveries_owed"] > MANY / 2


@pytest.mark.timeout(900)
def test_a_flag_in_the_middle_of_a_broadcast_to_two_thousand_with_a_storm(stage: Stage) -> None:
    calm, stormy = stage.parent(), stage.parent()
    broadcasts(stage, MANY, "storm")
    is_sending(stage)
    in_calm = told_within(stage, calm)
    stage.faults.strike("sendMessage", status=429, retry_after=2, count=40)
    in_storm = told_within(stage, stormy)
    owed = stage.metrics()["deliveries_owed"]
    print(f"\nalert accepted: {in_calm:.2f} s in a broadcast, {in_storm:.2f} s with a storm of 429")
    assert owed > 100, "the broadcast still goes on"
    assert in_calm < TEN_SECONDS
    assert in_storm < TEN_SECONDS
    stormy.expects(HOLDING)
    stage.settles(within=SENDING_ALL)


def test_the_pace_of_a_broadcast_is_telegrams(stage: Stage) -> None:
    before = len(stage.calls("sendMessage"))
    broadcasts(stage, 120, "pace")
    stage.settles(within=60.0)
    times = [call["at"] for call in stage.calls("sendMessage")[before:]]
    for second in range(int(times[0]), int(times[-1]) + 1):
        sent = sum(second <= at < second + 1 for at in times)
        assert sent <= 30 + 15 + 3, f"{sent} in one second: thirty, and what may go at once"


def test_a_blocked_chat_holds_nobody_up(stage: Stage) -> None:
    gone, here = stage.parent(), stage.parent()
    gone.says(ADMIN)
    gone.blocks_the_bot()
    assert told_within(stage, here) < TEN_SECONDS
    gone.unblocks_the_bot()
