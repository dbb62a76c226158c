"""A database that cannot be used is told in one line that names the setting, and no password."""

import pytest

from bot.adapters.clock import Clock
from bot.adapters.queue import Queue
from bot.adapters.secrets import Vault, new_key
from bot.errors import SettingsError
from bot.storage.database import Database, libpq_url, sqlalchemy_url


async def test_a_database_that_is_away_at_the_start_is_told_in_one_line() -> None:
    url = "postgresql://clinic:hunter2@127.0.0.1:1/families"
    database = Database(url, Vault([new_key()]), Queue(libpq_url(url), Clock()))
    with pytest.raises(SettingsError, match=r"HELDINMIND_DATABASE_URL.*Connection refused") as told:
        await database.migrate()
    assert "hunter2" not in str(told.value)
    assert "\n" not in str(told.value)
    await database.close()


@pytest.mark.parametrize("read", [libpq_url, sqlalchemy_url])
@pytest.mark.parametrize("wrong", ["hunter2", "postgresql://a:hunter2@host:port/name", ""])
def test_an_address_that_is_none_is_told_without_repeating_it(read: object, wrong: str) -> None:
    assert callable(read)
    with pytest.raises(SettingsError, match="postgresql://user:password@host/name") as told:
        read(wrong)
    assert "hunter2" not in str(told.value)
