"""What a digest is made from: the entries of the log, each with its number."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from bot.core.practice import PracticeAnswer


@dataclass(frozen=True, slots=True)
class Practised:
    """A day's practice: what was said of it, what was in the way, and the parent's own words."""

    id: int
    parent_id: int
    parent: str
    day: date
    title: str
    answer: PracticeAnswer
    barrier: str | None = None
    note: str = field(default="", repr=False)
    has_medium: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was answered from a page; `theme` is the page's lead theme."""

    id: int
    parent_id: int
    day: date
    theme: str
    title: str


@dataclass(frozen=True, slots=True)
class Said:
    """Something in a parent's own words: what the guidance lacked, or what they want to bring."""

    id: int
    parent_id: int
    parent: str
    day: date
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Passed:
    """A question that was passed on to the therapist, in the parent's own words; `wish` is the
    title of a skill that they would like to practise, and then there are no words."""

    id: int
    parent_id: int
    parent: str
    day: date
    words: str = field(repr=False)
    is_answered: bool
    wish: str = ""


@dataclass(frozen=True, slots=True)
class Rests:
    """A parent stopped, paused or left a plan, of which `id` is the number."""

    id: int
    parent_id: int
    parent: str
    title: str
    what: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """A flag or a safety check: what it was about, and how it ended."""

    id: int
    parent_id: int
    day: date
    what: str
    ended: str


Entry = TypeVar("Entry", Practised, Asked, Said, Passed, Rests, Alarm)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything of a family that is in the log since the last session."""

    practised: tuple[Practised, ...] = ()
    rests: tuple[Rests, ...] = ()
    brought: tuple[Said, ...] = ()
    asked: tuple[Asked, ...] = ()
    passed: tuple[Passed, ...] = ()
    not_covered: tuple[Said, ...] = ()
    flags: tuple[Alarm, ...] = ()
    checks: tuple[Alarm, ...] = ()

    def only_of(self, parent_id: int) -> "Material":
        """What one parent may see of it: their own, and nothing that the other wrote or raised."""
        return replace(
            self,
            practised=_of(self.practised, parent_id),
            rests=_of(self.rests, parent_id),
            brought=_of(self.brought, parent_id),
            asked=_of(self.asked, parent_id),
            passed=_of(self.passed, parent_id),
            not_covered=_of(self.not_covered, parent_id),
            flags=_of(self.flags, parent_id),
            checks=_of(self.checks, parent_id),
        )


def _of(entries: tuple[Entry, ...], parent_id: int) -> tuple[Entry, ...]:
    return tuple(one for one in entries if one.parent_id == parent_id)
