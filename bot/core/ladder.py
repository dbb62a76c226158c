"""The ladder: who is told of a flag, and when, until a person takes it. It never gives up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.core.duty import Duty, Roster
from bot.core.flags import WAITING, FlagState
from bot.core.people import Role, Staff

FIRST_RUNG = 0
ALWAYS = Duty()
EVERYBODY_ON = Roster()


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
        usual = _after(raised_at, self.rung_at(rung))
        return min(usual, _after(now, self.repeat_every)) if rung >= EVERYONE else usual

    def is_due(self, rung: int, raised_at: datetime, now: datetime) -> bool:
        """Whether a rung's time has come."""
        return _after(raised_at, self.rung_at(rung)) <= now


def _after(moment: datetime, span: timedelta) -> datetime:
    """In so many real minutes: on a clock that is put back, adding would wait an hour more."""
    return moment.astimezone(UTC) + span


_ROLES = (Role.THERAPIST, Role.THERAPIST, Role.ON_CALL, Role.SUPERVISOR)
EVERYONE = len(_ROLES)


@dataclass(frozen=True, slots=True)
class Climb:
    """What climbing did: whom to tell at which rung, which rungs reach nobody, what is next.

    `goes_on`: the flag waits for a person, so the next rung is to be climbed in its time.
    """

    told: tuple[tuple[int, tuple[Staff, ...]], ...]
    skipped: tuple[int, ...]
    next_rung: int
    goes_on: bool = True

    @property
    def reaches_somebody(self) -> bool:
        """Whether anyone is told."""
        return bool(self.told)


def on_rung(
    rung: int, therapist: Staff | None, staff: Sequence[Staff], roster: Roster = EVERYBODY_ON
) -> tuple[Staff, ...]:
    """The people a rung reaches: those linked to Telegram who are on duty for its role.

    Whoever is on leave is stood in for. From the first rung that tells everyone on, neither hours
    nor leave hold anybody back: the therapist, their cover, on call and supervisors are all told.
    """
    if rung < EVERYONE:
        return _on_duty(_ROLES[rung], therapist, staff, roster)
    roles = dict.fromkeys(_ROLES)
    own = [therapist] if therapist is not None else []
    others = [one for one in staff if one.role in roles and one.role is not Role.THERAPIST]
    covers = [one for role in roles for one in _on_duty(role, therapist, staff, roster)]
    return _linked([*own, *others, *covers])


def _on_duty(
    role: Role, therapist: Staff | None, staff: Sequence[Staff], roster: Roster
) -> tuple[Staff, ...]:
    if role is Role.THERAPIST:
        found = _stand_ins([therapist] if therapist is not None else [], staff, roster)
    else:
        found = _stand_ins([one for one in staff if one.role is role], staff, roster)
    named = [one for one in staff if one.id in roster.on_call] if role is Role.ON_CALL else []
    by_turn = _linked(_stand_ins(named, staff, roster))
    return by_turn or _linked(one for one in found if roster.is_at_work(one.id))


def _stand_ins(whose: Sequence[Staff], staff: Sequence[Staff], roster: Roster) -> tuple[Staff, ...]:
    known = {one.id: one for one in [*staff, *whose]}
    wanted = [roster.stands_in(one.id) for one in whose]
    return tuple(known[one] for one in wanted if one in known)


def _linked(people: Iterable[Staff]) -> tuple[Staff, ...]:
    return tuple({one.id: one for one in people if one.is_linked}.values())


def climb(
    ladder: Ladder,
    *,
    state: FlagState,
    next_rung: int,
    raised_at: datetime,
    now: datetime,
    therapist: Staff | None,
    staff: Sequence[Staff],
    duty: Duty = ALWAYS,
    hurry: bool = False,
    woken: bool = False,
) -> Climb:
    """Climb every rung that is due, in order; rungs that reach nobody are skipped at once.

    A flag that somebody has taken, or closed, is climbed no further, whatever else holds.
    After a rung that reaches nobody the next one is climbed without waiting for its time, up to
    and including the first that tells everyone. `hurry` begins so: the last rung reached nobody.
    `woken`: the time that was set for `next_rung` (`Ladder.next_at`) has come.
    """
    if state not in WAITING:
        return Climb((), (), next_rung, goes_on=False)
    told: list[tuple[int, tuple[Staff, ...]]] = []
    skipped: list[int] = []
    rung, roster = next_rung, duty.roster(now)
    hurried = woken or (hurry and rung <= EVERYONE)
    while ladder.is_due(rung, raised_at, now) or hurried:
        people = on_rung(rung, therapist, staff, roster)
        if people:
            told.append((rung, people))
        else:
            skipped.append(rung)
        hurried = not people and rung < EVERYONE
        rung += 1
    return Climb(tuple(told), tuple(skipped), rung)
