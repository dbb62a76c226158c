"""Encryption of what parents write, and of codes; keys come by variable or by file."""

import hashlib
import secrets
from pathlib import Path

import structlog
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import SettingsError, WrongKey
from bot.settings import PREFIX, Environment, Settings
from bot.settings_files import read_secret

log = structlog.get_logger(__name__)
KEY_FILE = "encryption.key"


class Vault:
    """Encrypts and decrypts texts; the first key encrypts, every key decrypts."""

    def __init__(self, keys: list[str]) -> None:
        try:
            every = [Fernet(key.encode()) for key in keys]
            self._first, self._fernet = every[0], MultiFernet(every)
        except (ValueError, IndexError) as error:
            raise SettingsError(
                f"{PREFIX}KEY should be 32 random bytes in URL-safe base64 (44 characters); "
                "make one with: heldinmind settings --new-key"
            ) from error

    def encrypt(self, text: str) -> bytes:
        """The text, sealed."""
        return self._fernet.encrypt(text.encode())

    def decrypt(self, sealed: bytes) -> str:
        """The text again.

        Raises:
            WrongKey: none of the keys sealed it.
        """
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken as error:
            raise _wrong_key() from error

    def is_current(self, sealed: bytes) -> bool:
        """Whether the first key sealed it, so that the others are not needed for it."""
        try:
            self._first.decrypt(sealed)
        except InvalidToken:
            return False
        return True

    def reseal(self, sealed: bytes) -> bytes:
        """The same words, sealed with the first key.

        Raises:
            WrongKey: none of the keys sealed it.
        """
        try:
            return self._fernet.rotate(sealed)
        except InvalidToken as error:
            raise _wrong_key() from error


def _wrong_key() -> WrongKey:
    return WrongKey(
        "the encryption key does not open this database: set "
        f"{PREFIX}KEY (or {PREFIX}KEY_FILE) to the key it was made with"
    )


def new_key() -> str:
    """A fresh encryption key."""
    return Fernet.generate_key().decode()


def open_vault(settings: Settings) -> Vault:
    """The vault with the clinic's keys; in development a missing key is made, loudly.

    Raises:
        SettingsError: no key in production, or one that is not a key.
    """
    if settings.key is not None:
        return Vault(_split(settings.key.get_secret_value()))
    if settings.key_file is not None:
        return Vault(_split(read_secret(settings.key_file, "KEY_FILE")))
    path = settings.data / KEY_FILE
    if not path.exists():
        _make_key(path, settings.environment)
    return Vault(_split(read_secret(path, "KEY_FILE")))


def _split(keys: str) -> list[str]:
    return [key.strip() for key in keys.replace("\n", ",").split(",") if key.strip()]


def _make_key(path: Path, environment: Environment) -> None:
    if environment is Environment.PRODUCTION:
        raise SettingsError(
            f"{PREFIX}KEY is not set: in production it should be a key that you keep safe; "
            "make one with: heldinmind settings --new-key"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(new_key() + "\n", encoding="utf-8")
    log.warning("A NEW ENCRYPTION KEY WAS MADE. Without it nothing can be read again.", file=path)


def new_code() -> str:
    """A code for a single-use link: 128 random bits, fit for a Telegram deep link."""
    return secrets.token_urlsafe(16)


def new_receipt() -> str:
    """What somebody can show later: random, easy to read out, and tied to nobody."""
    letters = [secrets.choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(12)]
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))


def hash_code(code: str) -> bytes:
    """What is kept of a code. Its 128 random bits need no salt."""
    return hashlib.sha256(code.encode()).digest()
