"""Nudges: which are due now, decided from the plans, the log, the quiet hours and the time.

A nudge is due in its window: from the time that the parent picked until quiet hours or midnight.
Everything is by the parent's own day and clock; `now` and the windows are moments.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.core.practice import PracticePlan, Times
from bot.core.rhythm import Rhythm, moment, window

IGNORED_AT_MOST = 3
CALM_AFTER_FLAG = timedelta(days=1)
LOOK_AGAIN = timedelta(minutes=10)
DAYS_AHEAD = 8
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A plan with the times that a parent picked for it; `wordings` is how many its skill has."""

    plan: PracticePlan
    times: Times
    wordings: int


@dataclass(frozen=True, slots=True)
class PastNudge:
    """A nudge that was sent; `is_ignored`: it stands there unanswered.

    `has_own_day`: its plan took nothing from the day that the others share.
    """

    plan_id: int
    day: date
    wording: int
    is_ignored: bool
    has_own_day: bool = False


@dataclass(frozen=True, slots=True)
class Calm:
    """What holds nudges back: a flag, a safety check, or a flag that was closed a while ago.

    `flag_closed_at` is None when there was none, or when the therapist allows nudges again.
    """

    flag_is_open: bool = False
    check_is_open: bool = False
    flag_closed_at: datetime | None = None

    def until(self, now: datetime) -> datetime | None:
        """Until when nothing is sent; None if nothing holds it back."""
        if self.flag_is_open or self.check_is_open:
            return now + LOOK_AGAIN
        if self.flag_closed_at is not None and now < self.flag_closed_at + CALM_AFTER_FLAG:
            return self.flag_closed_at + CALM_AFTER_FLAG
        return None


@dataclass(frozen=True, slots=True)
class Nudge:
    """One thing to ask of a parent on a day; `until` is the last moment to send it."""

    plan_id: int
    day: date
    wording: int
    until: datetime


class Held(StrEnum):
    """Why there is no nudge now."""

    NO_PLAN = "no_plan"
    NOT_YET = "not_yet"
    STOPPED = "stopped"
    PAUSED = "paused"
    WAITING = "waiting"
    HOLIDAY = "holiday"
    QUIET = "quiet"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Decision:
    """Either nudges, or why there are none, and when to look again (None: when something changes).

    `asks_another_time`: it is time to say that the bot will wait, and to ask what would suit.
    """

    nudges: tuple[Nudge, ...] = ()
    held: Held | None = None
    look_at: datetime | None = None
    asks_another_time: bool = False


@dataclass(frozen=True, slots=True)
class _Slot:
    chosen: Chosen
    day: date
    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class _Free:
    """What days are left: not those that were nudged on, and not the clinic's holidays."""

    past: Sequence[PastNudge]
    holidays: AbstractSet[date]


def decide(
    rhythm: Rhythm,
    plans: Sequence[Chosen],
    past: Sequence[PastNudge],
    calm: Calm,
    now: datetime,
    *,
    delay: timedelta = timedelta(),
    holidays: AbstractSet[date] = frozenset(),
) -> Decision:
    """Which nudges a parent gets now; `delay` is theirs, so that not all are sent at once.

    On the clinic's `holidays` there are none: the turn passes to the next day that they picked.
    """
    if rhythm.is_stopped:
        return Decision(held=Held.STOPPED)
    if rhythm.is_waiting:
        return Decision(held=Held.WAITING)
    today = rhythm.day_of(now)
    if rhythm.paused_until is not None and rhythm.is_paused(now):
        return Decision(held=Held.PAUSED, look_at=moment(rhythm.zone, rhythm.paused_until, time()))
    lasting = [one for one in plans if one.times.are_asked and today <= one.plan.ends_on]
    if not lasting:
        return Decision(held=Held.NO_PLAN)
    free = _Free(past, holidays)
    slots = [_next_slot(rhythm, group, free, now, delay) for group in _groups(lasting)]
    found = [slot for slot in slots if slot is not None]
    due = [slot for slot in found if slot.opens <= now]
    look_at = min((slot.opens for slot in found if slot.opens > now), default=now + _DAY)
    if not due:
        rests = today in holidays and any(_falls_on(one, today) for one in lasting)
        return Decision(held=Held.HOLIDAY if rests else Held.NOT_YET, look_at=look_at)
    decided = _now_or_held(rhythm, due, past, calm, now)
    if not decided.nudges:
        return decided
    own = {one.plan.id for one in plans if one.plan.has_own_day}
    sent = [
        PastNudge(one.plan_id, one.day, one.wording, True, one.plan_id in own)
        for one in decided.nudges
    ]
    after = decide(rhythm, plans, [*past, *sent], calm, now, delay=delay, holidays=holidays)
    return replace(decided, look_at=after.look_at)


