"""The table that the bench prints."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not pass."""
    return (
        statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
    )


def p99(values: Sequence[float]) -> float:
    """The value that 99 of 100 do not pass."""
    return (
        statistics.quantiles(values, n=100, method="inclusive")[-1]
        if len(values) > 1
        else values[0]
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One line: ours, the plain bot's, the goal if there is one, all in `unit`."""

    name: str
    ours: float
    plain: float | None
    goal: float | None
    unit: str

    @property
    def reached(self) -> bool:
        """Whether the goal is met."""
        return self.goal is None or self.ours <= self.goal

    def cells(self) -> tuple[str, ...]:
        """The line's cells."""
        plain = "–" if self.plain is None else _number(self.plain)
        ratio = "–" if not self.plain else f"{self.ours / self.plain:.1f}"
        goal, reached = "–", "–"
        if self.goal is not None:
            goal, reached = f"≤ {_number(self.goal)}", "yes" if self.reached else "NO"
        return self.name, self.unit, _number(self.ours), plain, ratio, goal, reached


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 30 or value == int(value) else f"{value:.1f}"


HEAD = ("measured", "unit", "Held in Mind", "plain bot", "ratio", "goal", "reached")


def render(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table, its columns aligned."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEAD))]
    body = [
        " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) for line in lines
    ]
    rule = "-|-".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in (body[0], rule, *body[1:]))
