"""Deliveries: what is owed, and how long to wait before the next try."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.deliveries import DeliveryState, Edit, Send, backoff, is_settled
from bot.core.replies import Reply


def test_the_wait_doubles_from_a_second_to_a_minute() -> None:
    waits = [backoff(attempts).total_seconds() for attempts in range(9)]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@given(attempts=st.integers())
def test_no_wait_is_ever_longer_than_a_minute_or_shorter_than_a_second(attempts: int) -> None:
    assert timedelta(seconds=1) <= backoff(attempts) <= timedelta(minutes=1)


def test_only_what_is_owed_is_still_to_be_done() -> None:
    assert [state for state in DeliveryState if not is_settled(state)] == [DeliveryState.OWED]


def test_what_is_said_does_not_show_when_a_delivery_is_printed() -> None:
    reply = Reply("she said she wants to die")
    assert "die" not in repr(Send(reply)) + repr(Edit("flag:1:holding", reply))
