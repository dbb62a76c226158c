"""What happens when somebody opens a single-use link."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.people import Parent, Staff, Stranger, Who

LINK_LIVES = timedelta(days=7)


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
