"""How each parent stands to a plan: practising, resting, or gone from it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.core.phrases import Phrases
from bot.core.planning import date_text
from bot.core.practice import Times
from bot.core.rhythm import Rhythm
from bot.core.times import days_text, time_text

FOR_EVER = date(9999, 1, 1)


class Stand(StrEnum):
    """goes: nudges come. unpicked: no days yet. waiting: several nudges were ignored in a row.

    left: they ended it for themselves. rests: they paused this plan. paused, stopped: all nudges.
    """

    GOES = "goes"
    UNPICKED = "unpicked"
    WAITING = "waiting"
    LEFT = "left"
    RESTS = "rests"
    PAUSED = "paused"
    STOPPED = "stopped"


CHOSEN = frozenset({Stand.LEFT, Stand.RESTS, Stand.PAUSED, Stand.STOPPED})
"""What a parent has chosen themselves, and their therapist should know of."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A parent and a plan; `since`: when they chose to stand so, None where that is not known."""

    stand: Stand
    times: Times | None = None
    until: date | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Since:
    """When a parent picked days, paused this plan, paused everything, stopped everything."""

    picked: datetime | None = None
    rests: datetime | None = None
    paused: datetime | None = None
    stopped: datetime | None = None


def standing_of(
    times: Times | None, rhythm: Rhythm | None, since: Since, now: datetime
) -> Standing:
    """How a parent stands to a plan: what holds the most back is what is said."""
    if rhythm is not None and rhythm.is_stopped:
        return Standing(Stand.STOPPED, since=since.stopped)
    if times is not None and not times.days:
        return Standing(Stand.LEFT, since=since.picked)
    if times is not None and times.rests:
        return Standing(Stand.RESTS, since=since.rests)
    if rhythm is not None and rhythm.is_paused(now):
        return Standing(Stand.PAUSED, until=rhythm.paused_until, since=since.paused)
    if times is None:
        return Standing(Stand.UNPICKED)
    if rhythm is not None and rhythm.is_waiting:
        return Standing(Stand.WAITING, times)
    return Standing(Stand.GOES, times)


def standing_text(one: Standing, phrases: Phrases) -> str:
    """The same in words, without whose it is."""
    match one:
        case Standing(Stand.GOES, Times() as times):
            days, at = days_text(times.days, phrases), time_text(times.at)
            return phrases.say("practice.stands_goes", days=days, at=at)
        case Standing(Stand.PAUSED, until=date() as until) if until != FOR_EVER:
            return phrases.say("practice.stands_paused_until", until=date_text(until))
        case _:
            return phrases.say(f"practice.stand_{one.stand}")
