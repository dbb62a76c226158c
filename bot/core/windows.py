"""Trying times of day, with a parent's consent: which time for a day's nudge, and with what chance.

Thompson sampling: each time of day has its record of days on which practice followed and on which
it did not; a time is drawn as often as it seems the best. Every time keeps some chance, and the
chance is logged with the choice, so that the days can be compared afterwards like a trial's.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

DRAWS = 400
EVEN_SHARE = 0.1
"""This share of the chance is spread evenly, so that no time is ever out of the question."""
OWN_PRIOR, OTHER_PRIOR = (2.0, 1.0), (1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Tried:
    """A day on which a time was tried, and whether practice followed."""

    at: time
    worked: bool


@dataclass(frozen=True, slots=True)
class WindowChoice:
    """The time for a day; `probability` is the chance it had among those `offered`, own first."""

    day: date
    at: time
    probability: float
    offered: tuple[time, ...]


def choose_window(
    own: time, others: Sequence[time], tried: Sequence[Tried], day: date, parent_id: int
) -> WindowChoice:
    """The time to try on a day: for the same parent, day and record always the same."""
    offered = (own, *(at for at in others if at != own))
    rng = random.Random(f"{parent_id}:{day.isoformat()}")  # noqa: S311 - it must be repeatable
    chances = chances_of(offered, tried, rng)
    (number,) = rng.choices(range(len(offered)), chances)
    return WindowChoice(day, offered[number], chances[number], offered)


def chances_of(offered: Sequence[time], tried: Sequence[Tried], rng: random.Random) -> list[float]:
    """How likely each time is to be chosen; the first is the parent's own."""
    records = [_record(at, tried, is_own=number == 0) for number, at in enumerate(offered)]
    best = [0] * len(offered)
    for _ in range(DRAWS):
        draws = [rng.betavariate(worked, failed) for worked, failed in records]
        best[draws.index(max(draws))] += 1
    even = EVEN_SHARE / len(offered)
    return [even + (1 - EVEN_SHARE) * count / DRAWS for count in best]


def _record(at: time, tried: Sequence[Tried], *, is_own: bool) -> tuple[float, float]:
    worked, failed = OWN_PRIOR if is_own else OTHER_PRIOR
    days = [one.worked for one in tried if one.at == at]
    return worked + sum(days), failed + len(days) - sum(days)
