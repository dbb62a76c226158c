"""When somebody is at work next, and how a parent hears of it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.phrasebook import load_phrases
from bot.core.duty import Duty, Hours, Leave
from bot.core.expecting import AtWork, when_away, when_covered, when_text
from bot.settings import ROOT

PHRASES = load_phrases(ROOT / "prompts")
LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
DANA = 1
WEEKDAYS = tuple(Hours(day, time(9), time(17)) for day in range(5))
FRIDAY_EVENING = datetime(2026, 3, 6, 20, tzinfo=UTC)
MONDAY_NINE = datetime(2026, 3, 9, 9, tzinfo=UTC)


def leave(begins: datetime, ends: datetime, number: int = 1) -> Leave:
    return Leave(number, DANA, None, begins, ends)


def test_after_friday_comes_monday() -> None:
    duty = Duty(zone=LONDON, hours={DANA: WEEKDAYS})
    assert duty.next_at_work(DANA, FRIDAY_EVENING) == MONDAY_NINE


def test_whoever_is_at_work_is_so_now() -> None:
    duty = Duty(zone=LONDON, hours={DANA: WEEKDAYS})
    now = MONDAY_NINE + timedelta(hours=3)
    assert duty.next_at_work(DANA, now) == now


def test_without_hours_nothing_is_known() -> None:
    assert Duty(zone=LONDON).next_at_work(DANA, MONDAY_NINE) is None


def test_the_night_that_began_yesterday_still_counts() -> None:
    duty = Duty(zone=LONDON, hours={DANA: (Hours(5, time(22), time(6)),)})
    now = datetime(2026, 3, 8, 3, tzinfo=UTC)
    assert duty.next_at_work(DANA, now) == now


def test_leaves_are_left_out_one_after_the_other() -> None:
    away = (
        leave(FRIDAY_EVENING, MONDAY_NINE),
        leave(MONDAY_NINE - timedelta(minutes=1), MONDAY_NINE + timedelta(days=1), 2),
        leave(MONDAY_NINE + timedelta(days=1, hours=5), MONDAY_NINE + timedelta(days=40), 3),
    )
    duty = Duty(zone=LONDON, hours={DANA: WEEKDAYS}, leaves=away)
    assert duty.next_at_work(DANA, FRIDAY_EVENING) == MONDAY_NINE + timedelta(days=1)
    later = MONDAY_NINE + timedelta(days=2)
    assert duty.next_at_work(DANA, later) == datetime(2026, 4, 20, 8, tzinfo=UTC), "in summer time"


@given(
    minutes=st.integers(0, 500_000),
    week=st.lists(
        st.builds(
            Hours,
            st.integers(0, 6),
            st.times().map(lambda at: time(at.hour)),
            st.times().map(lambda at: time(at.hour, 30)),
        ),
        min_size=1,
        max_size=6,
    ),
    days=st.integers(0, 30),
    zone=st.sampled_from([LONDON, NEW_YORK]),
)
def test_somebody_is_at_work_then_and_never_before(
    minutes: int, week: list[Hours], days: int, zone: ZoneInfo
) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    away = (leave(at, at + timedelta(days=days)),)
    duty = Duty(zone=zone, hours={DANA: tuple(week)}, leaves=away)
    found = duty.next_at_work(DANA, at)
    assert found is not None
    assert found >= at + timedelta(days=days)
    before = at + timedelta(days=days)
    while before < found:
        assert not duty.roster(before).is_at_work(DANA)
        before += timedelta(minutes=45)
    assert duty.roster(found).is_at_work(DANA)


@pytest.mark.parametrize(
    ("next_at", "said"),
    [
        (FRIDAY_EVENING, "Dana is at work now."),
        (FRIDAY_EVENING + timedelta(hours=2), "Dana is next at work today from 22:00."),
        (FRIDAY_EVENING + timedelta(hours=12), "Dana is next at work tomorrow from 8:00."),
        (MONDAY_NINE, "Dana is next at work on Monday from 9:00."),
        (MONDAY_NINE + timedelta(days=4), "Dana is next at work on 13 March 2026 from 9:00."),
    ],
)
def test_a_parent_hears_when_and_is_promised_nothing(next_at: datetime, said: str) -> None:
    heard = when_text(AtWork("Dana", next_at, FRIDAY_EVENING, LONDON), PHRASES)
    assert heard.startswith(said)
    assert "I can't say when the answer will come." in heard


def test_the_day_is_the_parents_not_that_of_whoever_works() -> None:
    at = datetime(2026, 3, 7, 3, tzinfo=UTC)
    heard = when_text(AtWork("Dana", at, FRIDAY_EVENING, NEW_YORK, is_elsewhere=True), PHRASES)
    assert heard.startswith("Dana is next at work today from 22:00 by your clock.")


def test_without_hours_it_is_said_that_nothing_is_known() -> None:
    unknown = AtWork("Dana", None, FRIDAY_EVENING, LONDON)
    assert when_text(unknown, PHRASES) == PHRASES.say("answers.when_unknown")


def test_of_leave_a_parent_hears_who_reads_it_and_when() -> None:
    back = date(2026, 3, 9)
    noor = AtWork("Noor", FRIDAY_EVENING, FRIDAY_EVENING, LONDON)
    heard = when_covered("Dana", back, noor, PHRASES)
    assert heard.startswith("Dana is on leave and back on 9 March 2026; Noor, who stands in")
    assert "Noor is at work now." in heard
    dana = AtWork("Dana", MONDAY_NINE, FRIDAY_EVENING, LONDON)
    assert "next at work on Monday from 9:00" in when_away(dana, back, PHRASES)
    unknown = AtWork("Dana", None, FRIDAY_EVENING, LONDON)
    assert "back on 9 March 2026" in when_away(unknown, back, PHRASES)
