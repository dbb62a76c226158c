"""The sandbox's time: the machine's, moved forward on request, and the bots that follow it."""

import time

from bot.sandbox.bell import Bell

_SAME = 1e-6
_RETURNING_S = 0.5


class Clock:
    """Wall time plus an offset in seconds; a mover waits until the followers have caught up."""

    def __init__(self) -> None:
        self.offset = 0.0
        self._moved = Bell()
        self._caught_up = Bell()
        self._waiting: dict[int, float] = {}
        self._returning: list[float] = []
        self._reached: list[float] = []
        self._tickets = 0

    def now(self) -> float:
        """Seconds since 1970, sandbox time."""
        return time.time() + self.offset

    def close(self) -> None:
        """Let everybody who waits go."""
        self._moved.retire()
        self._caught_up.retire()

    async def follow(self, after: float, seconds: float) -> float:
        """Return the offset once it differs from `after`, or after `seconds`."""
        self._arrive(after)
        self._tickets += 1
        ticket = self._tickets
        self._waiting[ticket] = after
        try:
            deadline = time.monotonic() + seconds
            while abs(self.offset - after) <= _SAME and not self._moved.broken:
                left = deadline - time.monotonic()
                if left <= 0:
                    break
                await self._moved.wait(left)
            self._returning.append(time.monotonic() + _RETURNING_S)
        finally:
            del self._waiting[ticket]
        return self.offset

    def _arrive(self, after: float) -> None:
        if self._returning:
            self._returning.pop(0)
        self._reached.append(after)
        self._caught_up.ring()

    async def forward(self, seconds: float, patience: float = 5.0) -> int:
        """Move on by `seconds`; return how many followers were there, once all have caught up."""
        if not seconds:
            return len(self._waiting)
        started = time.monotonic()
        returning = len([until for until in self._returning if until > started])
        followers = len(self._waiting)
        self._returning.clear()
        self._reached = []
        self.offset = target = self.offset + seconds
        self._moved.ring()
        if followers:
            await self._until(target, followers, started + patience)
        elif returning:
            await self._until(target, returning, started + _RETURNING_S)
        return followers or self._count(target)

    def _count(self, target: float) -> int:
        return len([after for after in self._reached if after >= target - _SAME])

    async def _until(self, target: float, followers: int, deadline: float) -> None:
        while self._count(target) < followers and not self._caught_up.broken:
            left = deadline - time.monotonic()
            if left <= 0:
                return
            await self._caught_up.wait(left)
