"""Duty in a person's words: `mon-fri 09:00-17:00`, `2026-12-24 18:00`, read and written."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, tzinfo
from itertools import pairwise

from bot.core.duty import Hours
from bot.errors import DutyError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"([a-z]{3,9})(?:-([a-z]{3,9}))?\s+([\d:]{4,5})-([\d:]{4,5})")
MIDNIGHT = "24:00"


def read_hours(words: str) -> tuple[Hours, ...]:
    """`mon-fri 09:00-17:00` as one span for each of its days; `22:00-06:00` ends a day later.

    Raises:
        DutyError: it is not in that form.
    """
    found = _SPAN.fullmatch(words.strip().lower())
    if found is None:
        raise DutyError(f"'{words}' should be days and hours, such as 'mon-fri 09:00-17:00'")
    first, last, begins, ends = found.groups()
    span = read_time(begins), time() if ends == MIDNIGHT else read_time(ends)
    return tuple(Hours(day, *span) for day in _days(first, last or first))


def read_week(spans: Iterable[str]) -> tuple[Hours, ...]:
    """Several such spans; a day may have more than one, as long as they do not overlap.

    Raises:
        DutyError: one is not in its form, or two overlap.
    """
    week = sorted(
        (one for words in spans for one in read_hours(words)),
        key=lambda one: (one.weekday, one.begins),
    )
    for before, after in pairwise(week):
        overlaps = before.ends <= before.begins or after.begins < before.ends
        if before.weekday == after.weekday and overlaps:
            raise DutyError(f"two spans of {DAYS[before.weekday]} overlap")
    return tuple(week)


def _days(first: str, last: str) -> list[int]:
    begin, end = _day(first), _day(last)
    return [(begin + step) % 7 for step in range((end - begin) % 7 + 1)]


def _day(word: str) -> int:
    if word[:3] not in DAYS:
        raise DutyError(f"'{word}' should be a day: {', '.join(DAYS)}")
    return DAYS.index(word[:3])


def read_time(words: str) -> time:
    """`9:30` as a time of day.

    Raises:
        DutyError: it is none.
    """
    try:
        hour, minute = words.strip().split(":")
        return time(int(hour), int(minute))
    except ValueError:
        raise DutyError(f"'{words}' should be a time of day, such as 09:30") from None


def read_date(words: str) -> date:
    """`2026-12-24` as a day.

    Raises:
        DutyError: it is none.
    """
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        raise DutyError(f"'{words}' should be a day, such as 2026-12-24") from None


def read_moment(words: str, zone: tzinfo) -> datetime:
    """`2026-12-24 18:00` by a zone's clock, as a moment.

    Raises:
        DutyError: it is none.
    """
    try:
        found = datetime.fromisoformat(words.strip())
    except ValueError:
        raise DutyError(f"'{words}' should be like '2026-12-24 18:00'") from None
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def write_hours(one: Hours) -> str:
    """A span in the words that it is read from."""
    ends = MIDNIGHT if one.ends == time() else f"{one.ends:%H:%M}"
    return f"{DAYS[one.weekday]} {one.begins:%H:%M}-{ends}"


def write_moment(moment: datetime, zone: tzinfo) -> str:
    """A moment by a zone's clock, with the name that the clock has then."""
    return f"{moment.astimezone(zone):%a %d %b %Y %H:%M %Z}"
