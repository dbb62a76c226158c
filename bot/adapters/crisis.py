"""Reads `knowledge/crisis/*.yaml`: emergency and crisis numbers, each with its source."""

from pathlib import Path
from typing import Any

import yaml

from bot.core.crisis import ANYWHERE, CrisisLine, CrisisNumbers, Directory
from bot.errors import GuidanceError


def load_crisis_numbers(folder: Path) -> Directory:
    """Every country's numbers.

    Raises:
        GuidanceError: a file is not in its form, or the one for any other country is missing.
    """
    numbers = {path.stem: _read(path) for path in sorted(folder.glob("*.yaml"))}
    if ANYWHERE not in numbers:
        raise GuidanceError(f"{folder / ANYWHERE}.yaml is missing: the numbers for any country")
    return Directory(numbers)


def _read(path: Path) -> CrisisNumbers:
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
        return CrisisNumbers(
            country=found["country"],
            emergency=found["emergency"]["number"],
            emergency_note=found["emergency"]["note"],
            lines=tuple(_line(line) for line in found["lines"]),
        )
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise GuidanceError(
            f"{path} is not in its form ({type(error).__name__}: {error})"
        ) from error


def _line(line: dict[str, Any]) -> CrisisLine:
    return CrisisLine(
        name=line["name"],
        contact=line["contact"],
        hours=line["hours"],
        purpose=line["for"],
        kind=line["kind"],
        source=line["source"],
        verified_on=line["verified_on"],
    )
