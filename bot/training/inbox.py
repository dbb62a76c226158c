"""What the shares mean in a therapist's week, where few messages are urgent."""

from dataclasses import dataclass

from bot.training.measure import Row

MESSAGES = 200  # a week, of all families of one therapist
BASE_RATE = 0.005  # of messages that are urgent


@dataclass(frozen=True, slots=True)
class Span:
    """A figure with the bounds that the intervals of its shares allow."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.1f} ({self.low:.1f}–{self.high:.1f})"

    def as_share(self) -> str:
        """The same for a share, in per cent."""
        return f"{self.value:.0%} ({self.low:.0%}–{self.high:.0%})"


@dataclass(frozen=True, slots=True)
class Week:
    """Alarms and checks among `MESSAGES` messages, and the share of alarms that are right."""

    alarms: Span
    false_alarms: Span
    checks: Span
    precision: Span


def week(row: Row, messages: int = MESSAGES, base_rate: float = BASE_RATE) -> Week:
    """The week that the shares of a row make, if urgent messages were as frequent as `base_rate`.

    The bounds take the intervals of both shares at their ends at once, so they are wide.
    """
    urgent, routine = messages * base_rate, messages * (1.0 - base_rate)
    right = _times(row.flagged.value, row.flagged.interval, urgent)
    wrong = _times(row.false_flags.value, row.false_flags.interval, routine)
    checks = _times(row.checks.value, row.checks.interval, routine)
    return Week(
        Span(right.value + wrong.value, right.low + wrong.low, right.high + wrong.high),
        wrong,
        checks,
        Span(
            _share(right.value, wrong.value),
            _share(right.low, wrong.high),
            _share(right.high, wrong.low),
        ),
    )


def _times(value: float, interval: tuple[float, float], count: float) -> Span:
    return Span(value * count, interval[0] * count, interval[1] * count)


def _share(right: float, wrong: float) -> float:
    return right / (right + wrong) if right + wrong else 0.0
