"""A hard day is told to the therapist: what they read of it, and what the parent is told."""

from datetime import date, timedelta

from bot.core.people import Parent
from bot.core.phrases import Phrases
from bot.core.planning import date_text
from bot.core.practice_replies import barrier_text

ACTION = "tellhard"


def read_hard_day(argument: str) -> tuple[int, str] | None:
    """The log's entry and the barrier that a button carries: `12.no_time`, or the entry alone."""
    number, _, barrier = argument.partition(".")
    return (int(number), barrier) if number.isdecimal() else None


def hard_day_text(
    parent: Parent,
    title: str,
    barrier: str,
    day: date,
    today: date,
    phrases: Phrases,
    *,
    covers: bool = False,
) -> str:
    """What the therapist reads; `covers`: it is somebody who has their families meanwhile."""
    words = phrases.say(
        "practice.to_therapist_hard",
        alias=parent.family.alias,
        parent=parent.name,
        title=title,
        when=when_text(day, today, phrases),
        barrier=barrier_text(barrier, phrases),
    )
    if not covers:
        return words
    line = phrases.say("practice.you_cover", therapist=parent.family.therapist.name)
    return f"{line}\n{words}"


def when_text(day: date, today: date, phrases: Phrases) -> str:
    """A day that was, from today."""
    if day == today:
        return phrases.say("practice.when_today")
    if day == today - timedelta(days=1):
        return phrases.say("practice.when_yesterday")
    return phrases.say("practice.when_on", day=date_text(day))


def told_text(
    therapist: str,
    phrases: Phrases,
    *,
    is_reached: bool = True,
    cover: str | None = None,
    back_on: date | None = None,
) -> str:
    """What the parent is told: who has it, and whether that can bring an answer soon."""
    if not is_reached:
        return phrases.say("practice.told_not_linked", therapist=therapist)
    if back_on is None:
        return phrases.say("practice.told", therapist=therapist)
    back = date_text(back_on)
    if cover is not None:
        return phrases.say("practice.read_by_cover", therapist=therapist, back=back, cover=cover)
    return phrases.say("practice.read_later", therapist=therapist, back=back)
