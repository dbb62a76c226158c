"""`heldinmind settings`: every setting, its value and where it comes from."""

import typer
from pydantic import SecretStr

from bot.adapters.secrets import new_key
from bot.cli.shared import settings_or_exit, warn_of_unknown_variables
from bot.settings import PREFIX, Settings
from bot.settings_names import source_of


def settings(
    fresh_key: bool = typer.Option(False, "--new-key", help="Print a fresh encryption key only."),
) -> None:
    """Print every setting with its value, its source and what it is for; secrets are masked."""
    if fresh_key:
        print(new_key())
        return
    found = settings_or_exit()
    warn_of_unknown_variables()
    for name, field in Settings.model_fields.items():
        variable = PREFIX + name.upper()
        print(f"{variable} = {_shown(found, name)}  ({source_of(variable)})")
        print(f"    {field.description}")


def _shown(found: Settings, name: str) -> str:
    value = getattr(found, name)
    if isinstance(value, SecretStr):
        return "********"
    if name == "clinic_alarm_urls":
        return "********" if value else "-"
    return "-" if value is None else str(value)
