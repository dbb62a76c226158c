"""What is said on the second channel: alias, category, time and what to do; never their words."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.core.alerts import category_text
from bot.core.deliveries import backoff
from bot.core.flags import Flag
from bot.core.moments import day_text
from bot.core.people import Role
from bot.core.phrases import Phrases
from bot.core.times import zone_text

PATIENCE = timedelta(minutes=1)
"""How long Telegram may take to accept an alert before the second channel is used."""

NOT_AGAIN_FOR = timedelta(minutes=4)
"""Rungs that are hurried through, or climbed late, are one notice to a person, not several."""

KEEP_TRYING = timedelta(hours=24)


class Why(StrEnum):
    """Why somebody is told on the second channel."""

    NOT_ACCEPTED = "not_accepted"
    CANNOT_BE_WRITTEN_TO = "cannot_be_written_to"
    NOBODY_TOOK_IT = "nobody_took_it"
    NOT_LINKED = "not_linked"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing owed on the second channel, to a contact or to one of the clinic's addresses.

    `key` is derived, so that owing it twice is owing it once.
    """

    key: str
    title: str = field(repr=False)
    text: str = field(repr=False)
    contact_id: int | None = None
    clinic_mark: str | None = None
    flag_id: int | None = None
    staff_id: int | None = None


@dataclass(frozen=True, slots=True)
class OwedNotice:
    """A notice as it stands in the database; `url` is None once the contact is gone."""

    id: int
    notice: Notice
    is_settled: bool
    attempts: int
    made_at: datetime
    kind: str
    url: str | None = field(repr=False)


def title_of(flag: Flag, phrases: Phrases) -> str:
    """The first line of a flag's notice."""
    return phrases.say("second_channel.flag_title", alias=flag.alias)


def text_of(flag: Flag, phrases: Phrases, why: Why, zone: ZoneInfo, bot: str) -> str:
    """A flag's notice: category, time, why it comes this way, and what to do.

    Mail may be late and lie for long: it says the clinic's clock, the day, and whose clock that is.
    """
    local = flag.raised_at.astimezone(zone)
    at, place = f"{local:%H:%M}", zone_text(zone.key)
    return phrases.say(
        "second_channel.flag",
        category=category_text(flag, phrases),
        at=phrases.say("second_channel.flag_at", at=at, day=day_text(local), place=place),
        why=phrases.say(f"second_channel.why_{why}"),
        bot=bot,
    )


def retry_after(attempts: int, made_at: datetime, now: datetime) -> timedelta | None:
    """How long to wait after so many failed attempts; None when it is too old to be of use."""
    return None if now - made_at > KEEP_TRYING else backoff(attempts)


def event_of(kind: str, outcome: str) -> str:
    """How an attempt stands in a flag's history: `second_channel:e-mail:accepted`."""
    return f"second_channel:{kind.lower().replace(' ', '-')}:{outcome}"


_ROLES = (Role.THERAPIST, Role.THERAPIST, Role.ON_CALL, Role.SUPERVISOR)


def stands_on(rung: int, role: Role, *, is_own: bool) -> bool:
    """Whether a role is told at a rung; of therapists only the family's own (`is_own`)."""
    if role is Role.THERAPIST and not is_own:
        return False
    return role is _ROLES[rung] if rung < len(_ROLES) else role in _ROLES
