"""How much is answered when a chat sends a lot at once.

Nothing here decides about danger: every message is stored and judged before it is asked of.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.receiving import Step

WITHIN = timedelta(minutes=1)
SAYS_AGAIN = timedelta(minutes=5)

OF_PARENT = frozenset({Step.CONSULT, Step.STICKER})
"""What a parent gets from the machine; what goes to a person goes there, however much it is."""
OF_STRANGER = OF_PARENT | {Step.MEDIUM_PASSED_ON}
"""What is answered with how to join: a stranger's media reach nobody in any case."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many messages a minute of one chat are answered one by one."""

    parent: int = 20
    stranger: int = 5


@dataclass(frozen=True, slots=True)
class Lately:
    """How many messages a chat sent in the minute before this one, and when it last read that it
    sent a lot at once."""

    messages: int
    said_at: datetime | None = None


NOTHING_LATELY = Lately(0)


def paced(step: Step, lately: Lately, bound: int, now: datetime, *, of: frozenset[Step]) -> Step:
    """The step, unless it would be one answer too many: then one gathered reply, and no more."""
    if step not in of or lately.messages < bound:
        return step
    said = lately.said_at is not None and now < lately.said_at + SAYS_AGAIN
    return Step.GATHERED if said else Step.GATHER
