"""Flags: a durable record that somebody may be in danger, open until a person closes it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.people import Staff
from bot.core.triage import Category


class FlagState(StrEnum):
    """What is known of a flag; each state is one sentence.

    raised: it is written down, and nobody is known to have it.
    delivered: Telegram accepted an alert to at least one person.
    acknowledged: a person has said that they take it.
    closed: that person has said how it ended.
    """

    RAISED = "raised"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


WAITING = frozenset({FlagState.RAISED, FlagState.DELIVERED})
"""In these states nobody has taken a flag, and its ladder goes on."""


class Outcome(StrEnum):
    """How a flag ended, in the words of the person who took it."""

    SAFE_NOW = "safe_now"
    EMERGENCY_SERVICES = "emergency_services"
    HANDED_OVER = "handed_over"
    NOT_URGENT = "not_urgent"


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag. `family_id` is None where a stranger wrote; `holder` is who took it, and
    `offered_to` the colleague whom the holder has asked to take it over."""

    id: int
    chat_id: int
    family_id: int | None
    alias: str
    country: str
    category: Category
    reason: str
    state: FlagState
    raised_at: datetime
    next_rung: int
    therapist: Staff | None
    holder: Staff | None
    message_id: int | None
    offered_to: Staff | None = None

    @property
    def is_open(self) -> bool:
        """Whether the family still waits for a person."""
        return self.state is not FlagState.CLOSED

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has taken it yet."""
        return self.state in WAITING

    @property
    def ids(self) -> tuple[str, ...]:
        """The flag and its family, as the audit trail names them."""
        own = f"flag:{self.id}"
        return (own,) if self.family_id is None else (own, f"family:{self.family_id}")


class Taking(StrEnum):
    """What pressing *Take it* led to."""

    TAKEN = "taken"
    ALREADY_YOURS = "already_yours"
    SOMEBODY_HAS_IT = "somebody_has_it"
    IS_CLOSED = "is_closed"
    NOT_YOURS_TO_TAKE = "not_yours_to_take"


def take(flag: Flag, by: Staff, *, alerted: bool) -> Taking:
    """Decide who gets a flag: the first who presses, among those it was sent to.

    Whoever has it keeps it, unless they have offered it to the one who presses.
    """
    if not alerted:
        return Taking.NOT_YOURS_TO_TAKE
    if not flag.is_open:
        return Taking.IS_CLOSED
    if flag.holder is None or (flag.offered_to is not None and flag.offered_to.id == by.id):
        return Taking.TAKEN
    return Taking.ALREADY_YOURS if flag.holder.id == by.id else Taking.SOMEBODY_HAS_IT