def _now_or_held(
    rhythm: Rhythm, due: Sequence[_Slot], past: Sequence[PastNudge], calm: Calm, now: datetime
) -> Decision:
    if rhythm.is_quiet(now):  # an hour that the clocks repeat
        return Decision(held=Held.QUIET, look_at=now + LOOK_AGAIN)
    held_until = calm.until(now)
    if held_until is not None:
        return Decision(held=Held.FLAG, look_at=held_until)
    earlier = [one for one in past if one.day < rhythm.day_of(now)]
    if days_ignored(earlier, rhythm.counts_from) >= IGNORED_AT_MOST:
        return Decision(held=Held.WAITING, asks_another_time=True)
    return Decision(
        tuple(
            Nudge(slot.chosen.plan.id, slot.day, _next_wording(slot.chosen, past), slot.closes)
            for slot in due
        )
    )


def days_ignored(past: Sequence[PastNudge], counts_from: date | None) -> int:
    """On how many of the last days with nudges in a row none was answered."""
    counted = [one for one in past if counts_from is None or one.day > counts_from]
    answered = max((one.day for one in counted if not one.is_ignored), default=date.min)
    return len({one.day for one in counted if one.day > answered})


def _groups(plans: Sequence[Chosen]) -> list[list[Chosen]]:
    """Plans that share their day, and each plan that has its own."""
    shared = [one for one in plans if not one.plan.has_own_day]
    alone = [[one] for one in plans if one.plan.has_own_day]
    return [shared, *alone] if shared else alone


def _next_slot(
    rhythm: Rhythm,
    group: Sequence[Chosen],
    free: _Free,
    now: datetime,
    delay: timedelta,
) -> _Slot | None:
    """The next day and window in which one of these plans has its turn."""
    taken = {one.day for one in free.past if _takes_from(group, one)} | free.holidays
    ahead = DAYS_AHEAD + 7 * len(free.holidays)
    first = max(rhythm.day_of(now), min(one.plan.starts_on for one in group))
    for day in (first + _DAY * number for number in range(ahead)):
        if day in taken:
            continue
        slots = [_slot(rhythm, one, day, delay) for one in group if _falls_on(one, day)]
        still = [slot for slot in slots if now < slot.closes]
        if still:
            return min(still, key=lambda slot: _turn(slot.chosen, free.past))
    return None


def _takes_from(group: Sequence[Chosen], one: PastNudge) -> bool:
    """Whether a nudge took a day of these plans; its own plan may have ended since."""
    if group[0].plan.has_own_day:
        return one.plan_id == group[0].plan.id
    return not one.has_own_day


def _falls_on(one: Chosen, day: date) -> bool:
    return one.plan.runs_on(day) and one.times.falls_on(day)


def _slot(rhythm: Rhythm, one: Chosen, day: date, delay: timedelta) -> _Slot:
    opens, closes = window(rhythm, day, one.times.at)
    return _Slot(one, day, opens + min(delay, (closes - opens) / 2), closes)


def _turn(one: Chosen, past: Sequence[PastNudge]) -> tuple[date, int]:
    """Whose turn it is: the plan whose last nudge is longest ago, then the older plan."""
    days = [nudge.day for nudge in past if nudge.plan_id == one.plan.id]
    return max(days, default=date.min), one.plan.id


def _next_wording(one: Chosen, past: Sequence[PastNudge]) -> int:
    """The wording after the last one, so that none comes twice in a row."""
    mine = [nudge for nudge in past if nudge.plan_id == one.plan.id]
    last = max(mine, key=lambda nudge: nudge.day, default=None)
    return 0 if last is None else (last.wording + 1) % one.wordings
