"""A lot at once: what gets one reply together, and what never waits for that."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.enrolment import (
    FIRST_WAIT,
    FREE_GUESSES,
    LONGEST_WAIT,
    Guesses,
    is_code,
)
from bot.core.pace import OF_PARENT, OF_STRANGER, SAYS_AGAIN, Lately, paced
from bot.core.receiving import Step

NOW = datetime(2026, 3, 4, 23, 40, tzinfo=UTC)
ANSWERED = {Step.CONSULT, Step.STICKER}
TO_A_PERSON = set(Step) - ANSWERED - {Step.GATHER, Step.GATHERED}


@given(
    st.sampled_from(sorted(TO_A_PERSON)),
    st.integers(0, 10_000),
    st.none() | st.datetimes(timezones=st.just(UTC)),
)
def test_whatever_goes_to_a_person_or_asks_about_danger_is_never_held_back(
    step: Step, messages: int, said_at: datetime | None
) -> None:
    assert paced(step, Lately(messages, said_at), 20, NOW, of=OF_PARENT) is step


def test_a_strangers_media_are_no_exception_as_they_reach_nobody() -> None:
    assert {Step.MEDIUM_PASSED_ON} == OF_STRANGER - OF_PARENT


@pytest.mark.parametrize("step", sorted(ANSWERED))
def test_below_the_bound_each_message_is_answered(step: Step) -> None:
    assert paced(step, Lately(19), 20, NOW, of=OF_PARENT) is step


@pytest.mark.parametrize("step", sorted(ANSWERED))
def test_from_the_bound_on_there_is_one_reply_to_all(step: Step) -> None:
    assert paced(step, Lately(20), 20, NOW, of=OF_PARENT) is Step.GATHER
    just_said = Lately(20, NOW - timedelta(seconds=3))
    assert paced(step, just_said, 20, NOW, of=OF_PARENT) is Step.GATHERED


def test_who_goes_on_for_long_reads_it_again() -> None:
    last = Lately(20, NOW - SAYS_AGAIN)
    assert paced(Step.CONSULT, last, 20, NOW, of=OF_PARENT) is Step.GATHER
    almost = Lately(20, NOW - SAYS_AGAIN + timedelta(seconds=1))
    assert paced(Step.CONSULT, almost, 20, NOW, of=OF_PARENT) is Step.GATHERED


def test_a_few_wrong_links_cost_no_wait() -> None:
    for count in range(1, FREE_GUESSES):
        assert Guesses(count, NOW).minutes_left(NOW) == 0


def test_each_further_wrong_link_waits_twice_as_long_up_to_an_hour() -> None:
    waits = [Guesses(count, NOW).waits_until() - NOW for count in range(FREE_GUESSES, 40)]
    assert waits[:4] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT, 8 * FIRST_WAIT]
    assert waits[-1] == LONGEST_WAIT
    assert waits == sorted(waits)


def test_the_minutes_left_are_never_said_to_be_none_while_one_waits() -> None:
    guesses = Guesses(FREE_GUESSES, NOW)
    assert guesses.minutes_left(NOW + FIRST_WAIT - timedelta(seconds=1)) == 1
    assert guesses.minutes_left(NOW + FIRST_WAIT) == 0


def test_a_day_of_guessing_tries_few_codes() -> None:
    now, end, count = NOW, NOW + timedelta(days=1), 0
    while now < end:
        count += 1
        now = Guesses(count, now).waits_until()
    assert count < 40


@pytest.mark.parametrize("text", ["", "he has a knife", "help!", "x" * 65, "ключ"])
def test_words_are_no_code(text: str) -> None:
    assert not is_code(text)


def test_what_the_bot_hands_out_is_a_code() -> None:
    assert is_code("AbC-_0123456789abcdefg")
