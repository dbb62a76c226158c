"""The ladder: who is told of a flag, and when, until a person takes it. It never gives up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.people import Role, Staff

FIRST_RUNG = 0


@dataclass(frozen=True, slots=True)
class Ladder:
    """The clinic's times, counted from the moment a flag was raised."""

    remind_after: timedelta = timedelta(minutes=5)
    on_call_after: timedelta = timedelta(minutes=10)
    supervisor_after: timedelta = timedelta(minutes=20)
    repeat_every: timedelta = timedelta(minutes=15)

    def rung_at(self, rung: int) -> timedelta:
        """How long after it was raised a flag reaches a rung; rungs go on for ever."""
        named = (timedelta(), self.remind_after, self.on_call_after, self.supervisor_after)
        if rung < len(named):
            return named[rung]
        return self.supervisor_after + self.repeat_every * (rung - len(named) + 1)

    def next_at(self, rung: int, raised_at: datetime, now: datetime) -> datetime:
        """When a rung is climbed next: at its time, but rounds that tell everyone never wait
        longer than `repeat_every`, however early the rungs before them were hurried through."""
        usual = raised_at + self.rung_at(rung)
        return min(usual, now + self.repeat_every) if rung >= len(_ROLES) else usual

    def is_due(self, rung: int, raised_at: datetime, now: datetime) -> bool:
        """Whether a rung's time has come."""
        return raised_at + self.rung_at(rung) <= now


_ROLES: tuple[frozenset[Role], ...] = (
    frozenset({Role.THERAPIST}),
    frozenset({Role.THERAPIST}),
    frozenset({Role.ON_CALL}),
    frozenset({Role.SUPERVISOR}),
)
_ALL = frozenset({Role.THERAPIST, Role.ON_CALL, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Climb:
    """What climbing did: whom to tell at which rung, which rungs reach nobody, what is next."""

    told: tuple[tuple[int, tuple[Staff, ...]], ...]
    skipped: tuple[int, ...]
    next_rung: int

    @property
    def reaches_somebody(self) -> bool:
        """Whether anyone is told."""
        return bool(self.told)


def on_rung(rung: int, therapist: Staff | None, staff: Sequence[Staff]) -> tuple[Staff, ...]:
    """The people a rung reaches: linked staff of its roles, of therapists only the family's own."""
    roles = _ROLES[rung] if rung < len(_ROLES) else _ALL
    others = [one for one in staff if one.role in roles and one.role is not Role.THERAPIST]
    own = [therapist] if therapist is not None and Role.THERAPIST in roles else []
    unique = {one.id: one for one in [*own, *others] if one.is_linked}
    return tuple(unique.values())


def climb(
    ladder: Ladder,
    *,
    next_rung: int,
    raised_at: datetime,
    now: datetime,
    therapist: Staff | None,
    staff: Sequence[Staff],
    hurry: bool = False,
    woken: bool = False,
) -> Climb:
    """Climb every rung that is due, in order; rungs that reach nobody are skipped at once.

    After a rung that reaches nobody the next one is climbed without waiting for its time, up to
    and including the first that tells everyone. `hurry` begins so: the last rung reached nobody.
    `woken`: the time that was set for `next_rung` (`Ladder.next_at`) has come.
    """
    told: list[tuple[int, tuple[Staff, ...]]] = []
    skipped: list[int] = []
    rung = next_rung
    hurried = woken or (hurry and rung <= len(_ROLES))
    while ladder.is_due(rung, raised_at, now) or hurried:
        people = on_rung(rung, therapist, staff)
        if people:
            told.append((rung, people))
        else:
            skipped.append(rung)
        hurried = not people and rung < len(_ROLES)
        rung += 1
    return Climb(tuple(told), tuple(skipped), rung)
