"""When whoever reads something is at work: said by the parent's clock, and never as a promise."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from bot.core.phrases import Phrases
from bot.core.planning import date_text

_DAY = timedelta(days=1)
_NAMED_DAYS = 6  # within so many days a weekday names one day only


@dataclass(frozen=True, slots=True)
class AtWork:
    """When somebody is at work next: `asked_at` itself where they are, None without hours.

    `zone` is the parent's clock; `is_elsewhere`: another stands where whoever it is works.
    """

    name: str
    next_at: datetime | None
    asked_at: datetime
    zone: tzinfo
    is_elsewhere: bool = False


def clocks_differ(at: datetime | None, zone: tzinfo, there: tzinfo) -> bool:
    """Whether two clocks show another time at a moment."""
    return at is not None and at.astimezone(zone).utcoffset() != at.astimezone(there).utcoffset()


def when_text(at_work: AtWork, phrases: Phrases) -> str:
    """A sentence on when an answer could come; without hours, that this is not known."""
    if at_work.next_at is None:
        return phrases.say("answers.when_unknown")
    if at_work.next_at <= at_work.asked_at:
        return phrases.say("answers.when_at_work", name=at_work.name)
    return phrases.say("answers.when_next", name=at_work.name, when=_moment_text(at_work, phrases))


def when_covered(therapist: str, back_on: date, cover: AtWork, phrases: Phrases) -> str:
    """The same, where it is read by somebody who stands in for a therapist on leave."""
    back = date_text(back_on)
    who = phrases.say("answers.when_covered", therapist=therapist, back=back, cover=cover.name)
    return f"{who} {when_text(cover, phrases)}"


def when_away(therapist: AtWork, back_on: date, phrases: Phrases) -> str:
    """The same, where it waits for a therapist on leave."""
    if therapist.next_at is None:
        back = date_text(back_on)
        return phrases.say("answers.when_away", therapist=therapist.name, back=back)
    when = _moment_text(therapist, phrases)
    return phrases.say("answers.when_away_until", therapist=therapist.name, when=when)


def therapist_text(therapist: AtWork, back_on: date | None, phrases: Phrases) -> str:
    """When the family's therapist is at work, for a parent who waits for anybody; often nothing."""
    if therapist.next_at is None:
        if back_on is None:
            return ""
        back = date_text(back_on)
        return phrases.say("holding.back_from_leave", name=therapist.name, back=back)
    if therapist.next_at <= therapist.asked_at:
        return phrases.say("holding.at_work", name=therapist.name)
    when = _moment_text(therapist, phrases)
    return phrases.say("holding.next_at_work", name=therapist.name, when=when)


def _moment_text(at_work: AtWork, phrases: Phrases) -> str:
    assert at_work.next_at is not None, "it is asked before"
    local, today = (
        at_work.next_at.astimezone(at_work.zone),
        at_work.asked_at.astimezone(at_work.zone),
    )
    days = (local.date() - today.date()) // _DAY
    time = f"{local.hour}:{local:%M}"
    day = phrases.say("answers.day_on", day=_day_text(local.date(), days))
    if days < 2:
        day = phrases.say("answers.day_tomorrow" if days else "answers.day_today")
    form = "answers.moment_by_your_clock" if at_work.is_elsewhere else "answers.moment"
    return phrases.say(form, day=day, time=time)


def _day_text(day: date, days: int) -> str:
    return f"{day:%A}" if days <= _NAMED_DAYS else date_text(day)
