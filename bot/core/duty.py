"""Duty: who is at work at a moment, who covers for whom, who is on call. It only ever adds haste.

Hours and handovers are by the clock on the wall, so that daylight saving moves nobody's duty.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_DAY = timedelta(days=1)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Hours:
    """A span of somebody's working week, Monday is 0; `ends` up to `begins` is the next day's."""

    weekday: int
    begins: time
    ends: time

    def hold(self, local: datetime) -> bool:
        """Whether a moment on the clock of the place falls into the span."""
        at, day = local.time(), local.weekday()
        if self.begins < self.ends:
            return day == self.weekday and self.begins <= at < self.ends
        began_yesterday = day == (self.weekday + 1) % 7 and at < self.ends
        return began_yesterday or (day == self.weekday and at >= self.begins)

    def on(self, day: date, zone: tzinfo) -> tuple[datetime, datetime]:
        """The span that begins on a day, as moments."""
        last = day if self.begins < self.ends else day + _DAY
        begins = datetime.combine(day, self.begins, zone)
        return begins.astimezone(UTC), datetime.combine(last, self.ends, zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Leave:
    """Somebody is away from a moment until another; `cover_id` has their families meanwhile."""

    id: int
    staff_id: int
    cover_id: int | None
    begins_at: datetime
    ends_at: datetime

    def holds(self, now: datetime) -> bool:
        """Whether they are away at a moment."""
        return self.begins_at <= now < self.ends_at


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody is on call from a moment until another, whoever's turn it would be."""

    id: int
    staff_id: int
    begins_at: datetime
    ends_at: datetime

    def holds(self, now: datetime) -> bool:
        """Whether it counts at a moment."""
        return self.begins_at <= now < self.ends_at


@dataclass(frozen=True, slots=True)
class Rota:
    """Turns of being on call: each of `people` for `days` days, from `handover` to `handover`."""

    first_day: date
    handover: time
    days: int
    people: tuple[int, ...]

    def turn(self, local: datetime) -> int | None:
        """Whose turn it is, by the clinic's clock; None before the rota begins."""
        number = self._number(local)
        return self.people[number % len(self.people)] if number >= 0 and self.people else None

    def without(self, staff_id: int, local: datetime) -> "Rota":
        """The same order without somebody: whose turn it is now keeps it, or the next has it."""
        if staff_id not in self.people:
            return self
        number = max(self._number(local), 0)
        at = number % len(self.people)
        order = self.people[at:] + self.people[:at]
        began = self.first_day + timedelta(days=number * self.days)
        return replace(self, first_day=began, people=tuple(o for o in order if o != staff_id))

    def _number(self, local: datetime) -> int:
        """How many turns have begun since the first, without it; below 0 before that."""
        handed_over = local.time() >= self.handover
        day = (local.date() - self.first_day).days - (0 if handed_over else 1)
        return day // self.days


@dataclass(frozen=True, slots=True)
class Roster:
    """Duty at one moment. The default: everybody is at work, and nobody is named for on call.

    `away`: who is on leave, with whoever covers for them, if anybody does.
    """

    away: Mapping[int, int | None] = field(default_factory=dict)
    off: frozenset[int] = frozenset()
    on_call: frozenset[int] = frozenset()

    def stands_in(self, staff_id: int) -> int | None:
        """Who answers for somebody now: they themselves, their cover, or nobody."""
        return self.away.get(staff_id, staff_id)

    def is_at_work(self, staff_id: int) -> bool:
        """Whether a moment is within somebody's hours, or they have none."""
        return staff_id not in self.off


@dataclass(frozen=True, slots=True)
class Duty:
    """What the clinic has written down of duty; somebody without hours is always at work."""

    zone: tzinfo = UTC
    zones: Mapping[int, tzinfo] = field(default_factory=dict)
    hours: Mapping[int, tuple[Hours, ...]] = field(default_factory=dict)
    leaves: tuple[Leave, ...] = ()
    rota: Rota | None = None
    overrides: tuple[Override, ...] = ()

    def roster(self, now: datetime) -> Roster:
        """Who is on duty at a moment."""
        away = {one.staff_id: one.cover_id for one in self.leaves if one.holds(now)}
        stand_ins = {staff_id: _cover_of(staff_id, away) for staff_id in away}
        off = frozenset(one for one in self.hours if not self._is_at_work(one, now))
        return Roster(stand_ins, off, self._on_call(now))

    def back_at(self, staff_id: int, now: datetime) -> datetime | None:
        """When somebody who is away is back; leaves that meet are one. None: they are not away."""
        back, mine = now, [one for one in self.leaves if one.staff_id == staff_id]
        while later := [one.ends_at for one in mine if one.holds(back)]:
            back = max(later)
        return None if back == now else back

    def without(self, staff_id: int, now: datetime) -> "Duty":
        """Duty once somebody has left: nobody waits for them, and they cover for nobody."""
        rota = self.rota.without(staff_id, now.astimezone(self.zone)) if self.rota else None
        return replace(
            self,
            hours={one: spans for one, spans in self.hours.items() if one != staff_id},
            leaves=tuple(
                replace(one, cover_id=None) if one.cover_id == staff_id else one
                for one in self.leaves
                if one.staff_id != staff_id
            ),
            rota=rota if rota and rota.people else None,
            overrides=tuple(one for one in self.overrides if one.staff_id != staff_id),
        )

    def next_at_work(self, staff_id: int, now: datetime) -> datetime | None:
        """When somebody is at work next: now, if they are. None: no hours of theirs are known."""
        at = self.back_at(staff_id, now) or now
        while (begins := self._begins(staff_id, at)) is not None:
            back_at = self.back_at(staff_id, begins)
            if back_at is None:
                return begins
            at = back_at
        return None

    def zone_of(self, staff_id: int) -> tzinfo:
        """Whose clock somebody's hours go by: their own, or the clinic's."""
        return self.zones.get(staff_id, self.zone)

    def _is_at_work(self, staff_id: int, now: datetime) -> bool:
        local = now.astimezone(self.zone_of(staff_id))
        return any(one.hold(local) for one in self.hours[staff_id])

    def _begins(self, staff_id: int, at: datetime) -> datetime | None:
        """The first moment from another on that is within somebody's hours."""
        zone = self.zone_of(staff_id)
        yesterday = at.astimezone(zone).date() - _DAY
        days = [yesterday + n * _DAY for n in range(_WEEK + 2)]
        spans = sorted(
            one.on(day, zone)
            for day in days
            for one in self.hours.get(staff_id, ())
            if one.weekday == day.weekday()
        )
        return next((max(begins, at) for begins, ends in spans if ends > at), None)

    def _on_call(self, now: datetime) -> frozenset[int]:
        instead = frozenset(one.staff_id for one in self.overrides if one.holds(now))
        if instead or self.rota is None:
            return instead
        turn = self.rota.turn(now.astimezone(self.zone))
        return frozenset() if turn is None else frozenset({turn})


def _cover_of(staff_id: int, away: Mapping[int, int | None]) -> int | None:
    """Whoever covers and is not away as well; covers who wait for one another cover nobody."""
    seen = {staff_id}
    cover = away[staff_id]
    while cover is not None and cover in away:
        if cover in seen:
            return None
        seen.add(cover)
        cover = away[cover]
    return cover


def days_of_leave(first: date, last: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """From the first minute of the first day to the last of the last, as moments."""
    begins = datetime.combine(first, time(), zone)
    ends = datetime.combine(last + _DAY, time(), zone)
    return begins.astimezone(UTC), ends.astimezone(UTC)
