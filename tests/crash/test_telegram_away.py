"""Telegram is away when the bot starts: it waits, says so once, and does what it can meanwhile."""

import httpx

from tests.crash.database import held, waits_for
from tests.journeys.processes import Command, free_port
from tests.journeys.stage import Stage
from tests.journeys.waiting import wait_for
from tests.journeys.words import HOLDING, URGENT

LATE = 60.0
WAITS = "Telegram does not answer: the bot waits for it"


def test_what_was_stored_is_worked_on_and_all_goes_on_when_telegram_is_back(stage: Stage) -> None:
    afraid, later = stage.parent(), stage.parent()
    with held(stage.data, "messages"):
        afraid.says(URGENT)
        waits_for(stage.data, "messages")
        wait_for(afraid.has_been_heard, "Telegram has been told")
        stage.bot.kill()
    stage.faults.strike("getMe", status=502, count=6)
    stage.starts_the_bot(wait=False)
    wait_for(lambda: WAITS in stage.bot.log, "it says that it waits", within=LATE)
    stage.dana.expects(f"URGENT: {afraid.alias}", within=LATE)
    afraid.expects(HOLDING, within=LATE)
    stage.bot.ready()
    assert stage.bot.log.count(WAITS) == 1
    later.says(URGENT)
    stage.dana.expects(f"URGENT: {later.alias}", within=LATE)


def test_where_nothing_answers_at_all_it_runs_on_and_its_health_says_so(stage: Stage) -> None:
    port = free_port()
    nowhere = {"HELDINMIND_TELEGRAM_API": f"http://127.0.0.1:{port}"}
    stage.bot.stop()
    lonely = Command(stage.folder, "run", settings=stage.settings | nowhere)
    try:
        wait_for(lambda: WAITS in lonely.log, "it says that it waits", within=LATE)
        told = wait_for(lambda: _health(stage.address), "its health page answers", within=LATE)
        assert told.status_code == 503
        assert "Telegram has not answered for two minutes" in told.json()["problems"]
        assert lonely.is_alive
    finally:
        assert lonely.stop() == 0
    stage.starts_the_bot()


def _health(address: str) -> httpx.Response | None:
    try:
        return httpx.get(f"{address}/healthz", trust_env=False)
    except httpx.HTTPError:
        return None
