"""Deliveries: whatever we owe somebody, in one of the forms a chat knows."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.replies import Reply


class Lane(StrEnum):
    """Flags overtake everything else."""

    FLAG = "flag"
    REPLY = "reply"


class DeliveryState(StrEnum):
    """owed: not yet accepted by Telegram. accepted: it was. never: it cannot be."""

    OWED = "owed"
    ACCEPTED = "accepted"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Send:
    """A new message; `keyboard` shows lasting buttons below the text field, `is_quiet` no sound.

    `answers` is Telegram's number of the message in that chat under which it is shown.
    """

    reply: Reply = field(repr=False)
    keyboard: tuple[str, ...] = ()
    is_quiet: bool = False
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A new text for a message that was sent under another delivery's key."""

    of_key: str
    reply: Reply = field(repr=False)


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of somebody's message: photo, voice, whatever it was; `is_quiet` makes no sound."""

    from_chat_id: int
    message_id: int
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of our own making: a picture, or a document with its name."""

    name: str
    content: bytes = field(repr=False)
    caption: Reply = field(repr=False)
    is_picture: bool = False
    is_quiet: bool = False


What = Send | Edit | Copy | Upload


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing owed to one chat. `key` is derived, so that owing it twice is owing it once.

    `about` names what a reply to it belongs to: `flag:4`, `question:12`. `passes_on` names the
    message of a member of staff that it brings to a family, by chat and number: `1002:55`.
    """

    key: str
    chat_id: int
    what: What
    lane: Lane = Lane.REPLY
    about: str | None = None
    staff_id: int | None = None
    passes_on: str | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """Telegram has it; `message_id` is None where the call makes no message."""

    message_id: int | None


@dataclass(frozen=True, slots=True)
class RetryIn:
    """Not now: try again after `delay`."""

    delay: timedelta
    why: str


@dataclass(frozen=True, slots=True)
class Never:
    """It cannot be delivered: blocked, no such chat, refused for its form."""

    why: str


TOO_MANY = "too many requests"
"""Why Telegram asks for a pause."""

SUPERSEDED = "a newer alert of this flag is on its way to them"
"""Why an alert that could not be sent for so long is not sent any more."""

SendResult = Accepted | RetryIn | Never

_FIRST_RETRY = timedelta(seconds=1)
_LONGEST_RETRY = timedelta(minutes=1)


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: 1 s, doubling up to a minute."""
    doublings = min(max(attempts, 0), 10)
    return min(_FIRST_RETRY * (1 << doublings), _LONGEST_RETRY)


def is_settled(state: DeliveryState) -> bool:
    """Whether nothing is owed any more."""
    return state is not DeliveryState.OWED


@dataclass(frozen=True, slots=True)
class Owed:
    """A delivery as it stands in the database."""

    id: int
    delivery: Delivery
    state: DeliveryState
    attempts: int
    made_at: datetime
