"""Reads `knowledge/crisis/*.yaml`: emergency and crisis numbers, each with its source."""

from pathlib import Path
from typing import Any

import yaml

from bot.core.crisis import ANYWHERE, CrisisLine, CrisisNumbers, Directory
from bot.errors import GuidanceError, SettingsError


def load_crisis_numbers(folder: Path, country: str = ANYWHERE) -> Directory:
    """Every country's numbers; `country`, that of the setting, must be one of them.

    Raises:
        GuidanceError: a file is not in its form, or the one for any other country is missing.
        SettingsError: there are no numbers for the country of the setting.
    """
    numbers = {path.stem: _read(path) for path in sorted(folder.glob("*.yaml"))}
    if ANYWHERE not in numbers:
        raise GuidanceError(f"{folder / ANYWHERE}.yaml is missing: the numbers for any country")
    if country not in numbers:
        known = ", ".join(sorted(set(numbers) - {ANYWHERE}))
        raise SettingsError(
            f"HELDINMIND_COUNTRY: there are no crisis numbers for {country}. There are some for "
            f"{known}. For another country write {folder / country}.yaml (README.md beside it "
            "shows how), or leave the setting out: `ask`, `chat` and `dry-run` then show numbers "
            "for anywhere. Families read those of the country of `clinic init`, or of their own."
        )
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
        hours=line["hours"] or None,
        purpose=line["for"],
        kind=line["kind"],
        source=line["source"],
        verified_on=line["verified_on"],
    )
