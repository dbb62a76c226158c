"""The running watchdog: a dead worker's work goes to another, and the clinic hears of trouble."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.queue import QUEUES
from tests.crash.database import held, waits_for
from tests.journeys.processes import Command, free_port
from tests.journeys.stage import Stage
from tests.journeys.stage import stage as set_up
from tests.journeys.waiting import wait_for
from tests.journeys.words import HOLDING, URGENT
from tests.outside import Hook, hook

SOON = 90.0
TWO_MINUTES = 120.0
AFRAID = 6
WORKERS = len(QUEUES)


@pytest.fixture(scope="module")
def pager() -> Iterator[Hook]:
    """Where the clinic's alarms go."""
    with hook() as found:
        yield found


@pytest.fixture(scope="module")
def watched(index: Path, tmp_path_factory: pytest.TempPathFactory, pager: Hook) -> Iterator[Stage]:
    """A bot whose clinic has an address for alarms."""
    folder = tmp_path_factory.mktemp("watched")
    with set_up(folder, index, 20, clinic_alarm_urls=pager.url()) as built:
        yield built


def hears(pager: Hook, words: str, within: float = SOON) -> None:
    """Come back when the clinic has been told this, once."""
    wait_for(
        lambda: _count(pager, words), lambda: f"{words}; heard: {pager.texts()}", within=within
    )
    assert _count(pager, words) == 1


def _count(pager: Hook, words: str) -> int:
    return sum(words in text for text in pager.texts())


def another_worker(stage: Stage) -> Command:
    """A second process that only works."""
    own = {"HELDINMIND_HTTP_PORT": str(free_port())}
    started = Command(stage.folder, "run", "--role", "work", settings=stage.settings | own)
    started.ready()
    return started


def test_a_worker_is_killed_and_its_messages_are_handled_by_another(
    watched: Stage, pager: Hook
) -> None:
    second = another_worker(watched)
    both = lambda: watched.metrics().get("workers_alive") == 2 * WORKERS  # noqa: E731
    wait_for(both, "both work", within=SOON)
    afraid = [watched.parent() for _ in range(AFRAID)]
    with held(watched.data, "messages"):
        for person in afraid:
            person.says(URGENT)
        waits_for(watched.data, "messages")
        wait_for(lambda: all(one.has_been_heard() for one in afraid), "all are taken in")
        second.kill()
    for person in afraid:
        watched.dana.expects(f"URGENT: {person.alias}", within=SOON)
        person.expects(HOLDING, within=SOON)
    hears(pager, "A process that works on messages has died")
    third = another_worker(watched)
    try:
        hears(pager, "No dead process is missed any more")
    finally:
        third.stop()


def test_a_telegram_that_falls_silent_is_told_and_its_return_too(
    watched: Stage, pager: Hook
) -> None:
    watched.settles()
    watched.faults.strike("getUpdates", status=502, count=1000)
    hears(pager, "Telegram has not answered the bot for two minutes", within=TWO_MINUTES + SOON)
    assert watched.http.get(f"{watched.address}/healthz").status_code == 503
    assert watched.bot.stop() == 0, "it does not wait for a Telegram that is away"
    watched.starts_the_bot()
    watched.faults.end()
    hears(pager, "Telegram answers again")
    wait_for(
        lambda: watched.http.get(f"{watched.address}/healthz").status_code == 200,
        lambda: watched.http.get(f"{watched.address}/healthz").text,
        within=SOON,
    )
