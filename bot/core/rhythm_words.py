"""Reading what parents write about their own rhythm: a date to pause until, quiet hours."""

import re
from datetime import date, datetime, time, timedelta

from bot.core.practice import QuietHours

LEAST_AWAKE = timedelta(hours=4)
NEVER_QUIET = QuietHours(time(), time())
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.? ([a-z]{3})[a-z]*\.?,?(?: (\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?")
_NUMBERS = re.compile(r"(\d{1,2})[./](\d{1,2})\.?(?:[./]?(\d{4}))?")
_HOURS = re.compile(
    r"(\d{1,2})(?:[:.](\d{2}))? ?([ap]m)? ?(?:-|–|to|until) ?"
    r"(\d{1,2})(?:[:.](\d{2}))? ?([ap]m)?"
)
_SPAN = re.compile(r"(\d{1,2}|an?|one|two|three|four|six) (day|week|month)s?")
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_SPANS = {"day": 1, "week": 7, "month": 28}
_WEEKDAY = re.compile(
    r"(?:(?:next|on|this) )?(mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LEAD = re.compile(r"^(?:until|till|to|for|the) ")
_NO = frozenset({"none", "no", "never", "off"})


def read_date(words: str, today: date) -> date | None:
    """A day that is still to come: `24 December`, `Dec 24`, `24/12`, `2026-12-24`; day first.

    Or `Monday`, `tomorrow`, `2 weeks`. Without a year it is the next such day; None: not read, or
    not to come.
    """
    text = _LEAD.sub("", words.strip().lower()).strip()
    return _from_today(text, today) or _by_name(text, today)


def _from_today(text: str, today: date) -> date | None:
    if text == "tomorrow":
        return today + timedelta(days=1)
    if found := _SPAN.fullmatch(text):
        count = _COUNTS.get(found[1]) or int(found[1])
        return today + timedelta(days=count * _SPANS[found[2]]) if count else None
    if found := _WEEKDAY.fullmatch(text):
        ahead = (_WEEKDAYS.index(found[1][:3]) - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=ahead)
    return None


def _by_name(text: str, today: date) -> date | None:
    if found := _ISO.fullmatch(text):
        return _coming(found[1], found[2], found[3], today)
    if found := _DAY_MONTH.fullmatch(text):
        return _coming(found[3], _month(found[2]), found[1], today)
    if found := _MONTH_DAY.fullmatch(text):
        return _coming(found[3], _month(found[1]), found[2], today)
    if found := _NUMBERS.fullmatch(text):
        return _coming(found[3], found[2], found[1], today)
    return None


def read_quiet_hours(words: str) -> QuietHours | None:
    """`20:30-7`, `9pm to 7am`, or `none`; None: not read, or too little of the day is left."""
    text = words.strip().lower()
    if text in _NO:
        return NEVER_QUIET
    found = _HOURS.fullmatch(text)
    if found is None:
        return None
    begins, ends = _clock(*found.group(1, 2, 3)), _clock(*found.group(4, 5, 6))
    if begins is None or ends is None:
        return None
    quiet = QuietHours(begins, ends)
    return quiet if awake(quiet) >= LEAST_AWAKE else None


def awake(quiet: QuietHours) -> timedelta:
    """How much of a day is not quiet."""
    day = date(2000, 1, 1)
    hushed = datetime.combine(day, quiet.ends) - datetime.combine(day, quiet.begins)
    return timedelta(days=1) - hushed % timedelta(days=1)


def _coming(year: str | None, month: str, day: str, today: date) -> date | None:
    years = [int(year)] if year else [today.year, today.year + 1]
    for one in years:
        try:
            found = date(one, int(month), int(day))
        except ValueError:
            continue
        if found > today:
            return found
    return None


def _month(name: str) -> str:
    return str(_MONTHS.index(name) + 1) if name in _MONTHS else "0"


def _clock(hour: str, minute: str | None, half: str | None) -> time | None:
    hours, minutes = int(hour), int(minute or 0)
    if half is not None:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half == "pm" else 0)
    return time(hours % 24, minutes) if hours <= 24 and minutes < 60 else None
