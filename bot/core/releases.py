"""A release: the content that a clinic serves, held together by hashes, to return to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

Hashes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Release:
    """What was frozen, when and by whom; hashes by path, `guidance/….md` for a copy's own.

    `rules` and `models` are not copied: they belong to the installed program.
    """

    name: str
    made_at: datetime
    by: str
    note: str | None
    version: str
    files: Hashes = field(repr=False)
    rules: Hashes = field(repr=False)
    models: Hashes = field(repr=False)

    def count(self, kind: str) -> int:
        """How many files of `guidance`, `skills` or `prompts` it holds."""
        return sum(path.startswith(f"{kind}/") for path in self.files)


@dataclass(frozen=True, slots=True)
class Compared:
    """How one set of files differs from another; paths in order."""

    changed: tuple[str, ...]
    added: tuple[str, ...]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.added or self.gone)

    @property
    def all(self) -> tuple[str, ...]:
        """Every path that differs."""
        return tuple(sorted((*self.changed, *self.added, *self.gone)))


def compare(before: Hashes, now: Hashes) -> Compared:
    """What is changed, new or gone between two sets of files."""
    both = before.keys() & now.keys()
    return Compared(
        changed=tuple(sorted(path for path in both if before[path] != now[path])),
        added=tuple(sorted(now.keys() - before.keys())),
        gone=tuple(sorted(before.keys() - now.keys())),
    )


def differing(release: Release, rules: Hashes, models: Hashes) -> tuple[str, ...]:
    """Which rules and models of the installed program are not those of the release."""
    return (*compare(release.rules, rules).all, *compare(release.models, models).all)


def next_name(day: date, taken: Collection[str]) -> str:
    """A name for the next release: the day, with a number from the second of a day on."""
    names = (f"{day}-{number}" if number > 1 else str(day) for number in count(1))
    return next(name for name in names if name not in taken)
