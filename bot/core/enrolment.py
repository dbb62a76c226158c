"""What happens when somebody opens a single-use link."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from bot.core.people import Parent, Staff, Stranger, Who

LINK_LIVES = timedelta(days=7)
FREE_GUESSES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
GUESSES_FORGOTTEN = timedelta(days=1)
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")


class LinkKind(StrEnum):
    """Whom a link is for."""

    PARENT = "parent"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Link:
    """A single-use link; only its code's hash is kept. `owner_id` is a family's or staff's id."""

    id: int
    kind: LinkKind
    owner_id: int
    expires_at: datetime
    used_by: int | None


class Opening(StrEnum):
    """What opening a link led to; each has its own sentence under `prompts/joining.yaml`."""

    ASK_CONSENT = "ask_consent"
    STAFF_LINKED = "staff_linked"
    UNKNOWN = "unknown_code"
    SLOWED = "slowed_down"
    USED = "used_code"
    USED_BY_YOU = "used_by_you"
    EXPIRED = "expired_code"
    ENROLLED_ELSEWHERE = "enrolled_elsewhere"
    ALREADY_HERE = "already_here"
    STAFF_OPENED_PARENT_LINK = "staff_opened_parent_link"
    PARENT_OPENED_STAFF_LINK = "parent_opened_staff_link"
    ALREADY_STAFF = "already_staff"


def open_link(link: Link | None, who: Who, chat_id: int, now: datetime) -> Opening:
    """Decide what a chat that opened a link is told, and whether it goes on."""
    if link is None:
        return Opening.UNKNOWN
    if link.used_by is not None:
        return Opening.USED_BY_YOU if link.used_by == chat_id else Opening.USED
    if now >= link.expires_at:
        return Opening.EXPIRED
    return _open_parent_link(link, who) if link.kind is LinkKind.PARENT else _open_staff_link(who)


def _open_parent_link(link: Link, who: Who) -> Opening:
    match who:
        case Stranger():
            return Opening.ASK_CONSENT
        case Staff():
            return Opening.STAFF_OPENED_PARENT_LINK
        case Parent(family=family):
            here = family.id == link.owner_id
            return Opening.ALREADY_HERE if here else Opening.ENROLLED_ELSEWHERE


def _open_staff_link(who: Who) -> Opening:
    match who:
        case Stranger():
            return Opening.STAFF_LINKED
        case Staff():
            return Opening.ALREADY_STAFF
        case Parent():
            return Opening.PARENT_OPENED_STAFF_LINK


def is_code(text: str) -> bool:
    """Whether it could be the code of a link: Telegram lets nothing else stand there."""
    return _CODE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Guesses:
    """How many codes that are no link's a chat has sent one after another, and when the last."""

    count: int
    last_at: datetime

    def waits_until(self) -> datetime:
        """When the next code is looked up: at once at first, then later and later."""
        above = self.count - FREE_GUESSES
        if above < 0:
            return self.last_at
        return self.last_at + min(FIRST_WAIT * (1 << min(above, 10)), LONGEST_WAIT)

    def minutes_left(self, now: datetime) -> int:
        """Whole minutes until then; none: it is looked up."""
        return max(0, ceil((self.waits_until() - now) / timedelta(minutes=1)))
