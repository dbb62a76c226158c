"""Setting a family's session dates by buttons: whom, which day, what time, how often."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.core.people import Family
from bot.core.phrases import Phrases
from bot.core.planning import FAMILIES_SHOWN, date_text, matching
from bot.core.replies import Button, Reply
from bot.core.sessions import EVERY_WEEKS, SessionDates
from bot.core.times import time_text

ACTION = "meet"
DAYS_OFFERED = 14
HOURS_OFFERED = range(8, 20)
NONE = "none"


@dataclass(frozen=True, slots=True)
class SessionChoice:
    """What a therapist has chosen so far."""

    family_id: int
    on: date | None = None
    hour: int | None = None
    every_weeks: int | None = None
    drops: bool = False


def read_session_choice(argument: str) -> SessionChoice | None:
    """The choices that a button carries: `12.20260305.15.1`, or fewer; `12.none` drops them."""
    family, day, hour, every = (*argument.split("."), *[""] * 4)[:4]
    if not family.isdecimal():
        return None
    if day == NONE:
        return SessionChoice(int(family), drops=True)
    try:
        on = date.fromisoformat(day) if day else None
        choice = SessionChoice(
            int(family), on, int(hour) if hour else None, int(every) if every else None
        )
    except ValueError:
        return None
    is_known = choice.every_weeks in (None, *EVERY_WEEKS) and (choice.hour or 0) < 24
    return choice if is_known else None


def dates_of(choice: SessionChoice) -> SessionDates | None:
    """The dates, once everything is chosen."""
    if choice.on is None or choice.hour is None or choice.every_weeks is None:
        return None
    return SessionDates(choice.on, time(choice.hour), choice.every_weeks)


def ask_whose_sessions(families: Sequence[Family], name: str, phrases: Phrases) -> Reply:
    """The sessions of which family."""
    if not families:
        return Reply(phrases.say("practice.plan_none"))
    found = matching(families, name)
    rows = tuple((Button(one.alias, f"{ACTION}:{one.id}"),) for one in found[:FAMILIES_SHOWN])
    there_are_more = len(found) > FAMILIES_SHOWN
    text = phrases.say("digest.session_whom_more" if there_are_more else "digest.session_whom")
    return Reply(text, rows)


def ask_session(
    family: Family,
    choice: SessionChoice,
    known: SessionDates | None,
    today: date,
    phrases: Phrases,
) -> Reply:
    """The next question on the way to a family's dates."""
    if choice.on is None:
        return _ask_day(family, known, today, phrases)
    if choice.hour is None:
        return _ask_hour(family, choice.on, phrases)
    return _ask_often(family, choice.on, choice.hour, phrases)


def _ask_day(family: Family, known: SessionDates | None, today: date, phrases: Phrases) -> Reply:
    days = [today + timedelta(days=ahead) for ahead in range(1, DAYS_OFFERED + 1)]
    buttons = [
        Button(f"{day:%a} {day.day} {day:%b}", f"{ACTION}:{family.id}.{day:%Y%m%d}") for day in days
    ]
    rows = [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
    if known is None:
        return Reply(phrases.say("digest.session_which_day", alias=family.alias), tuple(rows))
    none = Button(phrases.say("digest.no_sessions_button"), f"{ACTION}:{family.id}.{NONE}")
    text = phrases.say(
        "digest.session_now",
        alias=family.alias,
        day=date_text(known.next_on(today) or known.first_on),
        at=time_text(known.at),
        often=every_text(known.every_weeks, phrases),
    )
    return Reply(text, (*rows, (none,)))


def _ask_hour(family: Family, on: date, phrases: Phrases) -> Reply:
    buttons = [
        Button(time_text(time(hour)), f"{ACTION}:{family.id}.{on:%Y%m%d}.{hour}")
        for hour in HOURS_OFFERED
    ]
    rows = tuple(tuple(buttons[start : start + 4]) for start in range(0, len(buttons), 4))
    text = phrases.say("digest.session_what_time", alias=family.alias, day=date_text(on))
    return Reply(text, rows)


def _ask_often(family: Family, on: date, hour: int, phrases: Phrases) -> Reply:
    so_far = f"{ACTION}:{family.id}.{on:%Y%m%d}.{hour}"
    rows = tuple(
        (
            Button(
                phrases.say("digest.pick_every_button", every=every_text(every, phrases)),
                f"{so_far}.{every}",
            ),
        )
        for every in EVERY_WEEKS
    )
    text = phrases.say(
        "digest.session_how_often",
        alias=family.alias,
        day=date_text(on),
        at=time_text(time(hour)),
    )
    return Reply(text, rows)


def session_set(family: Family, dates: SessionDates, phrases: Phrases) -> Reply:
    """What the therapist reads when the dates are kept."""
    text = phrases.say(
        "digest.session_set",
        alias=family.alias,
        day=date_text(dates.first_on),
        at=time_text(dates.at),
        often=every_text(dates.every_weeks, phrases),
    )
    return Reply(text)


def every_text(every_weeks: int, phrases: Phrases) -> str:
    """How often, in words."""
    return phrases.say(f"digest.every_{every_weeks}")
