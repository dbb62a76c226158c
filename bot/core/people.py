"""Who talks with the bot: parents in families, and the clinic's staff."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a member of staff does; it decides which rungs of a ladder reach them."""

    THERAPIST = "therapist"
    ON_CALL = "on_call"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of the clinic's staff; `chat_id` is None until they have opened their link."""

    id: int
    name: str = field(repr=False)
    role: Role
    chat_id: int | None

    @property
    def is_linked(self) -> bool:
        """Whether they can be written to in Telegram."""
        return self.chat_id is not None


@dataclass(frozen=True, slots=True)
class Family:
    """A family, known to staff by its alias."""

    id: int
    alias: str
    country: str
    therapist: Staff


def tidy_alias(alias: str) -> str:
    """An alias as it is kept: without spaces too many."""
    return " ".join(alias.split())


def is_called(family: Family, alias: str) -> bool:
    """Whether somebody who writes this alias means the family: capitals and spaces do not count."""
    return tidy_alias(family.alias).casefold() == tidy_alias(alias).casefold()


@dataclass(frozen=True, slots=True)
class Parent:
    """A parent or carer who has read what this is, and agreed."""

    id: int
    name: str = field(repr=False)
    chat_id: int
    family: Family


@dataclass(frozen=True, slots=True)
class Stranger:
    """A chat that belongs to nobody we know; `has_left`: it was a member of staff's."""

    chat_id: int
    name: str = field(repr=False)
    has_left: bool = False


Who = Parent | Staff | Stranger
