"""Shares with Wilson intervals, over all messages and over each kind, category and locale."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from bot.core.triage import Concern
from bot.training.corpus import Example

Z = 1.96


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `count`, with its 95 % Wilson interval."""

    hits: int
    count: int

    @property
    def value(self) -> float:
        """The share itself; zero of nothing is zero."""
        return self.hits / self.count if self.count else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson interval."""
        if not self.count:
            return 0.0, 1.0
        spread = Z**2 / self.count
        middle = (self.value + spread / 2) / (1 + spread)
        reach = (
            Z
            / (1 + spread)
            * sqrt(self.value * (1 - self.value) / self.count + spread / (4 * self.count))
        )
        return max(0.0, middle - reach), min(1.0, middle + reach)

    def __str__(self) -> str:
        if not self.count:
            return "–"
        low, high = self.interval
        return f"{self.value:.1%} ({low:.1%}–{high:.1%})"


@dataclass(frozen=True, slots=True)
class Row:
    """The four figures of the policy for one group of messages."""

    group: str
    urgent: int
    routine: int
    missed: Share
    flagged: Share
    false_flags: Share
    checks: Share


def row(group: str, examples: Sequence[Example], concerns: Sequence[Concern]) -> Row:
    """The figures of one group; a verdict of no concern counts as guidance."""
    urgent = [seen for one, seen in zip(examples, concerns, strict=True) if one.urgent]
    routine = [seen for one, seen in zip(examples, concerns, strict=True) if not one.urgent]
    return Row(
        group,
        len(urgent),
        len(routine),
        Share(urgent.count(Concern.NONE), len(urgent)),
        Share(urgent.count(Concern.URGENT), len(urgent)),
        Share(routine.count(Concern.URGENT), len(routine)),
        Share(routine.count(Concern.CHECK), len(routine)),
    )


GROUPS: dict[str, Callable[[Example], str]] = {
    "language": lambda one: "English" if one.language == "en" else "other",
    "kind": lambda one: one.kind,
    "category": lambda one: one.category if one.urgent else "",
    "locale": lambda one: one.locale,
    "file": lambda one: one.file,
}
FEWEST = 15  # messages; smaller groups say nothing


def rows(examples: Sequence[Example], concerns: Sequence[Concern]) -> Iterator[Row]:
    """The figures over all messages, then by kind, category, locale and file."""
    yield row("all", examples, concerns)
    for name, key in GROUPS.items():
        found: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(examples):
            if key(one):
                found[key(one)].append(at)
        for group, spots in sorted(found.items()):
            if len(spots) >= FEWEST:
                chosen = [examples[at] for at in spots]
                yield row(f"{name}: {group}", chosen, [concerns[at] for at in spots])
