"""The web door: Telegram's webhook with its secret, health and metrics."""

from collections.abc import AsyncIterator

import httpx
import pytest_asyncio

from bot.chat.receiving import DurableQueue, LastAnswer
from bot.flows.report_status import Status, report_status
from bot.web import SECRET_HEADER, SILENT_AFTER, WEBHOOK_PATH, Door, web_app
from tests import telegram_json as told
from tests.databases import Opened, rows
from tests.flows.clinic import SAM, Clinic, opened_clinic

SECRET = "a-secret-of-sixteen-or-more"


@pytest_asyncio.fixture
async def clinic(storage: Opened) -> AsyncIterator[Clinic]:
    """A clinic where nobody works: only receiving is looked at here."""
    async with opened_clinic(storage.url) as found:
        yield found


def door_of(
    clinic: Clinic, *, secret: str | None = SECRET, answered: LastAnswer | None = None
) -> httpx.AsyncClient:
    async def status() -> Status:
        return await report_status(clinic.storage.database, clinic.services.clock.now())

    door = Door(status, DurableQueue(clinic.services), answered or LastAnswer(), secret)
    transport = httpx.ASGITransport(web_app(door))
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")


def stored(clinic: Clinic) -> list[tuple[object, ...]]:
    return rows(clinic.storage.url, "select update_id from inbox")


async def test_a_call_with_the_secret_is_stored_before_it_is_answered(clinic: Clinic) -> None:
    update = told.written(SAM, 1, "hello")
    async with door_of(clinic) as web:
        for _ in range(2):
            answer = await web.post(WEBHOOK_PATH, json=update, headers={SECRET_HEADER: SECRET})
            assert answer.status_code == 200
    assert stored(clinic) == [(update["update_id"],)]


async def test_a_call_without_the_secret_or_with_another_is_refused(clinic: Clinic) -> None:
    update = told.written(SAM, 1, "hello")
    async with door_of(clinic) as web:
        for headers in ({}, {SECRET_HEADER: ""}, {SECRET_HEADER: SECRET[:-1]}):
            answer = await web.post(WEBHOOK_PATH, json=update, headers=headers)
            assert answer.status_code == 403
    assert stored(clinic) == []


async def test_what_is_no_update_is_refused_and_nothing_waits_behind_it(clinic: Clinic) -> None:
    async with door_of(clinic) as web:
        for body in (b"", b"nonsense", b"[]", b'{"update_id": "x"}'):
            answer = await web.post(WEBHOOK_PATH, content=body, headers={SECRET_HEADER: SECRET})
            assert answer.status_code == 400
    assert stored(clinic) == []


async def test_with_long_polling_there_is_no_webhook(clinic: Clinic) -> None:
    async with door_of(clinic, secret=None) as web:
        assert (await web.post(WEBHOOK_PATH, json={})).status_code == 404


async def test_health_is_well_while_the_database_and_telegram_answer(clinic: Clinic) -> None:
    answered = LastAnswer()
    answered.note()
    async with door_of(clinic, secret=None, answered=answered) as web:
        answer = await web.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "well")


async def test_health_is_ill_when_telegram_has_not_answered_for_long(clinic: Clinic) -> None:
    answered = LastAnswer()
    answered.note()
    assert answered.at is not None
    answered.at -= SILENT_AFTER + 1
    for silent in (answered, LastAnswer()):
        async with door_of(clinic, secret=None, answered=silent) as web:
            answer = await web.get("/readyz")
        assert answer.status_code == 503
        assert "Telegram" in answer.json()["problems"][0]


async def test_health_is_ill_when_the_database_does_not_answer(clinic: Clinic) -> None:
    async def away() -> Status:
        raise ConnectionRefusedError

    door = Door(away, None, LastAnswer(), SECRET)
    transport = httpx.ASGITransport(web_app(door))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as web:
        answer = await web.get("/healthz")
    assert answer.status_code == 503
    assert "database" in answer.json()["problems"][0]


async def test_metrics_count_what_waits_and_hold_no_words(clinic: Clinic) -> None:
    await clinic.take(told.written(SAM, 1, "plum-coloured words"))
    async with door_of(clinic) as web:
        text = (await web.get("/metrics")).text
    assert "heldinmind_inbox_waiting 1.0" in text
    assert "heldinmind_jobs_todo 1.0" in text
    assert "heldinmind_open_flags 0.0" in text
    assert "plum" not in text


OPEN = """
    insert into incidents (kind, subject, began_at)
    values ('flag_undelivered', '4', now()) returning id
"""


async def test_health_names_what_the_watchdog_knows_and_serving_goes_on(clinic: Clinic) -> None:
    answered = LastAnswer()
    answered.note()
    rows(clinic.storage.url, OPEN)
    async with door_of(clinic, answered=answered) as web:
        health, ready = await web.get("/healthz"), await web.get("/readyz")
    assert health.status_code == 503
    assert health.json()["problems"] == ["Telegram has accepted no alert about an urgent message"]
    assert ready.status_code == 200


async def test_metrics_show_open_troubles_and_name_nobody(clinic: Clinic) -> None:
    rows(clinic.storage.url, OPEN)
    async with door_of(clinic) as web:
        text = (await web.get("/metrics")).text
    assert 'heldinmind_trouble{kind="flag_undelivered"} 1.0' in text
    assert 'heldinmind_trouble{kind="telegram_silent"} 0.0' in text
    assert "heldinmind_workers_alive" in text
    labels = {line.partition("{")[2].partition("=")[0] for line in text.splitlines() if "{" in line}
    assert labels == {"kind"}
