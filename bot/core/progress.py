"""Progress: which days were practised how, week by week, without a streak that punishes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.practice import PracticeAnswer

WEEKS_SHOWN = 8
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Week:
    """One week: its Monday, and what was said of each of its days; None where nothing was."""

    monday: date
    days: tuple[PracticeAnswer | None, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """A skill over the last weeks, the oldest first."""

    title: str
    weeks: tuple[Week, ...]

    def count(self, answer: PracticeAnswer) -> int:
        """On how many of the days shown that was said."""
        return sum(week.days.count(answer) for week in self.weeks)


def progress_of(
    title: str, log: Sequence[tuple[date, PracticeAnswer]], starts_on: date, today: date
) -> Progress:
    """What a log comes to; of several who spoke of a day, whoever practised counts."""
    first = max(_monday(starts_on), _monday(today) - _WEEK * (WEEKS_SHOWN - 1))
    said: dict[date, PracticeAnswer] = {}
    for day, answer in log:
        known = said.get(day)
        said[day] = answer if known is None else min(known, answer, key=_order)
    weeks: list[Week] = []
    monday = first
    while monday <= today:
        days = tuple(said.get(monday + timedelta(days=number)) for number in range(7))
        weeks.append(Week(monday, days))
        monday += _WEEK
    return Progress(title, tuple(weeks))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _order(answer: PracticeAnswer) -> int:
    return list(PracticeAnswer).index(answer)
