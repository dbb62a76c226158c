"""Practice: what a therapist plans with a family, when each parent is asked, what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

OFTEN = (7, 5, 3, 1)
WEEKS = (2, 4, 8, 12)
TIMES_OF_DAY = (time(7, 30), time(12, 30), time(16), time(18), time(19, 30), time(20, 30))
_SUGGESTED = {1: (5,), 3: (0, 2, 4), 5: (0, 1, 2, 3, 4)}


class PlanState(StrEnum):
    """running: nudges may come. paused: until somebody goes on with it. ended: for good.

    draft: its therapist has written its aim and not sent it yet; nobody else knows of it.
    """

    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"
    DRAFT = "draft"


class PracticeAnswer(StrEnum):
    """What a parent said about a day's practice."""

    DID_IT = "did_it"
    WAS_HARD = "was_hard"
    NOT_TODAY = "not_today"


@dataclass(frozen=True, slots=True)
class PracticePlan:
    """A skill that a family practises: how often a week, from and until which day.

    `has_own_day`: it may nudge beside the family's other plans on the same day. `note` is a
    sentence of the therapist's to the parents.
    """

    id: int
    family_id: int
    skill_id: str
    goal: str = field(repr=False)
    often: int
    starts_on: date
    ends_on: date
    state: PlanState
    has_own_day: bool = False
    note: str = field(default="", repr=False)

    def runs_on(self, day: date) -> bool:
        """Whether it is practised on a day."""
        return self.state is PlanState.RUNNING and self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True)
class Times:
    """The weekdays (0 is Monday) and the time of day that a parent has picked for a plan.

    `rests`: they paused this plan, and go on with it when they say so.
    """

    days: frozenset[int]
    at: time
    rests: bool = False

    @property
    def are_asked(self) -> bool:
        """Whether there is any day on which the parent wants to be asked."""
        return bool(self.days) and not self.rests

    def falls_on(self, day: date) -> bool:
        """Whether a day is one of them."""
        return day.weekday() in self.days and not self.rests


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `begins` to `ends` nothing is sent unasked; the same time twice means no quiet hours."""

    begins: time = time(21)
    ends: time = time(7)

    def hold(self, at: time) -> bool:
        """Whether a time of day is quiet."""
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


def ends_after(starts_on: date, weeks: int) -> date:
    """The last day of a plan of so many weeks."""
    return starts_on + timedelta(weeks=weeks, days=-1)


def suggested_days(often: int) -> frozenset[int]:
    """Weekdays to begin with, for so many times a week."""
    return frozenset(_SUGGESTED.get(often, range(often)))


def days_to_mask(days: Iterable[int]) -> int:
    """Weekdays as one number, a bit for each: Monday is 1, Sunday 64."""
    return sum(1 << day for day in set(days))


def days_of_mask(mask: int) -> frozenset[int]:
    """The weekdays in such a number."""
    return frozenset(day for day in range(7) if mask >> day & 1)


def times_offered(quiet: QuietHours) -> tuple[time, ...]:
    """The times of day to choose from, as far as they are not quiet."""
    return tuple(at for at in TIMES_OF_DAY if not quiet.hold(at))
