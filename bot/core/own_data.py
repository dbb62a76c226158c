"""What is kept about one parent, as it is put together for them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

ONCE_IN = timedelta(hours=1)
"""How often a parent may ask for it."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """A version of a text that they agreed to; `until` is None for the one that holds."""

    version: str
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something in their chat: by them, or by the bot and whoever wrote through it.

    `kind` is what came or went (`text`, `photo`, `edited_text`, `file` …). `route`, `evidence` and
    `score` say how what they wrote was read.
    """

    at: datetime
    is_theirs: bool
    kind: str
    words: str = field(repr=False)
    route: str | None = None
    evidence: tuple[str, ...] = field(default=(), repr=False)
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that happened, in a few short values."""

    at: datetime
    what: str
    rest: str = ""
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """A plan that they were given, with the weekdays and the time they picked."""

    skill_id: str
    goal: str = field(repr=False)
    note: str = field(repr=False)
    starts_on: date
    ends_on: date
    state: str
    days: frozenset[int] = frozenset()
    at: time | None = None


@dataclass(frozen=True, slots=True)
class OwnDay:
    """What they said of a day's practice; `skill_id` names the skill."""

    day: date
    skill_id: str
    answer: str
    barrier: str | None
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OwnNudge:
    """A nudge that was made for them; `withheld` says why it was not sent."""

    day: date
    skill_id: str
    withheld: str | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnRhythm:
    """When they want to hear from the bot unasked."""

    zone: str
    quiet_begins: time
    quiet_ends: time
    paused_until: date | None
    stopped_at: datetime | None
    learns_since: datetime | None
    learns_version: str | None


@dataclass(frozen=True, slots=True)
class TriedTime:
    """A time of day that was tried for them, and the chance that it had."""

    day: date
    at: time
    probability: float


@dataclass(frozen=True, slots=True)
class OwnData:
    """Everything that is kept about one parent, but for what staff noted for themselves."""

    consents: tuple[Agreed, ...]
    talk: tuple[Spoken, ...]
    answers: tuple[Dated, ...]
    wordings: tuple[Dated, ...]
    checks: tuple[Dated, ...]
    flags: tuple[Dated, ...]
    questions: tuple[Dated, ...]
    plans: tuple[OwnPlan, ...]
    practices: tuple[OwnDay, ...]
    nudges: tuple[OwnNudge, ...]
    notes: tuple[Spoken, ...]
    tried: tuple[TriedTime, ...]
    rhythm: OwnRhythm | None
