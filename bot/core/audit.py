"""The audit trail: who saw or changed what, each entry sealed by a hash over the one before it.

The form that is hashed stands for good: an entry that was written once is checked by it for ever.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


class Act(StrEnum):
    """What was seen or done."""

    WORDS_SHOWN = "words_shown"
    WORDS_EXPORTED = "words_exported"
    CONSOLE_ENTERED = "console_entered"
    APPROVAL_SERVED = "approval_served"
    APPROVAL_ENDED = "approval_ended"
    RELEASE_SERVED = "release_served"
    CLINIC_SET = "clinic_set"
    STAFF_ADDED = "staff_added"
    STAFF_LINKED = "staff_linked"
    STAFF_LEFT = "staff_left"
    ROLE_SET = "role_set"
    LINK_MADE = "link_made"
    FAMILY_ADDED = "family_added"
    FAMILY_JOINED = "family_joined"
    FAMILY_MOVED = "family_moved"
    COUNTRY_SET = "country_set"
    ALIAS_SET = "alias_set"
    HOURS_SET = "hours_set"
    ZONE_SET = "zone_set"
    ROTA_SET = "rota_set"
    STAND_IN_ADDED = "stand_in_added"
    STAND_IN_DROPPED = "stand_in_dropped"
    LEAVE_ADDED = "leave_added"
    LEAVE_DROPPED = "leave_dropped"
    CONTACT_ADDED = "contact_added"
    CONTACT_REMOVED = "contact_removed"
    ERASED = "erased"
    RESEALED = "resealed"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it: a member of staff by their number, or a name that no number stands for."""

    staff_id: int | None = None
    named: str = ""


THE_BOT = Actor(named="the bot")
A_PARENT = Actor(named="a parent")


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that is written down. `about` holds ids such as `family:3`, and never a word of
    a parent's or a name of theirs; `how` is a door or a command, `detail` a few machine words.
    """

    at: datetime
    by: Actor
    act: str
    about: tuple[str, ...] = ()
    how: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """The number and the hash of an entry."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A deed as it stands in the trail."""

    link: Link
    deed: Deed


BEGINNING = Link(0, "")


class Why(StrEnum):
    """What is wrong with an entry."""

    MISSING = "missing"
    CHANGED = "changed"
    ANOTHER = "another"


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry at which the trail does not hold."""

    number: int
    why: Why


def hash_of(number: int, deed: Deed, before: str) -> str:
    """The sha256 over the canonical form of an entry and the hash of the one before, as hex."""
    form = {
        "about": list(deed.about),
        "act": deed.act,
        "at": deed.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "before": before,
        "detail": deed.detail,
        "how": deed.how,
        "named": deed.by.named,
        "number": number,
        "staff": deed.by.staff_id,
    }
    text = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def chained(last: Link, deeds: Iterable[Deed]) -> tuple[Entry, ...]:
    """The entries that follow the last one."""
    found: list[Entry] = []
    for deed in deeds:
        number = last.number + 1
        last = Link(number, hash_of(number, deed, last.hash))
        found.append(Entry(last, deed))
    return tuple(found)


def follow(last: Link, entries: Iterable[Entry]) -> Link | Break:
    """Walk on from an entry that holds: the newest that does, or the first that does not."""
    for entry in entries:
        number = last.number + 1
        if entry.link.number != number:
            return Break(number, Why.MISSING)
        if entry.link.hash != hash_of(number, entry.deed, last.hash):
            return Break(number, Why.CHANGED)
        last = entry.link
    return last


def read_link(text: str) -> Link | None:
    """A link as it is written down elsewhere, `N:HASH`; None if it is not in that form."""
    found = re.fullmatch(r"([1-9][0-9]{0,17}):([0-9a-f]{64})", text.strip().lower())
    return Link(int(found[1]), found[2]) if found else None
