"""Variables that look like settings and are none: a misspelt one would be ignored in silence."""

import os
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values

from bot.settings import PREFIX, Settings

ENV_FILE = Path(".env")


def source_of(variable: str) -> str:
    """Where a setting's value comes from: `variable`, `.env` or `default`; empty ones are none."""
    if variable in _variables(filled=True):
        return "variable"
    return ".env" if dotenv_values(ENV_FILE).get(variable) else "default"


def unknown_variables() -> tuple[str, ...]:
    """One line for each variable with our prefix that is no setting; the nearest one is named."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    found = {name for name in (*_variables(), *dotenv_values(ENV_FILE)) if name.startswith(PREFIX)}
    return tuple(_line(name, known) for name in sorted(found - known))


def _line(name: str, known: set[str]) -> str:
    near = get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]}?" if near else "`heldinmind settings` lists them all"
    return f"{name} is no setting and changes nothing; {hint}"


def _variables(*, filled: bool = False) -> set[str]:
    found = os.environ.items()  # noqa: TID251 - names, and whether there is a value
    return {name.upper() for name, value in found if value or not filled}
