"""Emergency and crisis numbers of a country, and which of them a danger asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.triage import Category

ANYWHERE = "ZZ"


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """One line to call; `kind` is crisis, child, domestic_abuse, poison or sexual_abuse.

    `hours` is None where its source does not say them.
    """

    name: str
    contact: str
    hours: str | None
    purpose: str
    kind: str
    source: str
    verified_on: date


@dataclass(frozen=True, slots=True)
class CrisisNumbers:
    """What can be called in a country."""

    country: str
    emergency: str
    emergency_note: str
    lines: tuple[CrisisLine, ...]


_FITTING: Mapping[Category, str] = {
    Category.DOMESTIC_VIOLENCE: "domestic_abuse",
    Category.MEDICAL_EMERGENCY: "poison",
    Category.SUBSTANCE_DANGER: "poison",
    Category.ABUSE_OR_NEGLECT_OF_CHILD: "child",
    Category.ONLINE_EXPLOITATION: "child",
}
SHOWN = 3


class Directory:
    """The numbers of every country we have, and those for anywhere else."""

    def __init__(self, numbers: Mapping[str, CrisisNumbers]) -> None:
        self._numbers = dict(numbers)

    def of(self, country: str) -> CrisisNumbers:
        """The numbers of a country, or of anywhere."""
        return self._numbers.get(country) or self._numbers[ANYWHERE]

    def countries(self) -> frozenset[str]:
        """The countries that we have numbers of."""
        return frozenset(self._numbers) - {ANYWHERE}


def lines_for(numbers: CrisisNumbers, category: Category | None) -> tuple[CrisisLine, ...]:
    """At most three lines, those that fit the danger first."""
    fitting = _FITTING.get(category) if category else None
    ranked = sorted(numbers.lines, key=lambda line: line.kind != fitting)
    return tuple(ranked[:SHOWN])
