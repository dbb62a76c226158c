"""Keys: rotated without losing anything, made loudly in development, demanded in production."""

import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.adapters.secrets import KEY_FILE, Vault, new_key, open_vault
from bot.errors import SettingsError, WrongKey
from bot.settings import Environment, Settings

OLD, NEW = new_key(), new_key()


def settings(folder: Path, **values: object) -> Settings:
    return Settings(_env_file=None, data=folder, **values)  # type: ignore[arg-type, call-arg]


@pytest.mark.parametrize("text", ["", "hello", "👋 ünïcode", "x" * 10_000])
def test_what_is_sealed_opens_again(text: str) -> None:
    vault = Vault([OLD])
    assert vault.decrypt(vault.encrypt(text)) == text


def test_after_a_rotation_the_old_opens_and_the_new_is_sealed_by_the_new_key() -> None:
    before = Vault([OLD]).encrypt("hello")
    rotated = Vault([NEW, OLD])
    assert rotated.decrypt(before) == "hello"
    assert Vault([NEW]).decrypt(rotated.encrypt("hello")) == "hello"


def test_without_its_key_nothing_opens_and_the_error_says_what_to_do() -> None:
    sealed = Vault([OLD]).encrypt("plum-coloured words")
    with pytest.raises(WrongKey, match="HELDINMIND_KEY") as caught:
        Vault([NEW]).decrypt(sealed)
    assert "plum" not in str(caught.value)


def test_a_sealed_text_that_was_tampered_with_does_not_open() -> None:
    sealed = bytearray(Vault([OLD]).encrypt("hello"))
    sealed[20] ^= 1
    with pytest.raises(WrongKey):
        Vault([OLD]).decrypt(bytes(sealed))


@pytest.mark.parametrize("key", ["short", "x" * 44, "not base64 at all!"])
def test_something_that_is_no_key_says_what_a_key_is(key: str) -> None:
    with pytest.raises(SettingsError, match="--new-key"):
        Vault([key])


def test_in_development_a_key_is_made_once_with_a_loud_line(tmp_path: Path) -> None:
    with capture_logs() as log:
        sealed = open_vault(settings(tmp_path)).encrypt("hello")
    assert [one["log_level"] for one in log] == ["warning"]
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    with capture_logs() as log:
        assert open_vault(settings(tmp_path)).decrypt(sealed) == "hello"
    assert log == []


def test_in_production_no_key_is_made(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="HELDINMIND_KEY is not set"):
        open_vault(settings(tmp_path, environment=Environment.PRODUCTION))
    assert list(tmp_path.iterdir()) == []


def test_keys_come_from_a_variable_or_a_file_the_newest_first(tmp_path: Path) -> None:
    sealed = Vault([OLD]).encrypt("hello")
    by_variable = settings(tmp_path, key=SecretStr(f"{NEW}, {OLD}"))
    file = tmp_path / "keys"
    file.write_text(f"{NEW}\n{OLD}\n", encoding="utf-8")
    for found in (by_variable, settings(tmp_path, key_file=file)):
        vault = open_vault(found)
        assert vault.decrypt(sealed) == "hello"
        assert Fernet(NEW.encode()).decrypt(vault.encrypt("new")) == b"new"


@pytest.mark.parametrize("content", [None, "", "\n"])
def test_a_key_file_that_is_missing_or_empty_is_named(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "keys"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match="HELDINMIND_KEY_FILE"):
        open_vault(settings(tmp_path, key_file=file))
