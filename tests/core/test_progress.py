"""Progress over weeks: every day where it belongs, and nothing that punishes."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.practice import PracticeAnswer
from bot.core.progress import WEEKS_SHOWN, progress_of

MONDAY = date(2026, 3, 2)
DID, HARD, NOT = PracticeAnswer
LOGS = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.sampled_from([DID, HARD]))


def test_a_day_stands_in_its_week_under_its_weekday() -> None:
    log = [(date(2026, 3, 4), DID), (date(2026, 3, 10), HARD)]
    found = progress_of("Slow voice", log, MONDAY, date(2026, 3, 12))
    first, second = found.weeks
    assert (first.monday, first.days) == (MONDAY, (None, None, DID, None, None, None, None))
    assert second.days[1] is HARD


def test_of_two_parents_who_spoke_of_a_day_whoever_practised_counts() -> None:
    log = [(MONDAY, NOT), (MONDAY, DID), (MONDAY, HARD)]
    (week,) = progress_of("Slow voice", log, MONDAY, MONDAY).weeks
    assert week.days[0] is DID


def test_only_the_last_weeks_are_shown() -> None:
    today = MONDAY + timedelta(weeks=20)
    found = progress_of("Slow voice", [(MONDAY, DID)], MONDAY, today)
    assert len(found.weeks) == WEEKS_SHOWN
    assert found.count(DID) == 0


@given(log=LOGS, starts_on=st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_weeks_follow_one_another_and_count_what_is_in_the_log(
    log: dict[date, PracticeAnswer], starts_on: date
) -> None:
    today = date(2026, 12, 31)
    found = progress_of("Slow voice", list(log.items()), starts_on, today)
    mondays = [week.monday for week in found.weeks]
    assert all(monday.weekday() == 0 for monday in mondays)
    assert all(len(week.days) == 7 for week in found.weeks)
    shown = [answer for day, answer in log.items() if day >= mondays[0]]
    assert found.count(DID) == shown.count(DID)
