"""Reading the log of tried times as a micro-randomised trial: what difference a time made.

Days are weighted by one over the chance that their time had (Hájek's estimate); intervals come from
drawing whole parents again, because the days of one parent are alike.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time

RESAMPLES = 1000
SEED = 20260302
_TAIL = 0.025


@dataclass(frozen=True, slots=True)
class TrialDay:
    """One randomised day of a parent; `is_own`: it was the time they had picked themselves.

    `worked`: they practised, and said so after the nudge. `offered`: the times to choose from.
    """

    parent_id: int
    at: time
    probability: float
    is_own: bool
    worked: bool
    day: date | None = None
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One randomised day as it leaves the clinic: a number stands for the parent."""

    parent: int
    day: str
    offered: str
    chosen: str
    is_own: int
    probability: float
    practised: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its 95 % interval, over so many days; None where nothing can be said."""

    what: str
    days: int
    value: float | None
    low: float | None
    high: float | None


def as_rows(days: Sequence[TrialDay]) -> list[Row]:
    """The log without anybody's number in the database: parents are counted within these rows."""
    numbers = {
        one: number for number, one in enumerate(dict.fromkeys(d.parent_id for d in days), 1)
    }
    return [
        Row(
            numbers[one.parent_id],
            one.day.isoformat() if one.day else "",
            " ".join(one.offered),
            f"{one.at:%H:%M}",
            int(one.is_own),
            one.probability,
            int(one.worked),
        )
        for one in days
    ]


def analyse(days: Sequence[TrialDay]) -> tuple[Estimate, ...]:
    """Practice by time of day, and other times against the parents' own."""
    found = [
        _estimate(f"{at:%H:%M}", days, _share_at(at)) for at in sorted({one.at for one in days})
    ]
    effect = _estimate("other times minus own", days, _difference)
    return (*found, effect)


def _share_at(at: time) -> Callable[[Sequence[TrialDay]], float | None]:
    return lambda days: _share([one for one in days if one.at == at])


def _share(days: Sequence[TrialDay]) -> float | None:
    weight = sum(1 / one.probability for one in days)
    return sum(one.worked / one.probability for one in days) / weight if weight else None


def _difference(days: Sequence[TrialDay]) -> float | None:
    own = _share([one for one in days if one.is_own])
    other = _share([one for one in days if not one.is_own])
    return None if own is None or other is None else other - own


def _estimate(
    what: str, days: Sequence[TrialDay], of: Callable[[Sequence[TrialDay]], float | None]
) -> Estimate:
    again = sorted(value for sample in _samples(days) if (value := of(sample)) is not None)
    low, high = (None, None)
    if len(again) > 1 and len({one.parent_id for one in days}) > 1:
        low, high = again[int(len(again) * _TAIL)], again[-1 - int(len(again) * _TAIL)]
    counted = [one for one in days if what in (f"{one.at:%H:%M}", "other times minus own")]
    return Estimate(what, len(counted), of(days), low, high)


def _samples(days: Sequence[TrialDay]) -> list[list[TrialDay]]:
    by_parent: dict[int, list[TrialDay]] = defaultdict(list)
    for one in days:
        by_parent[one.parent_id].append(one)
    parents = list(by_parent.values())
    rng = random.Random(SEED)  # noqa: S311 - the same log gives the same interval
    return [
        [one for theirs in rng.choices(parents, k=len(parents)) for one in theirs]
        for _ in range(RESAMPLES if parents else 0)
    ]
