"""Sessions with the therapist: when the next one is, and what is due before it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

ASK_AT, SEND_AT = time(10), time(19)
LEAST_TO_ANSWER = timedelta(hours=1)
EVERY_WEEKS = (1, 2, 4, 0)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SessionDates:
    """A family's sessions: the first day, the time, and every how many weeks (0: once)."""

    first_on: date
    at: time
    every_weeks: int

    def next_on(self, day: date) -> date | None:
        """The day of the next session, from a day on."""
        if day <= self.first_on:
            return self.first_on
        if not self.every_weeks:
            return None
        rhythm = timedelta(weeks=self.every_weeks)
        return self.first_on + rhythm * -(-(day - self.first_on) // rhythm)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was done before one session."""

    asked_at: datetime | None = None
    sent_at: datetime | None = None


class Due(StrEnum):
    """ask: show the parents what will be shown, and ask for more. send: the digest.

    wait: a flag is open and nobody was asked, so that there is no digest this evening.
    """

    ASK = "ask"
    SEND = "send"
    WAIT = "wait"


def due_before(
    dates: SessionDates,
    session_on: date,
    prepared: Prepared,
    zone: tzinfo,
    now: datetime,
    *,
    flag_is_open: bool = False,
) -> Due | None:
    """What is due before a session: the parents are asked the day before, and the digest follows
    that evening; when the session was only set later, or a flag was open, both come as soon as
    they can. Nothing is sent before it was sent to the parents."""
    begins = _moment(zone, session_on, dates.at)
    if prepared.sent_at is not None or now >= begins:
        return None
    if prepared.asked_at is None:
        if flag_is_open:
            return Due.WAIT if now >= _moment(zone, session_on - _DAY, SEND_AT) else None
        return Due.ASK if now >= _moment(zone, session_on - _DAY, ASK_AT) else None
    send_at = max(_moment(zone, session_on - _DAY, SEND_AT), prepared.asked_at + LEAST_TO_ANSWER)
    return Due.SEND if now >= send_at else None


def coming(dates: SessionDates, zone: tzinfo, now: datetime) -> date | None:
    """The session that has not begun yet."""
    today = now.astimezone(zone).date()
    found = dates.next_on(today)
    if found == today and now >= _moment(zone, today, dates.at):
        return dates.next_on(today + _DAY)
    return found


def begins_at(dates: SessionDates, session_on: date, zone: tzinfo) -> datetime:
    """The moment at which a session begins."""
    return _moment(zone, session_on, dates.at)


def _moment(zone: tzinfo, day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
