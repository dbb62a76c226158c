"""A parent's rhythm: their clock, their quiet hours, and in which window of a day a nudge may come.

Everything is by the parent's own day and clock; `now` and the windows are moments.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.core.practice import QuietHours

SHORTEST_WINDOW = timedelta(minutes=30)
NIGHT = QuietHours()
_DAY = timedelta(days=1)
_GOLDEN = 2_654_435_761


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a parent wants to hear from the bot unasked.

    `paused_until` is the first day on which nudges come again. `is_waiting`: several in a row were
    ignored, and the parent was asked whether another time suits. Nudges up to `counts_from` are
    not counted as ignored any more.
    """

    zone: tzinfo
    quiet: QuietHours = NIGHT
    paused_until: date | None = None
    is_stopped: bool = False
    is_waiting: bool = False
    counts_from: date | None = None

    def day_of(self, now: datetime) -> date:
        """The day it is for the parent."""
        return now.astimezone(self.zone).date()

    def day_before(self, now: datetime) -> date:
        """The day before that."""
        return self.day_of(now) - _DAY

    def is_paused(self, now: datetime) -> bool:
        """Whether the parent rests on this day."""
        return self.paused_until is not None and self.day_of(now) < self.paused_until

    def is_quiet(self, now: datetime) -> bool:
        """Whether a moment falls into the parent's quiet hours."""
        return self.quiet.hold(now.astimezone(self.zone).time())


def delay_of(parent_id: int, spread: timedelta) -> timedelta:
    """A parent's place within `spread`: always the same, and far from their neighbours'."""
    return spread * ((parent_id * _GOLDEN % 2**32) / 2**32)


def window(rhythm: Rhythm, day: date, at: time) -> tuple[datetime, datetime]:
    """From when to when a nudge for `at` may be sent on a day.

    A quiet time is moved to when quiet hours end, or to shortly before they begin.
    """
    begins, ends = _waking_stretch(rhythm.quiet, at)
    last = (day + _DAY, time()) if ends is None else (day, ends)
    closes = min(moment(rhythm.zone, *last, fold=fold) for fold in (0, 1))
    usual = min(moment(rhythm.zone, day, at), closes - SHORTEST_WINDOW)
    opens = max(usual, moment(rhythm.zone, day, begins))
    return opens, max(opens, closes)


def _waking_stretch(quiet: QuietHours, at: time) -> tuple[time, time | None]:
    """The stretch of a day without quiet hours that is nearest to a time; None ends at midnight."""
    if quiet.begins == quiet.ends:
        return time(), None
    if quiet.begins > quiet.ends:
        return quiet.ends, quiet.begins
    if at < quiet.begins:
        return time(), quiet.begins
    return quiet.ends, None


def moment(zone: tzinfo, day: date, at: time, fold: int = 0) -> datetime:
    """When clocks in a zone show a time of day, in UTC.

    With `fold` 0 a time that clocks skip comes later, and one that they repeat is the first.
    """
    return datetime.combine(day, at.replace(fold=fold), tzinfo=zone).astimezone(UTC)
