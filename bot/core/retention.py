"""For how long words are kept: settings in days, of which none means for ever."""

from dataclasses import dataclass
from datetime import datetime, timedelta

QUESTION_OPEN = timedelta(weeks=4)
"""A question that nobody answered here for longer was answered elsewhere, or is no question now."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days the words of messages are kept, and those of closed flags; 0: for ever."""

    message_days: int = 0
    flag_days: int = 0

    @property
    def keeps_all(self) -> bool:
        """Whether nothing ever goes."""
        return not (self.message_days or self.flag_days)

    def messages_before(self, now: datetime) -> datetime | None:
        """Words of messages that are older go."""
        return now - timedelta(days=self.message_days) if self.message_days else None

    def flags_before(self, now: datetime) -> datetime | None:
        """Words of flags that were closed before go."""
        return now - timedelta(days=self.flag_days) if self.flag_days else None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much one run took the words of."""

    messages: int = 0
    flags: int = 0
    deliveries: int = 0
