"""Trouble on Telegram's side: late, but delivered, in order, and once where that can be known."""

import pytest

from tests.journeys.stage import Stage
from tests.journeys.words import ADMIN, ANSWER, HOLDING, ORDINARY, URGENT

LATE = 40.0
TEN = [f"Question {number}: {ADMIN}" for number in range(1, 11)]


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429, "retry_after": 2, "count": 2},
        {"status": 500, "count": 2},
        {"status": 502, "count": 2},
        {"delay_ms": 6000, "count": 1},
    ],
    ids=["too many requests", "server error", "bad gateway", "slow"],
)
def test_a_flag_is_delivered_in_the_end(stage: Stage, fault: dict[str, int]) -> None:
    parent = stage.parent()
    stage.faults.strike("sendMessage", **fault)
    parent.says(URGENT)
    stage.dana.expects(f"URGENT: {parent.alias}", within=LATE)
    parent.expects(HOLDING, within=LATE)
    stage.settles(parent)
    assert stage.faults.left() == 0, "the trouble was met"
    assert stage.dana.count(f"URGENT: {parent.alias}") <= 2, "a repeated flag is noise, and rare"
    assert not stage.noor.count(f"URGENT: {parent.alias}"), "nobody was unreachable"


def test_an_answer_that_is_lost_on_the_way_back_is_sent_again(stage: Stage) -> None:
    parent = stage.parent()
    stage.faults.strike("sendMessage", drop=True)
    parent.says(ORDINARY)
    parent.expects(ANSWER, within=LATE)
    stage.settles(parent)
    assert parent.count(ANSWER) <= 2


def test_messages_that_are_fetched_twice_are_handled_once(stage: Stage) -> None:
    parent = stage.parent()
    stage.faults.strike("getUpdates", drop=True, count=3)
    parent.says(ADMIN)
    stage.dana.expects(f"Question from {parent.alias} ", within=LATE)
    stage.settles(parent, within=LATE)
    assert stage.dana.count(f"Question from {parent.alias} ") == 1


def test_polling_survives_a_server_that_fails(stage: Stage) -> None:
    parent = stage.parent()
    stage.faults.strike("getUpdates", status=502, count=2)
    parent.says(ORDINARY)
    parent.expects(ANSWER, within=LATE)


def test_ten_messages_in_a_row_are_answered_in_order(stage: Stage) -> None:
    parent = stage.parent()
    for text in TEN:
        parent.says(text)
    for text in TEN:
        stage.dana.expects(f"Question from {parent.alias} ", f"{text}\n")
    stage.settles(parent)
    mine = [one.text for one in stage.dana.reads() if f"from {parent.alias} " in one.text]
    assert [next(text for text in TEN if f"{text}\n" in one) for one in mine] == TEN


def test_order_is_kept_when_the_first_of_them_fails(stage: Stage) -> None:
    parent = stage.parent()
    stage.faults.strike("sendMessage", status=500, count=3)
    for text in TEN[:4]:
        parent.says(text)
    for text in TEN[:4]:
        stage.dana.expects(f"Question from {parent.alias} ", f"{text}\n", within=LATE)
    mine = [one.text for one in stage.dana.reads() if f"from {parent.alias} " in one.text]
    assert [next(text for text in TEN if f"{text}\n" in one) for one in mine] == TEN[:4]


def test_a_parent_who_has_blocked_the_bot_harms_nobody_else(stage: Stage) -> None:
    gone, here = stage.parent(), stage.parent()
    gone.says(URGENT)
    gone.blocks_the_bot()
    stage.dana.expects(f"URGENT: {gone.alias}")
    here.says(ORDINARY)
    here.expects(ANSWER)
    gone.unblocks_the_bot()
    gone.says("Are you still there?")
    gone.expects("I am passing this on too.")


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
