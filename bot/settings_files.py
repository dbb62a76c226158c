"""What all settings share: the prefix of the variables, and secrets that stand in files."""

from pathlib import Path

from pydantic import SecretStr

from bot.errors import SettingsError

PREFIX = "HELDINMIND_"


def secret_of(value: SecretStr | None, file: Path | None, variable: str) -> str | None:
    """A secret from its variable or else its file; None where neither is set.

    Raises:
        SettingsError: the file cannot be read, or is empty.
    """
    if value is not None:
        return value.get_secret_value().strip()
    return None if file is None else read_secret(file, variable)


def read_secret(path: Path, variable: str, *, or_none: bool = False) -> str:
    """What stands in a file with a secret, or with secrets that there may be none of.

    Raises:
        SettingsError: it cannot be read, or is empty and may not be.
    """
    try:
        found = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{PREFIX}{variable}: {path} cannot be read ({error.strerror})") from (
            error
        )
    if not found and not or_none:
        raise SettingsError(f"{PREFIX}{variable}: {path} is empty")
    return found
