"""The watchdog's judgement: from signs of life to troubles, each alarmed once and then its end."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TELEGRAM_SILENT_AFTER = timedelta(minutes=2)
UNDELIVERED_AFTER = timedelta(minutes=1)


class Kind(StrEnum):
    """What can be wrong."""

    TELEGRAM_SILENT = "telegram_silent"
    JOBS_OVERDUE = "jobs_overdue"
    FLAG_UNDELIVERED = "flag_undelivered"
    WORKER_DEAD = "worker_dead"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong; `subject` tells several of a kind apart: a flag's number."""

    kind: Kind
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """An open flag of which Telegram has accepted no alert."""

    flag_id: int
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known at one look. `last_answer` is Telegram's, `began_at` when the watch began, both
    by the machine's clock; `workers_expected` is the most that were alive since then.
    """

    last_answer: datetime | None
    began_at: datetime
    overdue_jobs: int
    workers_alive: int
    workers_dead: int
    workers_expected: int = 0
    undelivered: tuple[Undelivered, ...] = ()


def troubles(signs: Signs, now: datetime, machine_now: datetime) -> frozenset[Trouble]:
    """What is wrong at this look. A sandbox's clock may jump ahead of the machine's, and a jump is
    no silence: signs of life are held against `machine_now`, flags against `now`."""
    found: set[Trouble] = set()
    heard_at = max(signs.last_answer or signs.began_at, signs.began_at)
    if machine_now - heard_at > TELEGRAM_SILENT_AFTER:
        found.add(Trouble(Kind.TELEGRAM_SILENT))
    if signs.overdue_jobs:
        found.add(Trouble(Kind.JOBS_OVERDUE))
    if signs.workers_dead and signs.workers_alive < signs.workers_expected:
        found.add(Trouble(Kind.WORKER_DEAD))
    for flag in signs.undelivered:
        if now - flag.raised_at > UNDELIVERED_AFTER:
            found.add(Trouble(Kind.FLAG_UNDELIVERED, str(flag.flag_id)))
    return frozenset(found)


def not_over(signs: Signs, machine_now: datetime) -> frozenset[Trouble]:
    """What cannot be called over yet: a watch that has just begun has not heard from Telegram."""
    heard = (
        signs.last_answer is not None and machine_now - signs.last_answer <= TELEGRAM_SILENT_AFTER
    )
    return frozenset() if heard else frozenset({Trouble(Kind.TELEGRAM_SILENT)})


@dataclass(frozen=True, slots=True)
class Change:
    """What begins and what ends with this look."""

    begun: frozenset[Trouble]
    ended: frozenset[Trouble]


def compare(
    now: AbstractSet[Trouble], before: AbstractSet[Trouble], known: AbstractSet[Trouble]
) -> Change:
    """What is new and what is over. Two looks in a row have to agree, so that a clock that jumps,
    or a pause of a few seconds, alarms nobody."""
    return Change(frozenset(now & before) - known, frozenset(known - now - before))
