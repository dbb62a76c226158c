"""Trying times: what worked is tried more often, nothing is ever ruled out, chances are true."""

import random
from collections import Counter
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.trial import TrialDay, analyse
from bot.core.windows import EVEN_SHARE, Tried, chances_of, choose_window

OWN, NOON, EVENING = time(18), time(12, 30), time(20, 30)
MONDAY = date(2026, 3, 2)
RECORDS = st.lists(st.builds(Tried, st.sampled_from([OWN, NOON, EVENING]), st.booleans()))


def days_of(at: time, worked: int, failed: int) -> list[Tried]:
    return [Tried(at, True)] * worked + [Tried(at, False)] * failed


def test_a_choice_is_the_same_however_often_it_is_made() -> None:
    choices = {choose_window(OWN, [NOON, EVENING], [], MONDAY, 7) for _ in range(3)}
    assert len(choices) == 1


def test_what_worked_is_tried_more_often() -> None:
    tried = [*days_of(NOON, 18, 2), *days_of(OWN, 2, 18), *days_of(EVENING, 2, 18)]
    days = [MONDAY + timedelta(days=number) for number in range(200)]
    chosen = Counter(choose_window(OWN, [NOON, EVENING], tried, day, 7).at for day in days)
    assert chosen[NOON] > 150


def test_without_a_record_the_parents_own_time_is_the_likeliest() -> None:
    chances = chances_of([OWN, NOON, EVENING], [], random.Random(1))
    assert chances[0] == max(chances)


@given(tried=RECORDS, parent=st.integers(1, 10_000), ahead=st.integers(0, 400))
def test_chances_add_up_and_every_time_keeps_one(
    tried: list[Tried], parent: int, ahead: int
) -> None:
    chances = chances_of([OWN, NOON, EVENING], tried, random.Random(parent))
    assert sum(chances) == pytest.approx(1)
    assert min(chances) >= EVEN_SHARE / 3
    choice = choose_window(OWN, [NOON, EVENING], tried, MONDAY + timedelta(days=ahead), parent)
    assert choice.at in choice.offered
    assert EVEN_SHARE / 3 <= choice.probability <= 1


def a_trial(effect: float, *, parents: int = 60, days: int = 40) -> list[TrialDay]:
    """Made-up days in which other times change the chance of practice by `effect`."""
    rng = random.Random(5)
    found: list[TrialDay] = []
    for parent in range(parents):
        usual = rng.uniform(0.3, 0.5)
        for _ in range(days):
            is_own = rng.random() < 0.7
            worked = rng.random() < usual + (0 if is_own else effect)
            at, probability = (OWN, 0.7) if is_own else (NOON, 0.3)
            found.append(TrialDay(parent, at, probability, is_own, worked))
    return found


def test_an_effect_that_is_there_is_found_with_an_interval_that_holds_it() -> None:
    *_, effect = analyse(a_trial(0.2))
    assert effect.low is not None
    assert effect.high is not None
    assert 0 < effect.low < 0.2 < effect.high


def test_where_there_is_no_effect_the_interval_holds_nought() -> None:
    *_, effect = analyse(a_trial(0.0))
    assert effect.low is not None
    assert effect.high is not None
    assert effect.low < 0 < effect.high


def test_unequal_chances_do_not_bias_the_shares() -> None:
    days = [
        TrialDay(1, NOON, 0.1, False, True),
        *(TrialDay(2, NOON, 0.9, False, False) for _ in range(9)),
    ]
    noon, _ = analyse(days)
    assert noon.value == pytest.approx(0.5)


def test_of_an_empty_log_nothing_is_said() -> None:
    (effect,) = analyse([])
    assert (effect.days, effect.value, effect.low) == (0, None, None)
