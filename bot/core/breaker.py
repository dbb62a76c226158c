"""A circuit breaker: what fails again and again is left alone for a while, then tried once."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Breaker:
    """Opens after `failures` in a row; after `rest` seconds one trial may close it again.

    `now` is any clock in seconds that never goes back.
    """

    failures: int = 3
    rest: float = 60.0
    _in_a_row: int = field(default=0, init=False)
    _opened_at: float | None = field(default=None, init=False)
    _is_trying: bool = field(default=False, init=False)

    def is_open(self, now: float) -> bool:
        """Whether it would be refused to try now."""
        if self._opened_at is None:
            return False
        return self._is_trying or now - self._opened_at < self.rest

    def begin(self, now: float) -> bool:
        """Whether a try may begin; of several that ask after the rest, one may."""
        if self.is_open(now):
            return False
        self._is_trying = self._opened_at is not None
        return True

    def succeed(self) -> None:
        """A try went well: everything may begin again."""
        self._in_a_row, self._opened_at, self._is_trying = 0, None, False

    def fail(self, now: float) -> None:
        """A try failed; a trial that failed rests anew."""
        self._in_a_row += 1
        if self._is_trying or self._in_a_row >= self.failures:
            self._opened_at, self._is_trying = now, False

    def give_up(self) -> None:
        """A try was cut off and says nothing; the next one that asks may try instead."""
        self._is_trying = False
