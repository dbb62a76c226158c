"""The two pictures of a report; matplotlib is imported here only, and never by the bot."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.triage import Thresholds
from bot.errors import SettingsError
from bot.training.reliability import Bin, Point

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, PALE = "#1f4e79", "#9aa5b1"
WARNING = "#b3261e"


def draw_reliability(found: Sequence[Bin], path: Path) -> None:
    """How often messages of a score are urgent; on the diagonal the score means what it says."""
    figure, axes = _figure("what messages of a score are, and how many", "score", "share urgent")
    axes.plot([0, 1], [0, 1], color=PALE, linestyle="--", label="as the score says")
    axes.plot([one.says for one in found], [one.are_urgent for one in found], "o-", color=INK)
    for one in found:
        place = (one.says, one.are_urgent)
        axes.annotate(f"{one.count}", place, xytext=(0, 7), textcoords="offset points")
    axes.legend(loc="upper left", frameon=False)
    figure.savefig(path, dpi=110)


def draw_curve(points: Sequence[Point], line: Thresholds, path: Path) -> None:
    """What every threshold would do, and where the two that are in force stand."""
    figure, axes = _figure("what a threshold would do", "threshold", "share of messages")
    across = [one.threshold for one in points]
    axes.plot(across, [one.urgent_below for one in points], color=WARNING, label="urgent, below it")
    axes.plot(
        across, [one.routine_above for one in points], color=INK, label="routine, at or above it"
    )
    for name, at in (("check", line.check), ("flag", line.flag)):
        axes.axvline(at, color=PALE, linestyle=":")
        axes.annotate(f"{name} {at:.2f}", (at, 0.97), xytext=(4, 0), textcoords="offset points")
    axes.legend(loc="upper center", frameon=False)
    figure.savefig(path, dpi=110)


def _figure(title: str, across: str, up: str) -> "tuple[Figure, Axes]":
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise SettingsError(
            "the pictures of a report need matplotlib: pip install 'held-in-mind[eval]'"
        ) from error
    figure = Figure(figsize=(6.4, 4.4), layout="constrained")
    axes = figure.add_subplot()
    axes.set(title=title, xlabel=across, ylabel=up, xlim=(0, 1), ylim=(0, 1.05))
    axes.grid(alpha=0.25)
    return figure, axes
