"""The report as Markdown: goals, an ordinary week, every group, pictures, cost."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.training.cost import Cost
from bot.training.evaluate import Measured
from bot.training.inbox import BASE_RATE, MESSAGES, Week, week
from bot.training.measure import Row, Share
from bot.training.pictures import draw_curve, draw_reliability
from bot.training.reliability import bins, calibration_error, curve

HEADER = (
    "| group | urgent | routine | urgent missed | flagged at once | routine flagged "
    "| routine checked |"
)
RULE = f"|{' --- |' * 7}"
EXPLAINED = (
    "Shares with 95 % Wilson intervals. *Missed* means that triage says nothing, which is counted "
    "as if guidance were sent, though some of these messages go to the therapist. The keyword list "
    "is of the kind that public chatbots use; *embeddings only* is a logistic head on the same "
    "embeddings."
)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of the policy, what was measured, and whether a higher share is better."""

    what: str
    limit: float
    at_least: bool
    found: Share

    @property
    def is_met(self) -> bool:
        """Whether the share itself reaches the goal; its interval may not."""
        reached = self.found.value >= self.limit
        return reached if self.at_least else self.found.value <= self.limit

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        if not self.found.count:
            return f"| {self.what} | {sign} {self.limit:.0%} | – | – |"
        met = "yes" if self.is_met else "**no**"
        return f"| {self.what} | {sign} {self.limit:.0%} | {self.found} | {met} |"


def goals(measured: Measured) -> Iterator[Goal]:
    """The policy's table."""
    overall = measured.rows[0]
    groups = {one.group: one for one in measured.rows}
    hard = groups.get("kind: hard_negative")
    yield Goal("urgent messages that get guidance", 0.01, False, overall.missed)
    yield Goal("urgent messages flagged at once", 0.95, True, overall.flagged)
    for one in measured.rows:
        if one.group.startswith("category: ") and one.urgent:
            yield Goal(f"… {one.group.removeprefix('category: ')}", 0.90, True, one.flagged)
    yield Goal("routine messages flagged", 0.02, False, overall.false_flags)
    yield Goal("… hard negatives", 0.05, False, hard.false_flags if hard else Share(0, 0))
    yield Goal("routine messages that get a safety check", 0.08, False, overall.checks)
    yield Goal("… hard negatives", 0.15, False, hard.checks if hard else Share(0, 0))


def table(measured: Measured) -> Iterator[str]:
    """Every group with its figures, the baselines under the first line."""
    yield HEADER
    yield RULE
    yield from row_lines([measured.rows[0], *measured.baselines, *measured.rows[1:]])


def row_lines(rows: Sequence[Row]) -> Iterable[str]:
    """Groups as lines of the table."""
    for one in rows:
        figures = (one.missed, one.flagged, one.false_flags, one.checks)
        yield f"| {one.group} | {one.urgent} | {one.routine} | {' | '.join(map(str, figures))} |"


def goal_lines(measured: Measured) -> Iterator[str]:
    """The policy's table as Markdown."""
    yield "| | goal | measured | met |"
    yield "| --- | --- | --- | --- |"
    yield from map(str, goals(measured))


def week_lines(measured: Measured) -> Iterator[str]:
    """An ordinary week of one therapist, for triage and for the baselines."""
    yield (
        f"In a week of {MESSAGES} messages of which {BASE_RATE:.1%} are urgent "
        f"({MESSAGES * BASE_RATE:g}), if messages were like these. The bounds take both shares at "
        "the ends of their intervals.\n"
    )
    yield "| | alarms | of them false | safety checks | share of alarms that are right |"
    yield "| --- | --- | --- | --- | --- |"
    for one in (measured.rows[0], *measured.baselines):
        name = "triage" if one is measured.rows[0] else one.group
        yield _week_line(name, week(one))


def _week_line(name: str, found: Week) -> str:
    figures = (found.alarms, found.false_alarms, found.checks, found.precision.as_share())
    return f"| {name} | {' | '.join(map(str, figures))} |"


def cost_lines(cost: Cost) -> Iterator[str]:
    """Time and memory."""
    yield "| one decision, embedding included | goal | measured |"
    yield "| --- | --- | --- |"
    yield f"| chat message, p50 | ≤ 30 ms | {cost.median:.1f} ms |"
    yield f"| chat message, p95 | | {cost.p95:.1f} ms |"
    yield f"| long post, p50 | | {cost.long_median:.1f} ms |"
    memory = "not known here" if cost.memory is None else f"{cost.memory:.0f} MB"
    yield f"| memory of a process with nothing but triage | | {memory} |"
    yield (
        f"\nOn {cost.processors} processors that had work for {cost.load:.1f}: a time that was "
        "taken on a busy machine says little about an idle one."
    )


def write(folder: Path, sets: Sequence[Measured], cost: Cost, version: str) -> Path:
    """Write `report.md` and its pictures into a folder; returns the report's path."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = [f"# Triage, weights {version}\n\n{EXPLAINED}\n"]
    parts += [_chapter(one, folder) for one in sets]
    parts.append("\n".join(["\n## Cost", "", *cost_lines(cost), ""]))
    path = folder / "report.md"
    path.write_text("\n".join(parts), encoding="utf-8")
    return path


def _chapter(measured: Measured, folder: Path) -> str:
    name = measured.name.replace(" ", "-")
    urgent = [one.urgent for one in measured.examples]
    found = bins(measured.scores, urgent)
    draw_reliability(found, folder / f"{name}-reliability.png")
    points = curve(measured.scores, urgent)
    draw_curve(points, measured.line, folder / f"{name}-thresholds.png")
    line = measured.line
    return "\n".join(
        [
            f"## {measured.name[0].upper()}{measured.name[1:]}",
            "",
            f"{measured.note} {measured.failed} decisions failed.",
            f"Flag from {line.flag}, check from {line.check}.\n",
            *goal_lines(measured),
            "",
            *week_lines(measured),
            "",
            f"![what messages of a score are]({name}-reliability.png)",
            f"![what a threshold would do]({name}-thresholds.png)",
            "",
            f"Expected calibration error {calibration_error(found):.3f}; the share of urgent "
            "messages here is far above that of an inbox, so a score is no probability there.\n",
            *table(measured),
            "",
        ]
    )
