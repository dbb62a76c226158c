"""What fails again and again is left alone for a while, then tried once."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.breaker import Breaker


def _failing(times: int) -> Breaker:
    breaker = Breaker(failures=3, rest=60)
    for at in range(times):
        assert breaker.begin(at)
        breaker.fail(at)
    return breaker


def test_failures_that_are_not_in_a_row_open_nothing() -> None:
    breaker = _failing(2)
    breaker.succeed()
    breaker.fail(3)
    breaker.fail(4)
    assert not breaker.is_open(5)


def test_the_third_failure_in_a_row_opens_it_for_as_long_as_it_rests() -> None:
    breaker = _failing(3)
    assert breaker.is_open(3)
    assert not breaker.begin(61)
    assert breaker.begin(62)


def test_after_the_rest_one_may_try_and_no_other() -> None:
    breaker = _failing(3)
    assert breaker.begin(70)
    assert not breaker.begin(70)
    assert breaker.is_open(200)


def test_a_trial_that_goes_well_closes_it() -> None:
    breaker = _failing(3)
    assert breaker.begin(70)
    breaker.succeed()
    assert breaker.begin(70)
    assert breaker.begin(70)


def test_a_trial_that_fails_rests_anew() -> None:
    breaker = _failing(3)
    assert breaker.begin(70)
    breaker.fail(71)
    assert not breaker.begin(130)
    assert breaker.begin(131)


def test_a_trial_that_was_cut_off_leaves_the_next_one_to_try() -> None:
    breaker = _failing(3)
    assert breaker.begin(70)
    breaker.give_up()
    assert breaker.begin(70)


@given(st.lists(st.sampled_from(["succeed", "fail"]), max_size=30))
def test_it_never_stays_shut_for_good(ends: list[str]) -> None:
    breaker, now = Breaker(failures=3, rest=10), 0.0
    for end in ends:
        now += 1
        if breaker.begin(now):
            breaker.succeed() if end == "succeed" else breaker.fail(now)
    assert breaker.begin(now + 10)
