"""Readiness: whether each family's ladder ends in a person who can be reached, before it must."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from bot.core.duty import Duty, Leave, Roster
from bot.core.ladder import EVERYONE, on_rung
from bot.core.people import Family, Staff

AHEAD = timedelta(days=1)
STEP = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Gap:
    """From a moment until another nobody is on duty for these families: everyone would be told."""

    begins_at: datetime
    ends_at: datetime
    families: tuple[Family, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands between families and a person.

    `lost`: families whose ladder ends in nobody. `unreached`: therapists with families, who are
    not linked or whom Telegram refuses. `uncovered`: leave within a day that nobody covers.
    """

    families: tuple[Family, ...]
    lost: tuple[Family, ...]
    unreached: tuple[Staff, ...]
    uncovered: tuple[tuple[Staff, Leave], ...]
    gaps: tuple[Gap, ...]

    @property
    def is_ready(self) -> bool:
        """Whether every family's ladder ends in somebody who can be reached."""
        return not self.lost

    @property
    def has_concerns(self) -> bool:
        """Whether there is anything that the clinic should hear."""
        return bool(self.lost or self.unreached or self.uncovered or self.gaps)


def check_readiness(
    families: Sequence[Family],
    staff: Sequence[Staff],
    unreachable: frozenset[int],
    duty: Duty,
    now: datetime,
) -> Readiness:
    """Look at every family's ladder now, and at duty during the next day."""
    known = {one.id: as_reachable(one, unreachable) for one in staff}
    people = tuple(known.values())
    reachable = [
        replace(one, therapist=as_reachable(one.therapist, unreachable)) for one in families
    ]
    therapists = {one.therapist.id: one.therapist for one in reachable}
    gone = {id_ for id_, one in therapists.items() if not on_rung(EVERYONE, one, people)}
    lost = [one for one in reachable if one.therapist.id in gone]
    left = [one for one in reachable if one.therapist.id not in gone]
    return Readiness(
        families=tuple(families),
        lost=tuple(lost),
        unreached=tuple(one for one in therapists.values() if not one.is_linked),
        uncovered=tuple(_uncovered(therapists.values(), duty, now)),
        gaps=tuple(_gaps(left, people, duty, now)),
    )


def as_reachable(person: Staff, unreachable: frozenset[int]) -> Staff:
    """The person as the ladder can use them: without a chat, if Telegram refuses theirs."""
    return replace(person, chat_id=None) if person.id in unreachable else person


def _uncovered(
    therapists: Iterable[Staff], duty: Duty, now: datetime
) -> Iterable[tuple[Staff, Leave]]:
    for one in therapists:
        for leave in duty.leaves:
            is_near = leave.begins_at <= now + AHEAD and leave.ends_at > now
            if leave.staff_id == one.id and is_near:
                moment = max(now, leave.begins_at)
                if duty.roster(moment).stands_in(one.id) is None:
                    yield one, leave


def _gaps(
    families: Sequence[Family], staff: Sequence[Staff], duty: Duty, now: datetime
) -> Iterable[Gap]:
    moments = [now + STEP * step for step in range(int(AHEAD / STEP))]
    alone = [(at, _alone(families, staff, duty.roster(at))) for at in moments]
    for without, run in groupby(alone, key=lambda one: one[1]):
        times = [at for at, _ in run]
        if without:
            yield Gap(times[0], times[-1] + STEP, without)


def _alone(
    families: Sequence[Family], staff: Sequence[Staff], roster: Roster
) -> tuple[Family, ...]:
    """The families for whom nobody is on duty; those of one therapist stand on one ladder."""
    therapists = {one.therapist.id: one.therapist for one in families}
    alone = {
        id_
        for id_, one in therapists.items()
        if not any(on_rung(rung, one, staff, roster) for rung in range(EVERYONE))
    }
    return tuple(one for one in families if one.therapist.id in alone) if alone else ()
