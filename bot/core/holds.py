"""Holds: somebody has taken a flag; if nothing follows from them, it goes back to everyone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.core.flags import Flag
from bot.core.people import Staff
from bot.core.triage import Category, Concern, Verdict


class Next(StrEnum):
    """What is done about a silent holder: nothing yet, ask them, or let the ladder go on."""

    WAIT = "wait"
    ASK = "ask"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Hold:
    """One acknowledgement. `number` is its line in the history; `active_at` is when its holder
    last did anything: took it, read it, wrote to the family, or said that they are on it."""

    number: int
    holder_id: int
    active_at: datetime
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """What follows from a holder's silence now, and when to look again."""

    next: Next
    look_at: datetime


def after_silence(hold: Hold, now: datetime, patience: timedelta) -> Silence:
    """Ask after two thirds of the patience, release after all of it; never without having asked."""
    left, active_at = patience / 3, hold.active_at.astimezone(UTC)
    asked_at = hold.asked_at.astimezone(UTC) if hold.asked_at else None
    if asked_at is not None and asked_at >= active_at:
        due = asked_at + left
        return Silence(Next.RELEASE if due <= now else Next.WAIT, due)
    due = active_at + patience - left
    return Silence(Next.ASK, now + left) if due <= now else Silence(Next.WAIT, due)


@dataclass(frozen=True, slots=True)
class Danger:
    """What a message that triage called urgent speaks of, and what decided that."""

    category: Category
    reason: str


def danger_in(verdict: Verdict) -> Danger | None:
    """The danger that a verdict is sure of, if it is of any."""
    if verdict.concern is not Concern.URGENT:
        return None
    return Danger(verdict.category or Category.OTHER_DANGER, verdict.reason)


def is_certain(danger: Danger) -> bool:
    """Whether a rule found it; anything else is the model's reading of the whole."""
    return danger.reason.startswith("rule:")


def makes_worse(danger: Danger, known: tuple[Danger, ...]) -> bool:
    """Whether a message tells of another danger than is known, or a certain rule found new words.

    A second urgent message of the same kind is no news; a parent who writes ten rings once.
    """
    is_other = danger.category not in {one.category for one in known}
    is_vague = danger.category is Category.OTHER_DANGER
    is_new_rule = is_certain(danger) and danger.reason not in {one.reason for one in known}
    return is_new_rule or (is_other and not is_vague)


AGAIN_AFTER = timedelta(minutes=2)
"""Whoever asks for a person, or changes a message, several times in this time rings once."""


def rings_again(last_at: datetime | None, now: datetime) -> bool:
    """Whether the same wish rings once more, some time after it did last."""
    return last_at is None or now - last_at >= AGAIN_AFTER


def named_in(danger: Danger, flag: Flag) -> Category:
    """The category that staff read of a further message: a rule's, or what the flag said before.

    A model's guess at a few words in the middle of a crisis names no new danger.
    """
    return danger.category if is_certain(danger) else flag.category


class Passing(StrEnum):
    """What choosing a colleague led to."""

    OFFERED = "offered"
    NOT_YOURS = "not_yours"
    IS_CLOSED = "is_closed"
    CANNOT = "cannot"


def pass_to(flag: Flag, by: Staff, colleague: Staff | None, *, alerted: bool) -> Passing:
    """Decide whether somebody may offer a flag to a colleague, who then has to take it.

    Whoever has it may; while nobody has it, anybody to whom it was sent (`alerted`): they wake a
    colleague before the ladder does, which goes on meanwhile.
    """
    if not flag.is_open:
        return Passing.IS_CLOSED
    may_pass = alerted if flag.holder is None else flag.holder.id == by.id
    if not may_pass:
        return Passing.NOT_YOURS
    if colleague is None or colleague.id == by.id or not colleague.is_linked:
        return Passing.CANNOT
    return Passing.OFFERED
