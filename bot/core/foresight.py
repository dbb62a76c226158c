"""When a parent's next nudge comes, as far as it can be told now, and which plans take turns."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from itertools import combinations

from bot.core.nudges import Calm, Chosen, PastNudge, decide
from bot.core.phrases import Phrases
from bot.core.practice import PracticePlan, Times
from bot.core.rhythm import Rhythm
from bot.core.times import time_text

LOOKS = 4
Picked = tuple[PracticePlan, Times]


def next_nudge_at(
    rhythm: Rhythm,
    plans: Sequence[Chosen],
    past: Sequence[PastNudge],
    now: datetime,
    holidays: AbstractSet[date] = frozenset(),
) -> datetime | None:
    """When the next nudge comes if nothing holds it back; None if none is to be expected.

    A flag is left out of account: nobody may read from this that there is one.
    """
    at = now
    for _ in range(LOOKS):
        found = decide(rhythm, plans, past, Calm(), at, holidays=holidays)
        if found.nudges:
            return at
        if found.look_at is None or found.look_at <= at:
            return None
        at = found.look_at
    return None


def next_nudge_text(at: datetime | None, rhythm: Rhythm, now: datetime, phrases: Phrases) -> str:
    """That moment in words, by the parent's clock; nothing where none is to be expected."""
    if at is None:
        return ""
    if at <= now:
        return phrases.say("practice.next_now")
    there = at.astimezone(rhythm.zone)
    ahead = there.date() - rhythm.day_of(now)
    if ahead == timedelta():
        day = phrases.say("practice.when_today")
    elif ahead == timedelta(days=1):
        day = phrases.say("practice.when_tomorrow")
    else:
        day = phrases.say("practice.when_on", day=f"{there:%a} {there.day} {there:%B}")
    return phrases.say("practice.next_nudge", day=day, at=time_text(there.time()))


def in_turn_with(one: Picked, others: Sequence[Picked]) -> tuple[PracticePlan, ...]:
    """The plans that have a day in common with this one, and so take turns with it."""
    return tuple(other[0] for other in others if _take_turns(one, other))


def some_take_turns(plans: Sequence[Picked]) -> bool:
    """Whether there are days on which one of several plans has its turn."""
    return any(_take_turns(first, second) for first, second in combinations(plans, 2))


def _take_turns(first: Picked, second: Picked) -> bool:
    (plan, times), (other, other_times) = first, second
    are_shared = not plan.has_own_day and not other.has_own_day
    return plan.id != other.id and are_shared and bool(times.days & other_times.days)
