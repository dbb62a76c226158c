"""What time it is: the machine's time, or a sandbox's that can be moved forward."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Time that may run ahead of the machine's by an offset (none outside a sandbox)."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def now(self) -> datetime:
        """This moment, in UTC."""
        return machine_time() + self.offset

    def to_machine_time(self, at: datetime) -> datetime:
        """When the machine's clock will show what this clock calls `at`."""
        return at - self.offset


def machine_time() -> datetime:
    """The machine's own clock, in UTC: the one place that reads it."""
    return datetime.now(UTC)  # noqa: TID251 - the place that the rule points to
