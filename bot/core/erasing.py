"""Erasing what is kept about a parent: when it can be done, what has to wait, and for what."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

CONFIRM_WITHIN = timedelta(minutes=10)
ACTION = "erase"
YES, NO = "yes", "no"


class Why(StrEnum):
    """Why something cannot be erased now; each has its own sentence.

    flag: something urgent that they wrote is open. clinic: the clinic has to finish something that
    is not theirs to know. check: they have not answered whether anyone is in danger. unread:
    something that they wrote since has not been read yet.
    """

    FLAG = "flag"
    CLINIC = "clinic"
    CHECK = "check"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Open:
    """What is open around a parent; `is_theirs`: they are told of the flag that is."""

    has_flag: bool
    is_theirs: bool
    has_check: bool
    has_unread: bool = False


def what_holds_it_up(around: Open) -> Why | None:
    """What comes before erasing; None: it can be done."""
    if around.has_flag:
        return Why.FLAG if around.is_theirs else Why.CLINIC
    if around.has_check:
        return Why.CHECK
    return Why.UNREAD if around.has_unread else None


def waits_for_the_clinic(why: Why) -> bool:
    """Whether the clinic ends it, and they are told when it has."""
    return why in (Why.FLAG, Why.CLINIC)


def is_confirmed(asked_at: datetime | None, now: datetime) -> bool:
    """Whether a press still belongs to the question that was asked at a moment."""
    return asked_at is not None and now - asked_at <= CONFIRM_WITHIN
